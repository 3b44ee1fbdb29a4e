import type { AnchorPoint, Expr, NamedPoint, SelectItem, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { printStatement } from '../frameql/printer.ts';
import { rewrite, rewriteInside } from '../frameql/rewrite.ts';
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

/** The statement with a name replaced wherever it stands: in SELECT, AT, WHERE, HAVING, ORDER BY and PER. */
export function renamed(statement: Statement, from: string, to: string): Statement {
  const again = (expr: Expr) =>
    rewrite(expr, (each) =>
      each.kind === 'name' && each.name === from ? { ...each, name: to, quoted: false } : undefined,
    );
  const named = <Point extends NamedPoint>(each: Point): Point =>
    each.name === from ? { ...each, name: to, quoted: false } : each;
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
 * The statement, as text, with an expression node replaced; where it was a whole item without a name and its new form has
 * none, the item is named.
 */
export function queryWith(statement: Statement, from: Expr, to: Expr, name = 'value'): string {
  const items = statement.items.map((item) => {
    const isNamed = item.expr !== from || item.alias !== null || outputName({ ...item, expr: to }) !== null;
    return isNamed ? item : { ...item, alias: point(name) };
  });
  return queryText(changed({ ...statement, items }, from, to));
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
export function withDimension(statement: Statement, name: string): Statement {
  return { ...statement, anchor: withPoints(statement, [...statement.anchor.points, anchorPoint(name)]) };
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
  const mentions = (expr: Expr): boolean => {
    let found = false;
    rewrite(expr, (each) => {
      if (each.kind === 'name' && each.name === column) found = true;
      return undefined;
    });
    return found;
  };
  const per = statement.limit?.per ?? null;
  return {
    ...statement,
    having: statement.having !== null && mentions(statement.having) ? null : statement.having,
    order: statement.order.filter((key) => key.name.name !== column),
    limit:
      statement.limit !== null && per !== null
        ? { ...statement.limit, per: { ...per, points: per.points.filter((each) => each.name !== column) } }
        : statement.limit,
  };
}
