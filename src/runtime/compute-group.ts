import {
  type AtomGroup,
  AtomOverflow,
  atomBatch,
  type ComputedGroup,
  computedAtom,
  groupAtoms,
} from '../engine/compute.ts';
import type { ServeContext, ServedAtom } from '../engine/metric-engine.ts';
import type { Plan } from '../planning/plan.ts';
import { requiredColumns } from '../planning/required-columns.ts';
import { BackendError } from '../protocol/backend-error.ts';
import type { BackendHost } from './backend-host.ts';
import { requireBytes } from './moved-source.ts';

/** Computes a group of atoms on the backend, in one pass; where that overflows, each by itself to find which does. */
export function computeGroup(host: BackendHost): ServeContext['compute'] {
  const inOnePass = async (group: AtomGroup, signal: AbortSignal): Promise<ComputedGroup> => {
    const { batch, sourceHashes, statement, rowsScanned, milliseconds } = await host.aggregate(
      group.request,
      requiredColumns(group.atoms),
      signal,
    );
    // What was planned over other bytes must not be kept, nor told, as if it were of those.
    for (const atom of group.atoms) requireBytes(atom.sourceHashes, (source) => sourceHashes[source]);
    return new Map(
      group.atoms.map((atom) => [
        atom.key,
        { batch: atomBatch(group, atom, batch), statement, rowsScanned, milliseconds },
      ]),
    );
  };
  const compute = async (group: AtomGroup, signal: AbortSignal): Promise<ComputedGroup> => {
    try {
      return await inOnePass(group, signal);
    } catch (error) {
      if (!(error instanceof BackendError && error.fault.code === 'OUT_OF_RANGE')) throw error;
      const [first, ...others] = group.atoms;
      if (others.length === 0) return new Map([[first.key, new AtomOverflow(first, error.fault.reason)]]);
      const alone = group.atoms.flatMap((atom) => groupAtoms([atom]));
      const computed = await Promise.all(alone.map((each) => compute(each, signal)));
      return new Map(computed.flatMap((each) => [...each]));
    }
  };
  return compute;
}

/** Computes all atoms of a plan, none of them kept. Rejects with `AtomOverflow` where one has no exact value. */
export async function withoutEngine(
  plan: Plan,
  compute: ServeContext['compute'],
  signal?: AbortSignal,
): Promise<readonly ServedAtom[]> {
  const groups = groupAtoms(plan.atoms);
  const results = await Promise.all(groups.map((group) => compute(group, signal ?? new AbortController().signal)));
  const computed = new Map(results.flatMap((result) => [...result]));
  return plan.atoms.map((atom) => ({
    atom,
    ...computedAtom(computed, atom),
    path: 'backend',
    entry: null,
    steps: [],
    notCheaper: ['the engine is off'],
  }));
}
