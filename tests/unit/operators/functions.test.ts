import { describe, expect, it, test } from 'vitest';
import { parsePeriod } from '../../../src/columns/calendar.ts';
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
import { functionNamed, SCALAR_FUNCTIONS } from '../../../src/operators/functions/scalar-functions.ts';
import { applyFunction, type FunctionName, isNumberFunction } from '../../../src/operators/functions.ts';

type Given = readonly [Scalar | null, LogicalType];

const LARGEST = 2n ** 63n - 1n;

function day(text: string): Scalar {
  const found = parsePeriod(text, 'day');
  if (found === undefined) throw new RangeError(text);
  return found;
}

/** A day as a test writes it. */
const on = (text: string): Given => [day(text), DAY];
const text = (value: string): Given => [value, TEXT];
const int = (value: number | bigint): Given => [value, INT64];
const double = (value: number): Given => [value, DOUBLE];

function applied(name: FunctionName, given: readonly Given[], type: LogicalType): Scalar | null {
  return applyFunction(
    name,
    given.map(([value]) => value),
    given.map(([, of]) => of),
    type,
  );
}

describe('functions of numbers', () => {
  it.each<[FunctionName, readonly Given[], LogicalType, Scalar | null]>([
    ['FLOOR', [[250, decimal(2)]], INT64, 2],
    ['FLOOR', [[-250, decimal(2)]], INT64, -3],
    ['FLOOR', [[-200, decimal(2)]], INT64, -2],
    ['FLOOR', [[-1, decimal(18)]], INT64, -1],
    ['FLOOR', [[LARGEST, decimal(1)]], INT64, 922337203685477580n],
    ['FLOOR', [[-LARGEST, decimal(1)]], INT64, -922337203685477581n],
    ['FLOOR', [[LARGEST, decimal(4)]], INT64, 922337203685477],
    ['FLOOR', [double(-0.5)], DOUBLE, -1],
    ['FLOOR', [double(-0)], DOUBLE, 0],
    ['FLOOR', [double(1e300)], DOUBLE, 1e300],
    ['MOD', [int(7), int(3)], INT64, 1],
    ['MOD', [int(-7), int(3)], INT64, -1],
    ['MOD', [int(7), int(-3)], INT64, 1],
    ['MOD', [int(-6), int(3)], INT64, 0],
    ['MOD', [int(7), int(0)], INT64, null],
    ['MOD', [[750, decimal(2)], int(2)], decimal(2), 150],
    ['MOD', [int(LARGEST), int(10)], INT64, 7],
    ['MOD', [int(LARGEST), int(LARGEST - 1n)], INT64, 1],
    ['SQRT', [double(2.25)], DOUBLE, 1.5],
    ['SQRT', [double(-1)], DOUBLE, null],
    ['SQRT', [[225, decimal(2)]], DOUBLE, 1.5],
    ['EXP', [double(710)], DOUBLE, null],
    ['EXP', [double(0)], DOUBLE, 1],
    ['LN', [double(0)], DOUBLE, null],
    ['LN', [double(-1)], DOUBLE, null],
    ['LOG10', [double(1000)], DOUBLE, 3],
    ['POWER', [double(2), double(0.5)], DOUBLE, Math.SQRT2],
    ['POWER', [double(-8), double(0.5)], DOUBLE, null],
    ['POWER', [double(0), double(-1)], DOUBLE, null],
    ['POWER', [double(0), double(0)], DOUBLE, 1],
    ['POWER', [double(10), double(309)], DOUBLE, null],
    ['MOD', [int(7), [null, INT64]], INT64, null],
  ])('%s %o', (name, given, type, expected) => {
    // toBe tells 0 from −0 and numbers from bigints.
    expect(applied(name, given, type)).toBe(expected);
  });
});

describe('functions of texts', () => {
  it.each<[FunctionName, readonly Given[], LogicalType, Scalar | null]>([
    ['UPPER', [text('straße i')], TEXT, 'STRASSE I'],
    ['LOWER', [text('ÀÉI')], TEXT, 'àéi'],
    ['TRIM', [text(' \ta b\n ')], TEXT, 'a b'],
    ['LENGTH', [text('a😀～')], INT64, 3],
    ['LENGTH', [text('')], INT64, 0],
    ['SUBSTR', [text('a😀b'), int(2), int(1)], TEXT, '😀'],
    ['SUBSTR', [text('East'), int(2)], TEXT, 'ast'],
    ['SUBSTR', [text('East'), int(0), int(2)], TEXT, 'E'],
    ['SUBSTR', [text('East'), int(-1), int(3)], TEXT, 'E'],
    ['SUBSTR', [text('East'), int(-1)], TEXT, 'East'],
    ['SUBSTR', [text('East'), int(5), int(2)], TEXT, ''],
    ['SUBSTR', [text('East'), int(3), int(LARGEST)], TEXT, 'st'],
    ['SUBSTR', [text('East'), int(1), int(0)], TEXT, ''],
    ['SUBSTR', [text('East'), int(1), int(-1)], TEXT, null],
    ['REPLACE', [text('a.b.c'), text('.'), text('$&')], TEXT, 'a$&b$&c'],
    ['REPLACE', [text('abc'), text(''), text('x')], TEXT, 'abc'],
    ['REPLACE', [text('aaa'), text('aa'), text('b')], TEXT, 'ba'],
    ['CONCAT', [text('a'), text(''), text('😀')], TEXT, 'a😀'],
    ['CONCAT', [text('a'), [null, TEXT]], TEXT, null],
    ['CONTAINS', [text('East'), text('as')], BOOL, true],
    ['CONTAINS', [text('East'), text('AS')], BOOL, false],
    ['CONTAINS', [text('East'), text('')], BOOL, true],
    ['STARTS_WITH', [text('East'), text('Ea')], BOOL, true],
    ['STARTS_WITH', [text('East'), text('ea')], BOOL, false],
    ['ENDS_WITH', [text('East'), text('st')], BOOL, true],
    ['ENDS_WITH', [text('East'), text('East!')], BOOL, false],
  ])('%s %o', (name, given, type, expected) => {
    expect(applied(name, given, type)).toBe(expected);
  });
});

describe('functions of dates', () => {
  it.each<[FunctionName, readonly Given[], LogicalType, Scalar | null]>([
    ['YEAR', [on('1969-12-31')], INT64, 1969],
    ['QUARTER', [on('2024-03-31')], INT64, 1],
    ['QUARTER', [on('2024-04-01')], INT64, 2],
    ['MONTH', [on('2024-12-31')], INT64, 12],
    ['DAY', [on('2024-02-29')], INT64, 29],
    ['WEEK', [on('2024-12-29')], INT64, 52],
    ['WEEK', [on('2024-12-30')], INT64, 1],
    ['WEEK', [on('2021-01-03')], INT64, 53],
    ['WEEK', [on('2021-01-04')], INT64, 1],
    ['WEEKDAY', [on('2024-01-01')], INT64, 1],
    ['WEEKDAY', [on('2023-12-31')], INT64, 7],
    ['WEEKDAY', [on('1969-12-31')], INT64, 3],
    ['PERIOD', [on('2024-05-31')], period('month'), day('2024-05-01')],
    ['PERIOD', [on('2024-05-31')], period('quarter'), day('2024-04-01')],
    ['PERIOD', [on('2024-01-01')], period('week'), day('2024-01-01')],
    ['SHIFT', [on('2024-02-28'), int(2)], DAY, day('2024-03-01')],
    ['SHIFT', [[day('2024-01-01'), period('month')], int(-1)], period('month'), day('2023-12-01')],
    ['SHIFT', [[day('2024-01-01'), period('week')], int(52)], period('week'), day('2024-12-30')],
    ['SHIFT', [on('2024-02-28'), int(LARGEST)], DAY, null],
    ['SHIFT', [on('2024-02-28'), [null, INT64]], DAY, null],
    ['PERIOD_INDEX', [[day('2024-04-01'), period('quarter')]], INT64, 217],
  ])('%s %o', (name, given, type, expected) => {
    expect(applied(name, given, type)).toBe(expected);
  });
});

describe('the table of functions', () => {
  test('names are unique, upper case, and found in either case', () => {
    const names = SCALAR_FUNCTIONS.map((each) => each.name);
    expect(new Set(names).size).toBe(names.length);
    for (const each of SCALAR_FUNCTIONS) {
      expect(each.name).toBe(each.name.toUpperCase());
      expect(functionNamed(each.name.toLowerCase())).toBe(each);
      expect(each.signature.startsWith(`${each.name}(`)).toBe(true);
      expect(each.example.startsWith(`${each.name}(`)).toBe(true);
      expect(each.doc).toMatch(/^.+\.$/);
    }
    expect(functionNamed('SUM')).toBeUndefined();
  });

  test('backends compute the functions of numbers', () => {
    expect(isNumberFunction('FLOOR')).toBe(true);
    expect(isNumberFunction('LENGTH')).toBe(false);
    expect(isNumberFunction('SHIFT')).toBe(false);
  });
});
