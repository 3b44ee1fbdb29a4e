import type { Attestation } from '../collection/attestation.ts';
import { i10 } from '../collection/conditions.ts';
import type { RootFamily, SemanticManifest } from '../collection/manifest.ts';
import { INT64 } from '../columns/logical-type.ts';
import { OPERATORS, type OperatorName } from '../operators/catalog.ts';
import { familyOrder, measureName, valueOnly } from '../resolution/aggregate.ts';
import { schemaNamed } from '../resolution/edge-step.ts';
import type { Facts } from '../resolution/facts.ts';
import { Reaches } from '../resolution/reach.ts';
import { type Candidate, candidatesOf, type Place } from '../resolution/readings.ts';
import { declaredTerms } from './declared-terms.ts';
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
  const value = column === null ? null : ({ kind: 'column', name: measureName(column), type: inputType } as const);
  const aggregate = {
    ...valueOnly(value),
    ...familyOrder(family, definition),
    name: 'm0',
    label: family.name,
    operator: definition,
    families: [family],
    inputType,
    type: definition.result(inputType),
    expr: { kind: 'name', name: family.name, quoted: false, span: { from: 0, to: 0 } } as const,
  };
  return candidatesOf(manifest, aggregate, schemaNamed(manifest, schema));
}

/** Where a question without a filter of its own is asked. */
export function placeAt({ manifest, facts }: Scene, anchor: readonly string[]): Place {
  return {
    manifest,
    facts,
    reaches: new Reaches(manifest, facts),
    anchor,
    memberships: [],
    filter: [],
    declared: declaredTerms(manifest),
  };
}

/**
 * The facts as they would be if the family's siblings were all coherent: a sibling is read only where it is, and how it
 * would be read has to be known before that can be checked.
 */
export function supposingCoherence(facts: Facts, { name, root, siblings }: RootFamily): Facts {
  const supposed = siblings.map(({ schema, operator }): [string, Attestation] => {
    const condition = i10(name, root.schema, schema, operator);
    return [
      condition.key,
      { condition, status: 'verified', sourceHashes: {}, boundary: null, counts: {}, examples: NO_EXAMPLES },
    ];
  });
  return { ...facts, attestations: new Map([...facts.attestations, ...supposed]) };
}
