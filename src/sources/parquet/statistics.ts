import type { FileMetaData, Statistics } from 'hyparquet';
import { printDay } from '../../columns/calendar.ts';
import type { ColumnStatistics, SourceColumn } from '../snapshot.ts';

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Column statistics from the footer: of integers, dates and booleans, whose bounds writers keep exactly, where every row
 * group has them. Those of other types are left out (doubles may hide NaN, texts may be cut, decimals come rounded).
 */
export function footerStatistics(metadata: FileMetaData, columns: readonly SourceColumn[]): ColumnStatistics[] {
  return columns.flatMap((column) => {
    if (!['int64', 'date', 'bool'].includes(column.type)) return [];
    const groups = metadata.row_groups.map((group) => {
      return group.columns.find((chunk) => {
        const path = chunk.meta_data?.path_in_schema;
        return path?.length === 1 && path[0] === column.name;
      })?.meta_data?.statistics;
    });
    return mergeGroups(column, groups) ?? [];
  });
}

type Bound = number | bigint | string;

function mergeGroups(column: SourceColumn, groups: readonly (Statistics | undefined)[]): ColumnStatistics | undefined {
  let min: Bound | null = null;
  let max: Bound | null = null;
  let nullCount = 0n;
  for (const group of groups) {
    if (group?.null_count === undefined) return undefined;
    nullCount += group.null_count;
    const low = bound(group.min_value ?? group.min);
    const high = bound(group.max_value ?? group.max);
    if (low === undefined || high === undefined) return undefined;
    if (low !== null && (min === null || low < min)) min = low;
    if (high !== null && (max === null || high > max)) max = high;
  }
  return {
    column: column.name,
    min: printBound(min),
    max: printBound(max),
    nullCount: Number(nullCount),
    distinctCount: null,
  };
}

/** A bound in comparable form: dates and timestamps as ISO days; null where a group has only NULLs. */
function bound(value: Statistics['min_value']): Bound | null | undefined {
  if (value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return String(value);
  return value instanceof Date ? printDay(Math.floor(value.getTime() / MILLISECONDS_A_DAY)) : undefined;
}

function printBound(value: Bound | null): string | number | null {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
