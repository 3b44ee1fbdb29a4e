import type { Expr } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import { parseCase } from './case-parser.ts';
import type { Cursor } from './cursor.ts';
import { readNumber, unquote } from './literal.ts';
import { parseReference } from './reference-parser.ts';

/** What no operator splits: a literal, a name, a call, CASE, or an expression in brackets. */
export function parsePrimary(cursor: Cursor, read: ReadExpr): Expr | null {
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
      return isInterval(cursor) ? parseInterval(cursor) : parseReference(cursor, read);
    case 'keyword':
      return parseKeyword(cursor, read);
    default:
      break;
  }
  if (token?.problem === 'unquoted date') {
    cursor.habit('unquoted date', token.span, ['a text']);
    cursor.advance();
    return { kind: 'literal', value: { kind: 'text', value: token.text }, span: token.span };
  }
  if (cursor.at('(')) return parseBrackets(cursor, read);
  cursor.couldBe('an expression');
  return cursor.fail();
}

/** What begins with a keyword: TRUE, FALSE, NULL, DATE '…', CASE … END. */
function parseKeyword(cursor: Cursor, read: ReadExpr): Expr | null {
  const from = cursor.start;
  const span = cursor.token?.span ?? { from, to: from };
  if (cursor.at('CASE')) return parseCase(cursor, read);
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

function parseBrackets(cursor: Cursor, read: ReadExpr): Expr | null {
  cursor.advance();
  if (cursor.at('SELECT')) return cursor.failHabit('subquery');
  const inner = cursor.deeper(() => read(cursor));
  return inner !== null && cursor.require(')') ? inner : null;
}

const UNITS = ['DAY', 'DAYS', 'WEEK', 'WEEKS', 'MONTH', 'MONTHS', 'QUARTER', 'QUARTERS', 'YEAR', 'YEARS'] as const;

function isInterval(cursor: Cursor): boolean {
  const amount = cursor.ahead(1)?.kind;
  return cursor.atWord('INTERVAL') && (amount === 'string' || amount === 'number');
}

/** `INTERVAL '1' DAY`: how many periods of the date's level that is, only who knows the level can tell. */
function parseInterval(cursor: Cursor): Expr {
  const from = cursor.start;
  cursor.advance();
  cursor.advance();
  if (UNITS.some((unit) => cursor.atWord(unit))) cursor.advance();
  const span = { from, to: cursor.end };
  cursor.habit('INTERVAL', span, ['a whole number'], false);
  return { kind: 'literal', value: { kind: 'exact', units: '1', digits: 0 }, span };
}
