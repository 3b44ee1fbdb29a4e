import type { BigIntColumn, Column, DictionaryColumn, NumberColumn } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';

/** A column that holds its values row by row: what arithmetic and numeric comparisons work on. */
export type FlatColumn = NumberColumn | BigIntColumn;

/** The column row by row: numbers, dates and booleans in dictionary form are unfolded. Throws `TypeError` on text. */
export function flatColumn(column: Column): FlatColumn {
  return column.form === 'dictionary' ? unfold(column) : column;
}

/**
 * Exact integers as a column: in number form where each is safe (|x| ≤ 2^53 − 1), else in bigint form. `values[i]` is
 * 0 where `valid[i]` is 0.
 */
export function integerColumn(type: LogicalType, values: readonly bigint[], valid: Uint8Array | null): FlatColumn {
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = Number(values[i] ?? 0n);
    if (!Number.isSafeInteger(number)) return { form: 'bigint', type, values, valid };
    numbers[i] = number;
  }
  return { form: 'number', type, values: numbers, valid };
}

/** The exact integers of a column as bigints; 0 at NULLs. */
export function bigIntegers(column: FlatColumn): readonly bigint[] {
  return column.form === 'bigint' ? column.values : Array.from(column.values, (value) => BigInt(value));
}

/** Rows that are valid in both; null where all are. */
export function bothValid(left: Uint8Array | null, right: Uint8Array | null): Uint8Array | null {
  if (left === null || right === null) return left ?? right;
  const valid = new Uint8Array(left.length);
  for (let i = 0; i < valid.length; i++) valid[i] = (left[i] ?? 0) & (right[i] ?? 0);
  return valid;
}

/** The same values, written over with 0 where they are NULL: the form that columns have. */
export function withZeros(values: Float64Array, valid: Uint8Array | null): Float64Array {
  if (valid !== null) for (let i = 0; i < values.length; i++) if (valid[i] === 0) values[i] = 0;
  return values;
}

/** One value in each of `rowCount` rows. */
export function constantColumn(value: Scalar | null, type: LogicalType, rowCount: number): Column {
  if (value === null || typeof value === 'string') {
    const codes = new Int32Array(rowCount).fill(value === null ? -1 : 0);
    return { form: 'dictionary', type, codes, values: value === null ? [] : [value] };
  }
  if (typeof value === 'bigint') {
    return { form: 'bigint', type, values: new Array<bigint>(rowCount).fill(value), valid: null };
  }
  return { form: 'number', type, values: new Float64Array(rowCount).fill(Number(value)), valid: null };
}

function unfold(column: DictionaryColumn): FlatColumn {
  const { codes, type } = column;
  const values = column.values.map((value) => {
    if (typeof value === 'string')
      throw new TypeError(`expression: text ${JSON.stringify(value)} where a number stands`);
    return value;
  });
  const valid = new Uint8Array(codes.length);
  let nulls = 0;
  for (let i = 0; i < codes.length; i++) {
    if ((codes[i] ?? -1) < 0) nulls++;
    else valid[i] = 1;
  }
  const mask = nulls === 0 ? null : valid;
  if (values.some((value) => typeof value === 'bigint')) {
    const integers = values.map((value) => BigInt(value));
    return { form: 'bigint', type, values: Array.from(codes, (code) => integers[code] ?? 0n), valid: mask };
  }
  const numbers = Float64Array.from(values, (value) => Number(value));
  const flat = new Float64Array(codes.length);
  for (let i = 0; i < flat.length; i++) if (valid[i] === 1) flat[i] = numbers[codes[i] ?? 0] ?? 0;
  return { form: 'number', type, values: flat, valid: mask };
}
