import type { ArithmeticOperator, ComparisonOperator } from '../operators/expression.ts';
import { parseCase, skipInnerAnchors } from './absent-parser.ts';
import type { Expr } from './ast.ts';
import { BINDING } from './binding.ts';
import type { Cursor } from './cursor.ts';
import { readNumber, unquote } from './literal.ts';
import { parsePredicateTail } from './predicate-parser.ts';
import { parseReference } from './reference-parser.ts';

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ['=', '='],
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
  const token = cursor.token;
  if (token?.kind === 'operator') {
    const comparison = COMPARISONS.get(token.text);
    if (comparison !== undefined && binding <= BINDING.compare) return parseComparison(cursor, comparison, left, from);
    const arithmetic = ARITHMETIC.get(token.text);
    if (arithmetic !== undefined && binding <= arithmetic.binding) {
      cursor.advance();
      const right = parseExpr(cursor, arithmetic.binding + 1);
      if (right === null) return null;
      const span = { from, to: cursor.end };
      return cursor.made({ kind: 'arithmetic', operator: arithmetic.operator, left, right, span }, [left, right]);
    }
  }
  if (binding <= BINDING.compare) {
    const predicate = parsePredicateTail(cursor, left, from, parseExpr);
    if (predicate !== undefined) return predicate;
  }
  cursor.couldBe('an operator');
  return undefined;
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
  cursor.advance();
  const right = parseExpr(cursor, BINDING.sum);
  if (right === null) return null;
  const next = cursor.token;
  if (next?.kind === 'operator' && COMPARISONS.has(next.text)) {
    return cursor.fail('A comparison has two sides. Write `a < b AND b < c`.');
  }
  return cursor.made({ kind: 'compare', operator, left, right, span: { from, to: cursor.end } }, [left, right]);
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
  const primary = parsePrimary(cursor);
  return primary !== null && skipInnerAnchors(cursor) ? primary : null;
}

function parsePrimary(cursor: Cursor): Expr | null {
  const token = cursor.token;
  switch (token?.kind) {
    case 'number': {
      const value = readNumber(token.text);
      if (value === undefined) return cursor.fail('This number is beyond what a double holds. Write one below 1e308.');
      cursor.advance();
      return { kind: 'literal', value, span: token.span };
    }
    case 'string':
      cursor.advance();
      return { kind: 'literal', value: { kind: 'text', value: unquote(token.text) }, span: token.span };
    case 'name':
    case 'quoted':
      return parseReference(cursor, parseExpr);
    case 'keyword':
      return parseKeyword(cursor);
    default:
      break;
  }
  if (token?.problem === 'unquoted date') {
    cursor.habit('unquoted date', token.span, ['a text']);
    cursor.advance();
    return { kind: 'literal', value: { kind: 'text', value: token.text }, span: token.span };
  }
  if (cursor.at('(')) return parseBrackets(cursor);
  cursor.couldBe('an expression');
  return cursor.fail();
}

/** What begins with a keyword: TRUE, FALSE, NULL, DATE '…', CASE … END. */
function parseKeyword(cursor: Cursor): Expr | null {
  const from = cursor.start;
  const span = cursor.token?.span ?? { from, to: from };
  if (cursor.at('CASE')) return parseCase(cursor);
  if (cursor.at('TRUE') || cursor.at('FALSE')) {
    const value = cursor.at('TRUE');
    cursor.advance();
    return { kind: 'literal', value: { kind: 'bool', value }, span };
  }
  if (cursor.at('NULL')) {
    cursor.advance();
    return { kind: 'literal', value: { kind: 'null' }, span };
  }
  if (cursor.at('DATE')) {
    cursor.advance();
    const value = unquote(cursor.token?.text ?? '');
    cursor.advance();
    return { kind: 'literal', value: { kind: 'date', value }, span: { from, to: cursor.end } };
  }
  cursor.couldBe('an expression');
  return cursor.fail();
}

function parseBrackets(cursor: Cursor): Expr | null {
  cursor.advance();
  if (cursor.at('SELECT')) return cursor.failHabit('subquery');
  const inner = cursor.deeper(() => parseExpr(cursor));
  return inner !== null && cursor.require(')') ? inner : null;
}
