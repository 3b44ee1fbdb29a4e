import type { RootFamily, Schema, SemanticManifest } from '../collection/manifest.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Aggregate } from './aggregate.ts';
import type { Facts } from './facts.ts';
import { determines, ownColumn } from './reach.ts';

/** A declared block that a reduction would cross: the dimension family, and the dimension that would have to stay. */
export interface CrossedBlock {
  readonly dimensionFamily: string;
  readonly finest: string;
  /** What is blocked: the reduction's own operator, or the sum that merges rows of one period. */
  readonly operator: OperatorName;
}

/** The blocks that reducing the rows of a schema to the kept names crosses. */
export function crossedBlocks(
  manifest: SemanticManifest,
  facts: Facts,
  aggregate: Aggregate,
  root: Schema,
  kept: readonly string[],
): readonly CrossedBlock[] {
  const { families, operator, order, sumsPeriod } = aggregate;
  const carried = manifest.dimensions.flatMap(({ name }) => (ownColumn(root, name) === undefined ? [] : [name]));
  const crossed = blockedAt(manifest, facts, families, operator.name, carried, kept);
  if (!sumsPeriod) return crossed;
  // Rows of one period are summed across all but the order, which stays within its period.
  const orderFamily = manifest.dimensions.find((each) => each.name === order)?.family;
  const summed = blockedAt(manifest, facts, families, 'SUM', carried, kept);
  return [...crossed, ...summed.filter((each) => each.dimensionFamily !== orderFamily)];
}

/**
 * The dimension families that a reduction touches and that one of the metric families blocks for this operator. A
 * reduction touches a family when the kept names do not determine the finest of its dimensions that the input carries.
 */
export function blockedAt(
  manifest: SemanticManifest,
  facts: Facts,
  families: readonly RootFamily[],
  operator: OperatorName,
  carried: readonly string[],
  kept: readonly string[],
): readonly CrossedBlock[] {
  const blocked = new Set(families.flatMap((family) => blocksOf(family, operator)));
  const crossed: CrossedBlock[] = [];
  for (const name of [...blocked].sort()) {
    const inFamily = manifest.dimensions
      .filter((dimension) => dimension.family === name && carried.includes(dimension.name))
      .map((dimension) => dimension.name);
    const finest = inFamily.filter(
      (each) => !inFamily.some((other) => other !== each && determines(manifest, facts, [other], each)),
    );
    const lost = finest.find((each) => !determines(manifest, facts, kept, each));
    if (lost !== undefined) crossed.push({ dimensionFamily: name, finest: lost, operator });
  }
  return crossed;
}

function blocksOf(family: RootFamily, operator: string): readonly string[] {
  return family.ipReducers.find((each) => each.operator === operator)?.aBlock ?? [];
}
