import { describe, expect, it } from 'vitest';
import type { Expr, LiteralValue } from '../../../src/frameql/ast.ts';
import { printExpr, printName } from '../../../src/frameql/printer.ts';

const span = { from: 0, to: 0 };
const name = (text: string): Expr => ({ kind: 'name', name: text, quoted: false, span });
const literal = (value: LiteralValue): Expr => ({ kind: 'literal', value, span });
const [a, b, c] = [name('a'), name('b'), name('c')];
const minus = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', operator: '-', left, right, span });
const times = (left: Expr, right: Expr): Expr => ({ kind: 'arithmetic', operator: '*', left, right, span });
const equal = (left: Expr, right: Expr): Expr => ({ kind: 'compare', operator: '=', left, right, span });
const negate = (operand: Expr): Expr => ({ kind: 'negate', operand, span });
const not = (operand: Expr): Expr => ({ kind: 'not', operand, span });
const and = (...operands: readonly Expr[]): Expr => ({ kind: 'and', operands, span });
const or = (...operands: readonly Expr[]): Expr => ({ kind: 'or', operands, span });
const isNull = (operand: Expr): Expr => ({ kind: 'isNull', operand, negated: false, span });
const branch = (when: Expr, then: Expr) => ({ when, then });
const at = (operand: Expr, ...points: readonly string[]): Expr => {
  const anchor = { points: points.map((each) => ({ name: each, quoted: false, span, via: null })), span };
  return { kind: 'at', operand, anchor, span };
};

describe('printExpr', () => {
  it.each<[string, Expr]>([
    ['a - b - c', minus(minus(a, b), c)],
    ['a - (b - c)', minus(a, minus(b, c))],
    ['(a - b) * c', times(minus(a, b), c)],
    ['a * (b * c)', times(a, times(b, c))],
    ['a - b * c', minus(a, times(b, c))],
    ['-a * -b', times(negate(a), negate(b))],
    ['-(a - b)', negate(minus(a, b))],
    ['- - -a', negate(negate(negate(a)))],
    ['a - -b', minus(a, negate(b))],
    ['a = b AND NOT c = a', and(equal(a, b), not(equal(c, a)))],
    ['(a = b) = c', equal(equal(a, b), c)],
    ['(a OR b) AND c', and(or(a, b), c)],
    ['a AND b OR c', or(and(a, b), c)],
    ['NOT (a AND b)', not(and(a, b))],
    ['NOT NOT a', not(not(a))],
    ['(NOT a) = b', equal(not(a), b)],
    ['(a @ d) @ e', at(at(a, 'd'), 'e')],
    ['-a @ d', negate(at(a, 'd'))],
    ['(-a) @ d', at(negate(a), 'd')],
    ['(a - b) @ d', at(minus(a, b), 'd')],
    ['a - b @ d', minus(a, at(b, 'd'))],
    ['a @ ()', at(a)],
    ['a - b IS NULL', isNull(minus(a, b))],
    ['(a IS NULL) IS NULL', isNull(isNull(a))],
    ['(a = b) IS NULL', isNull(equal(a, b))],
    ['NOT a IS NULL', not(isNull(a))],
    ['(NOT a) IS NULL', isNull(not(a))],
    ['a IN (b AND c, NOT a)', { kind: 'in', operand: a, values: [and(b, c), not(a)], negated: false, span }],
    ['a - b NOT IN (c)', { kind: 'in', operand: minus(a, b), values: [c], negated: true, span }],
    [
      'a BETWEEN b - c AND (b AND c)',
      { kind: 'between', operand: a, low: minus(b, c), high: and(b, c), negated: false, span },
    ],
    [
      'CASE WHEN a AND b THEN c END',
      { kind: 'case', operand: null, branches: [branch(and(a, b), c)], otherwise: null, span },
    ],
    [
      'CASE a WHEN b THEN c ELSE a END @ d',
      at({ kind: 'case', operand: a, branches: [branch(b, c)], otherwise: a, span }, 'd'),
    ],
    // Whoever builds a tree may nest terms or leave none.
    ['a AND b AND c', and(a, and(b, c))],
    ['TRUE', and()],
    ['FALSE', or()],
  ])('%s', (text, expr) => {
    expect(printExpr(expr)).toBe(text);
  });

  it.each<[string, LiteralValue]>([
    ['0.30', { kind: 'exact', units: '30', digits: 2 }],
    ['0.007', { kind: 'exact', units: '7', digits: 3 }],
    ['12345678901234567890.12', { kind: 'exact', units: '1234567890123456789012', digits: 2 }],
    ['-1.5', { kind: 'exact', units: '-15', digits: 1 }],
    ['1e3', { kind: 'double', value: 1000 }],
    ['1.5e-7', { kind: 'double', value: 1.5e-7 }],
    ["'it''s'", { kind: 'text', value: "it's" }],
    ["DATE '2024-01'", { kind: 'date', value: '2024-01' }],
    ['TRUE', { kind: 'bool', value: true }],
    ['NULL', { kind: 'null' }],
  ])('%s', (text, value) => {
    expect(printExpr(literal(value))).toBe(text);
  });

  it('keeps a sign apart from a sign', () => {
    expect(printExpr(negate(literal({ kind: 'exact', units: '-15', digits: 1 })))).toBe('- -1.5');
  });
});

describe('printName', () => {
  it.each<[string, string]>([
    ['region', 'region'],
    ['date', 'date'],
    ['order', '"order"'],
    ['At', '"At"'],
    ['two words', '"two words"'],
    ['a "b"', '"a ""b"""'],
    ['', '""'],
  ])('%j is %s', (text, printed) => {
    expect(printName(text)).toBe(printed);
  });
});
