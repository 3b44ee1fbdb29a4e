import type { Bridge, Schema, SemanticManifest } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { edgeTable, requireLookup } from './edge-step.ts';
import type { Facts } from './facts.ts';
import type { Membership } from './query.ts';
import type { QueryContext } from './query-context.ts';
import { climbFromAnchor, reach } from './reach.ts';

/** The bridges through a schema, which VIA names. */
export function bridgesNamed(manifest: SemanticManifest, via: string): readonly Bridge[] {
  return manifest.bridges.filter((each) => each.via === via);
}

/** Membership in a dimension through a bridge; undefined where the bridge does not lead there. */
export function membershipOf(
  context: QueryContext,
  bridge: Bridge,
  dimension: string,
  type: LogicalType,
): Membership | undefined {
  const { manifest, facts } = context;
  const { source, child, parent } = edgeTable(manifest, requireLookup(manifest, bridge.id));
  const membership = {
    dimension,
    type,
    child: bridge.child,
    bridge: bridge.id,
    source,
    childColumn: child.column,
    childType: child.type,
    parentColumn: parent.column,
    parentType: parent.type,
  };
  if (bridge.parent === dimension) return { ...membership, steps: [] };
  const climb = climbFromAnchor(manifest, facts, [bridge.parent], dimension);
  if (climb === undefined) return undefined;
  context.missing.push(...climb.missing);
  context.conditions.push(...climb.conditions);
  return { ...membership, steps: climb.steps };
}

/** The bridges by which a schema's rows fan out to a dimension. */
export function fanOuts(
  manifest: SemanticManifest,
  facts: Facts,
  schema: Schema,
  dimension: string,
): readonly Bridge[] {
  return manifest.bridges.filter(
    (bridge) =>
      (bridge.parent === dimension || climbFromAnchor(manifest, facts, [bridge.parent], dimension) !== undefined) &&
      reach(manifest, facts, schema, bridge.child).kind === 'reached',
  );
}
