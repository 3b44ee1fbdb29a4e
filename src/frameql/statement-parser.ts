import type { Span } from '../canon/issue.ts';
import type { Anchor, Definition, Expr, Limit, NamedPoint, OrderKey, Statement } from './ast.ts';
import { CLAUSES, type Clause, type ClauseStart, clauseHere, precedes } from './clause.ts';
import { parseGroups, parseLimit, parseOrder } from './clause-parser.ts';
import type { Cursor } from './cursor.ts';
import { parseDefinitions } from './definition-parser.ts';
import { parseExpr } from './expression-parser.ts';
import { parseFrom } from './from-parser.ts';
import { type ItemList, parseItems } from './item-parser.ts';
import type { KnownNames } from './known-names.ts';
import { parseAnchor } from './name-parser.ts';
import { settle } from './settle.ts';

/** A statement while it is read. */
export interface Draft extends ItemList {
  readonly explain: boolean;
  readonly definitions: readonly Definition[];
  readonly clauses: Set<Clause>;
  schema: NamedPoint | null;
  anchor: Anchor | null;
  /** Whether the anchor was said with GROUP BY. */
  grouped: boolean;
  /** One condition a WHERE. */
  readonly where: Expr[];
  having: Expr | null;
  order: readonly OrderKey[];
  limit: Limit | null;
  /** The first clause that stands where AT should have stood before it. */
  late: Span | null;
}

/** A whole text as a statement; null after a failure. What was noted on the way is repaired in what is returned. */
export function parseStatement(cursor: Cursor, names: KnownNames | null): Statement | null {
  const from = cursor.start;
  const explain = cursor.at('EXPLAIN');
  if (explain) cursor.advance();
  const definitions = cursor.at('WITH') ? parseDefinitions(cursor) : [];
  if (definitions === null || !cursor.require('SELECT')) return null;
  const list = parseItems(cursor);
  if (list === null) return null;
  const draft: Draft = {
    ...list,
    explain,
    definitions,
    clauses: new Set(),
    schema: null,
    anchor: null,
    grouped: false,
    where: [],
    having: null,
    order: [],
    limit: null,
    late: null,
  };
  for (let start = clauseHere(cursor); start !== null; start = clauseHere(cursor)) {
    if (!parseClause(cursor, draft, start)) return null;
  }
  const to = cursor.end;
  cursor.couldBe(...possible(draft));
  if (cursor.at(';')) {
    cursor.advance();
    cursor.couldBe('the end of the text');
    if (cursor.token !== null) return cursor.fail('A text holds one statement. Ask the next one on its own.');
  }
  return cursor.token === null ? settle(cursor, draft, { from, to }, names) : cursor.fail();
}

function parseClause(cursor: Cursor, draft: Draft, { clause, words, foreign }: ClauseStart): true | null {
  const from = cursor.start;
  const expected = possible(draft);
  for (let count = words; count > 0; count--) cursor.advance();
  if (clause === 'ORDER BY' && !cursor.require('BY')) return null;
  const span = { from, to: cursor.end };
  if (precedes('AT', clause) && !draft.clauses.has('AT')) draft.late ??= span;
  const again = draft.clauses.has(clause);
  const later = CLAUSES.find((each) => precedes(clause, each) && draft.clauses.has(each));
  draft.clauses.add(clause);
  if (!again && later !== undefined) {
    const hint = `${clause} stands before ${later}. Write the clauses in this order: SELECT, ${CLAUSES.join(', ')}.`;
    cursor.note(span, expected, hint, 'Put the clauses in order', null);
  }
  const read = parseBody(cursor, draft, { clause, words, foreign }, span);
  if (read === 'again') {
    const repair = clause === 'WHERE' ? 'Join the conditions with AND' : null;
    const hint = `${clause} stands twice. ${repair ?? 'Leave one of them out'}.`;
    cursor.note(span, expected, hint, repair, null);
  }
  return read && true;
}

/** Reads what follows the keywords into the draft; tells where the draft held such a clause already. */
function parseBody(
  cursor: Cursor,
  draft: Draft,
  { clause, foreign }: ClauseStart,
  keywords: Span,
): 'first' | 'again' | null {
  switch (clause) {
    case 'FROM': {
      const before = draft.schema;
      draft.schema = parseFrom(cursor);
      return draft.schema && (before === null ? 'first' : 'again');
    }
    case 'AT': {
      const before = draft.anchor;
      const anchor = foreign ? parseGroups(cursor, draft.items, keywords) : parseAnchor(cursor);
      if (anchor === null) return null;
      // GROUP BY beside AT may say the same once more.
      const same = before !== null && foreign !== draft.grouped && signature(before) === signature(anchor);
      draft.anchor = anchor;
      draft.grouped = foreign;
      return before === null || same ? 'first' : 'again';
    }
    case 'WHERE': {
      const condition = parseExpr(cursor);
      if (condition === null) return null;
      return draft.where.push(condition) === 1 ? 'first' : 'again';
    }
    case 'HAVING': {
      const before = draft.having;
      draft.having = parseExpr(cursor);
      return draft.having && (before === null ? 'first' : 'again');
    }
    case 'ORDER BY': {
      const order = parseOrder(cursor, draft.items);
      const before = draft.order.length;
      draft.order = order ?? [];
      return order && (before === 0 ? 'first' : 'again');
    }
    case 'LIMIT': {
      const before = draft.limit;
      draft.limit = parseLimit(cursor, keywords.from);
      return draft.limit && (before === null ? 'first' : 'again');
    }
  }
}

function signature(anchor: Anchor): string {
  const points = anchor.points.map(({ name, via }) => JSON.stringify([name, via?.name]));
  return [...new Set(points)].sort().join();
}

/** What could begin where a clause ends: the clauses up to AT, which must come; after it the rest, or the end. */
function possible({ clauses }: Draft): readonly string[] {
  const seen = [...clauses];
  const next = CLAUSES.filter((clause) => !clauses.has(clause) && !seen.some((each) => precedes(clause, each)));
  return next.includes('AT')
    ? next.filter((clause) => clause === 'WHERE' || !precedes('AT', clause)).map(printed)
    : [...next.map(printed), '`;`', 'the end of the text'];
}

const printed = (clause: Clause) => `\`${clause}\``;
