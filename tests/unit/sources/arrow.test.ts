import {
  Binary,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  Float16,
  Float32,
  Int16,
  Int32,
  List,
  makeData,
  Null,
  Table,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  tableToIPC,
  Uint64,
  Utf8,
  Utf8View,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { valueAt } from '../../../src/columns/column.ts';
import { readArrow } from '../../../src/sources/arrow.ts';
import { SourceError } from '../../../src/sources/source-error.ts';

async function columnOf(vector: Vector<DataType>, format: 'stream' | 'file' = 'stream') {
  const table = readArrow('x', 'x.arrow', tableToIPC(new Table({ x: vector }), format));
  const [column] = await table.read(['x']);
  if (column === undefined) throw new Error('no column');
  const values = Array.from({ length: table.rowCount }, (_, row) => valueAt(column, row));
  return { type: table.columns[0]?.type, values };
}

const DAY = 86_400_000;

describe('what is read', () => {
  test.each<[string, Vector<DataType>, string, unknown[]]>([
    ['text', vectorFromArray(['a', null, ''], new Utf8()), 'text', ['a', null, '']],
    [
      'dictionaries',
      vectorFromArray(['a', null, 'a'], new Dictionary(new Utf8(), new Int32())),
      'text',
      ['a', null, 'a'],
    ],
    ['small integers', vectorFromArray([1, null, -5], new Int16()), 'int64', [1, null, -5]],
    ['unsigned 64 bits', vectorFromArray([2n ** 63n], new Uint64()), 'int64', [2n ** 63n]],
    ['single precision', vectorFromArray([0.5, null], new Float32()), 'double', [0.5, null]],
    ['booleans', vectorFromArray([true, null, false]), 'bool', [true, null, false]],
    ['days', vectorFromArray([new Date(-DAY), null], new DateDay()), 'date', [-1, null]],
    ['64-bit dates', vectorFromArray([new Date(19723 * DAY), null], new DateMillisecond()), 'date', [19723, null]],
    ['seconds', vectorFromArray([-1000, null, DAY - 1000], new TimestampSecond()), 'date', [-1, null, 0]],
    ['milliseconds in UTC', vectorFromArray([DAY - 1, DAY], new TimestampMillisecond('UTC')), 'date', [0, 1]],
    ['microseconds ahead of UTC', vectorFromArray([DAY - 1, 0], new TimestampMicrosecond('+05:30')), 'date', [1, 0]],
    ['nanoseconds behind UTC', vectorFromArray([0, DAY], new TimestampNanosecond('-01:00')), 'date', [-1, 0]],
    ['nothing at all', vectorFromArray([null, null], new Null()), 'text', [null, null]],
  ])('%s', async (_name, vector, type, values) => {
    expect(await columnOf(vector)).toEqual({ type, values });
    expect(await columnOf(vector, 'file')).toEqual({ type, values });
  });

  test('decimals keep their scale, of any width', async () => {
    const words = Uint32Array.of(1230, 0, 0, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0, 0, 1, 0);
    const narrow = makeData({ type: new Decimal(2, 38), length: 3, nullCount: 0, data: words });
    const table = readArrow('x', 'x.arrow', tableToIPC(new Table({ x: narrow }), 'stream'));
    const [column] = await table.read(['x']);
    expect(table.columns[0]?.type).toBe('decimal(2)');
    expect(column === undefined ? [] : [0, 1, 2].map((row) => valueAt(column, row))).toEqual([1230, -1, 2n ** 64n]);
  });

  test('text views, short and long', async () => {
    const long = 'a text of more than twelve bytes';
    const buffer = new TextEncoder().encode(`--${long}`);
    const views = new DataView(new ArrayBuffer(32));
    views.setInt32(0, 2, true);
    new Uint8Array(views.buffer).set(new TextEncoder().encode('ab'), 4);
    views.setInt32(16, long.length, true);
    views.setInt32(28, 2, true);
    const data = makeData({
      type: new Utf8View(),
      length: 2,
      nullCount: 0,
      views: new Uint8Array(views.buffer),
      variadicBuffers: [buffer],
    });
    const table = readArrow('x', 'x.arrow', tableToIPC(new Table({ x: data }), 'stream'));
    const [column] = await table.read(['x']);
    expect(column === undefined ? [] : [0, 1].map((row) => valueAt(column, row))).toEqual(['ab', long]);
  });
});

test.each<[string, Vector<DataType>, string]>([
  ['lists', vectorFromArray([[1]], new List(new Field('item', new Int32()))), 'List<Int32>'],
  ['bytes', vectorFromArray([Uint8Array.of(1)], new Binary()), 'Binary'],
  ['half precision', vectorFromArray([1], new Float16()), 'Float16'],
  [
    'a zone whose clock depends on the date',
    vectorFromArray([0], new TimestampSecond('Europe/Paris')),
    'Timestamp<SECOND, Europe/Paris>',
  ],
])('%s are no column', async (_name, vector, type) => {
  const table = readArrow('x', 'x.arrow', tableToIPC(new Table({ x: vector }), 'stream'));
  expect(table.columns[0]?.type).toBe(type);
  await expect(table.read(['x'])).rejects.toMatchObject({
    fault: { code: 'UNSUPPORTED_TYPE', parameters: { column: 'x' } },
  });
});

describe('broken files', () => {
  const file = tableToIPC(new Table({ x: vectorFromArray([1, 2, 3]) }), 'file');
  function faultOf(bytes: Uint8Array) {
    try {
      readArrow('x', 'x.arrow', bytes);
    } catch (error) {
      if (error instanceof SourceError) return error.fault;
      throw error;
    }
    throw new Error('nothing was refused');
  }
  test('a file cut short', () => {
    expect(faultOf(file.subarray(0, file.length - 10))).toMatchObject({ code: 'TRUNCATED' });
  });
  test('a file of other bytes inside', () => {
    const broken = file.slice();
    broken.fill(0xee, 8, broken.length - 8);
    expect(faultOf(broken)).toMatchObject({ code: 'MALFORMED', parameters: { kind: 'arrow' } });
  });
});
