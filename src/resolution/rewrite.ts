import type { Anchor, AnchorPoint, Expr, NamedPoint, SelectItem, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { printStatement } from '../frameql/printer.ts';
import { rewrite, rewriteInside } from '../frameql/rewrite.ts';
import { proposedName } from './proposed-name.ts';
import type { CallExpr, NameExpr } from './typing.ts';

/** Rewrites of parsed statements, from which remedies are printed as complete queries. */

/** The statement as canonical text. */
export function queryText(statement: Statement): string {
  return printStatement(statement);
}

/** The statement with one expression node (by identity) replaced wherever it stands. */
export function changed(statement: Statement, from: Expr, to: Expr): Statement {
  const replace = (expr: Expr) => rewrite(expr, (each) => (each === from ? to : undefined));
  return {
    ...statement,
    items: statement.items.map((item) => ({ ...item, expr: replace(item.expr) })),
    where: statement.where && replace(statement.where),
    having: statement.having && replace(statement.having),
  };
}

/** The statement with a name replaced wherever it stands: in SELECT, AT, inner anchors, WHERE, HAVING, ORDER BY and PER. */
export function renamed(statement: Statement, from: string, to: string): Statement {
  const named = <Point extends NamedPoint>(each: Point): Point =>
    each.name === from ? { ...each, name: to, quoted: false } : each;
  const again = (expr: Expr): Expr =>
    rewrite(expr, (each) => {
      if (each.kind === 'at') {
        const anchor = { ...each.anchor, points: each.anchor.points.map(named) };
        return { ...each, operand: again(each.operand), anchor };
      }
      return each.kind === 'name' && each.name === from ? { ...each, name: to, quoted: false } : undefined;
    });
  const { limit } = statement;
  return {
    ...statement,
    items: statement.items.map((item) => ({ ...item, expr: again(item.expr) })),
    anchor: { ...statement.anchor, points: statement.anchor.points.map(named) },
    where: statement.where && again(statement.where),
    having: statement.having && again(statement.having),
    order: statement.order.map((key) => ({ ...key, name: named(key.name) })),
    limit: limit && { ...limit, per: limit.per && { ...limit.per, points: limit.per.points.map(named) } },
  };
}

/** The statement with each anchor, the one of AT and every inner one, replaced. */
export function withAnchors(statement: Statement, replacement: (anchor: Anchor) => Anchor): Statement {
  const inside = (expr: Expr): Expr =>
    rewrite(expr, (each) =>
      each.kind === 'at' ? { ...each, operand: inside(each.operand), anchor: replacement(each.anchor) } : undefined,
    );
  return {
    ...statement,
    items: statement.items.map((item) => ({ ...item, expr: inside(item.expr) })),
    anchor: replacement(statement.anchor),
    where: statement.where && inside(statement.where),
    having: statement.having && inside(statement.having),
  };
}

/** The statement with one point of an anchor (by identity, of AT or an inner one) replaced; null: taken out. */
export function withPointInstead(statement: Statement, from: AnchorPoint, to: AnchorPoint | null): Statement {
  return withAnchors(statement, (anchor) => ({
    ...anchor,
    points: anchor.points.flatMap((each) => (each === from ? (to ?? []) : each)),
  }));
}

/** The AND of terms; null of none. */
export function joinedTerms(terms: readonly Expr[]): Expr | null {
  const [first] = terms;
  if (first === undefined) return null;
  return terms.length === 1 ? first : { kind: 'and', operands: terms, span: first.span };
}

/** Whether a name stands in an expression; named arguments count, inner anchors do not. */
export function mentions(expr: Expr, isMeant: (name: string) => boolean): boolean {
  let found = false;
  rewrite(expr, (each) => {
    if (each.kind === 'name' && isMeant(each.name)) found = true;
    return undefined;
  });
  return found;
}

/** A name at no particular place: for building remedies. */
export function point(name: string): NamedPoint {
  return { name, quoted: false, span: { from: 0, to: 0 } };
}

/** A dimension of an anchor at no particular place. */
export function anchorPoint(name: string, via: string | null = null): AnchorPoint {
  return { ...point(name), via: via === null ? null : point(via) };
}

/** A name in the place of an expression. */
export function nameAt(name: string, at: Expr): NameExpr {
  return { kind: 'name', name, quoted: false, span: at.span };
}

/** An operator over a name in the place of an expression. */
export function callAt(callee: string, name: string, at: Expr): CallExpr {
  return { kind: 'call', callee, star: false, args: [nameAt(name, at)], named: [], nameSpan: at.span, span: at.span };
}

/**
 * The statement, as text, with an expression node replaced. An item that has no name of its own then is named: a bare
 * family's column keeps its name. HAVING and ORDER BY follow a column whose name changes.
 */
export function queryWith(statement: Statement, from: Expr, to: Expr, name?: string): string {
  const { items, having, order } = changed(statement, from, to);
  const taken = new Set(takenNames(statement));
  const moved = new Map<string, string>();
  const named = items.map((item, at) => {
    const before = statement.items[at];
    const old = before === undefined ? null : outputName(before);
    const now = outputName(item);
    if (old !== null && now !== null && old !== now) moved.set(old, now);
    if (now !== null) return item;
    const given = old ?? name ?? proposedName(item.expr, taken);
    taken.add(given);
    return { ...item, alias: point(given) };
  });
  const follow = (column: string) => moved.get(column) ?? column;
  return queryText({
    ...changed(statement, from, to),
    items: named,
    having:
      having && rewrite(having, (each) => (each.kind === 'name' ? { ...each, name: follow(each.name) } : undefined)),
    order: order.map((key) => ({ ...key, name: { ...key.name, name: follow(key.name.name) } })),
  });
}

/** The statement with a name proposed for each item that has none. */
export function withNames(statement: Statement): Statement {
  const taken = new Set(takenNames(statement));
  const items = statement.items.map((item) => {
    if (outputName(item) !== null) return item;
    const name = proposedName(item.expr, taken);
    taken.add(name);
    return { ...item, alias: point(name) };
  });
  return { ...statement, items };
}

/** The names that the statement's columns have already, whichever way they are shown. */
export function takenNames({ items, anchor }: Statement): ReadonlySet<string> {
  return new Set([...items.flatMap((item) => outputName(item) ?? []), ...anchor.points.map((each) => each.name)]);
}

/** The formula with every span moved to where the family is named. */
export function relocate(formula: Expr, at: Expr): Expr {
  const moved: Expr =
    formula.kind === 'call' ? { ...formula, nameSpan: at.span, span: at.span } : { ...formula, span: at.span };
  return rewriteInside(moved, (each) => relocate(each, at));
}

/** The statement with a dimension taken out of AT and of SELECT; null where nothing would be left to show. */
export function withoutDimension(statement: Statement, name: string): Statement | null {
  const items = statement.items.filter((item) => !(item.expr.kind === 'name' && item.expr.name === name));
  if (items.length === 0) return null;
  return forget(
    {
      ...statement,
      items,
      anchor: withPoints(
        statement,
        statement.anchor.points.filter((each) => each.name !== name),
      ),
    },
    name,
  );
}

/** The statement with a dimension added to AT. */
export function withDimension(statement: Statement, name: string, via: string | null = null): Statement {
  return { ...statement, anchor: withPoints(statement, [...statement.anchor.points, anchorPoint(name, via)]) };
}

/** The statement without one of its items; null where none would be left. */
export function withoutItem(statement: Statement, item: SelectItem): Statement | null {
  const items = statement.items.filter((each) => each !== item);
  if (items.length === 0) return null;
  const name = outputName(item);
  return name === null ? { ...statement, items } : forget({ ...statement, items }, name);
}

function withPoints(statement: Statement, points: readonly AnchorPoint[]): Statement['anchor'] {
  return { ...statement.anchor, points };
}

/** Drops ORDER BY keys, HAVING and PER that would refer to a column that is gone. */
function forget(statement: Statement, column: string): Statement {
  const per = statement.limit?.per ?? null;
  return {
    ...statement,
    having:
      statement.having !== null && mentions(statement.having, (name) => name === column) ? null : statement.having,
    order: statement.order.filter((key) => key.name.name !== column),
    limit:
      statement.limit !== null && per !== null
        ? { ...statement.limit, per: { ...per, points: per.points.filter((each) => each.name !== column) } }
        : statement.limit,
  };
}
