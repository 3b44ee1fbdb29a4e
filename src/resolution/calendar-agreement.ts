import type { ConditionOf } from '../collection/conditions.ts';
import { i6, i9 } from '../collection/conditions.ts';
import { edgeNamed } from '../collection/fd-dag.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import type { Facts } from './facts.ts';
import type { LevelReader } from './level.ts';
import { witnessOf } from './obstacle.ts';
import type { Reading } from './query.ts';
import { climbFromAnchor, determines, printEdges } from './reach.ts';

/**
 * Windows take the anchor's other calendar dimensions for those of the axis's day. Where the rows have such a dimension
 * in another way, as a column of their own, that is so only if both ways agree: attested first (I9 of one edge, I6 of
 * several), and refused where they do not.
 */
export function requireCalendarAgreement(
  { context, windows, anchor }: LevelReader,
  readings: readonly { readonly label: string; readonly reading: Reading }[],
): void {
  const { manifest, facts, causes, missing, conditions, statement } = context;
  const axes = new Set([...windows.values()].flatMap(({ axis }) => axis?.dimension ?? []));
  for (const axis of axes) {
    const within = anchor.filter((name) => name !== axis && determines(manifest, facts, [axis], name));
    for (const name of within) {
      for (const { label, reading } of readings) {
        const agree = agreement(manifest, facts, reading, axis, name);
        if (agree === null) continue;
        conditions.push(agree.condition);
        const attestation = facts.attestations.get(agree.condition.key);
        if (attestation === undefined) missing.push(agree.condition);
        if (attestation?.status !== 'contradicted') continue;
        const violations = attestation.counts.differing ?? 0;
        const parameters = { series: label, dimension: name, edge: agree.edge, violations };
        causes.add('FD_CONTRADICTED', parameters, statement.anchor.span, [], witnessOf(attestation));
      }
    }
  }
}

/** The condition under which a reading's own way to a name is the one over the axis; null where it is that way. */
function agreement(
  manifest: SemanticManifest,
  facts: Facts,
  { schema, inputs }: Reading,
  axis: string,
  name: string,
): { readonly condition: ConditionOf<'I6'> | ConditionOf<'I9'>; readonly edge: string } | null {
  const [from, to] = [axis, name].map((each) => inputs.find((input) => input.name === each)?.access);
  const climb = climbFromAnchor(manifest, facts, [axis], name);
  // A dimension reached through a bridge is none that rows have.
  if (from === undefined || to === undefined || climb === undefined) return null;
  const over = [...from.steps, ...climb.steps].map((step) => step.edge);
  const own = to.steps.map((step) => step.edge);
  if (from.column === to.column && over.join() === own.join()) return null;
  const [only, ...others] = over;
  if (own.length === 0 && only !== undefined && others.length === 0) {
    return { condition: i9(schema, only), edge: only };
  }
  const edge = printEdges(climb.steps.flatMap((step) => edgeNamed(manifest, step.edge) ?? []));
  return { condition: i6(schema, name, [over, own]), edge };
}
