import { describe, expect, test } from 'vitest';
import { type Column, columnLength, valueAt } from '../../../src/columns/column.ts';
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
import { TextColumnBuilder } from '../../../src/columns/text-column.ts';
import { convertColumn } from '../../../src/sources/conversion.ts';
import { SourceError } from '../../../src/sources/source-error.ts';

type Cell = Scalar | null;

function raw(type: LogicalType, cells: readonly Cell[]): Column {
  if (type.kind === 'text') {
    const builder = new TextColumnBuilder();
    for (const cell of cells) builder.push(cell === null ? null : String(cell));
    return builder.column();
  }
  const valid = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) : null;
  if (cells.some((cell) => typeof cell === 'bigint')) {
    return { form: 'bigint', type, values: cells.map((cell) => BigInt(cell ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(cells, (cell) => Number(cell ?? 0)), valid };
}

const place = { source: 'sales', location: 'sales.csv', column: 'x', lineOf: (row: number) => row + 2 };

function convert(from: LogicalType, cells: readonly Cell[], to: LogicalType) {
  const { column, notFinite, rounded } = convertColumn(raw(from, cells), to, place);
  expect(column.type).toEqual(to);
  return { cells: Array.from({ length: columnLength(column) }, (_, row) => valueAt(column, row)), notFinite, rounded };
}

function faultOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof SourceError) return error.fault;
    throw error;
  }
  throw new Error('nothing was refused');
}

const BIG = 2n ** 62n;

describe('what converts', () => {
  test.each<[string, LogicalType, Cell[], LogicalType, Cell[], number, number]>([
    ['text stays', TEXT, ['a', null, ''], TEXT, ['a', null, ''], 0, 0],
    ['text to numbers, each row counted', TEXT, ['1', 'NaN', null, 'NaN', '1'], INT64, [1, null, null, null, 1], 2, 0],
    ['text to large numbers', TEXT, ['1', String(BIG), null], INT64, [1, BIG, null], 0, 0],
    ['text to dates', TEXT, ['2024-01-01', null], DAY, [19723, null], 0, 0],
    ['integers to decimal', INT64, [5, null, -3], decimal(2), [500, null, -300], 0, 0],
    ['integers to wide decimal units', INT64, [2 ** 52], decimal(2), [2n ** 52n * 100n], 0, 0],
    ['decimal to more digits', decimal(1), [15, 2n ** 53n], decimal(2), [150, 2n ** 53n * 10n], 0, 0],
    ['decimal to fewer digits, exactly', decimal(4), [12300, -700], decimal(2), [123, -7], 0, 0],
    ['wide decimal of 20 digits', decimal(20), [15n * 10n ** 19n], decimal(1), [15], 0, 0],
    ['decimal to int64, exactly', decimal(2), [500, null], INT64, [5, null], 0, 0],
    ['decimal to double', decimal(2), [1230, null], DOUBLE, [12.3, null], 0, 0],
    [
      'integers to double, counting what they lose',
      INT64,
      [2n ** 53n + 1n, 2n ** 53n],
      DOUBLE,
      [2 ** 53, 2 ** 53],
      0,
      1,
    ],
    [
      'doubles: not finite is NULL, −0 is 0',
      DOUBLE,
      [0.5, Number.NaN, null, Number.NEGATIVE_INFINITY, -0],
      DOUBLE,
      [0.5, null, null, null, 0],
      2,
      0,
    ],
    [
      'doubles to decimal',
      DOUBLE,
      [12.3, 0.125, Number.NaN, null, -0.125, -0],
      decimal(2),
      [1230, 13, null, null, -13, 0],
      1,
      2,
    ],
    ['whole doubles to int64', DOUBLE, [3, -0, null, 3.0000000001], INT64, [3, 0, null, 3], 0, 0],
    ['booleans', BOOL, [1, null, 0], BOOL, [true, null, false], 0, 0],
    ['dates at their level', DAY, [19723, null], period('month'), [19723, null], 0, 0],
    ['integers to years', INT64, [2024, null], period('year'), [19723, null], 0, 0],
    ['integers to text', INT64, [5, null, BIG], TEXT, ['5', null, String(BIG)], 0, 0],
    ['decimals to text', decimal(2), [-1230], TEXT, ['-12.30'], 0, 0],
    ['booleans to text', BOOL, [1, 0], TEXT, ['true', 'false'], 0, 0],
    ['dates to text', DAY, [19723], TEXT, ['2024-01-01'], 0, 0],
    ['nothing', INT64, [], decimal(2), [], 0, 0],
  ])('%s', (_name, from, cells, to, expected, notFinite, rounded) => {
    expect(convert(from, cells, to)).toEqual({ cells: expected, notFinite, rounded });
  });
});

describe('what is refused', () => {
  test.each<[string, LogicalType, Cell[], LogicalType, string, string]>([
    [
      'a wrong cell, at its first row',
      TEXT,
      ['1', 'x', 'x'],
      INT64,
      'WRONG_CELL',
      'source sales: column x, row 2 (line 3): expected a whole number, found "x"; correct the cell or declare another type',
    ],
    [
      'too many digits',
      TEXT,
      ['1.005'],
      decimal(2),
      'TOO_MANY_DIGITS',
      '"1.005" has more than 2 digits after the point',
    ],
    [
      'more than 64 bits',
      TEXT,
      [null, '9223372036854775808'],
      INT64,
      'OUT_OF_RANGE',
      'row 2 (line 3): "9223372036854775808" is outside the 64 bits of int64',
    ],
    [
      'no first day',
      TEXT,
      ['2024-01-02'],
      period('month'),
      'NOT_A_PERIOD',
      '"2024-01-02" is not a month, expected 2024-01 or 2024-01-01',
    ],
    [
      'a decimal that does not fit fewer digits',
      decimal(3),
      [1005],
      decimal(2),
      'TOO_MANY_DIGITS',
      '"1.005" has more than 2 digits',
    ],
    ['units beyond 64 bits', INT64, [2n ** 60n], decimal(2), 'OUT_OF_RANGE', 'the 64 bits of decimal(2)'],
    [
      'a double beyond 64 bits of units',
      DOUBLE,
      [1e18],
      decimal(2),
      'OUT_OF_RANGE',
      '"1000000000000000000" is outside',
    ],
    ['a fraction as int64', DOUBLE, [0.5], INT64, 'WRONG_CELL', 'expected a whole number within 2^53, found "0.5"'],
    ['a double beyond 2^53 as int64', DOUBLE, [2 ** 53], INT64, 'WRONG_CELL', 'expected a whole number within 2^53'],
    [
      'a date that is no first day',
      DAY,
      [null, 19724],
      period('week'),
      'NOT_A_PERIOD',
      'row 2 (line 3): "2024-01-02" is not a week',
    ],
    ['a date beyond four-digit years', DAY, [2932897], DAY, 'OUT_OF_RANGE', 'outside the years 0000 to 9999'],
    ['a number that is no year', INT64, [20240], period('year'), 'NOT_A_PERIOD', '"20240" is not a year'],
    [
      'doubles as text',
      DOUBLE,
      [0.5],
      TEXT,
      'INCOMPATIBLE_TYPE',
      'column x is double in the file and cannot be read as text; declare it as double',
    ],
    ['numbers as booleans', INT64, [1], BOOL, 'INCOMPATIBLE_TYPE', 'is int64 in the file and cannot be read as bool'],
    ['dates as numbers', DAY, [1], INT64, 'INCOMPATIBLE_TYPE', 'is date in the file'],
    ['integers as months', INT64, [1], period('month'), 'INCOMPATIBLE_TYPE', 'cannot be read as date (month)'],
  ])('%s', (_name, from, cells, to, code, message) => {
    const fault = faultOf(() => convert(from, cells, to));
    expect(fault.code).toBe(code);
    expect(fault.message).toContain(message);
  });
});
