import type { Span } from '../canon/issue.ts';
import type { Anchor, AnchorPoint, Expr, Limit, NamedPoint, OrderKey, SelectItem } from './ast.ts';
import { BINDING } from './binding.ts';
import type { Cursor } from './cursor.ts';
import { parseExpr } from './expression-parser.ts';
import { anchorPoint, nameOf, parseAnchor, pointOf } from './name-parser.ts';
import { columnsOf, outputName } from './output-name.ts';
import { upperCase } from './tokens.ts';

/** Reads what follows the keywords of a clause. `items` are those of SELECT, to which SQL's clauses refer by place. */

/** `GROUP BY key, …`, read as the anchor it means; `keywords` is where it was said. */
export function parseGroups(cursor: Cursor, items: readonly SelectItem[], keywords: Span): Anchor | null {
  const from = cursor.start;
  const points = isNameList(cursor) ? parseAnchor(cursor, 'one')?.points : parseKeys(cursor, items);
  if (points === undefined || points === null) return null;
  cursor.habit('GROUP BY', keywords, ['`AT`'], points !== 'untold');
  return { points: points === 'untold' ? [] : points, span: { from, to: cursor.end } };
}

/** Whether a list of names in brackets begins here, rather than an expression. */
function isNameList(cursor: Cursor): boolean {
  if (!cursor.at('(')) return false;
  return cursor.at(')', 1) || (nameOf(cursor.ahead(1)) !== undefined && (cursor.at(',', 2) || cursor.at(')', 2)));
}

/** The dimensions that the keys name: themselves, items by place or alias, or ALL; an expression cannot be told. */
function parseKeys(cursor: Cursor, items: readonly SelectItem[]): readonly AnchorPoint[] | 'untold' | null {
  const keys: Expr[] = [];
  do {
    const key = parseExpr(cursor);
    if (key === null) return null;
    keys.push(key);
  } while (cursor.accept(','));
  const [first, ...others] = keys;
  if (first?.kind === 'name' && !first.quoted && upperCase(first.name) === 'ALL' && others.length === 0) {
    return items.flatMap((item) => bare(item) ?? []);
  }
  const aliased = new Map(items.map((item) => [item.alias?.name, bare(item)]));
  const points = keys.map((key) =>
    key.kind === 'name' ? (aliased.get(key.name) ?? anchorPoint(key)) : bare(itemAt(key, items)),
  );
  const told = points.filter((point) => point !== undefined);
  return told.length === points.length ? told : 'untold';
}

function bare(item: SelectItem | undefined): AnchorPoint | undefined {
  return item?.expr.kind === 'name' ? anchorPoint(item.expr) : undefined;
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
  if (name !== undefined && !['.', '(', '+', '-', '*', '/', '%', '||', '@'].some((mark) => cursor.at(mark, 1))) {
    cursor.advance();
    return name;
  }
  const from = cursor.start;
  const expr = parseExpr(cursor, BINDING.sum);
  if (expr === null) return null;
  if (expr.kind === 'name') return pointOf(expr);
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
  const hasPer = cursor.accept('PER');
  const per = hasPer ? parsePer(cursor) : null;
  return hasPer && per === null ? null : { count, per, span: { from, to: cursor.end } };
}

/** The anchor of PER: it names columns that are there, so a bridge is noted and left out. */
function parsePer(cursor: Cursor): Anchor | null {
  const per = parseAnchor(cursor);
  if (per === null) return null;
  for (const { via } of per.points) {
    if (via !== null) cursor.note(via.span, [], PER_VIA, 'Leave VIA out', null);
  }
  return { ...per, points: per.points.map(anchorPoint) };
}

const PER_VIA = 'PER names dimensions that AT has already reached. Leave VIA and its bridge out here.';
