import { describe, expect, it, test } from 'vitest';
import { BOOL, DAY, INT64, period, TEXT } from '../../../src/columns/logical-type.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import { printTerm } from '../../../src/resolution/print-expression.ts';
import { expressionKey } from '../../../src/resolution/where.ts';
import { type Given, typed } from './typed.ts';

const ROW: Readonly<Record<string, Given>> = {
  n: [INT64, 1],
  m: [INT64, 2],
  name: [TEXT, 'a'],
  today: [DAY, 0],
  month: [period('month'), 0],
  flag: [BOOL, true],
};

function expression(text: string): Expression {
  const found = typed(text, ROW);
  if ('list' in found) throw new TypeError(text);
  return found;
}

describe('the key of an expression', () => {
  it.each([
    ['n = 1 OR m = 2 OR flag', 'flag OR n = 1 OR m = 2'],
    ['n IN (1, 2, 3)', 'n IN (3, 2, 1)'],
    ['n IN (1)', 'n = 1'],
    ['n NOT IN (1, 2)', 'NOT (n IN (2, 1))'],
    ['n BETWEEN 1 AND 2', 'n >= 1 AND n <= 2'],
    ['n IS NOT NULL', 'NOT (n IS NULL)'],
    ['COALESCE(n, 0) = 1', 'CASE WHEN n IS NOT NULL THEN n ELSE 0 END = 1'],
  ])('%s has that of %s', (one, other) => {
    expect(expressionKey(expression(one))).toBe(expressionKey(expression(other)));
  });

  it.each([
    ["DATE_TRUNC('month', today)", "DATE_TRUNC('quarter', today)"],
    ['UPPER(name)', 'LOWER(name)'],
    ["REPLACE(name, 'a', 'b')", "REPLACE(name, 'b', 'a')"],
    ['CASE WHEN flag THEN n ELSE m END', 'CASE WHEN flag THEN m ELSE n END'],
    ['CASE WHEN flag THEN n WHEN n = 1 THEN m END', 'CASE WHEN n = 1 THEN m WHEN flag THEN n END'],
    ['CASE WHEN flag THEN n END', 'CASE WHEN flag THEN n ELSE 0 END'],
    ['n IN (1, NULL)', 'n = 1'],
  ])('%s has another than %s', (one, other) => {
    expect(expressionKey(expression(one))).not.toBe(expressionKey(expression(other)));
  });

  test('a table is told apart by what it maps to', () => {
    const map = (to: number): Expression => ({
      kind: 'map',
      operand: { kind: 'column', name: 'name', type: TEXT },
      entries: [{ from: 'a', to }],
      type: INT64,
    });
    expect(expressionKey(map(1))).not.toBe(expressionKey(map(2)));
  });
});

describe('an expression in words', () => {
  it.each([
    ["CASE WHEN n > 1 THEN 'many' ELSE name END", "CASE WHEN n > 1 THEN 'many' ELSE name END"],
    ['CASE WHEN flag THEN 1 END', 'CASE WHEN flag THEN 1 END'],
    ["DATE_TRUNC('month', today) = '2024-01'", "PERIOD('month', today) = '2024-01'"],
    ["STARTS_WITH(UPPER(name), 'A')", "STARTS_WITH(UPPER(name), 'A')"],
    ['n NOT IN (1, 2)', 'NOT n IN (1, 2)'],
    ['month + 1', 'SHIFT(month, 1)'],
  ])('%s', (text, expected) => {
    expect(printTerm(expression(text))).toBe(expected);
  });
});
