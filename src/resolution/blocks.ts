import type { RootFamily, Schema, SemanticManifest } from '../collection/manifest.ts';
import type { Aggregate } from './aggregate.ts';
import type { Facts } from './facts.ts';
import { determines, ownColumn } from './reach.ts';

/** A declared block that a reduction would cross: the dimension family, and the dimension that would have to stay. */
export interface CrossedBlock {
  readonly dimensionFamily: string;
  readonly finest: string;
}

/**
 * The dimension families that the reduction touches and that one of its families blocks for this operator. A reduction
 * touches a family when anchor and pinned names do not determine the finest of its dimensions that the schema carries.
 */
export function crossedBlocks(
  manifest: SemanticManifest,
  facts: Facts,
  aggregate: Aggregate,
  root: Schema,
  kept: readonly string[],
): readonly CrossedBlock[] {
  const blocked = new Set(aggregate.families.flatMap((family) => blocksOf(family, aggregate.operator.name)));
  const crossed: CrossedBlock[] = [];
  for (const name of [...blocked].sort()) {
    const carried = manifest.dimensions
      .filter((dimension) => dimension.family === name && ownColumn(root, dimension.name) !== undefined)
      .map((dimension) => dimension.name);
    const finest = carried.filter(
      (each) => !carried.some((other) => other !== each && determines(manifest, facts, [other], each)),
    );
    const lost = finest.find((each) => !determines(manifest, facts, kept, each));
    if (lost !== undefined) crossed.push({ dimensionFamily: name, finest: lost });
  }
  return crossed;
}

function blocksOf(family: RootFamily, operator: string): readonly string[] {
  return family.ipReducers.find((each) => each.operator === operator)?.aBlock ?? [];
}
