import { BOOL, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Expression } from '../../operators/expression.ts';
import type { NumberFunction } from '../../operators/functions.ts';
import type { Expected } from './vectors.ts';

/** A row expression and what it must give in each of the rows. */
export interface ExpressionVector {
  /** What is probed, as a person calls it. */
  readonly name: string;
  /** Over columns, each named as it stands in the probe's table. */
  readonly expression: (column: (name: string) => string) => Expression;
  readonly expected: readonly Expected[];
}

/** The columns that the expressions read, row by row. */
export const EXPRESSION_COLUMNS: Readonly<
  Record<'i' | 'j' | 'k' | 'z' | 's' | 'b', { readonly type: LogicalType; readonly values: readonly Expected[] }>
> = {
  i: { type: INT64, values: [7, -7, 9_223_372_036_854_775_807n, null, 0, 3] },
  j: { type: INT64, values: [2, 2, 10, 3, 5, 0] },
  k: { type: decimal(2), values: [150, -150, -1, 0, null, 225] },
  z: { type: DOUBLE, values: [4, -0.5, 1000, 0, null, 1] },
  s: { type: TEXT, values: ['a', 'b', null, '\u00df', "it's", ''] },
  b: { type: BOOL, values: [true, false, null, true, false, null] },
};

type ColumnName = keyof typeof EXPRESSION_COLUMNS;

const zero: Expression = { kind: 'literal', value: 0, type: INT64 };
const double = (value: number): Expression => ({ kind: 'literal', value, type: DOUBLE });

const branch = (when: Expression, then: Expression) => ({ when, then });

function columnIn(column: (name: string) => string, name: ColumnName) {
  return { kind: 'column', name: column(name), type: EXPRESSION_COLUMNS[name].type } as const;
}

function called(
  name: NumberFunction,
  type: LogicalType,
  ...args: readonly (ColumnName | Expression)[]
): Pick<ExpressionVector, 'name' | 'expression'> {
  const expression = (column: (name: string) => string): Expression => ({
    kind: 'call',
    function: name,
    args: args.map((each) => (typeof each === 'string' ? columnIn(column, each) : each)),
    type,
  });
  return { name, expression };
}

function mapped(
  type: LogicalType,
  entries: Extract<Expression, { kind: 'map' }>['entries'],
): Pick<ExpressionVector, 'name' | 'expression'> {
  return {
    name: 'a table of values',
    expression: (column) => ({ kind: 'map', operand: columnIn(column, 's'), entries, type }),
  };
}

/** What every engine computes of a row beside columns and arithmetic, which the operators' vectors hold. */
export const EXPRESSION_VECTORS: readonly ExpressionVector[] = [
  {
    // i, k and j have different digits: each is brought to those of the result.
    name: 'CASE',
    expression: (column) => ({
      kind: 'case',
      branches: [
        branch(columnIn(column, 'b'), columnIn(column, 'i')),
        branch(
          { kind: 'compare', operator: '>', left: columnIn(column, 'k'), right: zero, type: BOOL },
          columnIn(column, 'k'),
        ),
      ],
      otherwise: columnIn(column, 'j'),
      type: decimal(2),
    }),
    expected: [700, 200, 1000, null, 500, 225],
  },
  {
    name: 'CASE',
    expression: (column) => ({
      kind: 'case',
      branches: [branch(columnIn(column, 'b'), columnIn(column, 's'))],
      otherwise: null,
      type: TEXT,
    }),
    expected: ['a', null, null, '\u00df', null, null],
  },
  { ...called('FLOOR', INT64, 'k'), expected: [1, -2, -1, 0, null, 2] },
  { ...called('FLOOR', DOUBLE, 'z'), expected: [4, -1, 1000, 0, null, 1] },
  { ...called('MOD', INT64, 'i', 'j'), expected: [1, -1, 7, null, 0, null] },
  { ...called('MOD', decimal(2), 'k', 'j'), expected: [150, -150, -1, 0, null, null] },
  { ...called('SQRT', DOUBLE, 'z'), expected: [2, null, 31.622776601683793, 0, null, 1] },
  { ...called('EXP', DOUBLE, 'z'), expected: [54.598150033144236, 0.6065306597126334, null, 1, null, Math.E] },
  { ...called('LN', DOUBLE, 'z'), expected: [1.3862943611198906, null, 6.907755278982137, null, null, 0] },
  { ...called('LOG10', DOUBLE, 'z'), expected: [0.6020599913279624, null, 3, null, null, 0] },
  { ...called('POWER', DOUBLE, 'z', double(-1)), expected: [0.25, -2, 0.001, null, null, 1] },
  { ...called('POWER', DOUBLE, 'z', double(0.5)), expected: [2, null, 31.622776601683793, 0, null, 1] },
  { ...called('POWER', DOUBLE, 'z', double(0)), expected: [1, 1, 1, 1, null, 1] },
  {
    ...mapped(INT64, [
      { from: 'a', to: 1 },
      { from: '\u00df', to: -2 },
      { from: '', to: 4 },
      { from: null, to: 3 },
    ]),
    expected: [1, null, 3, -2, null, 4],
  },
  {
    ...mapped(TEXT, [
      { from: "it's", to: '\u{1f600}' },
      { from: 'a', to: "'); --" },
    ]),
    expected: ["'); --", null, null, null, '\u{1f600}', null],
  },
  {
    name: 'IN',
    expression: (column) => ({
      kind: 'in',
      operand: columnIn(column, 's'),
      values: ['a', '\u00df'],
      type: BOOL,
    }),
    expected: [true, false, null, true, false, false],
  },
  {
    name: 'IS NULL',
    expression: (column) => ({ kind: 'isNull', operand: columnIn(column, 's'), type: BOOL }),
    expected: [false, false, true, false, false, false],
  },
];
