import { ByteWriter, type ColumnSource, parquetWrite } from 'hyparquet-writer';
import type { Batch, Column } from '../../columns/column.ts';
import { valueAt } from '../../columns/column.ts';
import { writeSafeInt64 } from '../../columns/integer-words.ts';
import type { Scalar } from '../../columns/scalar.ts';
import { elementOf, LAYOUT_KEY, printLayout, requireRows } from './entry-layout.ts';

/** One page and one row group whatever the size: an entry is always read whole. */
const UNLIMITED = 2 ** 31 - 1;
const WIDEST = 2n ** 127n;

/**
 * An entry's file (see entry-layout.ts). −0 is written as 0; bigint columns of which every value is safe come back in
 * number form. Throws `RangeError` where an integer is beyond 127 bits or columns differ in length.
 */
export function encodeEntry(batch: Batch): Uint8Array<ArrayBuffer> {
  const elements = batch.fields.map(({ name, column }) => elementOf(name, column));
  const columnData = batch.fields.map(({ name, column }, position): ColumnSource => {
    requireRows(name, column, batch.rowCount);
    const encoding = column.form === 'dictionary' && column.type.kind !== 'bool' ? 'RLE_DICTIONARY' : 'PLAIN';
    const isInt64 = elements[position]?.type === 'INT64';
    return { name, data: valuesOf(name, column, isInt64), encoding, offsetIndex: false };
  });
  const layout = {
    rows: batch.rowCount,
    columns: batch.fields.map(({ name, column }) => ({ name, type: column.type, form: column.form })),
  };
  const writer = new ByteWriter();
  parquetWrite({
    writer,
    columnData,
    schema: [{ name: 'entry', num_children: elements.length }, ...elements],
    codec: 'UNCOMPRESSED',
    statistics: false,
    rowGroupSize: UNLIMITED,
    pageSize: UNLIMITED,
    kvMetadata: [{ key: LAYOUT_KEY, value: printLayout(layout) }],
    createdBy: 'coframe',
  });
  return new Uint8Array(writer.getBuffer());
}

/** The column's values as the writer takes them: units as bigints, day numbers, texts; null for NULL. */
function valuesOf(name: string, column: Column, isInt64: boolean): (Scalar | null)[] | BigInt64Array | Float64Array {
  const isExact = column.type.kind === 'int64' || column.type.kind === 'decimal';
  if (column.form === 'number' && column.valid === null) {
    if (isExact && isInt64) return int64Values(column.values);
    if (column.type.kind === 'double') return column.values.map((value) => value + 0);
  }
  if (column.form === 'dictionary') {
    const distinct = column.values.map((value) => written(name, value, isExact));
    const values = new Array<Scalar | null>(column.codes.length);
    for (let row = 0; row < values.length; row++) values[row] = distinct[column.codes[row] ?? -1] ?? null;
    return values;
  }
  const values = new Array<Scalar | null>(column.values.length);
  for (let row = 0; row < values.length; row++) {
    const value = valueAt(column, row);
    values[row] = value === null ? null : written(name, value, isExact);
  }
  return values;
}

/** Safe integers in 64 bits, without a bigint for each. */
function int64Values(values: Float64Array): BigInt64Array {
  const wide = new BigInt64Array(values.length);
  const words = new Int32Array(wide.buffer);
  for (let row = 0; row < values.length; row++) writeSafeInt64(words, 2 * row, values[row] ?? 0);
  return wide;
}

function written(name: string, value: Scalar, isExact: boolean): Scalar {
  if (typeof value === 'bigint' || (isExact && typeof value === 'number')) {
    const units = BigInt(value);
    if (units >= WIDEST || units < -WIDEST) throw new RangeError(`entry: column ${name}: ${value} is beyond 127 bits`);
    return units;
  }
  return typeof value === 'number' ? value + 0 : value;
}
