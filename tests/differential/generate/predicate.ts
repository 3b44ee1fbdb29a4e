import { type Expr, nameOf } from '../expr.ts';
import type { TypeScope } from '../logical-type.ts';
import type { Random } from '../random.ts';
import { typeOfName, type World } from '../world.ts';
import { Expressions, type Typed } from './expressions.ts';
import { occurring } from './literals.ts';

/** A condition over dimensions and attributes, nested up to `depth`. Throws `RangeError` where there is no name. */
export function predicate(random: Random, world: World, names: readonly string[], depth: number): Expr {
  const scope: TypeScope = { known: (expr) => (expr.kind === 'name' ? typeOfName(world, expr.name) : undefined) };
  const made = new Expressions(random, () => namedLeaf(world, random.pick(names)), scope, true).condition(depth);
  if (made === null) throw new RangeError('generate: no name for a condition');
  return made;
}

/** A dimension or attribute with the values that it has. */
export function namedLeaf(world: World, name: string): Typed | null {
  const type = typeOfName(world, name);
  return type === undefined ? null : { expr: nameOf(name), type, cells: occurring(world, name) };
}
