import type { Span } from '../canon/issue.ts';
import type { RootFamily, Schema, SemanticManifest } from '../collection/manifest.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Aggregate } from './aggregate.ts';
import type { Facts } from './facts.ts';
import type { QueryContext } from './query-context.ts';
import { determines, ownColumn } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { queryText, withDimension } from './rewrite.ts';

/** A declared block that a reduction would cross: the dimension family, and the dimension that would have to stay. */
export interface CrossedBlock {
  readonly dimensionFamily: string;
  readonly finest: string;
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
    if (lost !== undefined) crossed.push({ dimensionFamily: name, finest: lost });
  }
  return crossed;
}

/**
 * Refuses where blocks are crossed, or notes them where the collection says `disclose`. True: a cause was added.
 * `remedies` go before those that keep the axis.
 */
export function tellBlocked(
  context: Pick<QueryContext, 'manifest' | 'statement' | 'causes'> & { readonly blocked?: Set<string> },
  series: string,
  operator: OperatorName,
  crossed: readonly CrossedBlock[],
  span: Span,
  remedies: readonly Remedy[] = [],
): boolean {
  const families = crossed.map((each) => each.dimensionFamily);
  if (context.manifest.blockedReduction === 'disclose') {
    for (const family of families) context.blocked?.add(family);
    return false;
  }
  const kept = crossed.map(({ finest }) => ({
    label: `Keep ${finest} in the anchor`,
    query: queryText(withDimension(context.statement, finest)),
  }));
  context.causes.add('BLOCKED_REDUCTION', { series, operator, families }, span, [...remedies, ...kept]);
  return true;
}

function blocksOf(family: RootFamily, operator: string): readonly string[] {
  return family.ipReducers.find((each) => each.operator === operator)?.aBlock ?? [];
}
