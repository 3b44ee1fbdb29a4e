import type { LogicalType } from './logical-type.ts';
import type { Scalar } from './scalar.ts';

/**
 * A column in memory. Three forms, one for each use:
 * - `dictionary`: coordinates and text. `codes[i]` indexes `values`; −1 is NULL. Values are distinct, non-null, unordered.
 * - `number`: numbers, dates (day numbers), booleans (0/1) as doubles that hold exact integers where the type is exact.
 * - `bigint`: exact integers of which some are beyond 2^53 − 1 (the exception).
 * `valid[i] === 0` marks NULL (the value there is 0); `valid: null` says that no value is NULL.
 */
export type Column = DictionaryColumn | NumberColumn | BigIntColumn;

export interface DictionaryColumn {
  readonly form: 'dictionary';
  readonly type: LogicalType;
  readonly codes: Int32Array;
  readonly values: readonly Scalar[];
}

export interface NumberColumn {
  readonly form: 'number';
  readonly type: LogicalType;
  readonly values: Float64Array;
  readonly valid: Uint8Array | null;
}

export interface BigIntColumn {
  readonly form: 'bigint';
  readonly type: LogicalType;
  readonly values: readonly bigint[];
  readonly valid: Uint8Array | null;
}

/** A named column. */
export interface Field {
  readonly name: string;
  readonly column: Column;
}

/** Columns of one length. */
export interface Batch {
  readonly rowCount: number;
  readonly fields: readonly Field[];
}

/** Number of rows of a column. */
export function columnLength(column: Column): number {
  return column.form === 'dictionary' ? column.codes.length : column.values.length;
}

/** The value at a row, null for NULL; integers in their one form (see Scalar), booleans as booleans. */
export function valueAt(column: Column, row: number): Scalar | null {
  if (column.form === 'dictionary') {
    const code = column.codes[row] ?? -1;
    return code < 0 ? null : (column.values[code] ?? null);
  }
  if (column.valid !== null && column.valid[row] === 0) return null;
  const value = column.values[row];
  if (value === undefined) return null;
  if (typeof value === 'bigint') return normalise(value);
  return column.type.kind === 'bool' ? value !== 0 : value;
}

function normalise(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The column of a name. Throws `RangeError` where there is none: a defect of the caller. */
export function columnOf(batch: Batch, name: string): Column {
  const field = batch.fields.find((candidate) => candidate.name === name);
  if (field === undefined) {
    throw new RangeError(`batch: no column ${name}; it has ${batch.fields.map((each) => each.name).join(', ')}`);
  }
  return field.column;
}

/** Bytes that a column holds in memory, estimated for text at two bytes a character. */
export function columnBytes(column: Column): number {
  switch (column.form) {
    case 'number':
      return column.values.byteLength + (column.valid?.byteLength ?? 0);
    case 'bigint':
      return column.values.length * 24 + (column.valid?.byteLength ?? 0);
    case 'dictionary': {
      let bytes = column.codes.byteLength;
      for (const value of column.values) bytes += typeof value === 'string' ? 16 + 2 * value.length : 8;
      return bytes;
    }
  }
}

/** Bytes that a batch holds in memory. */
export function batchBytes(batch: Batch): number {
  return batch.fields.reduce((sum, field) => sum + columnBytes(field.column), 0);
}
