import { type CalendarLevel, periodIndex } from '../../columns/calendar.ts';
import type { NumberColumn } from '../../columns/column.ts';
import { INT64 } from '../../columns/logical-type.ts';
import { doubleArithmetic, finiteColumn } from '../double-arithmetic.ts';
import { exactQuotient } from '../exact-arithmetic.ts';
import { bigIntegers, type FlatColumn, integerColumn } from '../flat-column.ts';
import { type Ranges, slide } from './slide.ts';
import type { Track } from './track.ts';

export type Rolling = 'sum' | 'avg' | 'min' | 'max';

/**
 * Sum, mean, smallest or largest of the input over the periods that exist among the last `count` ones of `level`, the
 * row's own included. NULL where these begin before the partition's first period; NULL inputs are skipped, and over
 * none the value is NULL. Exact sums stay exact whatever their size, and a mean is divided once.
 */
export function rollingColumn(
  rolling: Rolling,
  input: FlatColumn,
  track: Track,
  level: CalendarLevel,
  count: number,
): FlatColumn {
  const kept = keptRows(input, track);
  const ranges = rangesOf(track, kept, level, count);
  switch (rolling) {
    case 'sum':
      return sums(input, kept, ranges, count);
    case 'avg': {
      const total = sums(input, kept, ranges, count);
      const counts = countsOf(ranges, total);
      return total.type.kind === 'double' ? doubleArithmetic('/', total, counts) : exactQuotient(total, counts);
    }
    case 'min':
    case 'max':
      return extremes(input, kept, ranges, rolling === 'min');
  }
}

/** Rows of the track whose input is not NULL; `before[i]` of them stand before position `i` of the track. */
interface KeptRows {
  readonly rows: Int32Array;
  readonly before: Int32Array;
}

function keptRows({ valid }: FlatColumn, track: Track): KeptRows {
  const before = new Int32Array(track.rows.length + 1);
  for (let i = 0; i < track.rows.length; i++) {
    before[i + 1] = (before[i] ?? 0) + (valid === null ? 1 : (valid[track.rows[i] ?? 0] ?? 0));
  }
  return { rows: valid === null ? track.rows : track.rows.filter((row) => valid[row] === 1), before };
}

function rangesOf({ rows, places, starts, days }: Track, kept: KeptRows, level: CalendarLevel, count: number): Ranges {
  const indices = Float64Array.from(days, (day) => periodIndex(day, level));
  const indexAt = (position: number) => indices[places[position] ?? 0] ?? 0;
  const from = new Int32Array(rows.length);
  const to = new Int32Array(rows.length);
  for (let partition = 0; partition + 1 < starts.length; partition++) {
    const start = starts[partition] ?? 0;
    const first = indexAt(start);
    let at = start;
    for (let i = start; i < (starts[partition + 1] ?? 0); i++) {
      const begin = indexAt(i) - count + 1;
      if (begin < first) continue;
      while (indexAt(at) < begin) at++;
      from[i] = kept.before[at] ?? 0;
      to[i] = kept.before[i + 1] ?? 0;
    }
  }
  return { rows, from, to };
}

function sums(input: FlatColumn, kept: KeptRows, ranges: Ranges, count: number): FlatColumn {
  const { type } = input;
  const rowCount = input.values.length;
  if (input.form === 'number') {
    const values = Float64Array.from(kept.rows, (row) => input.values[row] ?? 0);
    if (type.kind === 'double' || isSafe(values, count)) {
      const results = new Float64Array(rowCount);
      const valid = slide(values, ranges, (a, b) => a + b, results);
      return type.kind === 'double' ? finiteColumn(results, valid) : { form: 'number', type, values: results, valid };
    }
  }
  const integers = bigIntegers(input);
  const results = new Array<bigint>(rowCount).fill(0n);
  const values = Array.from(kept.rows, (row) => integers[row] ?? 0n);
  const valid = slide(values, ranges, (a, b) => a + b, results);
  return integerColumn(type, results, valid);
}

/** Whether no sum of `count` of the integers leaves the safe ones. */
function isSafe(values: Float64Array, count: number): boolean {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest * Math.min(count, values.length) <= Number.MAX_SAFE_INTEGER;
}

/** How many values each sum is made of; 0 where there is none. */
function countsOf({ rows, from, to }: Ranges, total: FlatColumn): NumberColumn {
  const values = new Float64Array(total.values.length);
  for (let i = 0; i < rows.length; i++) values[rows[i] ?? 0] = (to[i] ?? 0) - (from[i] ?? 0);
  return { form: 'number', type: INT64, values, valid: total.valid };
}

function extremes(input: FlatColumn, kept: KeptRows, ranges: Ranges, smallest: boolean): FlatColumn {
  const { type } = input;
  const better = <Value extends number | bigint>(a: Value, b: Value) => (b < a === smallest ? b : a);
  if (input.form === 'number') {
    const known = Float64Array.from(kept.rows, (row) => input.values[row] ?? 0);
    const values = new Float64Array(input.values.length);
    const valid = slide(known, ranges, better<number>, values);
    return { form: 'number', type, values, valid };
  }
  const known = Array.from(kept.rows, (row) => input.values[row] ?? 0n);
  const values = new Array<bigint>(input.values.length).fill(0n);
  const valid = slide(known, ranges, better<bigint>, values);
  return integerColumn(type, values, valid);
}
