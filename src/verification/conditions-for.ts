import { compareCodePoints } from '../canon/code-point.ts';
import type { Condition, ConditionId } from '../collection/attestation.ts';
import type { RootFamily, SemanticManifest } from '../collection/manifest.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Facts } from '../resolution/facts.ts';
import { type Candidate, readFrom } from '../resolution/readings.ts';
import { familyCandidates, placeAt, supposingCoherence } from './family-candidates.ts';

/** The order in which warm-up verifies: declarations, lookups, single passes, then what compares two tables. */
const ORDER: readonly ConditionId[] = ['I1', 'I4', 'I8', 'I3', 'I2', 'I11', 'I5', 'I9', 'I6', 'I10'];

/**
 * What the hinted entries rest on, and what the siblings rest on that may serve in their place, each condition once. What
 * cannot be read, or is not reached in these data, has no conditions here.
 */
export function conditionsFor(manifest: SemanticManifest, facts: Facts): readonly Condition[] {
  const conditions = new Map<string, Condition>();
  for (const family of manifest.metricFamilies) {
    if (family.kind !== 'root' || family.materializeAt.length === 0) continue;
    for (const condition of familyConditions(manifest, facts, family)) conditions.set(condition.key, condition);
  }
  return [...conditions.values()].sort(
    (a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id) || compareCodePoints(a.key, b.key),
  );
}

function familyConditions(manifest: SemanticManifest, facts: Facts, family: RootFamily): readonly Condition[] {
  const operator = hintedOperator(family);
  if (operator === undefined) return [];
  const candidates = familyCandidates(manifest, family, operator);
  const supposed = supposingCoherence(facts, family);
  const read = (candidate: Candidate, anchor: readonly string[]) =>
    readFrom(placeAt({ manifest, facts: supposed }, anchor), candidate);
  const conditionsAt = (candidate: Candidate, anchor: readonly string[]) => {
    const result = read(candidate, anchor);
    return result.ok ? [...result.missing, ...result.reading.conditions] : [];
  };
  const [root, ...siblings] = candidates;
  if (root === undefined) return [];
  const hinted = (candidate: Candidate) => family.materializeAt.flatMap((anchor) => conditionsAt(candidate, anchor));
  return [
    ...hinted(root),
    ...siblings.flatMap((sibling) => {
      // Siblings are compared at their own grain, whatever the anchors of the hints.
      const { grain } = sibling.schema;
      const compared = read(root, grain);
      return compared.ok ? [...compared.missing, ...conditionsAt(sibling, grain), ...hinted(sibling)] : [];
    }),
  ];
}

/** What the family's bare name means: the operator whose states a hint keeps. */
function hintedOperator(family: RootFamily): OperatorName | undefined {
  const operator = family.reducer ?? family.ipReducers[0]?.operator;
  return family.root.column === null && operator === 'COUNT' ? 'COUNT(*)' : operator;
}
