import type { Expr, NamedPoint, SelectItem } from './ast.ts';
import type { KnownNames } from './known-names.ts';
import { pointOf } from './name-parser.ts';

/**
 * The anchor that a list without AT means, where it can be told; null where it cannot.
 *
 * Where names are known: the listed dimensions, if all else is series (or an attribute beside a dimension). Where they
 * are not: nothing, if every item reduces (`SUM(x)`: one row over everything); else the bare names before the first
 * operator, if no bare name comes after it, since SQL lets only what is grouped by stand beside an operator.
 */
export function impliedAnchor(items: readonly SelectItem[], names: KnownNames | null): readonly NamedPoint[] | null {
  const points: NamedPoint[] = [];
  let attributes = 0;
  let reduced = false;
  for (const { expr } of items) {
    if (names === null) {
      if (expr.kind === 'name' && !reduced) points.push(pointOf(expr));
      else if (bareNames(expr).length > 0) return null;
      else reduced = reduced || reduces(expr);
      continue;
    }
    for (const name of bareNames(expr)) {
      const kind = names.kindOf(name.name);
      if (kind === undefined || (kind !== 'family' && expr.kind !== 'name')) return null;
      if (kind === 'attribute') attributes++;
      if (kind === 'dimension') points.push(pointOf(name));
      if (kind === 'family') reduced = true;
    }
    reduced = reduced || reduces(expr);
  }
  if (!reduced || (attributes > 0 && points.length === 0)) return null;
  return points;
}

/** The anchor of `SELECT DISTINCT`: the items themselves, if all are bare names (of dimensions, where names are known). */
export function distinctAnchor(items: readonly SelectItem[], names: KnownNames | null): readonly NamedPoint[] | null {
  const points: NamedPoint[] = [];
  for (const { expr } of items) {
    if (expr.kind !== 'name' || (names !== null && names.kindOf(expr.name) !== 'dimension')) return null;
    points.push(pointOf(expr));
  }
  return points;
}

type NameExpr = Extract<Expr, { kind: 'name' }>;

/** The names in an expression that stand outside every operator. */
function bareNames(expr: Expr): readonly NameExpr[] {
  switch (expr.kind) {
    case 'name':
      return [expr];
    case 'literal':
    case 'call':
      return [];
    case 'negate':
    case 'not':
      return bareNames(expr.operand);
    case 'arithmetic':
    case 'compare':
      return [...bareNames(expr.left), ...bareNames(expr.right)];
    case 'and':
    case 'or':
      return expr.operands.flatMap(bareNames);
  }
}

/** Whether an operator stands somewhere in an expression. */
function reduces(expr: Expr): boolean {
  switch (expr.kind) {
    case 'call':
      return true;
    case 'literal':
    case 'name':
      return false;
    case 'negate':
    case 'not':
      return reduces(expr.operand);
    case 'arithmetic':
    case 'compare':
      return reduces(expr.left) || reduces(expr.right);
    case 'and':
    case 'or':
      return expr.operands.some(reduces);
  }
}
