import type { Column } from '../columns/column.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import { sourceError } from './source-error.ts';

/** Where a column stands, for messages. */
export interface ColumnPlace {
  readonly source: string;
  readonly location: string;
  readonly column: string;
  /** Line of a row (from 0), from 1; null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
}

/** A converted column, with how many of its values were not finite and how many were rounded (see ColumnCounts). */
export interface Converted {
  readonly column: Column;
  readonly notFinite: number;
  readonly rounded: number;
}

/** A cell of a place, for messages; `row` counts from 0. */
export function cellAt(
  place: ColumnPlace,
  row: number,
  value: string,
): { source: string; column: string; row: number; line: number | null; value: string } {
  return { source: place.source, column: place.column, row: row + 1, line: place.lineOf(row), value };
}

/** Refuses a column that cannot be read as the type: throws `SourceError` INCOMPATIBLE_TYPE. */
export function incompatible(place: ColumnPlace, found: LogicalType, wanted: LogicalType): Error {
  return sourceError('INCOMPATIBLE_TYPE', {
    source: place.source,
    location: place.location,
    column: place.column,
    found: printType(found),
    expected: wanted.kind === 'date' && wanted.level !== 'day' ? `date (${wanted.level})` : printType(wanted),
  });
}
