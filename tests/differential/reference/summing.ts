import type { Expr } from '../expr.ts';
import { counts, type Operator } from '../operators.ts';
import type { RootFamily } from '../world.ts';
import type { Leaf } from './leaf.ts';
import type { Level } from './level.ts';
import { lists } from './made-of.ts';
import { leavesIn, leavesUnder, type Terms, termsOf } from './terms.ts';

/** Why values of a level may not be added up. */
export function unsummable(level: Level, value: Expr, operator: Operator): readonly string[] {
  const isUnlisted = (leaf: Leaf) =>
    !isCount(leaf, level) && familiesOf(leaf, level).some((family) => !lists(family, operator));
  const ofLeaf = (each: Expr): Terms => {
    const leaf = level.leafOf(each);
    if (leaf !== undefined) {
      if (isUnlisted(leaf)) return 'nothing';
      if (isReplica(leaf, level)) return 'replica';
      return isCount(leaf, level) || familiesOf(leaf, level).length > 0 ? 'series' : 'nothing';
    }
    const family = level.context.world.families.find(({ name }) => each.kind === 'name' && name === each.name);
    return family?.kind === 'derived' ? termsOf(family.formula, ofLeaf) : 'nothing';
  };
  const terms = termsOf(value, ofLeaf);
  if (terms === 'series') return [];
  return terms === 'nothing' || leavesIn(value, level).some(isUnlisted) ? ['OPERATOR_NOT_LISTED'] : ['REPLICATED_SUM'];
}

/** The root families that a leaf is made of. */
export function familiesOf(leaf: Leaf, level: Level): readonly RootFamily[] {
  switch (leaf.kind) {
    case 'aggregate':
      return leaf.families;
    case 'window':
      return leavesUnder(leaf.value, level).flatMap((each) => familiesOf(each, level));
    case 'reduction':
    case 'replica':
      return leaf.inner.families();
  }
}

/** Whether a leaf counts: counts add up whatever their family lists. */
function isCount(leaf: Leaf, level: Level): boolean {
  switch (leaf.kind) {
    case 'aggregate':
    case 'reduction':
      return counts(leaf.operator);
    case 'replica':
      return false;
    case 'window': {
      const inputs = leavesUnder(leaf.value, level);
      return inputs.length > 0 && inputs.every((each) => isCount(each, level));
    }
  }
}

function isReplica(leaf: Leaf, level: Level): boolean {
  if (leaf.kind !== 'window') return leaf.kind === 'replica';
  const inputs = leavesUnder(leaf.value, level);
  return inputs.length > 0 && inputs.every((each) => isReplica(each, level));
}
