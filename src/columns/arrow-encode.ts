import {
  Field as ArrowField,
  Bool,
  type Data,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
  Vector,
} from 'apache-arrow';
import { type Batch, type Column, type DictionaryColumn, valueAt } from './column.ts';
import { writeSafeInt64 } from './integer-words.ts';
import type { Scalar } from './scalar.ts';
import { utf8Bytes } from './utf8-bytes.ts';

const PRECISION = 38;
const LARGEST_DECIMAL = 10n ** BigInt(PRECISION);

/**
 * How exact numbers are written: `int64` (the default, for loads) as units in Int64; `decimal128` (for Frames) decimals
 * as Decimal128(38, n); `fitting` (for results of backends) as Int64 where every value of the column fits, else as
 * Decimal128(38, n), n being 0 for int64, whose 128 bits may then hold more than 38 digits, as DuckDB's HUGEINT does.
 */
export type ExactForm = 'int64' | 'decimal128' | 'fitting';

export interface EncodeOptions {
  readonly exact?: ExactForm;
}

/**
 * One Arrow IPC stream that owns its whole buffer, so that it can be transferred. `metadata` gives each field's
 * key-value pairs. Throws `RangeError` where an exact number is no integer or does not fit its Arrow type.
 */
export function encodeBatch(
  batch: Batch,
  metadata?: (fieldName: string) => ReadonlyMap<string, string>,
  options: EncodeOptions = {},
): Uint8Array<ArrayBuffer> {
  const children = batch.fields.map(({ column, name }, position) => {
    return encodeColumn(column, batch.rowCount, position, options.exact ?? 'int64', name);
  });
  const fields = batch.fields.map(({ name }, position) => {
    const type: DataType = children[position]?.type ?? new Utf8();
    return new ArrowField(name, type, true, new Map(metadata?.(name) ?? []));
  });
  const data = makeData({ type: new Struct(fields), length: batch.rowCount, nullCount: 0, children });
  const writer = RecordBatchStreamWriter.writeAll([new RecordBatch(new Schema(fields), data)]);
  const bytes = writer.toUint8Array(true);
  const { buffer } = bytes;
  const ownsAll = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length;
  return ownsAll ? new Uint8Array(buffer) : bytes.slice();
}

function encodeColumn(column: Column, rows: number, position: number, exact: ExactForm, name: string): Data<DataType> {
  const length = column.form === 'dictionary' ? column.codes.length : column.values.length;
  if (length !== rows) throw new RangeError(`batch: column ${name} has ${length} rows, the batch has ${rows}`);
  const { nullBitmap, nullCount } = validity(column, rows);
  const shape = { length: rows, nullBitmap, nullCount };
  switch (column.type.kind) {
    case 'text': {
      if (column.form !== 'dictionary') throw new RangeError(`batch: text column ${name} is not in dictionary form`);
      const type = new Dictionary(new Utf8(), new Int32(), position);
      // Where the dictionary is empty, one empty text stands in it, so that index 0 exists.
      const dictionary = utf8Vector(column.values.length === 0 ? [''] : column.values);
      return makeData({ ...shape, type, data: indices(column, nullCount), dictionary });
    }
    case 'int64':
    case 'decimal': {
      const digits = column.type.kind === 'decimal' ? column.type.digits : 0;
      const isWide =
        exact === 'fitting' ? !fitsInt64(column) : exact === 'decimal128' && column.type.kind === 'decimal';
      if (!isWide) return makeData({ ...shape, type: new Int64(), data: int64Words(column, rows, name) });
      const type = new Decimal(digits, PRECISION, 128);
      return makeData({ ...shape, type, data: decimalWords(column, rows, name, exact === 'fitting') });
    }
    case 'double':
      return makeData({ ...shape, type: new Float64(), data: doubles(column, rows) });
    case 'bool':
      return makeData({ ...shape, type: new Bool(), data: bits(rows, (row) => valueAt(column, row) === true) });
    case 'date':
      return makeData({ ...shape, type: new DateDay(), data: Int32Array.from(doubles(column, rows)) });
  }
}

/** The Arrow bitmap, least significant bit first; empty where nothing is NULL. */
function validity(column: Column, rows: number): { nullBitmap: Uint8Array; nullCount: number } {
  let nullCount = 0;
  if (column.form === 'dictionary') {
    for (let row = 0; row < rows; row++) if ((column.codes[row] ?? -1) < 0) nullCount++;
  } else if (column.valid !== null) {
    for (let row = 0; row < rows; row++) if (column.valid[row] === 0) nullCount++;
  }
  if (nullCount === 0) return { nullBitmap: new Uint8Array(0), nullCount };
  const isValid =
    column.form === 'dictionary'
      ? (row: number) => (column.codes[row] ?? -1) >= 0
      : (row: number) => column.valid?.[row] !== 0;
  return { nullBitmap: bits(rows, isValid), nullCount };
}

function bits(rows: number, isSet: (row: number) => boolean): Uint8Array {
  const bitmap = new Uint8Array((rows + 7) >> 3);
  for (let row = 0; row < rows; row++) if (isSet(row)) bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) | (1 << (row & 7));
  return bitmap;
}

/** Codes with 0 at NULLs: readers may look an index up before they look at its validity. */
function indices({ codes }: DictionaryColumn, nullCount: number): Int32Array {
  return nullCount === 0 ? codes : codes.map((code) => Math.max(code, 0));
}

/** Texts as an Arrow vector of one chunk. Throws `RangeError` where one of the values is no text. */
export function utf8Vector(values: readonly Scalar[]): Vector<Utf8> {
  const { bytes, offsets } = utf8Bytes(values);
  return new Vector([
    makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets: offsets, data: bytes }),
  ]);
}

function doubles(column: Column, rows: number): Float64Array {
  if (column.form === 'number') return column.values;
  const values = new Float64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = Number(valueAt(column, row) ?? 0);
  return values;
}

/** The exact integer of a row; 0 at NULLs. */
function integerAt(column: Column, row: number, name: string): number | bigint {
  const value = column.form === 'number' ? (column.values[row] ?? 0) : (valueAt(column, row) ?? 0);
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new RangeError(`batch: column ${name}, row ${row}: ${String(value)} is not an exact integer`);
}

/** Whether every value of an exact column fits 64 bits. */
function fitsInt64(column: Column): boolean {
  const values: readonly Scalar[] = column.form === 'number' ? [] : column.values;
  return values.every((value) => typeof value !== 'bigint' || BigInt.asIntN(64, value) === value);
}

function int64Words(column: Column, rows: number, name: string): BigInt64Array {
  const data = new BigInt64Array(rows);
  // No bigint is made for integers that a double holds.
  const words = new Int32Array(data.buffer);
  for (let row = 0; row < rows; row++) {
    const value = integerAt(column, row, name);
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) {
        throw new RangeError(`batch: column ${name}, row ${row}: ${value} does not fit 64 bits`);
      }
      data[row] = value;
    } else {
      writeSafeInt64(words, 2 * row, value);
    }
  }
  return data;
}

/** `anyBits`: any value of 128 bits will do, else those of 38 digits. */
function decimalWords(column: Column, rows: number, name: string, anyBits: boolean): Uint32Array {
  const words = new Int32Array(4 * rows);
  if (column.form === 'number' && column.values.every(Number.isSafeInteger)) {
    for (let row = 0; row < rows; row++) {
      const value = column.values[row] ?? 0;
      writeSafeInt64(words, 4 * row, value);
      if (value < 0) {
        words[4 * row + 2] = -1;
        words[4 * row + 3] = -1;
      }
    }
    return new Uint32Array(words.buffer);
  }
  const limbs = new BigInt64Array(words.buffer);
  for (let row = 0; row < rows; row++) {
    const value = integerAt(column, row, name);
    if (typeof value === 'bigint') {
      if (anyBits && BigInt.asIntN(128, value) !== value) {
        throw new RangeError(`batch: column ${name}, row ${row}: ${value} does not fit 128 bits`);
      }
      if (!anyBits && (value <= -LARGEST_DECIMAL || value >= LARGEST_DECIMAL)) {
        throw new RangeError(`batch: column ${name}, row ${row}: ${value} does not fit ${PRECISION} digits`);
      }
      limbs[2 * row] = BigInt.asIntN(64, value);
      limbs[2 * row + 1] = value >> 64n;
    } else {
      writeSafeInt64(words, 4 * row, value);
      if (value < 0) words.fill(-1, 4 * row + 2, 4 * row + 4);
    }
  }
  return new Uint32Array(words.buffer);
}
