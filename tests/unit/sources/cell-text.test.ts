import { expect, test } from 'vitest';
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
import { type CellReading, readCellText } from '../../../src/sources/cell-text.ts';

const value = (of: string | number | bigint | boolean): CellReading => ({ is: 'value', value: of });
const NOT_FINITE: CellReading = { is: 'notFinite' };
const OUT_OF_RANGE: CellReading = { is: 'outOfRange' };
const NO_PERIOD: CellReading = { is: 'notAPeriod' };
const wrong = (expected: string): CellReading => ({ is: 'wrong', expected });
const digits = (count: number): CellReading => ({ is: 'tooManyDigits', digits: count });
const NO_INTEGER = wrong('a whole number');
const NO_NUMBER = wrong('a number');
const NO_DATE = wrong('a date as 2024-01-31');

test.each<[string, LogicalType, CellReading]>([
  [' a ', TEXT, value(' a ')],
  ['NaN', TEXT, value('NaN')],

  ['0', INT64, value(0)],
  ['-0', INT64, value(0)],
  ['+7', INT64, value(7)],
  ['007', INT64, value(7)],
  ['9007199254740991', INT64, value(2 ** 53 - 1)],
  ['9007199254740992', INT64, value(2n ** 53n)],
  ['9223372036854775807', INT64, value(2n ** 63n - 1n)],
  ['-9223372036854775808', INT64, value(-(2n ** 63n))],
  ['9223372036854775808', INT64, OUT_OF_RANGE],
  ['1.5', INT64, NO_INTEGER],
  ['1.', INT64, NO_INTEGER],
  ['1e3', INT64, NO_INTEGER],
  [' 1', INT64, NO_INTEGER],
  ['1 ', INT64, NO_INTEGER],
  ['1,000', INT64, NO_INTEGER],
  ['', INT64, NO_INTEGER],
  ['-', INT64, NO_INTEGER],
  ['NA', INT64, NO_INTEGER],
  ['NULL', INT64, NO_INTEGER],
  ['NaN', INT64, NOT_FINITE],

  ['12.30', decimal(2), value(1230)],
  ['-12.3', decimal(2), value(-1230)],
  ['.5', decimal(2), value(50)],
  ['5.', decimal(2), value(500)],
  ['-0.00', decimal(2), value(0)],
  ['12', decimal(0), value(12)],
  ['3868636.36', decimal(2), value(386863636)],
  ['92233720368547758.07', decimal(2), value(2n ** 63n - 1n)],
  ['92233720368547758.08', decimal(2), OUT_OF_RANGE],
  ['0.000000000000000001', decimal(18), value(1)],
  ['9.223372036854775807', decimal(18), value(2n ** 63n - 1n)],
  ['1.005', decimal(2), digits(2)],
  ['1.000', decimal(2), digits(2)],
  ['1.5', decimal(0), NO_NUMBER],
  ['1e3', decimal(2), NO_NUMBER],
  ['.', decimal(2), NO_NUMBER],
  ['1.2.3', decimal(2), NO_NUMBER],
  ['€1', decimal(2), NO_NUMBER],
  ['-inf', decimal(2), NOT_FINITE],

  ['0.1', DOUBLE, value(0.1)],
  ['-0.0', DOUBLE, value(0)],
  ['1e3', DOUBLE, value(1000)],
  ['1E-320', DOUBLE, value(1e-320)],
  ['1e-400', DOUBLE, value(0)],
  ['1e400', DOUBLE, NOT_FINITE],
  ['Infinity', DOUBLE, NOT_FINITE],
  ['nan', DOUBLE, NOT_FINITE],
  ['0x10', DOUBLE, NO_NUMBER],
  ['1_000', DOUBLE, NO_NUMBER],
  ['', DOUBLE, NO_NUMBER],
  ['1,5', DOUBLE, NO_NUMBER],

  ['true', BOOL, value(true)],
  ['FALSE', BOOL, value(false)],
  ['1', BOOL, wrong('true or false')],
  ['yes', BOOL, wrong('true or false')],

  ['2024-01-31', DAY, value(19753)],
  ['1969-12-31', DAY, value(-1)],
  ['2024-01-31T23:59:59.999', DAY, value(19753)],
  ['2024-01-31 23:30', DAY, value(19753)],
  ['2024-01-31T23:30:00Z', DAY, value(19753)],
  ['2024-01-31T23:30:00+05:30', DAY, value(19753)],
  ['2024-01-31T', DAY, NO_DATE],
  ['2024-02-30', DAY, NO_DATE],
  ['31/01/2024', DAY, NO_DATE],
  ['2024-01', DAY, NO_DATE],

  ['2024-01', period('month'), value(19723)],
  ['2024-01-01', period('month'), value(19723)],
  ['2024-01-01 00:00:00', period('month'), value(19723)],
  ['2024-01-02', period('month'), NO_PERIOD],
  ['2024-W01', period('week'), value(19723)],
  ['2024-W54', period('week'), NO_PERIOD],
  ['2024-Q1', period('quarter'), value(19723)],
  ['2024', period('year'), value(19723)],
  ['January', period('month'), NO_PERIOD],
])('%j as %o', (text, type, expected) => {
  expect(readCellText(text, type)).toEqual(expected);
});
