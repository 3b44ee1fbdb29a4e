import { childrenOf, type Expr, namesIn } from '../expr.ts';
import { OF_ONE_COLUMN } from '../logical-type.ts';
import type { Context } from './context.ts';

/** Whether a text or date function of rows reads several columns: it is evaluated on the distinct values of one. */
export function mixesColumns(context: Context, expr: Expr): boolean {
  if (isOfOneColumn(context, expr)) {
    const { families } = context.world;
    const columns = namesIn(expr).map((name) => {
      const family = families.find((each) => each.name === name);
      return family?.kind === 'root' ? `#${family.column}` : name;
    });
    if (new Set(columns).size > 1) return true;
  }
  return childrenOf(expr).some((each) => mixesColumns(context, each));
}

function isOfOneColumn({ typing }: Context, expr: Expr): boolean {
  if (expr.kind === 'call') return OF_ONE_COLUMN.has(expr.callee);
  // A date and a number of periods; of two dates each counts by itself.
  return expr.kind === 'arithmetic' && typing.rows(expr)?.kind === 'date';
}
