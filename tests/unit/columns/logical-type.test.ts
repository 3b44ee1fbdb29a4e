import { expect, test } from 'vitest';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  exactDigits,
  INT64,
  isNumeric,
  type LogicalType,
  parseType,
  period,
  printType,
  sameType,
  TEXT,
} from '../../../src/columns/logical-type.ts';

const TYPES: readonly [string, LogicalType][] = [
  ['text', TEXT],
  ['int64', INT64],
  ['double', DOUBLE],
  ['bool', BOOL],
  ['date', DAY],
  ['decimal(0)', decimal(0)],
  ['decimal(2)', decimal(2)],
  ['decimal(18)', decimal(18)],
];

test.each(TYPES)('%s reads and prints', (text, type) => {
  expect(parseType(text)).toEqual(type);
  expect(printType(type)).toBe(text);
});

test.each(['', 'int', 'decimal', 'decimal()', 'decimal(19)', 'decimal(02)', 'decimal(-1)', 'Text', 'date(week)'])(
  '%j is no type',
  (text) => {
    expect(parseType(text)).toBeUndefined();
  },
);

test('types are the same only with the same digits and level', () => {
  const all = [...TYPES.map(([, type]) => type), period('week'), period('month')];
  for (const [i, a] of all.entries()) for (const [j, b] of all.entries()) expect(sameType(a, b)).toBe(i === j);
});

test('a level prints as date', () => {
  expect(printType(period('week'))).toBe('date');
});

test('which types are numbers, and how many digits exact ones have', () => {
  expect(TYPES.filter(([, type]) => isNumeric(type)).map(([text]) => text)).toEqual([
    'int64',
    'double',
    'decimal(0)',
    'decimal(2)',
    'decimal(18)',
  ]);
  expect([INT64, decimal(3), DOUBLE, TEXT, DAY].map(exactDigits)).toEqual([0, 3, undefined, undefined, undefined]);
});
