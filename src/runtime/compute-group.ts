import {
  type AtomGroup,
  AtomOverflow,
  atomRows,
  type ComputedGroup,
  computedAtom,
  groupAtoms,
} from '../engine/compute.ts';
import { fold, type MemberPairs } from '../engine/fold.ts';
import type { ServeContext, ServedAtom } from '../engine/metric-engine.ts';
import type { Plan } from '../planning/plan.ts';
import { bridgeRows, columnsRead, requiredColumns } from '../planning/required-columns.ts';
import { BackendError } from '../protocol/backend-error.ts';
import { keyColumn } from '../protocol/table-column.ts';
import type { Input } from '../resolution/access.ts';
import type { Membership } from '../resolution/query.ts';
import type { BackendHost } from './backend-host.ts';
import { loweredRequest } from './lowered-request.ts';
import { requireBytes } from './moved-source.ts';

/** Computes a group of atoms on the backend, in one pass; where that overflows, each by itself to find which does. */
export function computeGroup(host: BackendHost): ServeContext['compute'] {
  const inOnePass = async (group: AtomGroup, signal: AbortSignal): Promise<ComputedGroup> => {
    const [first] = group.atoms;
    const required = requiredColumns(group.atoms);
    const values = (input: Input) => distinctValues(host, group, input, signal);
    const request = await loweredRequest(group.request, values);
    const pairs = await Promise.all(first.memberships.map((each) => memberPairs(host, each, signal)));
    const { batch, sourceHashes, statement, rowsScanned, milliseconds } = await host.aggregate(
      request,
      required,
      signal,
    );
    // What was planned over other bytes must not be kept, nor told, as if it were of those.
    const hashes = Object.assign({}, ...pairs.map((each) => each.sourceHashes), sourceHashes);
    for (const atom of group.atoms) requireBytes(atom.sourceHashes, (source) => hashes[source]);
    return new Map(
      group.atoms.map((atom) => {
        const folded = fold(atom, atomRows(group, atom, batch), pairs);
        return [atom.key, { ...folded, statement, rowsScanned, milliseconds }];
      }),
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

/** The distinct values that an input of a group's rows takes. */
async function distinctValues(host: BackendHost, { atoms, request }: AtomGroup, input: Input, signal: AbortSignal) {
  const asked = { table: request.table, inputs: [input], keys: [input.name], values: [], filter: null, states: [] };
  const { batch } = await host.aggregate(asked, requiredColumns(atoms), signal);
  return keyColumn(batch, input.name);
}

/** The distinct pairs of a bridge, its parents climbed to the dimension asked for. */
async function memberPairs(
  host: BackendHost,
  membership: Membership,
  signal: AbortSignal,
): Promise<MemberPairs & { readonly sourceHashes: Readonly<Record<string, string>> }> {
  const { dimension, type, source, parentColumn, parentType, steps } = membership;
  const { inputs } = bridgeRows(membership);
  const parent = { name: 'parent', type, access: { column: parentColumn, columnType: parentType, steps } };
  const read = [...inputs.filter((each) => each.name === 'child'), parent];
  const asked = { table: source, inputs: read, keys: ['child', 'parent'], values: [], filter: null, states: [] };
  const { batch, sourceHashes } = await host.aggregate(asked, columnsRead([bridgeRows(membership)], steps), signal);
  return { dimension, child: keyColumn(batch, 'child'), parent: keyColumn(batch, 'parent'), sourceHashes };
}
