import { type Column, type DictionaryColumn, type NumberColumn, valueAt } from '../../columns/column.ts';
import type { Scalar } from '../../columns/scalar.ts';

/**
 * Values of a column as Arquero's expressions see them. NULL is a value that no comparison is true of, that arithmetic
 * hands on and that aggregates skip: NaN among numbers, which no source holds, and undefined among texts.
 * - `TextData`: text.
 * - `Float64Array`: doubles, day numbers, truth values (1 and 0), exact numbers that doubles hold.
 * - an array: exact numbers of which some are beyond 2^53 − 1: each a number while it is safe, else a bigint.
 */
export type ColumnData = TextData | Float64Array | readonly (number | bigint)[];

/**
 * Text as Arquero's own dictionary columns are: `d.region === "East"` compares codes, since Arquero asks `keyFor` once
 * and `key` in each row.
 */
export class TextData implements Iterable<string | undefined> {
  readonly column: DictionaryColumn;
  readonly length: number;
  readonly #texts: readonly string[];
  readonly #codes: Int32Array;

  constructor(column: DictionaryColumn) {
    this.column = column;
    this.length = column.codes.length;
    this.#texts = column.values.map(String);
    this.#codes = column.codes;
  }

  at(row: number): string | undefined {
    const code = this.#codes[row] ?? -1;
    return code < 0 ? undefined : this.#texts[code];
  }

  key(row: number): number {
    return this.#codes[row] ?? -1;
  }

  /** A text that no row has gets a code that no row has: for a negative one Arquero writes `false`, `!==` included. */
  keyFor(text: string): number {
    const code = this.#texts.indexOf(text);
    return code < 0 ? this.#texts.length : code;
  }

  *[Symbol.iterator](): Iterator<string | undefined> {
    for (let row = 0; row < this.length; row++) yield this.at(row);
  }
}

/** A column's values for Arquero. A number column without NULLs shares its array. */
export function columnData(column: Column): ColumnData {
  switch (column.form) {
    case 'dictionary':
      return column.type.kind === 'text' ? new TextData(column) : unfolded(column);
    case 'number':
      return withNaN(column);
    case 'bigint':
      return Array.from(column.values, (_, row) => numeric(valueAt(column, row)));
  }
}

/** The column that the values stand for, with 0 at NULLs as columns have it. */
export function plainColumn(type: Column['type'], data: ColumnData): Column {
  if (data instanceof TextData) return data.column;
  let nulls = 0;
  const valid = new Uint8Array(data.length);
  for (let row = 0; row < data.length; row++) {
    const isNull = Number.isNaN(data[row]);
    valid[row] = isNull ? 0 : 1;
    if (isNull) nulls++;
  }
  const mask = nulls === 0 ? null : valid;
  if (data instanceof Float64Array) {
    const values = mask === null ? data : data.map((value) => (Number.isNaN(value) ? 0 : value));
    return { form: 'number', type, values, valid: mask };
  }
  return { form: 'bigint', type, values: data.map((value) => (Number.isNaN(value) ? 0n : BigInt(value))), valid: mask };
}

/** Bytes that the values hold, estimated for text at two bytes a character. */
export function dataBytes(data: ColumnData): number {
  if (data instanceof Float64Array) return data.byteLength;
  if (!(data instanceof TextData)) return data.length * 24;
  return data.column.values.reduce((sum: number, text) => sum + 16 + 2 * String(text).length, data.length * 4);
}

/** The largest magnitude among exact numbers; 0 of none. */
export function largestMagnitude(data: ColumnData): bigint {
  if (data instanceof TextData) return 0n;
  let safe = 0;
  let large = 0n;
  for (const value of data) {
    if (typeof value === 'number') {
      // Comparisons with NaN are false.
      if (value > safe) safe = value;
      else if (-value > safe) safe = -value;
    } else if (value > large || -value > large) large = value < 0n ? -value : value;
  }
  return large === 0n ? BigInt(Math.ceil(Math.min(safe, Number.MAX_SAFE_INTEGER))) : large;
}

function withNaN({ values, valid }: NumberColumn): Float64Array {
  return valid === null ? values : values.map((value, row) => (valid[row] === 0 ? Number.NaN : value));
}

function unfolded({ codes, values }: DictionaryColumn): ColumnData {
  const distinct = values.map(numeric);
  const at = (code: number) => (code < 0 ? Number.NaN : (distinct[code] ?? Number.NaN));
  if (distinct.some((value) => typeof value === 'bigint')) return Array.from(codes, at);
  const doubles = Float64Array.from(distinct, Number);
  const data = new Float64Array(codes.length);
  for (let row = 0; row < data.length; row++) data[row] = doubles[codes[row] ?? -1] ?? Number.NaN;
  return data;
}

function numeric(value: Scalar | null): number | bigint {
  if (typeof value === 'string') throw new TypeError(`column: the text ${JSON.stringify(value)} where a number stands`);
  if (value === null) return Number.NaN;
  return typeof value === 'boolean' ? Number(value) : value;
}
