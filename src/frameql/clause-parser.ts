import type { Span } from '../canon/issue.ts';
import type { Anchor, Expr, Limit, NamedPoint, OrderKey, SelectItem } from './ast.ts';
import { BINDING } from './binding.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import { nameOf, parseAnchor } from './name-parser.ts';
import { columnsOf, outputName } from './output-name.ts';

/** Reads what follows the keywords of a clause. `items` are those of SELECT, to which SQL's clauses refer by place. */

/** `GROUP BY key, …`, read as the anchor it means; `keywords` is where it was said. */
export function parseGroups(cursor: Cursor, items: readonly SelectItem[], keywords: Span): Anchor | null {
  const from = cursor.start;
  const points: NamedPoint[] = [];
  let told = true;
  if (isNameList(cursor)) {
    const anchor = parseAnchor(cursor, 'one');
    if (anchor === null) return null;
    points.push(...anchor.points);
  } else {
    do {
      const key = parseExpr(cursor, BINDING.sum);
      if (key === null) return null;
      const meant = groupedBy(key, items);
      if (meant === null) told = false;
      else points.push(...meant);
    } while (cursor.accept(','));
  }
  cursor.habit('GROUP BY', keywords, ['`AT`'], told);
  return { points, span: { from, to: cursor.end } };
}

/** Whether a list of names in brackets begins here, rather than an expression. */
function isNameList(cursor: Cursor): boolean {
  if (!cursor.at('(')) return false;
  return cursor.at(')', 1) || (nameOf(cursor.ahead(1)) !== undefined && (cursor.at(',', 2) || cursor.at(')', 2)));
}

/** The dimensions that a key of GROUP BY names: itself, an item by its place or alias, or ALL; null for an expression. */
function groupedBy(key: Expr, items: readonly SelectItem[]): readonly NamedPoint[] | null {
  if (key.kind === 'name') {
    if (!key.quoted && key.name.toUpperCase() === 'ALL') return items.flatMap((item) => bare(item) ?? []);
    const aliased = items.find((item) => item.alias?.name === key.name);
    const point = aliased === undefined ? undefined : bare(aliased);
    return [point ?? { name: key.name, quoted: key.quoted, span: key.span }];
  }
  const item = itemAt(key, items);
  const point = item === undefined ? undefined : bare(item);
  return point === undefined ? null : [point];
}

function bare({ expr }: SelectItem): NamedPoint | undefined {
  return expr.kind === 'name' ? { name: expr.name, quoted: expr.quoted, span: expr.span } : undefined;
}

/** The item that a whole number counts to, from 1. */
function itemAt(expr: Expr, items: readonly SelectItem[]): SelectItem | undefined {
  return expr.kind === 'literal' && expr.value.kind === 'exact' && expr.value.digits === 0
    ? items[Number(expr.value.units) - 1]
    : undefined;
}

/** `name [ASC|DESC], …`; a place or an expression is noted and read as the name of its column. */
export function parseOrder(cursor: Cursor, items: readonly SelectItem[]): readonly OrderKey[] | null {
  const columnOf = columnsOf(items);
  const keys: OrderKey[] = [];
  do {
    const from = cursor.start;
    const name = parseKeyName(cursor, (expr) => {
      const item = itemAt(expr, items);
      return item === undefined ? columnOf(expr) : (outputName(item) ?? undefined);
    });
    if (name === null) return null;
    const descending = cursor.accept('DESC');
    if (!descending) cursor.accept('ASC');
    keys.push({ name, descending, span: { from, to: cursor.end } });
  } while (cursor.accept(','));
  return keys;
}

function parseKeyName(cursor: Cursor, columnOf: (expr: Expr) => string | undefined): NamedPoint | null {
  const name = nameOf(cursor.token);
  if (name !== undefined && !['.', '(', '+', '-', '*', '/', '@'].some((mark) => cursor.at(mark, 1))) {
    cursor.advance();
    return name;
  }
  const from = cursor.start;
  const expr = parseExpr(cursor, BINDING.sum);
  if (expr === null) return null;
  if (expr.kind === 'name') return { name: expr.name, quoted: expr.quoted, span: expr.span };
  const span = { from, to: cursor.end };
  const column = columnOf(expr);
  cursor.habit('ORDER BY expression', span, ['a column'], column !== undefined);
  return { name: column ?? '', quoted: false, span };
}

/** `n [PER anchor]`; `from` is where LIMIT stands. */
export function parseLimit(cursor: Cursor, from: number): Limit | null {
  const { token } = cursor;
  const count = token?.kind === 'number' && /^\d+$/.test(token.text) ? Number(token.text) : undefined;
  if (count === undefined) {
    cursor.couldBe('a whole number');
    return cursor.fail();
  }
  if (!Number.isSafeInteger(count)) {
    return cursor.fail('No answer has so many rows. Write a smaller number, or leave LIMIT out.');
  }
  cursor.advance();
  const per = cursor.accept('PER') ? parseAnchor(cursor) : undefined;
  return per === null ? null : { count, per: per ?? null, span: { from, to: cursor.end } };
}
