import {
  Bool,
  type Data,
  type DataType,
  Decimal,
  Field,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  tableFromIPC,
  Uint8,
  Uint16,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { withTexts } from '../../../../src/backends/duckdb/key-texts.ts';
import { decodeBatch, utf8Vector } from '../../../../src/columns/arrow.ts';
import { columnOf, valueAt } from '../../../../src/columns/column.ts';
import { decimal, TEXT } from '../../../../src/columns/logical-type.ts';

/** A stream of record batches, each given by its columns. */
function stream(batches: readonly (readonly Data[])[], types: readonly DataType[]): Uint8Array {
  const fields = types.map((type, i) => new Field(`c${i}`, type, true));
  const schema = new Schema(fields);
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  for (const children of batches) {
    const length = children[0]?.length ?? 0;
    writer.write(
      new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children: [...children] })),
    );
  }
  return writer.finish().toUint8Array(true);
}

const sums = (...units: number[]) =>
  makeData({
    type: new Decimal(0, 38, 128),
    length: units.length,
    data: Uint32Array.from(units.flatMap((unit) => [unit, 0, 0, 0])),
  });
const codes8 = (...codes: number[]) =>
  makeData({ type: new Uint8(), length: codes.length, data: Uint8Array.from(codes) });
const SUM = new Decimal(0, 38, 128);
const texts = (...values: string[]) => new Map([['c0', utf8Vector(values)]]);

function read(ipc: Uint8Array): (readonly unknown[])[] {
  const batch = decodeBatch(
    ipc,
    new Map([
      ['c0', TEXT],
      ['c1', decimal(0)],
    ]),
    new Set(['c0']),
  );
  return Array.from({ length: batch.rowCount }, (_, row) =>
    ['c0', 'c1'].map((name) => valueAt(columnOf(batch, name), row)),
  );
}

describe('withTexts', () => {
  it('gives codes their texts over all record batches, and leaves the rest as it came', () => {
    const ipc = stream(
      [
        [codes8(2, 0), sums(1, 2)],
        [codes8(2), sums(3)],
      ],
      [new Uint8(), SUM],
    );
    const coded = withTexts(ipc, texts('a', 'ü😀', ''));
    expect(read(coded)).toEqual([
      ['', 1],
      ['a', 2],
      ['', 3],
    ]);
    expect(tableFromIPC(coded).schema.fields.map(({ type }) => String(type))).toEqual([
      'Dictionary<Uint8, Utf8>',
      'Decimal[38e0]',
    ]);
  });

  it('keeps NULL codes', () => {
    const nullable = makeData({
      type: new Uint16(),
      length: 3,
      nullCount: 1,
      nullBitmap: Uint8Array.of(0b101),
      data: Uint16Array.of(1, 0, 0),
    });
    const ipc = stream([[nullable, sums(1, 2, 3)]], [new Uint16(), SUM]);
    expect(read(withTexts(ipc, texts('x', 'y')))).toEqual([
      ['y', 1],
      [null, 2],
      ['x', 3],
    ]);
  });

  it('decodes only the texts that some row has, in the order of their codes', () => {
    const ipc = stream([[codes8(3, 1, 3), sums(1, 2, 3)]], [new Uint8(), SUM]);
    const column = columnOf(decodeBatch(withTexts(ipc, texts('a', 'b', 'c', 'd')), new Map([['c0', TEXT]])), 'c0');
    expect(column).toEqual({ form: 'dictionary', type: TEXT, codes: Int32Array.of(1, 0, 1), values: ['b', 'd'] });
  });

  it('is a stream without rows where there are none', () => {
    expect(read(withTexts(stream([], [new Uint8(), SUM]), texts('a')))).toEqual([]);
  });

  it('takes bytes that do not begin their buffer', () => {
    const ipc = stream([[codes8(0), sums(7)]], [new Uint8(), SUM]);
    const padded = new Uint8Array(ipc.length + 8);
    padded.set(ipc, 8);
    expect(read(withTexts(padded.subarray(8), texts('a')))).toEqual([['a', 7]]);
  });

  it('passes on a stream of which no column has codes', () => {
    const ipc = stream([[sums(1)]], [SUM]);
    expect(withTexts(ipc, new Map())).toBe(ipc);
  });

  it('refuses codes that are none', () => {
    const bools = makeData({ type: new Bool(), length: 1, data: Uint8Array.of(1) });
    expect(() => withTexts(stream([[bools]], [new Bool()]), texts('a'))).toThrow(
      'column c0: expected codes, found Bool',
    );
    const signed = makeData({ type: new Int32(), length: 1, data: Int32Array.of(0) });
    expect(() => withTexts(stream([[signed]], [new Int32()]), texts('a'))).toThrow(RangeError);
  });
});
