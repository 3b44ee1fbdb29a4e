import { printPeriod } from '../columns/calendar.ts';
import type { Column } from '../columns/column.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import { printUnits, type Scalar } from '../columns/scalar.ts';
import { DDSKETCH_ACCURACY, DDSketch } from '../operators/sketch/ddsketch.ts';
import { HYPERLOGLOG_ERROR } from '../operators/sketch/hyperloglog.ts';
import { type CodedColumn, codeColumn } from './coded-column.ts';
import { histogramOf } from './histogram.ts';
import type { Pace } from './pace.ts';
import type { ColumnProfile, ProfileValue } from './profile.ts';
import { extremes, mostFrequent, valuesAtRanks, type Weighted } from './spread.ts';

/** Shares of the values at which quantiles are told. */
export const SHARES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Values told as the most frequent, at most. */
const TOP = 10;

/** What one column says by itself; its kind may rest on the other columns as well (see kind-hint). */
export interface ProfiledColumn {
  readonly profile: Omit<ColumnProfile, 'kind' | 'caveat'>;
  readonly coded: CodedColumn;
  readonly type: LogicalType;
}

/** Profiles one column: every figure is of all rows. `bound`: distinct numbers that are counted one by one. */
export async function columnProfile(name: string, column: Column, pace: Pace, bound?: number): Promise<ProfiledColumn> {
  const { type } = column;
  const coded = await codeColumn(column, pace, bound);
  const print = (value: Scalar) => printValue(value, type);
  const weighted = weightedOf(column, coded);
  const range = extremes(weighted);
  await pace.beat();
  const quantiles = range === undefined || !isOrdered(type) ? null : quantilesOf(weighted, coded, range, type);
  await pace.beat();
  const bins = range === undefined || !isOrdered(type) ? null : histogramOf(weighted, range.min, range.max, type);
  await pace.beat();
  const top = mostFrequent(coded, TOP).map((code) => {
    return { value: print(coded.values[code] ?? 0), rows: coded.counts[code] ?? 0 };
  });
  const profile: ProfiledColumn['profile'] = {
    name,
    type: printType(type),
    level: type.kind === 'date' ? type.level : null,
    nulls: coded.nulls,
    distinct:
      coded.estimate === null
        ? { count: coded.values.length, error: null }
        : { count: coded.estimate, error: HYPERLOGLOG_ERROR },
    min: range === undefined ? null : print(range.min),
    max: range === undefined ? null : print(range.max),
    quantiles,
    top,
    histogram: bins?.map(({ from, to, rows }) => ({ from: print(from), to: print(to), rows })) ?? null,
  };
  return { profile, coded, type };
}

/** Prints a value of a column as profiles tell it. */
export function printValue(value: Scalar, type: LogicalType): ProfileValue {
  switch (type.kind) {
    case 'text':
      return String(value);
    case 'bool':
      return value === true || value === 1;
    case 'date':
      return printPeriod(Number(value), type.level);
    case 'decimal':
      return printUnits(typeof value === 'bigint' ? value : Number(value), type.digits);
    case 'int64':
    case 'double':
      return typeof value === 'bigint' ? value.toString() : Number(value) + 0;
  }
}

/** Whether quantiles and bins of values say anything. */
function isOrdered({ kind }: LogicalType): boolean {
  return kind !== 'text' && kind !== 'bool';
}

/** Distinct values where they are all known, else the rows'. */
function weightedOf(column: Column, coded: CodedColumn): Weighted {
  if (coded.estimate === null || column.form === 'dictionary') return { values: coded.values, rows: coded.counts };
  return { values: column.values, rows: column.valid };
}

function quantilesOf(
  { values, rows }: Weighted,
  coded: CodedColumn,
  { min, max }: { readonly min: Scalar; readonly max: Scalar },
  type: LogicalType,
): ColumnProfile['quantiles'] {
  if (coded.estimate === null) {
    const found = valuesAtRanks(coded, SHARES, type);
    return { at: SHARES.map((share, i) => ({ share, value: printValue(found[i] ?? min, type) })), error: null };
  }
  const sketch = new DDSketch();
  for (let i = 0; i < values.length; i++) {
    const count = rows === null ? 1 : (rows[i] ?? 0);
    if (count > 0) sketch.add(Number(values[i] ?? 0), count);
  }
  const least = Number(min);
  const most = Number(max);
  const at = SHARES.map((share) => {
    const estimate = sketch.quantile(share) ?? 0;
    const value = estimate <= least ? min : estimate >= most ? max : inUnits(estimate, type);
    return { share, value: printValue(value, type) };
  });
  return { at, error: DDSKETCH_ACCURACY };
}

/** Units are whole. */
function inUnits(estimate: number, { kind }: LogicalType): Scalar {
  if (kind === 'double') return estimate;
  const rounded = Math.round(estimate);
  return Number.isSafeInteger(rounded) ? rounded : BigInt(rounded);
}
