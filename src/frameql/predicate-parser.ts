import type { Span } from '../canon/issue.ts';
import type { Expr } from './ast.ts';
import { BINDING, type ReadExpr } from './binding.ts';
import { makeCall } from './call.ts';
import type { Cursor } from './cursor.ts';
import { matching } from './like.ts';

const WORDS = ['BETWEEN', 'IN', 'IS'] as const;
const PATTERNS = ['LIKE', 'ILIKE'] as const;

/** The word of a predicate that begins here: after NOT, where it stands `after` it. */
function wordHere(cursor: Cursor, after: number): (typeof WORDS)[number] | (typeof PATTERNS)[number] | undefined {
  const word = WORDS.find((each) => cursor.at(each, after));
  if (word !== undefined) return after === 1 && word === 'IS' ? undefined : word;
  const pattern = PATTERNS.find((each) => cursor.atWord(each, after));
  const next = cursor.ahead(after + 1)?.kind;
  // A column may be named `like`.
  return next === 'string' || next === 'name' || next === 'quoted' || cursor.at('(', after + 1) ? pattern : undefined;
}

/** Whether BETWEEN, IN, IS or LIKE stands here, NOT before it or not. */
export function beginsPredicate(cursor: Cursor): boolean {
  return wordHere(cursor, cursor.at('NOT') ? 1 : 0) !== undefined;
}

/** BETWEEN, IN, IS or LIKE after an operand; undefined where none of them follows. */
export function parsePredicateTail(cursor: Cursor, left: Expr, from: number, read: ReadExpr): Expr | null | undefined {
  const negated = cursor.at('NOT');
  const word = wordHere(cursor, negated ? 1 : 0);
  if (word === undefined) return undefined;
  const start = cursor.start;
  if (negated) cursor.advance();
  cursor.advance();
  const tail: Tail = { cursor, left, from, words: { from: start, to: cursor.end }, negated, read };
  switch (word) {
    case 'BETWEEN':
      return parseBetween(tail);
    case 'IN':
      return parseIn(tail);
    case 'IS':
      return parseIs(tail);
    case 'LIKE':
    case 'ILIKE':
      return parseLike(tail, word === 'ILIKE');
  }
}

interface Tail {
  readonly cursor: Cursor;
  readonly left: Expr;
  /** Where `left` begins. */
  readonly from: number;
  /** The keywords. */
  readonly words: Span;
  readonly negated: boolean;
  readonly read: ReadExpr;
}

/** `[NOT] BETWEEN low AND high`; this AND is BETWEEN's, since the bounds bind tighter. */
function parseBetween({ cursor, left, from, negated, read }: Tail): Expr | null {
  const low = read(cursor, BINDING.sum);
  if (low === null || !cursor.require('AND')) return null;
  const high = read(cursor, BINDING.sum);
  if (high === null) return null;
  const span = { from, to: cursor.end };
  return cursor.made({ kind: 'between', operand: left, low, high, negated, span }, [left, low, high]);
}

/** `[NOT] IN (value, …)` */
function parseIn({ cursor, left, from, negated, read }: Tail): Expr | null {
  const values = cursor.require('(') && cursor.deeper(() => parseValues(cursor, read));
  if (values === null || !cursor.require(')')) return null;
  const span = { from, to: cursor.end };
  return cursor.made({ kind: 'in', operand: left, values, negated, span }, [left, ...values]);
}

function parseValues(cursor: Cursor, read: ReadExpr): readonly Expr[] | null {
  if (cursor.at('SELECT')) return cursor.failHabit('subquery');
  const values: Expr[] = [];
  do {
    const value = read(cursor);
    if (value === null) return null;
    values.push(value);
  } while (cursor.accept(','));
  return values;
}

/** `IS [NOT] NULL`; `IS TRUE` and its like are noted, and read as the COALESCE that says the same. */
function parseIs({ cursor, left, from, words }: Tail): Expr | null {
  const negated = cursor.accept('NOT');
  const truth = cursor.at('TRUE') ? true : cursor.at('FALSE') ? false : undefined;
  if (truth === undefined) {
    if (!cursor.require('NULL')) return null;
    return cursor.made({ kind: 'isNull', operand: left, negated, span: { from, to: cursor.end } }, [left]);
  }
  cursor.advance();
  const span = { from: words.from, to: cursor.end };
  cursor.habit('IS TRUE', span);
  // IS TRUE and IS NOT TRUE take NULL as FALSE, IS FALSE and IS NOT FALSE as TRUE.
  const instead: Expr = { kind: 'literal', value: { kind: 'bool', value: !truth }, span };
  const place = { nameSpan: span, span: { from, to: cursor.end } };
  const condition = makeCall(cursor, 'COALESCE', [left, instead], place);
  return condition && (truth === negated ? inverted(cursor, condition) : condition);
}

/** `[NOT] LIKE pattern`, noted, and read as what the pattern asks for where it is plain. */
function parseLike({ cursor, left, from, words, negated, read }: Tail, anyCase: boolean): Expr | null {
  const pattern = read(cursor, BINDING.sum);
  if (pattern === null) return null;
  const place = { nameSpan: words, span: { from, to: cursor.end } };
  const match = matching(cursor, left, pattern, place, anyCase);
  cursor.habit('LIKE', words, [], match !== undefined);
  if (match === undefined) return left;
  return match && (negated ? inverted(cursor, match) : match);
}

function inverted(cursor: Cursor, operand: Expr): Expr | null {
  return cursor.made({ kind: 'not', operand, span: operand.span }, [operand]);
}
