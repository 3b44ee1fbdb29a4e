import type { Span } from '../canon/issue.ts';
import type { NamedPoint, SelectItem } from './ast.ts';
import { clauseHere } from './clause.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import { nameOf } from './name-parser.ts';

/** What SELECT lists, with what only the whole statement can settle. */
export interface ItemList {
  readonly items: readonly SelectItem[];
  /** Where `*` stands as an item. */
  readonly star: Span | null;
  /** Where DISTINCT stands. */
  readonly distinct: Span | null;
}

/** `item, item, …` after SELECT. */
export function parseItems(cursor: Cursor): ItemList | null {
  const distinct = acceptDistinct(cursor);
  const items: SelectItem[] = [];
  let star: Span | null = null;
  for (;;) {
    const all = acceptStar(cursor);
    star ??= all;
    if (all === null) {
      const item = parseItem(cursor);
      if (item === null) return null;
      items.push(item);
    }
    const comma = cursor.token?.span;
    if (!cursor.accept(',') || comma === undefined) return { items, star, distinct };
    if (clauseHere(cursor) !== null) {
      cursor.note(comma, [], 'Nothing follows this comma. Leave it out.', 'Leave the comma out', null);
      return { items, star, distinct };
    }
  }
}

function parseItem(cursor: Cursor): SelectItem | null {
  const from = cursor.start;
  const expr = parseExpr(cursor);
  if (expr === null) return null;
  const alias = parseAlias(cursor);
  return alias === null ? null : { expr, alias: alias.name, span: { from, to: cursor.end } };
}

/** `AS name`, or nothing; a name without AS is noted and read as one. */
function parseAlias(cursor: Cursor): { readonly name: NamedPoint | null } | null {
  const { token } = cursor;
  if (cursor.accept('AS')) return parseAliasName(cursor);
  const name = nameOf(token);
  if (name === undefined || clauseHere(cursor) !== null || !endsItem(cursor, 1)) return { name: null };
  cursor.habit('missing AS', name.span, ['`AS`']);
  cursor.advance();
  return { name };
}

function parseAliasName(cursor: Cursor): { readonly name: NamedPoint } | null {
  const { token } = cursor;
  const name = nameOf(token);
  if (name !== undefined) {
    cursor.advance();
    return { name };
  }
  if (token?.kind === 'keyword' && endsItem(cursor, 1)) {
    const hint = 'This is a word of Frame-QL. As a name it stands in double quotes.';
    cursor.note(token.span, ['a name'], hint, 'Quote the name', null);
    cursor.advance();
    return { name: { name: token.text, quoted: true, span: token.span } };
  }
  cursor.couldBe('a name');
  return cursor.fail();
}

/** Whether an item that ends before the token `count` places on is whole. */
function endsItem(cursor: Cursor, count: number): boolean {
  return (
    cursor.ahead(count) === null || cursor.at(',', count) || cursor.at(';', count) || clauseHere(cursor, count) !== null
  );
}

/** Goes past `*` or `table.*`. */
function acceptStar(cursor: Cursor): Span | null {
  const from = cursor.start;
  const qualified = nameOf(cursor.token) !== undefined && cursor.at('.', 1) && cursor.at('*', 2);
  if (!qualified && !cursor.at('*')) return null;
  for (let count = qualified ? 3 : 1; count > 0; count--) cursor.advance();
  return { from, to: cursor.end };
}

/** Goes past DISTINCT where a name or a bracket follows it; a dimension may be named `distinct`. */
function acceptDistinct(cursor: Cursor): Span | null {
  const { token } = cursor;
  if (token === null || !cursor.atWord('DISTINCT')) return null;
  const named = nameOf(cursor.ahead(1)) !== undefined || cursor.at('(', 1);
  if (!named && !(cursor.at('*', 1) && endsItem(cursor, 2))) return null;
  cursor.advance();
  return token.span;
}
