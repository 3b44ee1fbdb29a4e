import { operatorNamed } from '../operators/catalog.ts';
import type { AnchorPoint, Expr, SelectItem } from './ast.ts';
import { childrenOf } from './children.ts';
import type { KnownNames } from './known-names.ts';
import { anchorPoint } from './name-parser.ts';

/**
 * The anchor that a list without AT means, where it can be told; null where it cannot.
 *
 * Where names are known: the listed dimensions, if all else is series (or an attribute beside a dimension). Where they
 * are not: nothing, if every item reduces (`SUM(x)`: one row over everything); else the bare names before the first
 * operator, if no bare name comes after it, since SQL lets only what is grouped by stand beside an operator.
 */
export function impliedAnchor(items: readonly SelectItem[], names: KnownNames | null): readonly AnchorPoint[] | null {
  const points: AnchorPoint[] = [];
  let attributes = 0;
  let reduced = false;
  for (const { expr } of items) {
    if (names === null) {
      if (expr.kind === 'name' && !reduced) points.push(anchorPoint(expr));
      else if (bareNames(expr).length > 0) return null;
      else reduced = reduced || reduces(expr);
      continue;
    }
    for (const name of bareNames(expr)) {
      const kind = names.kindOf(name.name);
      if (kind === undefined || (kind !== 'family' && expr.kind !== 'name')) return null;
      if (kind === 'attribute') attributes++;
      if (kind === 'dimension') points.push(anchorPoint(name));
      if (kind === 'family') reduced = true;
    }
    reduced = reduced || reduces(expr);
  }
  if (!reduced || (attributes > 0 && points.length === 0)) return null;
  return points;
}

/** The anchor of `SELECT DISTINCT`: the items themselves, if all are bare names (of dimensions, where names are known). */
export function distinctAnchor(items: readonly SelectItem[], names: KnownNames | null): readonly AnchorPoint[] | null {
  const points: AnchorPoint[] = [];
  for (const { expr } of items) {
    if (expr.kind !== 'name' || (names !== null && names.kindOf(expr.name) !== 'dimension')) return null;
    points.push(anchorPoint(expr));
  }
  return points;
}

type NameExpr = Extract<Expr, { kind: 'name' }>;

/** The names in an expression that stand outside every operator. Named arguments name levels and dimensions: not those. */
function bareNames(expr: Expr): readonly NameExpr[] {
  if (expr.kind === 'name') return [expr];
  if (expr.kind !== 'call') return childrenOf(expr).flatMap(bareNames);
  return isOperator(expr.callee) ? [] : expr.args.flatMap(bareNames);
}

/** Whether an operator stands somewhere in an expression. */
function reduces(expr: Expr): boolean {
  return (expr.kind === 'call' && isOperator(expr.callee)) || childrenOf(expr).some(reduces);
}

function isOperator(callee: string): boolean {
  return operatorNamed(callee) !== undefined;
}
