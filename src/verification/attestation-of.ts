import { compareCodePoints } from '../canon/code-point.ts';
import type { Attestation, Condition } from '../collection/attestation.ts';
import type { Judgement } from './check.ts';
import { conditionBoundary } from './condition-boundary.ts';
import type { Scene } from './verification-context.ts';

/**
 * What was found of a condition, with the bytes of `sources` and the boundary that it holds for. Throws `RangeError` for
 * a source that was not read yet.
 */
export function attestationOf(
  condition: Condition,
  sources: readonly string[],
  { holds, counts, examples }: Judgement,
  { manifest, facts }: Scene,
): Attestation {
  const hashes = [...sources].sort(compareCodePoints).map((source): [string, string] => {
    const hash = facts.snapshots.get(source)?.contentHash;
    if (hash === undefined) {
      throw new RangeError(`source ${source}: no snapshot of it; read it before conditions on it are checked`);
    }
    return [source, hash];
  });
  return {
    condition,
    status: holds ? 'verified' : 'contradicted',
    sourceHashes: Object.fromEntries(hashes),
    boundary: conditionBoundary(condition, manifest, facts),
    counts,
    examples,
  };
}
