import type { BigIntColumn, Column, DictionaryColumn, NumberColumn } from '../columns/column.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import { DistinctEstimate } from './distinct-estimate.ts';
import { DoubleCodes } from './double-codes.ts';
import { type Pace, PIECE_ROWS } from './pace.ts';

/** Distinct numbers of a column that are counted one by one; beyond, how many there are is estimated. */
export const DISTINCT_BOUND = 1_000_000;

/**
 * A column as numbers for its distinct values. Where there are more than are counted, `estimate` says how many there may
 * be, and rows of those that have no code bear `UNCODED`.
 */
export interface CodedColumn {
  /** Code of each row; −1 is NULL. */
  readonly codes: Int32Array;
  /** Distinct values by their codes, in no particular order; booleans as they are, or as 0 and 1. */
  readonly values: readonly Scalar[] | Float64Array;
  /** Rows of each code. */
  readonly counts: Int32Array;
  readonly nulls: number;
  readonly estimate: number | null;
}

/** The code of a value beyond those that are counted. */
export const UNCODED = -2;

/** A value of a narrow range is found in a table over the range, of at most so many places a row. */
const PLACES_PER_ROW = 4;
const FEW_PLACES = 1024;

/** Codes a column, each of at most `bound` distinct numbers; texts have their codes from reading. */
export async function codeColumn(column: Column, pace: Pace, bound: number = DISTINCT_BOUND): Promise<CodedColumn> {
  switch (column.form) {
    case 'dictionary':
      return codeDictionary(column, pace);
    case 'number':
      return codeNumbers(column, pace, bound);
    case 'bigint':
      return codeBigInts(column, pace, bound);
  }
}

async function codeDictionary({ codes, values }: DictionaryColumn, pace: Pace): Promise<CodedColumn> {
  const counts = await countCodes(codes, values.length, pace);
  const nulls = codes.length - total(counts);
  if (!counts.includes(0)) return { codes, values, counts, nulls, estimate: null };
  // A dictionary may hold what no row has.
  const places = new Int32Array(values.length).fill(-1);
  let used = 0;
  for (let code = 0; code < places.length; code++) if ((counts[code] ?? 0) > 0) places[code] = used++;
  return {
    codes: codes.map((code) => (code < 0 ? -1 : (places[code] ?? -1))),
    values: values.filter((_, code) => (counts[code] ?? 0) > 0),
    counts: counts.filter((count) => count > 0),
    nulls,
    estimate: null,
  };
}

async function codeNumbers(column: NumberColumn, pace: Pace, bound: number): Promise<CodedColumn> {
  const { values, valid } = column;
  const range = integerRange(column);
  await pace.beat();
  if (range !== null && range.high - range.low < PLACES_PER_ROW * values.length + FEW_PLACES) {
    return codeNarrow(column, range.low, range.high, pace);
  }
  const known = new DoubleCodes(bound);
  const codes = new Int32Array(values.length);
  let isBeyond = false;
  for (let from = 0; from < codes.length; from += PIECE_ROWS) {
    const to = Math.min(codes.length, from + PIECE_ROWS);
    for (let row = from; row < to; row++) {
      if (valid !== null && valid[row] === 0) {
        codes[row] = -1;
        continue;
      }
      const code = known.codeOf(values[row] ?? 0);
      if (code < 0) isBeyond = true;
      codes[row] = code < 0 ? UNCODED : code;
    }
    await pace.beat();
  }
  const distinct = known.values();
  return finished(codes, distinct, isBeyond ? values : null, pace);
}

/** The least and the largest value where all are safe integers, else null. */
function integerRange({ values, valid }: NumberColumn): { readonly low: number; readonly high: number } | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    if (valid !== null && valid[row] === 0) continue;
    const value = values[row] ?? 0;
    if (!Number.isSafeInteger(value)) return null;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high < low ? null : { low, high };
}

async function codeNarrow(column: NumberColumn, low: number, high: number, pace: Pace): Promise<CodedColumn> {
  const { values, valid } = column;
  const rowsAt = new Int32Array(high - low + 1);
  for (let row = 0; row < values.length; row++) {
    if (valid !== null && valid[row] === 0) continue;
    const place = (values[row] ?? 0) - low;
    rowsAt[place] = (rowsAt[place] ?? 0) + 1;
  }
  await pace.beat();
  const present: number[] = [];
  const counts: number[] = [];
  for (let place = 0; place < rowsAt.length; place++) {
    const rows = rowsAt[place] ?? 0;
    if (rows === 0) continue;
    rowsAt[place] = present.length;
    present.push(low + place + 0);
    counts.push(rows);
  }
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    codes[row] = valid !== null && valid[row] === 0 ? -1 : (rowsAt[(values[row] ?? 0) - low] ?? -1);
  }
  await pace.beat();
  const counted = Int32Array.from(counts);
  const nulls = codes.length - total(counted);
  return { codes, values: Float64Array.from(present), counts: counted, nulls, estimate: null };
}

async function codeBigInts({ values, valid }: BigIntColumn, pace: Pace, bound: number): Promise<CodedColumn> {
  const known = new Map<bigint, number>();
  const codes = new Int32Array(values.length);
  let isBeyond = false;
  for (let from = 0; from < codes.length; from += PIECE_ROWS) {
    const to = Math.min(codes.length, from + PIECE_ROWS);
    for (let row = from; row < to; row++) {
      if (valid !== null && valid[row] === 0) {
        codes[row] = -1;
        continue;
      }
      const value = values[row] ?? 0n;
      const code = known.get(value) ?? (known.size < bound ? known.size : UNCODED);
      if (code === known.size) known.set(value, code);
      if (code === UNCODED) isBeyond = true;
      codes[row] = code;
    }
    await pace.beat();
  }
  const distinct = [...known.keys()].map(integerScalar);
  return finished(codes, distinct, isBeyond ? values : null, pace);
}

/** `all`: the values of the rows, where some have no code; null: all have one. */
async function finished(
  codes: Int32Array,
  values: readonly Scalar[] | Float64Array,
  all: Float64Array | readonly bigint[] | null,
  pace: Pace,
): Promise<CodedColumn> {
  const counts = await countCodes(codes, values.length, pace);
  let nulls = 0;
  for (const code of codes) if (code === -1) nulls++;
  if (all === null) return { codes, values, counts, nulls, estimate: null };
  const estimate = new DistinctEstimate();
  for (let from = 0; from < codes.length; from += PIECE_ROWS) {
    const to = Math.min(codes.length, from + PIECE_ROWS);
    for (let row = from; row < to; row++) if (codes[row] !== -1) estimate.add(all[row] ?? 0);
    await pace.beat();
  }
  // One more than have been counted is certain.
  return { codes, values, counts, nulls, estimate: Math.max(estimate.count(), values.length + 1) };
}

async function countCodes(codes: Int32Array, size: number, pace: Pace): Promise<Int32Array> {
  const counts = new Int32Array(size);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  }
  await pace.beat();
  return counts;
}

function total(counts: Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
