import type { Expr } from '../frameql/ast.ts';
import type { QueryContext } from './query-context.ts';
import type { Remedy } from './refusal.ts';
import { queryWith } from './rewrite.ts';
import type { CallExpr } from './typing.ts';

/**
 * `SUM(CASE WHEN c THEN 1 ELSE 0 END)` is how SQL counts rows that meet a condition. Such a sum is of no metric, and the
 * count without ELSE says the same: its remedy; none for any other sum.
 */
export function conditionalCount({ statement }: QueryContext, expr: CallExpr): readonly Remedy[] {
  const [argument] = expr.args;
  if (expr.callee !== 'SUM' || argument?.kind !== 'case') return [];
  const { branches, otherwise } = argument;
  const addsNothing = otherwise === null || isNull(otherwise) || isWhole(otherwise, '0');
  if (!addsNothing || !branches.every(({ then }) => isWhole(then, '1'))) return [];
  const counted: Expr = { ...expr, callee: 'COUNT', args: [{ ...argument, otherwise: null }] };
  return [{ label: 'Count the rows that meet the condition', query: queryWith(statement, expr, counted) }];
}

function isNull(expr: Expr): boolean {
  return expr.kind === 'literal' && expr.value.kind === 'null';
}

function isWhole(expr: Expr, units: string): boolean {
  return (
    expr.kind === 'literal' && expr.value.kind === 'exact' && expr.value.digits === 0 && expr.value.units === units
  );
}
