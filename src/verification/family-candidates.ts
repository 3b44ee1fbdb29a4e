import type { Attestation, Condition } from '../collection/attestation.ts';
import { i10 } from '../collection/conditions.ts';
import type { RootFamily, SemanticManifest } from '../collection/manifest.ts';
import { INT64 } from '../columns/logical-type.ts';
import { OPERATORS, type OperatorName } from '../operators/catalog.ts';
import type { Facts } from '../resolution/facts.ts';
import { type Candidate, candidatesOf, type Place } from '../resolution/readings.ts';
import { measureName } from '../resolution/series.ts';
import { declaredTerms } from './declared-terms.ts';
import { schemaNamed } from './edge-step.ts';
import { NO_EXAMPLES } from './examples.ts';
import type { Scene } from './verification-context.ts';

/** The schemas that hold a family under an operator: its root first, then the siblings that may serve in its place. */
export function familyCandidates(
  manifest: SemanticManifest,
  family: RootFamily,
  operator: OperatorName,
): readonly Candidate[] {
  const { column, schema } = family.root;
  const inputType = column === null ? INT64 : family.type;
  const definition = OPERATORS[operator];
  const aggregate = {
    name: 'm0',
    label: family.name,
    operator: definition,
    families: [family],
    value: column === null ? null : ({ kind: 'column', name: measureName(column), type: inputType } as const),
    inputType,
    type: definition.result(inputType),
    expr: { kind: 'name', name: family.name, quoted: false, span: { from: 0, to: 0 } } as const,
  };
  return candidatesOf(manifest, aggregate, schemaNamed(manifest, schema));
}

/** I10 of a candidate; null for a root. */
export function coherence(candidate: Candidate, operator: OperatorName): Condition | null {
  if (candidate.sibling === null) return null;
  const { family, root } = candidate.sibling;
  return i10(family.name, root.name, candidate.schema.name, operator);
}

/** Where a question without a filter of its own is asked. */
export function placeAt({ manifest, facts }: Scene, anchor: readonly string[]): Place {
  return { manifest, facts, anchor, filter: [], declared: declaredTerms(manifest) };
}

/**
 * The facts as they would be if conditions were verified: a sibling is read only where it is coherent, and how it would
 * be read has to be known before that can be checked.
 */
export function supposing(facts: Facts, conditions: readonly (Condition | null)[]): Facts {
  const supposed = conditions.flatMap((condition): [string, Attestation][] => {
    if (condition === null) return [];
    const attestation = {
      status: 'verified',
      sourceHashes: {},
      boundary: null,
      counts: {},
      examples: NO_EXAMPLES,
    } as const;
    return [[condition.key, { condition, ...attestation }]];
  });
  return { ...facts, attestations: new Map([...facts.attestations, ...supposed]) };
}
