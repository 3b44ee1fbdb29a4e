import type { ComparisonOperator } from '../operators/expression.ts';
import type { Expr } from './ast.ts';
import { BINDING, type ReadExpr } from './binding.ts';
import type { Cursor } from './cursor.ts';

/**
 * BETWEEN, IN and IS after an operand: noted as absent, and read as the comparisons that say the same (three-valued
 * logic included). Undefined where none of them follows.
 */
export function parsePredicateTail(cursor: Cursor, left: Expr, from: number, read: ReadExpr): Expr | null | undefined {
  const negated = cursor.at('NOT');
  const after = negated ? 1 : 0;
  const start = cursor.start;
  const word = (['BETWEEN', 'IN', 'IS'] as const).find((each) => cursor.at(each, after));
  if (word === undefined || (negated && word === 'IS')) return undefined;
  if (negated) cursor.advance();
  cursor.advance();
  const span = { from: start, to: cursor.end };
  const tail: Tail = { cursor, left, from, span, negated, read };
  switch (word) {
    case 'BETWEEN':
      return parseBetween(tail);
    case 'IN':
      return parseIn(tail);
    case 'IS':
      return parseIs(tail);
  }
}

interface Tail {
  readonly cursor: Cursor;
  readonly left: Expr;
  /** Where `left` begins. */
  readonly from: number;
  /** The keywords. */
  readonly span: { readonly from: number; readonly to: number };
  readonly negated: boolean;
  readonly read: ReadExpr;
}

/** `x BETWEEN a AND b` is `x >= a AND x <= b`; with NOT it is `x < a OR x > b`. */
function parseBetween({ cursor, left, from, span, negated, read }: Tail): Expr | null {
  cursor.absent(negated ? 'NOT BETWEEN' : 'BETWEEN', span, repeatable(left, 2) ? 'Compare with both bounds' : null);
  const low = cursor.deeper(() => read(cursor, BINDING.sum));
  if (low === null || !cursor.require('AND')) return null;
  const high = cursor.deeper(() => read(cursor, BINDING.sum));
  if (high === null) return null;
  const operands = [
    comparison(left, negated ? '<' : '>=', low, from),
    comparison(left, negated ? '>' : '<=', high, from),
  ];
  return junction(cursor, negated ? 'or' : 'and', operands, from);
}

/** `x IN (a, b)` is `x = a OR x = b`; with NOT it is `x <> a AND x <> b`. */
function parseIn({ cursor, left, from, span, negated, read }: Tail): Expr | null {
  const construct = negated ? 'NOT IN' : 'IN';
  const values = cursor.require('(') && cursor.deeper(() => parseValues(cursor, read));
  if (values === null || !cursor.require(')')) {
    cursor.absent(construct, span);
    return null;
  }
  cursor.absent(construct, span, repeatable(left, values.length) ? 'Compare with each value' : null);
  const operands = values.map((value) => comparison(left, negated ? '<>' : '=', value, from));
  const [only, ...others] = operands;
  return only !== undefined && others.length === 0
    ? cursor.made(only, [left, ...values])
    : junction(cursor, negated ? 'and' : 'or', operands, from);
}

function parseValues(cursor: Cursor, read: ReadExpr): readonly Expr[] | null {
  if (cursor.at('SELECT')) return cursor.failHabit('subquery');
  const values: Expr[] = [];
  do {
    const value = read(cursor, BINDING.sum);
    if (value === null) return null;
    values.push(value);
  } while (cursor.accept(','));
  return values;
}

/** `x IS NULL`, `x IS NOT NULL`, `x IS TRUE`: no comparison says the same, since those of NULL are never TRUE. */
function parseIs({ cursor, left, span }: Tail): Expr | null {
  cursor.accept('NOT');
  if (!cursor.accept('NULL') && !cursor.accept('TRUE') && !cursor.accept('FALSE')) return cursor.fail();
  cursor.absent('IS', { from: span.from, to: cursor.end });
  return left;
}

/** Whether an operand can be written so many times: a name, in a text that does not swell. */
function repeatable(expr: Expr, times: number): boolean {
  return expr.kind === 'name' && expr.name.length * times <= 10_000;
}

function comparison(left: Expr, operator: ComparisonOperator, right: Expr, from: number): Expr {
  return { kind: 'compare', operator, left, right, span: { from, to: right.span.to } };
}

function junction(cursor: Cursor, kind: 'and' | 'or', operands: readonly Expr[], from: number): Expr | null {
  const built: Expr[] = [];
  for (const operand of operands) {
    const made = operand.kind === 'compare' ? cursor.made(operand, [operand.left, operand.right]) : operand;
    if (made === null) return null;
    built.push(made);
  }
  return cursor.made({ kind, operands: built, span: { from, to: cursor.end } }, built);
}
