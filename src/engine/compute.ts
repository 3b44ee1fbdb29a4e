import type { Batch } from '../columns/column.ts';
import { INT64 } from '../columns/logical-type.ts';
import { STATES } from '../operators/state.ts';
import type { Atom } from '../planning/atom.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import { conjunction } from '../resolution/where.ts';

/** Atoms that one request answers: same rows, same anchor, same filter, same scope. */
export interface AtomGroup {
  readonly atoms: readonly [Atom, ...Atom[]];
  readonly request: AggregateRequest;
}

/** What a backend made of one atom. */
export interface ComputedAtom {
  readonly batch: Batch;
  readonly statement: string;
  readonly rowsScanned: number;
  readonly milliseconds: number;
}

/** An exact integer that an atom needs passed 127 bits on a backend: the atom has no value. */
export class AtomOverflow extends Error {
  override readonly name = 'AtomOverflow';
  readonly atom: Atom;

  constructor(atom: Atom, reason: string) {
    super(`${atom.family ?? atom.state} takes integers beyond 127 bits (${reason})`);
    this.atom = atom;
  }
}

/** What came of each atom of a group, by entry key. */
export type ComputedGroup = ReadonlyMap<string, ComputedAtom | AtomOverflow>;

/** What came of one atom. Throws `AtomOverflow` where that is what came of it. */
export function computedAtom(group: ComputedGroup, { key, source }: Atom): ComputedAtom {
  const computed = group.get(key);
  if (computed === undefined) throw new RangeError(`engine: the pass over ${source} gave no ${key}`);
  if (computed instanceof AtomOverflow) throw computed;
  return computed;
}

/** Groups atoms so that each group is one pass over the rows of one table. */
export function groupAtoms(atoms: readonly Atom[]): readonly AtomGroup[] {
  const groups = new Map<string, [Atom, ...Atom[]]>();
  for (const atom of atoms) {
    const key = passKey(atom);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [atom]);
    else group.push(atom);
  }
  return [...groups.values()].map((group) => ({ atoms: group, request: requestOf(group) }));
}

/** The states of one atom, taken out of the result of its group's request. */
export function atomBatch(group: AtomGroup, atom: Atom, result: Batch): Batch {
  const prefix = `${stateName(group.atoms.indexOf(atom))}_`;
  const keys = new Set(atom.anchor);
  const fields = result.fields.flatMap((field) => {
    if (keys.has(field.name)) return [field];
    return field.name.startsWith(prefix) ? [{ name: field.name.slice(prefix.length), column: field.column }] : [];
  });
  return { rowCount: result.rowCount, fields };
}

function requestOf(atoms: readonly [Atom, ...Atom[]]): AggregateRequest {
  const [first] = atoms;
  const inputs = new Map(atoms.flatMap((atom) => atom.inputs.map((input) => [input.name, input] as const)));
  return {
    table: first.source,
    inputs: [...inputs.values()],
    keys: first.anchor,
    filter: conjunction([first.scope, ...first.filter.map((term) => term.expression)]),
    states: atoms.flatMap((atom, i) => {
      const hasColumns = STATES[atom.state].columns(atom.inputType ?? INT64).length > 0;
      return hasColumns
        ? [{ name: stateName(i), state: atom.state, input: atom.input, inputType: atom.inputType }]
        : [];
    }),
  };
}

/** No dimension's name begins with `#`, so that no key of a request has the name of a state's column. */
function stateName(position: number): string {
  return `#${position}`;
}

/** What two atoms must share to be computed in one pass; accesses follow from schema and name. */
function passKey(atom: Atom): string {
  const accesses = atom.inputs.filter(
    (input) => atom.anchor.includes(input.name) || atom.filter.some((term) => term.names.includes(input.name)),
  );
  return JSON.stringify(
    [
      atom.source,
      atom.schema,
      atom.anchor,
      atom.filter.map((term) => term.key),
      atom.boundary,
      atom.scope === null ? null : atom.scope,
      accesses.map((input) => [input.name, input.access.column, input.access.steps.map((step) => step.edge)]),
    ],
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  );
}
