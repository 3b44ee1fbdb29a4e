import type { ArithmeticOperator, ComparisonOperator } from '../operators/expression.ts';
import type { Expr } from './ast.ts';
import { BINDING } from './binding.ts';
import { makeCall } from './call.ts';
import type { Cursor } from './cursor.ts';
import { parsePostfix } from './postfix-parser.ts';
import { beginsPredicate, parsePredicateTail } from './predicate-parser.ts';
import { parsePrimary } from './primary-parser.ts';

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '='],
  ['==', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

const ARITHMETIC: ReadonlyMap<string, { readonly operator: ArithmeticOperator; readonly binding: number }> = new Map([
  ['+', { operator: '+', binding: BINDING.sum }],
  ['-', { operator: '-', binding: BINDING.sum }],
  ['*', { operator: '*', binding: BINDING.product }],
  ['/', { operator: '/', binding: BINDING.product }],
]);

/** An expression whose operators bind at least as tightly as `binding`; null after a failure. */
export function parseExpr(cursor: Cursor, binding: number = BINDING.any): Expr | null {
  const from = cursor.start;
  let left = parsePrefix(cursor, binding);
  while (left !== null) {
    const longer = parseInfix(cursor, left, from, binding);
    if (longer === undefined) return left;
    left = longer;
  }
  return null;
}

/** What follows `left` and takes it as an operand; undefined where nothing does. */
function parseInfix(cursor: Cursor, left: Expr, from: number, binding: number): Expr | null | undefined {
  if (binding <= BINDING.or && cursor.at('OR')) return parseJunction(cursor, 'or', left, from);
  if (binding <= BINDING.and && cursor.at('AND')) return parseJunction(cursor, 'and', left, from);
  if (binding <= BINDING.product && cursor.at('%')) return parseRemainder(cursor, left, from);
  if (binding <= BINDING.sum && cursor.at('||')) return parseJoined(cursor, left, from);
  const arithmetic = cursor.token?.kind === 'operator' ? ARITHMETIC.get(cursor.token.text) : undefined;
  if (arithmetic !== undefined && binding <= arithmetic.binding) {
    cursor.advance();
    const right = parseExpr(cursor, arithmetic.binding + 1);
    if (right === null) return null;
    const span = { from, to: cursor.end };
    return cursor.made({ kind: 'arithmetic', operator: arithmetic.operator, left, right, span }, [left, right]);
  }
  if (binding <= BINDING.compare) {
    const comparison = comparisonHere(cursor);
    const condition =
      comparison === undefined
        ? parsePredicateTail(cursor, left, from, parseExpr)
        : parseComparison(cursor, comparison, left, from);
    if (condition !== undefined) return condition && standsAlone(cursor, comparison !== undefined) && condition;
  }
  cursor.couldBe('an operator');
  return undefined;
}

function comparisonHere(cursor: Cursor): ComparisonOperator | undefined {
  return cursor.token?.kind === 'operator' ? COMPARISONS.get(cursor.token.text) : undefined;
}

/** `left AND … AND …`: one node however many terms, and whatever brackets stand among them. */
function parseJunction(cursor: Cursor, kind: 'and' | 'or', left: Expr, from: number): Expr | null {
  const operands: Expr[] = [];
  const add = (operand: Expr) => {
    for (const each of operand.kind === kind ? operand.operands : [operand]) operands.push(each);
  };
  add(left);
  while (cursor.at(kind.toUpperCase())) {
    cursor.advance();
    const operand = parseExpr(cursor, BINDING[kind] + 1);
    if (operand === null) return null;
    add(operand);
  }
  return cursor.made({ kind, operands, span: { from, to: cursor.end } }, operands);
}

function parseComparison(cursor: Cursor, operator: ComparisonOperator, left: Expr, from: number): Expr | null {
  const sign = cursor.token?.span;
  if (cursor.at('==') && sign !== undefined)
    cursor.note(sign, ['`=`'], 'Equality is one sign. Write =.', 'Write =', null);
  cursor.advance();
  const right = parseExpr(cursor, BINDING.sum);
  if (right === null) return null;
  return cursor.made({ kind: 'compare', operator, left, right, span: { from, to: cursor.end } }, [left, right]);
}

/** Fails where one condition follows another without a bracket: readers disagree about what that means. */
function standsAlone(cursor: Cursor, compared: boolean): true | null {
  const next = comparisonHere(cursor);
  if (next === undefined && !beginsPredicate(cursor)) return true;
  return compared && next !== undefined
    ? cursor.fail('A comparison has two sides. Write `a < b AND b < c`.')
    : cursor.fail('Two conditions follow one another. Put the first one in brackets.');
}

/** `a % b`, which is `MOD(a, b)`. */
function parseRemainder(cursor: Cursor, left: Expr, from: number): Expr | null {
  const nameSpan = { from: cursor.start, to: cursor.start + 1 };
  cursor.habit('%', nameSpan, ['`MOD(a, b)`']);
  cursor.advance();
  const right = parseExpr(cursor, BINDING.sign);
  return right && makeCall(cursor, 'MOD', [left, right], { nameSpan, span: { from, to: cursor.end } });
}

/** `a || b || …`, which is `CONCAT(a, b, …)`. */
function parseJoined(cursor: Cursor, left: Expr, from: number): Expr | null {
  const nameSpan = { from: cursor.start, to: cursor.start + 2 };
  cursor.habit('||', nameSpan, ['`CONCAT(a, b)`']);
  const texts = [left];
  while (cursor.at('||')) {
    cursor.advance();
    const text = parseExpr(cursor, BINDING.product);
    if (text === null) return null;
    texts.push(text);
  }
  return makeCall(cursor, 'CONCAT', texts, { nameSpan, span: { from, to: cursor.end } });
}

function parsePrefix(cursor: Cursor, binding: number): Expr | null {
  const from = cursor.start;
  if (binding <= BINDING.not && cursor.at('NOT')) {
    cursor.advance();
    const operand = cursor.deeper(() => parseExpr(cursor, BINDING.not));
    if (operand === null) return null;
    return cursor.made({ kind: 'not', operand, span: { from, to: cursor.end } }, [operand]);
  }
  if (cursor.at('-')) {
    cursor.advance();
    const operand = cursor.deeper(() => parseExpr(cursor, BINDING.sign));
    if (operand === null) return null;
    return cursor.made({ kind: 'negate', operand, span: { from, to: cursor.end } }, [operand]);
  }
  const primary = parsePrimary(cursor, parseExpr);
  return primary && parsePostfix(cursor, primary, from, parseExpr);
}
