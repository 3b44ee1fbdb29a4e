import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import { evaluate, evaluatePredicate } from '../../../src/compose/evaluate.ts';
import { arithmeticType } from '../../../src/operators/arithmetic.ts';
import type { ArithmeticOperator, ComparisonOperator, Expression } from '../../../src/operators/expression.ts';
import { type Cell, cellsOf, coded, flat } from './table.ts';

const LARGEST = 2n ** 63n - 1n;

/** `left operator right` over two columns of one row each. */
function once(operator: ArithmeticOperator, left: [LogicalType, Cell], right: [LogicalType, Cell]): Column {
  const columns = new Map([
    ['a', flat(left[0], [left[1]])],
    ['b', flat(right[0], [right[1]])],
  ]);
  const type = arithmeticType(operator, left[0], right[0]);
  if (type === undefined) throw new TypeError('the case is not typed');
  const expression: Expression = {
    kind: 'arithmetic',
    operator,
    left: { kind: 'column', name: 'a', type: left[0] },
    right: { kind: 'column', name: 'b', type: right[0] },
    type,
  };
  return evaluate(expression, (name) => columns.get(name) ?? flat(INT64, []), 1);
}

describe('arithmetic', () => {
  it.each<[string, ArithmeticOperator, [LogicalType, Cell], [LogicalType, Cell], Cell]>([
    ['3868636.36 − 2710830.20', '-', [decimal(2), 386863636], [decimal(2), 271083020], 115780616],
    ['int64 with decimal is decimal', '+', [INT64, 3], [decimal(2), 5], 305],
    ['the larger number of digits', '-', [decimal(2), 150], [decimal(4), 1], 14999],
    ['* adds the digits', '*', [decimal(2), 150], [decimal(1), 15], 2250],
    ['past 2^53', '+', [INT64, 9007199254740991], [INT64, 2], 9007199254740993n],
    ['back below 2^53', '-', [INT64, 9007199254740993n], [INT64, 2], 9007199254740991],
    ['a rescaled operand past 2^53', '-', [INT64, 9007199254740991], [decimal(2), 1], 900719925474099099n],
    ['a product that rounds to a safe-looking one', '*', [INT64, 94906267], [INT64, 94906267], 9007199515875289n],
    ['past int64, not wrapped', '*', [INT64, LARGEST], [INT64, 2], 18446744073709551614n],
    ['7 / 2', '/', [INT64, 7], [INT64, 2], 3.5],
    ['0.30 / 0.1: scaled, divided once', '/', [decimal(2), 30], [decimal(1), 1], 3],
    ['1 / 0.3', '/', [INT64, 1], [decimal(1), 3], 1 / 0.3],
    ['2^63 − 1 over itself', '/', [INT64, LARGEST], [INT64, LARGEST], 1],
    ['by zero', '/', [INT64, 1], [INT64, 0], null],
    ['zero by zero', '/', [decimal(2), 0], [decimal(2), 0], null],
    ['a double by zero', '/', [DOUBLE, 1], [DOUBLE, 0], null],
    ['0 × −5 is 0', '*', [INT64, 0], [INT64, -5], 0],
    ['0.0 × −5.0 is 0', '*', [DOUBLE, 0], [DOUBLE, -5], 0],
    ['0 / −5 is 0', '/', [INT64, 0], [INT64, -5], 0],
    ['past the doubles', '*', [DOUBLE, 1e300], [DOUBLE, 1e300], null],
    ['a decimal with a double', '+', [decimal(2), 30], [DOUBLE, 0.5], 0.8],
    ['a double that is not finite', '+', [DOUBLE, Number.NaN], [DOUBLE, 1], null],
    ['one over infinity', '/', [DOUBLE, 1], [DOUBLE, Number.POSITIVE_INFINITY], null],
    ['NULL + 1', '+', [INT64, null], [INT64, 1], null],
    ['1.00 × NULL', '*', [decimal(2), 100], [decimal(2), null], null],
    ['NULL / 2^63', '/', [INT64, null], [INT64, LARGEST], null],
  ])('%s', (_, operator, left, right, expected) => {
    const [cell] = cellsOf(once(operator, left, right));
    expect(cell).toBe(expected);
  });

  it('negates without making −0', () => {
    const negate = (type: LogicalType): Expression => ({
      kind: 'negate',
      operand: { kind: 'column', name: 'x', type },
      type,
    });
    for (const [type, cells, expected] of [
      [INT64, [5, 0, null], [-5, 0, null]],
      [decimal(2), [LARGEST, 0, 1], [-LARGEST, 0, -1]],
      [DOUBLE, [1.5, 0, null], [-1.5, 0, null]],
    ] as const) {
      expect(cellsOf(evaluate(negate(type), () => flat(type, cells), 3))).toEqual(expected);
    }
  });

  it('passes a bare column on uncopied', () => {
    const column = flat(INT64, [1, 2]);
    expect(evaluate({ kind: 'column', name: 'x', type: INT64 }, () => column, 2)).toBe(column);
  });

  it('is NULL with a literal NULL of whatever type', () => {
    const expression: Expression = {
      kind: 'arithmetic',
      operator: '+',
      left: { kind: 'column', name: 'x', type: INT64 },
      right: { kind: 'literal', value: null, type: TEXT },
      type: INT64,
    };
    expect(cellsOf(evaluate(expression, () => flat(INT64, [1, 2]), 2))).toEqual([null, null]);
  });

  it('refuses text', () => {
    const expression: Expression = { kind: 'negate', operand: { kind: 'column', name: 'x', type: INT64 }, type: INT64 };
    expect(() => evaluate(expression, () => coded(TEXT, ['a']), 1)).toThrow(/"a" where a number stands/);
  });
});

function compared(operator: ComparisonOperator, left: [LogicalType, Cell], right: [LogicalType, Cell]): Cell {
  const columns = new Map([
    ['a', flat(left[0], [left[1]])],
    ['b', flat(right[0], [right[1]])],
  ]);
  const expression: Expression = {
    kind: 'compare',
    operator,
    left: { kind: 'column', name: 'a', type: left[0] },
    right: { kind: 'column', name: 'b', type: right[0] },
    type: BOOL,
  };
  const [cell] = cellsOf(evaluate(expression, (name) => columns.get(name) ?? flat(INT64, []), 1));
  return cell ?? null;
}

describe('comparison', () => {
  it.each<[string, ComparisonOperator, [LogicalType, Cell], [LogicalType, Cell], Cell]>([
    ['0.30 = 0.3', '=', [decimal(2), 30], [decimal(1), 3], true],
    ['0.30 < 1', '<', [decimal(2), 30], [INT64, 1], true],
    ['an average that is 0.15 = 0.15', '=', [DOUBLE, 0.15], [decimal(2), 15], true],
    ['2^53 + 1 > 2^53', '>', [INT64, 9007199254740993n], [INT64, 9007199254740992n], true],
    ['2^53 − 1 = (2^53 − 1).00', '=', [INT64, 9007199254740991], [decimal(2), 900719925474099100n], true],
    ['2^53 − 1 < (2^53 − 1).01', '<', [INT64, 9007199254740991], [decimal(2), 900719925474099101n], true],
    ['～ < 😀 by code point', '<', [TEXT, '～'], [TEXT, '😀'], true],
    ['case matters', '=', [TEXT, 'East'], [TEXT, 'east'], false],
    ['a day with a day', '>=', [DAY, 19723], [DAY, 19723], true],
    ['FALSE < TRUE', '<', [BOOL, false], [BOOL, true], true],
    ['NULL = NULL', '=', [INT64, null], [INT64, null], null],
    ["NULL <> 'East'", '<>', [TEXT, null], [TEXT, 'East'], null],
  ])('%s', (_, operator, left, right, expected) => {
    expect(compared(operator, left, right)).toBe(expected);
  });

  it('refuses what does not compare', () => {
    expect(() => compared('=', [TEXT, 'a'], [INT64, 1])).toThrow(/text = int64 does not compare/);
  });
});

describe('three-valued logic', () => {
  const column = (name: string): Expression => ({ kind: 'column', name, type: BOOL });
  const operands: readonly Cell[] = [true, false, null];
  const pairs = operands.flatMap((a) => operands.map((b) => [a, b] as const));
  const columns = new Map([
    [
      'a',
      flat(
        BOOL,
        pairs.map(([a]) => a),
      ),
    ],
    [
      'b',
      flat(
        BOOL,
        pairs.map(([, b]) => b),
      ),
    ],
  ]);
  const result = (expression: Expression) =>
    cellsOf(evaluate(expression, (name) => columns.get(name) ?? flat(BOOL, []), pairs.length));

  it.each<[string, Expression, readonly Cell[]]>([
    [
      'AND',
      { kind: 'and', operands: [column('a'), column('b')], type: BOOL },
      [true, false, null, false, false, false, null, false, null],
    ],
    [
      'OR',
      { kind: 'or', operands: [column('a'), column('b')], type: BOOL },
      [true, true, true, true, false, null, true, null, null],
    ],
    [
      'NOT',
      { kind: 'not', operand: column('a'), type: BOOL },
      [false, false, false, true, true, true, null, null, null],
    ],
    [
      'IS NULL',
      { kind: 'isNull', operand: column('b'), type: BOOL },
      [false, false, true, false, false, true, false, false, true],
    ],
  ])('%s', (_, expression, expected) => {
    expect(result(expression)).toEqual(expected);
  });

  it('keeps only what is TRUE', () => {
    const expression: Expression = { kind: 'not', operand: column('a'), type: BOOL };
    const mask = evaluatePredicate(expression, (name) => columns.get(name) ?? flat(BOOL, []), pairs.length);
    expect([...mask]).toEqual([0, 0, 0, 1, 1, 1, 0, 0, 0]);
  });
});

describe('a condition on a dimension', () => {
  const region = coded(TEXT, ['East', 'West', null, 'East', 'North', null, 'West', 'East'], ['unused']);
  const reading = (expression: Expression) => [...evaluatePredicate(expression, () => region, region.codes.length)];
  const name: Expression = { kind: 'column', name: 'region', type: TEXT };
  const literal = (value: string): Expression => ({ kind: 'literal', value, type: TEXT });

  it.each<[string, Expression, readonly number[]]>([
    [
      "region = 'East'",
      { kind: 'compare', operator: '=', left: name, right: literal('East'), type: BOOL },
      [1, 0, 0, 1, 0, 0, 0, 1],
    ],
    [
      "region <> 'East' leaves NULL out",
      { kind: 'compare', operator: '<>', left: name, right: literal('East'), type: BOOL },
      [0, 1, 0, 0, 1, 0, 1, 0],
    ],
    ['region IS NULL', { kind: 'isNull', operand: name, type: BOOL }, [0, 0, 1, 0, 0, 1, 0, 0]],
    [
      "region IN ('East', 'North')",
      { kind: 'in', operand: name, values: ['East', 'North'], type: BOOL },
      [1, 0, 0, 1, 1, 0, 0, 1],
    ],
    [
      "NOT region IN ('East', 'North')",
      { kind: 'not', operand: { kind: 'in', operand: name, values: ['East', 'North'], type: BOOL }, type: BOOL },
      [0, 1, 0, 0, 0, 0, 1, 0],
    ],
    [
      'region = NULL',
      { kind: 'compare', operator: '=', left: name, right: { kind: 'literal', value: null, type: TEXT }, type: BOOL },
      [0, 0, 0, 0, 0, 0, 0, 0],
    ],
  ])('%s', (_, expression, expected) => {
    expect(reading(expression)).toEqual(expected);
  });
});
