import type { Attestation, Condition, VerificationLevel } from '../collection/attestation.ts';

/** How far an answer that rests on these conditions is proven: AAA all verified, AA all run, A not all run. */
export function level(
  conditions: readonly Condition[],
  attestations: ReadonlyMap<string, Attestation>,
): VerificationLevel {
  const statuses = conditions.map((condition) => attestations.get(condition.key)?.status);
  if (statuses.includes(undefined)) return 'A';
  return statuses.includes('contradicted') ? 'AA' : 'AAA';
}
