import { operatorNamed } from '../operators/catalog.ts';
import type { Expr, SelectItem } from './ast.ts';
import { printExpr } from './printer.ts';

/**
 * Name of the column that an item becomes: its alias, the name itself, `op_x` for an operator over one name (whatever
 * constants and named arguments follow it), `count`; null where it needs AS.
 */
export function outputName({ expr, alias }: SelectItem): string | null {
  if (alias !== null) return alias.name;
  if (expr.kind === 'name') return expr.name;
  if (expr.kind !== 'call') return null;
  if (expr.star) return 'count';
  const operator = operatorNamed(expr.callee);
  const [of, ...constants] = expr.args;
  if (operator === undefined || of?.kind !== 'name' || constants.some((each) => each.kind !== 'literal')) return null;
  return `${operator.word}_${of.name}`;
}

/** The name of the column whose item says the same as an expression; undefined where none does or it has no name. */
export type ColumnOf = (expr: Expr) => string | undefined;

/** Looks expressions up among items by their canonical text; the first of equal items counts. */
export function columnsOf(items: readonly SelectItem[]): ColumnOf {
  const columns = new Map<string, string>();
  for (const item of items) {
    const name = outputName(item);
    const text = printExpr(item.expr);
    if (name !== null && !columns.has(text)) columns.set(text, name);
  }
  return (expr) => columns.get(printExpr(expr));
}
