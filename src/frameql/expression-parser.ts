import type { ArithmeticOperator, ComparisonOperator } from '../operators/expression.ts';
import type { Expr } from './ast.ts';
import { parseCall } from './call-parser.ts';
import { absentCall } from './constructs.ts';
import type { Cursor } from './cursor.ts';
import { readNumber, unquote } from './literal.ts';
import { nameOf } from './name-parser.ts';
import { parsePredicateTail } from './predicate-parser.ts';

/** How tightly operators bind; a parser takes what binds at least as tightly as it is told. */
export const BINDING = { any: 0, or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7 } as const;

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
  const keyword = kind === 'and' ? 'AND' : 'OR';
  const operands: Expr[] = [];
  const add = (operand: Expr) => {
    cursor.steps += operand.kind === kind ? operand.operands.length : 1;
    if (operand.kind === kind) operands.push(...operand.operands);
    else operands.push(operand);
  };
  add(left);
  while (cursor.at(keyword)) {
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
  return primary === null ? null : parseInnerAnchor(cursor, primary, from);
}

function parsePrimary(cursor: Cursor): Expr | null {
  const token = cursor.token;
  switch (token?.kind) {
    case 'number':
      return parseNumber(cursor, token.text);
    case 'string':
      cursor.advance();
      return { kind: 'literal', value: { kind: 'text', value: unquote(token.text) }, span: token.span };
    case 'keyword':
      return parseWord(cursor);
    case 'name':
    case 'quoted':
      return parseNamed(cursor);
    case 'punctuation':
      if (token.text === '(') return parseBrackets(cursor);
      break;
    case 'error':
      if (token.problem !== 'unquoted date') break;
      cursor.habit('unquoted date', token.span, ['a text']);
      cursor.advance();
      return { kind: 'literal', value: { kind: 'text', value: token.text }, span: token.span };
    default:
      break;
  }
  cursor.couldBe('an expression');
  return cursor.fail();
}

function parseNumber(cursor: Cursor, text: string): Expr | null {
  const value = readNumber(text);
  if (value === undefined) {
    cursor.couldBe('an expression');
    return cursor.fail('This number is beyond what a double holds. Write one below 1e308.');
  }
  const span = { from: cursor.start, to: cursor.start + text.length };
  cursor.advance();
  return { kind: 'literal', value, span };
}

/** What begins with a keyword: TRUE, FALSE, NULL, DATE '…', CASE … END. */
function parseWord(cursor: Cursor): Expr | null {
  const from = cursor.start;
  const bool = cursor.at('TRUE') ? true : cursor.at('FALSE') ? false : null;
  if (bool !== null) {
    cursor.advance();
    return { kind: 'literal', value: { kind: 'bool', value: bool }, span: { from, to: cursor.end } };
  }
  if (cursor.at('NULL')) {
    cursor.advance();
    return nothing(cursor, from);
  }
  if (cursor.at('DATE')) {
    cursor.advance();
    const value = unquote(cursor.token?.text ?? '');
    cursor.advance();
    return { kind: 'literal', value: { kind: 'date', value }, span: { from, to: cursor.end } };
  }
  if (cursor.at('CASE')) return parseCase(cursor);
  cursor.couldBe('an expression');
  return cursor.at('SELECT') ? cursor.fail(null, 'subquery') : cursor.fail();
}

/** Goes past `CASE … END`, inner ones included. */
function parseCase(cursor: Cursor): Expr | null {
  const from = cursor.start;
  const span = cursor.token?.span ?? { from, to: from };
  let open = 0;
  do {
    if (cursor.at('CASE')) open++;
    if (cursor.at('END')) open--;
    if (cursor.token === null) {
      cursor.absent('CASE', span);
      cursor.couldBe('`END`');
      return cursor.fail();
    }
    cursor.advance();
  } while (open > 0);
  cursor.absent('CASE', span);
  return nothing(cursor, from);
}

/** A name, a call, or a name with something before its point. */
function parseNamed(cursor: Cursor): Expr | null {
  const from = cursor.start;
  const name = nameOf(cursor.token);
  if (name === undefined) return cursor.fail();
  if (!name.quoted && cursor.at('(', 1)) return parseCall(cursor, parseExpr);
  cursor.advance();
  let last = name;
  let points = 0;
  while (cursor.accept('.')) {
    const member = nameOf(cursor.token);
    if (member === undefined) {
      cursor.couldBe('a name');
      return cursor.fail();
    }
    cursor.advance();
    last = member;
    points++;
  }
  if (points === 0) return { kind: 'name', ...name };
  const span = { from, to: cursor.end };
  const operator = last.quoted ? '' : last.name;
  if (points === 1 && absentCall(operator) === 'operator') {
    cursor.absent('operator', last.span);
    return nothing(cursor, from);
  }
  const call = points === 1 ? reducedFamily(name, last) : undefined;
  if (call !== undefined) {
    cursor.absent('family.operator', span, 'Write the operator first');
    return cursor.made({ ...call, span }, call.args);
  }
  cursor.habit('qualified name', span, ['a name']);
  return { kind: 'name', ...last };
}

function parseBrackets(cursor: Cursor): Expr | null {
  cursor.advance();
  if (cursor.at('SELECT')) return cursor.fail(null, 'subquery');
  const inner = cursor.deeper(() => parseExpr(cursor));
  return inner !== null && cursor.require(')') ? inner : null;
}
