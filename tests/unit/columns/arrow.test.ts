import {
  type DataType,
  DateMillisecond,
  Float32,
  Int8,
  makeData,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint64,
  Utf8,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBatch, type ExactForm, encodeBatch } from '../../../src/columns/arrow.ts';
import { type Batch, type Column, columnOf, valueAt } from '../../../src/columns/column.ts';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';

function text(values: readonly (string | null)[]): Column {
  const distinct = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : distinct.indexOf(value)));
  return { form: 'dictionary', type: TEXT, codes, values: distinct };
}

function numbers(type: LogicalType, values: readonly (number | null)[]): Column {
  return {
    form: 'number',
    type,
    values: Float64Array.from(values, (value) => value ?? 0),
    valid: values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : null,
  };
}

function bigints(type: LogicalType, values: readonly (bigint | null)[]): Column {
  return {
    form: 'bigint',
    type,
    values: values.map((value) => value ?? 0n),
    valid: values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : null,
  };
}

function batchOf(columns: Readonly<Record<string, Column>>, rowCount: number): Batch {
  return { rowCount, fields: Object.entries(columns).map(([name, column]) => ({ name, column })) };
}

function listOf(column: Column, rows: number): (Scalar | null)[] {
  return Array.from({ length: rows }, (_, row) => valueAt(column, row));
}

function roundTrip(column: Column, rows: number, exact: ExactForm = 'int64', keys: string[] = []): Column {
  const ipc = encodeBatch(batchOf({ x: column }, rows), undefined, { exact });
  return columnOf(decodeBatch(ipc, new Map([['x', column.type]]), new Set(keys)), 'x');
}

const MAX = 2 ** 53 - 1;

describe('encodeBatch then decodeBatch', () => {
  const cases: readonly [name: string, column: Column, expected: (Scalar | null)[]][] = [
    ['text', text(['a', null, '', 'ü😀', 'a', '\u{feff}x']), ['a', null, '', 'ü😀', 'a', '\u{feff}x']],
    ['text, all NULL', text([null, null]), [null, null]],
    [
      'int64',
      numbers(INT64, [0, -1, MAX, -MAX, null, 2 ** 32, -(2 ** 32), -(2 ** 31)]),
      [0, -1, MAX, -MAX, null, 2 ** 32, -(2 ** 32), -(2 ** 31)],
    ],
    [
      'int64 beyond 2^53',
      bigints(INT64, [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n), 5n, null]),
      [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n), 5, null],
    ],
    ['decimal', numbers(decimal(2), [-1230, 5, null]), [-1230, 5, null]],
    ['double', numbers(DOUBLE, [0.1, -1e300, null, 5e-324]), [0.1, -1e300, null, 5e-324]],
    ['bool', numbers(BOOL, [1, 0, null, 1, 1, 0, 0, 1, 1]), [true, false, null, true, true, false, false, true, true]],
    ['date', numbers(DAY, [19723, -1, null, 0]), [19723, -1, null, 0]],
    ['week', numbers(period('week'), [19723]), [19723]],
  ];
  test.each(cases)('%s', (_name, column, expected) => {
    const back = roundTrip(column, expected.length);
    expect(back.type).toEqual(column.type);
    expect(listOf(back, expected.length)).toEqual(expected);
    expect(back.form).toBe(column.form);
  });
  test.each(cases)('%s as a key', (_name, column, expected) => {
    const back = roundTrip(column, expected.length, 'int64', ['x']);
    expect(back.form).toBe('dictionary');
    expect(listOf(back, expected.length)).toEqual(expected);
    if (back.form === 'dictionary') expect(new Set(back.values).size).toBe(back.values.length);
  });
  test('a dictionary column of any type is written as its type', () => {
    const column: Column = { form: 'dictionary', type: DAY, codes: Int32Array.of(1, -1, 0), values: [7, 9] };
    expect(listOf(roundTrip(column, 3), 3)).toEqual([9, null, 7]);
    const flags: Column = { form: 'dictionary', type: BOOL, codes: Int32Array.of(1, -1, 0), values: [false, true] };
    expect(listOf(roundTrip(flags, 3), 3)).toEqual([true, null, false]);
  });
  test('decimals as Decimal128(38, n) hold what 64 bits do not', () => {
    const column = bigints(decimal(4), [2n ** 100n, -(2n ** 100n), 10n ** 38n - 1n, 1n - 10n ** 38n, -7n, null]);
    const expected = [2n ** 100n, -(2n ** 100n), 10n ** 38n - 1n, 1n - 10n ** 38n, -7, null];
    expect(listOf(roundTrip(column, 6, 'decimal128'), 6)).toEqual(expected);
    const ipc = encodeBatch(batchOf({ x: column }, 6), undefined, { exact: 'decimal128' });
    expect(String(tableFromIPC(ipc).schema.fields[0]?.type)).toBe('Decimal[38e+4]');
  });
  test.each([
    ['int64', INT64, 'Decimal[38e0]'],
    ['decimal', decimal(2), 'Decimal[38e+2]'],
  ] as const)('exact numbers of type %s as they fit: in 64 bits, else in 128', (_name, type, wide) => {
    const typeOf = (column: Column, rows: number) =>
      String(
        tableFromIPC(encodeBatch(batchOf({ x: column }, rows), undefined, { exact: 'fitting' })).schema.fields[0]?.type,
      );
    const fitting = bigints(type, [2n ** 63n - 1n, -(2n ** 63n), null]);
    expect(listOf(roundTrip(fitting, 3, 'fitting'), 3)).toEqual([2n ** 63n - 1n, -(2n ** 63n), null]);
    expect(typeOf(fitting, 3)).toBe('Int64');
    expect(typeOf(numbers(type, [1, null]), 2)).toBe('Int64');
    const values = [2n ** 63n, -7n, 2n ** 127n - 1n, -(2n ** 127n), null];
    const beyond = bigints(type, values);
    expect(listOf(roundTrip(beyond, 5, 'fitting'), 5)).toEqual([2n ** 63n, -7, 2n ** 127n - 1n, -(2n ** 127n), null]);
    expect(typeOf(beyond, 5)).toBe(wide);
    const key: Column = { form: 'dictionary', type, codes: Int32Array.of(1, 0, -1), values: [5, 2n ** 64n] };
    expect(listOf(roundTrip(key, 3, 'fitting'), 3)).toEqual([2n ** 64n, 5, null]);
  });
  test('no rows', () => {
    const batch = batchOf({ t: text([]), n: numbers(INT64, []), b: numbers(BOOL, []) }, 0);
    const types = new Map([
      ['t', TEXT],
      ['n', INT64],
      ['b', BOOL],
    ]);
    expect(decodeBatch(encodeBatch(batch), types).rowCount).toBe(0);
  });
  test('the bytes own their buffer, and metadata is kept', () => {
    const ipc = encodeBatch(batchOf({ x: text(['a']) }, 1), (name) => new Map([['coframe.role', `${name}!`]]));
    expect(ipc.byteLength).toBe(ipc.buffer.byteLength);
    expect(tableFromIPC(ipc).schema.fields[0]?.metadata.get('coframe.role')).toBe('x!');
  });
  test('any batch', () => {
    const integer = fc.option(
      fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -99n, max: 99n })),
      { nil: null },
    );
    const rows = fc.array(
      fc.record({
        t: fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
        i: integer,
        d: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null }),
        b: fc.option(fc.boolean(), { nil: null }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (list) => {
        const batch = batchOf(
          {
            t: text(list.map((row) => row.t)),
            i: bigints(
              INT64,
              list.map((row) => row.i),
            ),
            d: numbers(
              DOUBLE,
              list.map((row) => row.d),
            ),
            b: numbers(
              BOOL,
              list.map((row) => (row.b === null ? null : Number(row.b))),
            ),
          },
          list.length,
        );
        const types = new Map([
          ['t', TEXT],
          ['i', INT64],
          ['d', DOUBLE],
          ['b', BOOL],
        ]);
        for (const keys of [new Set<string>(), new Set(types.keys())]) {
          const back = decodeBatch(encodeBatch(batch), types, keys);
          list.forEach((row, at) => {
            expect(valueAt(columnOf(back, 't'), at)).toBe(row.t);
            const safe = row.i !== null && row.i >= -BigInt(MAX) && row.i <= BigInt(MAX);
            expect(valueAt(columnOf(back, 'i'), at)).toBe(safe ? Number(row.i) : row.i);
            expect(valueAt(columnOf(back, 'd'), at)).toBe(row.d === 0 ? 0 : row.d);
            expect(valueAt(columnOf(back, 'b'), at)).toBe(row.b);
          });
        }
      }),
    );
  });
});

describe('encodeBatch refuses', () => {
  test.each([
    ['a fraction in an exact column', numbers(INT64, [0.5]), 'int64', 'column x, row 0: 0.5 is not an exact integer'],
    ['more than 64 bits', bigints(INT64, [2n ** 63n]), 'decimal128', 'does not fit 64 bits'],
    ['more than 38 digits', bigints(decimal(2), [10n ** 38n]), 'decimal128', 'does not fit 38 digits'],
    ['more than 128 bits', bigints(INT64, [2n ** 127n]), 'fitting', 'does not fit 128 bits'],
    ['columns of other lengths', numbers(INT64, [1, 2]), 'int64', 'has 2 rows, the batch has 1'],
  ] as const)('%s', (_name, column, exact, message) => {
    expect(() => encodeBatch(batchOf({ x: column }, 1), undefined, { exact })).toThrow(message);
  });
});

describe('decodeBatch of what others write', () => {
  /** Arrow bytes made by the library's own builders. */
  function written(column: Vector<DataType>): Uint8Array {
    return tableToIPC(new Table({ x: column }), 'stream');
  }
  const decodeX = (ipc: Uint8Array, type: LogicalType) => {
    const batch = decodeBatch(ipc, new Map([['x', type]]));
    return listOf(columnOf(batch, 'x'), batch.rowCount);
  };
  test('plain Utf8, small integers, floats, unsigned 64 bits', () => {
    expect(decodeX(written(vectorFromArray(['b', null, 'b'], new Utf8())), TEXT)).toEqual(['b', null, 'b']);
    expect(decodeX(written(vectorFromArray([1, null, -3], new Int8())), INT64)).toEqual([1, null, -3]);
    expect(decodeX(written(vectorFromArray([1, null, -3], new Int8())), DOUBLE)).toEqual([1, null, -3]);
    expect(decodeX(written(vectorFromArray([0.5], new Float32())), DOUBLE)).toEqual([0.5]);
    expect(decodeX(written(vectorFromArray([2n ** 64n - 1n, 3n], new Uint64())), INT64)).toEqual([2n ** 64n - 1n, 3]);
    expect(decodeX(written(vectorFromArray([3, -0, null, MAX])), decimal(2))).toEqual([3, 0, null, MAX]);
  });
  test('a dictionary that changes between record batches', () => {
    const first = tableFromIPC(encodeBatch(batchOf({ x: text(['a', 'b']) }, 2)));
    const second = tableFromIPC(encodeBatch(batchOf({ x: text(['b', null, 'c']) }, 3)));
    const both = new Table([...first.batches, ...second.batches]);
    expect(decodeX(tableToIPC(both, 'stream'), TEXT)).toEqual(['a', 'b', 'b', null, 'c']);
  });
  test('only the columns asked for, in the order of the stream', () => {
    const ipc = encodeBatch(batchOf({ a: text(['a']), b: numbers(INT64, [1]), c: numbers(DOUBLE, [2]) }, 1));
    const batch = decodeBatch(
      ipc,
      new Map([
        ['c', DOUBLE],
        ['a', TEXT],
      ]),
    );
    expect(batch.fields.map((field) => field.name)).toEqual(['a', 'c']);
  });
  test.each([
    ['a missing column', vectorFromArray([1]), 'y', INT64, 'no column y; the stream has x'],
    ['a fraction for an exact type', vectorFromArray([0.5]), 'x', INT64, '0.5 is not an exact integer'],
    ['text for a number', vectorFromArray(['1'], new Utf8()), 'x', INT64, 'expected integers, found Utf8'],
    ['a number for text', vectorFromArray([1]), 'x', TEXT, 'expected Utf8, found Float64'],
    ['milliseconds for a date', vectorFromArray([new Date(0)], new DateMillisecond()), 'x', DAY, 'expected Date32'],
    ['2^53 for a double', vectorFromArray([2n ** 53n]), 'x', DOUBLE, '9007199254740992 is not exact as a double'],
  ] as const)('refuses %s', (_name, column, wanted, type, message) => {
    expect(() => decodeBatch(written(column), new Map([[wanted, type]]))).toThrow(message);
  });
  test('refuses bytes that are not UTF-8, also where they join to a character', () => {
    for (const bytes of [Uint8Array.of(0xff, 0x41), Uint8Array.of(0xc3, 0xa9)]) {
      const data = makeData({
        type: new Utf8(),
        length: 2,
        nullCount: 0,
        valueOffsets: Int32Array.of(0, 1, 2),
        data: bytes,
      });
      expect(() => decodeX(tableToIPC(new Table({ x: data }), 'stream'), TEXT)).toThrow(TypeError);
    }
  });
});
