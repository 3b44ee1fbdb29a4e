import type { Facts } from '../resolution/facts.ts';
import type { Check, Judgement } from './check.ts';
import { NO_EXAMPLES } from './examples.ts';

/** The one count of what is not reached. */
export const UNREACHED: Judgement = { holds: false, counts: { unreached: 1 }, examples: NO_EXAMPLES };

/**
 * The check of a condition that names what its schema does not reach in these data, since the ways there are contradicted:
 * then it is contradicted too, and no answer rests on it. `sources` are those that it would read.
 */
export function unreached(sources: readonly string[], facts: Facts): Check {
  // Whatever contradicts an edge or a path may stand in the way; new bytes of it may clear the way.
  const inTheWay = [...facts.attestations.values()].flatMap(({ status, condition, sourceHashes }) =>
    status === 'contradicted' && (condition.id === 'I4' || condition.id === 'I6') ? Object.keys(sourceHashes) : [],
  );
  return { sources: [...new Set([...sources, ...inTheWay])], columns: {}, judge: async () => UNREACHED };
}
