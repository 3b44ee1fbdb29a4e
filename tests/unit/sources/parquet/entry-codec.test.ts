import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { type Batch, type Column, columnLength, valueAt } from '../../../../src/columns/column.ts';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import { decodeEntry, encodeEntry } from '../../../../src/sources/parquet/entry-codec.ts';

type Cell = Scalar | null;

function dictionary(type: LogicalType, cells: readonly Cell[]): Column {
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  return {
    form: 'dictionary',
    type,
    codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell))),
    values,
  };
}

function validOf(cells: readonly Cell[]): Uint8Array | null {
  return cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) : null;
}

function numbers(type: LogicalType, cells: readonly Cell[]): Column {
  return { form: 'number', type, values: Float64Array.from(cells, (cell) => Number(cell ?? 0)), valid: validOf(cells) };
}

function bigints(type: LogicalType, cells: readonly Cell[]): Column {
  return { form: 'bigint', type, values: cells.map((cell) => BigInt(cell ?? 0)), valid: validOf(cells) };
}

function batchOf(columns: readonly Column[], rowCount: number): Batch {
  return { rowCount, fields: columns.map((column, index) => ({ name: `c.${index}`, column })) };
}

function cellsOf(column: Column): Cell[] {
  return Array.from({ length: columnLength(column) }, (_, row) => valueAt(column, row));
}

function roundTrip(column: Column): Column {
  const [field] = decodeEntry(encodeEntry(batchOf([column], columnLength(column)))).fields;
  if (field === undefined) throw new Error('no column came back');
  return field.column;
}

const SAFE = 2 ** 53 - 1;

describe('decodeEntry(encodeEntry(x)) is x', () => {
  test.each<[string, Column, Cell[], Column['form']]>([
    [
      'text keys',
      dictionary(TEXT, ['b', null, '', 'ü😀', 'b', '\u{feff}']),
      ['b', null, '', 'ü😀', 'b', '\u{feff}'],
      'dictionary',
    ],
    ['one text', dictionary(TEXT, ['a', 'a']), ['a', 'a'], 'dictionary'],
    ['only NULL keys', dictionary(TEXT, [null, null]), [null, null], 'dictionary'],
    ['day keys', dictionary(DAY, [0, -719528, 19723, null, 0]), [0, -719528, 19723, null, 0], 'dictionary'],
    ['week keys', dictionary(period('week'), [19723]), [19723], 'dictionary'],
    ['integer keys', dictionary(INT64, [1, -1, 2n ** 62n, null, SAFE]), [1, -1, 2n ** 62n, null, SAFE], 'dictionary'],
    ['wide keys', dictionary(decimal(3), [10n ** 18n, 5, null]), [10n ** 18n, 5, null], 'dictionary'],
    ['bool keys', dictionary(BOOL, [true, null, false]), [true, null, false], 'dictionary'],
    ['double keys', dictionary(DOUBLE, [0.5, null, -0.5]), [0.5, null, -0.5], 'dictionary'],
    ['sums', numbers(decimal(2), [1, -1, 0, SAFE, -SAFE]), [1, -1, 0, SAFE, -SAFE], 'number'],
    ['sums with NULL', numbers(INT64, [null, 3, null]), [null, 3, null], 'number'],
    ['only NULL', numbers(INT64, [null]), [null], 'number'],
    [
      '2^53 ± 1',
      bigints(INT64, [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n]),
      [SAFE, 2n ** 53n, 2n ** 53n + 1n],
      'bigint',
    ],
    [
      '64 bits',
      bigints(INT64, [2n ** 63n - 1n, -(2n ** 63n) + 1n, null]),
      [2n ** 63n - 1n, -(2n ** 63n) + 1n, null],
      'bigint',
    ],
    [
      'sums beyond 64 bits',
      bigints(INT64, [2n ** 63n, -(2n ** 100n), null, 0n]),
      [2n ** 63n, -(2n ** 100n), null, 0],
      'bigint',
    ],
    [
      'decimal sums of 128 bits',
      bigints(decimal(4), [2n ** 100n, 1n - 2n ** 127n, -1n]),
      [2n ** 100n, 1n - 2n ** 127n, -1],
      'bigint',
    ],
    ['safe bigints', bigints(INT64, [1n, -2n]), [1, -2], 'number'],
    ['doubles', numbers(DOUBLE, [0.1, 5e-324, -1.7e308, null]), [0.1, 5e-324, -1.7e308, null], 'number'],
    [
      'booleans',
      numbers(BOOL, [1, 0, 1, 1, 0, 0, 0, 1, 1]),
      [true, false, true, true, false, false, false, true, true],
      'number',
    ],
    ['dates', numbers(DAY, [0, null, -1]), [0, null, -1], 'number'],
  ])('%s', (_name, column, expected, form) => {
    const back = roundTrip(column);
    expect(back.type).toEqual(column.type);
    expect(back.form).toBe(form);
    expect(cellsOf(back)).toEqual(expected);
    if (back.form === 'dictionary') expect(new Set(back.values).size).toBe(back.values.length);
  });

  test('−0 comes back as 0', () => {
    expect(cellsOf(roundTrip(numbers(DOUBLE, [-0])))).toEqual([0]);
    expect(cellsOf(roundTrip(numbers(INT64, [-0, null])))).toEqual([0, null]);
    expect(cellsOf(roundTrip(dictionary(DOUBLE, [-0])))).toEqual([0]);
  });

  test('no rows, and no columns', () => {
    const empty = decodeEntry(encodeEntry(batchOf([dictionary(TEXT, []), numbers(INT64, []), bigints(INT64, [])], 0)));
    expect(empty.rowCount).toBe(0);
    expect(empty.fields.map((field) => field.column.form)).toEqual(['dictionary', 'number', 'bigint']);
    expect(decodeEntry(encodeEntry(batchOf([], 1)))).toEqual({ rowCount: 1, fields: [] });
  });

  test('bytes that do not begin their buffer', () => {
    const bytes = encodeEntry(batchOf([numbers(INT64, [1, 2]), dictionary(TEXT, ['a', 'b'])], 2));
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(decodeEntry(padded.subarray(3)).fields.map((field) => cellsOf(field.column))).toEqual([
      [1, 2],
      ['a', 'b'],
    ]);
  });

  test('any batch', () => {
    const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });
    const wide = fc.oneof(fc.bigInt({ min: -(2n ** 110n), max: 2n ** 110n }), fc.bigInt({ min: -9n, max: 9n }));
    const row = fc.record({
      text: nullable(fc.string({ unit: 'grapheme' })),
      day: nullable(fc.integer({ min: -719528, max: 2932896 })),
      sum: nullable(wide),
      small: nullable(fc.maxSafeInteger()),
      double: nullable(fc.double({ noNaN: true, noDefaultInfinity: true })),
      flag: nullable(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const batch = batchOf(
          [
            dictionary(
              TEXT,
              rows.map((each) => each.text),
            ),
            dictionary(
              period('month'),
              rows.map((each) => each.day),
            ),
            bigints(
              decimal(2),
              rows.map((each) => each.sum),
            ),
            numbers(
              INT64,
              rows.map((each) => each.small),
            ),
            numbers(
              DOUBLE,
              rows.map((each) => each.double),
            ),
            numbers(
              BOOL,
              rows.map((each) => (each.flag === null ? null : Number(each.flag))),
            ),
          ],
          rows.length,
        );
        const back = decodeEntry(encodeEntry(batch));
        const isSafe = (value: bigint) => value <= BigInt(SAFE) && value >= -BigInt(SAFE);
        expect(back.fields.map((field) => cellsOf(field.column))).toEqual([
          rows.map((each) => each.text),
          rows.map((each) => each.day),
          rows.map((each) => (each.sum !== null && isSafe(each.sum) ? Number(each.sum) : each.sum)),
          rows.map((each) => each.small),
          rows.map((each) => (each.double === 0 ? 0 : each.double)),
          rows.map((each) => each.flag),
        ]);
        expect(back.fields.map((field) => field.name)).toEqual(batch.fields.map((field) => field.name));
      }),
    );
  });
});

test('an entry is a plain Parquet file of real values', async () => {
  const bytes = encodeEntry({
    rowCount: 2,
    fields: [
      { name: 'region', column: dictionary(TEXT, ['East', 'West']) },
      { name: 'day', column: dictionary(DAY, [19723, 19724]) },
      { name: 'sum', column: numbers(decimal(2), [386863636, -50]) },
      { name: 'rows', column: numbers(INT64, [3, null]) },
    ],
  });
  expect(await parquetReadObjects({ file: bytes.buffer })).toEqual([
    { region: 'East', day: new Date('2024-01-01'), sum: 3868636.36, rows: 3n },
    { region: 'West', day: new Date('2024-01-02'), sum: -0.5, rows: null },
  ]);
});

describe('refusals', () => {
  test('an integer beyond 127 bits', () => {
    expect(() => encodeEntry(batchOf([bigints(INT64, [2n ** 127n])], 1))).toThrow('beyond 127 bits');
  });
  test('columns of other lengths', () => {
    expect(() => encodeEntry(batchOf([numbers(INT64, [1])], 2))).toThrow('column c.0 has 1 rows, the batch has 2');
  });
  test('bytes that are no entry', () => {
    expect(() => decodeEntry(new Uint8Array(40))).toThrow();
  });
});
