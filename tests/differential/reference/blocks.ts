import type { Expr, Question } from '../question.ts';
import type { Operator, RootFamily, Table, World } from '../world.ts';
import { ownPlace, type Reaches } from './reach.ts';

/**
 * The dimension families that block an aggregate: a reduction touches one where neither the anchor nor what WHERE holds
 * equal to one value determines the finest of its dimensions that the input carries.
 */
export function blockedFamilies(
  world: World,
  reaches: Reaches,
  { anchor, where }: Question,
  given: { readonly operator: Operator; readonly table: Table; readonly families: readonly RootFamily[] },
): readonly string[] {
  const blocks = given.families.flatMap(({ reducers }) =>
    reducers.flatMap(({ operator, block }) => (operator === given.operator ? block : [])),
  );
  const kept = [...anchor, ...pinned(where)];
  return [...new Set(blocks)].filter((name) => {
    const family = world.dimensionFamilies.find((each) => each.name === name);
    const members = new Set([
      ...(family?.edges ?? []).flatMap(({ child, parent }) => [child, parent]),
      ...(family?.calendar ? [family.calendar.from, ...family.calendar.levels] : []),
    ]);
    const carried = [...members].filter((each) => ownPlace(given.table, each) !== undefined);
    const finest = carried.filter(
      (each) => !carried.some((other) => other !== each && reaches.determines([other], each)),
    );
    return finest.some((each) => !reaches.determines(kept, each));
  });
}

/** Names that an AND term of WHERE holds equal to one value. */
function pinned(where: Expr | null): readonly string[] {
  if (where === null) return [];
  if (where.kind === 'and') return where.operands.flatMap(pinned);
  if (where.kind !== 'compare' || where.comparison !== '=') return [];
  const sides = [where.left, where.right];
  const name = sides.find((side) => side.kind === 'name');
  return name?.kind === 'name' && sides.some(isValue) ? [name.name] : [];
}

/** A literal that is not NULL, with or without a sign. */
function isValue(expr: Expr): boolean {
  if (expr.kind === 'negate') return isValue(expr.operand);
  return expr.kind === 'literal' && expr.value.kind !== 'null';
}
