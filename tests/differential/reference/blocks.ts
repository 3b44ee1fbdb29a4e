import type { Expr } from '../expr.ts';
import type { Operator } from '../operators.ts';
import type { RootFamily, World } from '../world.ts';
import type { Reaches } from './reach.ts';

/** A reduction: of which families, by which operator, of what the input carries, and what of it is kept. */
export interface Touching {
  readonly operator: Operator;
  readonly families: readonly RootFamily[];
  readonly carried: readonly string[];
  readonly kept: readonly string[];
}

/**
 * The dimension families that block a reduction: it touches one where what is kept does not determine the finest of its
 * dimensions that the input carries.
 */
export function blockedFamilies(
  world: World,
  reaches: Reaches,
  { operator, families, carried, kept }: Touching,
): readonly string[] {
  const blocks = families.flatMap(({ reducers }) =>
    reducers.flatMap((each) => (each.operator === operator ? each.block : [])),
  );
  return [...new Set(blocks)].filter((name) => {
    const inside = carried.filter((each) => familyOf(world, each) === name);
    const finest = inside.filter(
      (each) => !inside.some((other) => other !== each && reaches.determines([other], each)),
    );
    return finest.some((each) => !reaches.determines(kept, each));
  });
}

/** The dimension family of a dimension; undefined where it stands in none. */
export function familyOf(world: World, dimension: string): string | undefined {
  return world.dimensionFamilies.find(({ edges, bridges, calendar }) =>
    [
      ...[...edges, ...bridges].flatMap(({ child, parent }) => [child, parent]),
      ...(calendar === null ? [] : [calendar.from, ...calendar.levels]),
    ].includes(dimension),
  )?.name;
}

/** Names that an AND term of WHERE holds equal to one value. */
export function pinned(where: Expr | null): readonly string[] {
  if (where === null) return [];
  if (where.kind === 'and') return where.operands.flatMap(pinned);
  if (where.kind === 'in' && !where.negated && where.operand.kind === 'name') {
    const [only, ...others] = where.values;
    return only !== undefined && others.length === 0 && isValue(only) ? [where.operand.name] : [];
  }
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
