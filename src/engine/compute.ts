import { type Batch, columnOf } from '../columns/column.ts';
import type { Scalar } from '../columns/scalar.ts';
import type { Expression } from '../operators/expression.ts';
import { isBackendState, isMergeable } from '../operators/state.ts';
import type { Atom } from '../planning/atom.ts';
import type { AggregateRequest, StateRequest } from '../protocol/request.ts';
import { keyColumn } from '../protocol/table-column.ts';
import { conjunction } from '../resolution/where.ts';
import type { GroupedRows } from './fold.ts';

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
  /** By how much the parts exceed the whole, where members count in several of them, in units; null: nothing is added up. */
  readonly excess: Scalar | null;
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

/** What comes back for one atom of a group's request: its base columns, what folding reads, and its state's columns. */
export function atomRows(group: AtomGroup, atom: Atom, result: Batch): GroupedRows {
  const prefix = `${stateName(group.atoms.indexOf(atom))}_`;
  const base = atom.base.map((name) => keyColumn(result, name));
  const pass = passOf(atom);
  const folded = pass.kind === 'values' ? VALUE : pass.kind === 'periods' ? pass.order : null;
  const states = result.fields.filter((field) => field.name.startsWith(prefix)).map((field) => field.column);
  return { rowCount: result.rowCount, base, folded: folded === null ? null : columnOf(result, folded), states };
}

/** How a pass over the rows groups them, beside the base. */
type Pass =
  | { readonly kind: 'states' }
  /** By the state's input as well: rows of (base, value, count). */
  | { readonly kind: 'values'; readonly expression: Expression }
  /** By an order as well: rows of (base, order, combining state). */
  | { readonly kind: 'periods'; readonly order: string };

function passOf({ state, argument, input, memberships }: Atom): Pass {
  if (argument?.kind === 'period') return { kind: 'periods', order: argument.order };
  // Rows that count in several cells are told apart by their values where their states could not be merged.
  const isMerged = isMergeable(state) || memberships.length === 0;
  if (input === null || (isBackendState(state) && isMerged)) return { kind: 'states' };
  return { kind: 'values', expression: input };
}

function requestOf(atoms: readonly [Atom, ...Atom[]]): AggregateRequest {
  const [first] = atoms;
  const inputs = new Map(atoms.flatMap((atom) => atom.inputs.map((input) => [input.name, input] as const)));
  const pass = passOf(first);
  const isOrderKey = pass.kind === 'periods' && !first.base.includes(pass.order);
  return {
    table: first.source,
    inputs: [...inputs.values()],
    keys: isOrderKey ? [...first.base, pass.order] : first.base,
    values: pass.kind === 'values' ? [{ name: VALUE, expression: pass.expression }] : [],
    filter: conjunction([first.scope, ...first.filter.map((term) => term.expression)]),
    states: atoms.flatMap((atom, i) => requestedState(atom, stateName(i)) ?? []),
  };
}

function requestedState(atom: Atom, name: string): StateRequest | undefined {
  const { state, argument, input, inputType } = atom;
  switch (passOf(atom).kind) {
    case 'values':
      return { name, state: 'rows', input: null, inputType: null };
    case 'periods':
      return argument?.kind === 'period' ? { name, state: argument.combine, input, inputType } : undefined;
    case 'states':
      return isBackendState(state) && state !== 'coordinates' ? { name, state, input, inputType } : undefined;
  }
}

/** No dimension's name begins with `#`, so that no key of a request has the name of a state's column. */
function stateName(position: number): string {
  return `#${position}`;
}

/** The column of the values that a pass groups by. */
const VALUE = '#value';

/** What two atoms must share to be computed in one pass; accesses follow from schema and name. */
function passKey(atom: Atom): string {
  const pass = passOf(atom);
  const ordered = pass.kind === 'periods' ? [pass.order] : [];
  const accesses = atom.inputs.filter(
    (input) =>
      atom.base.includes(input.name) ||
      ordered.includes(input.name) ||
      atom.filter.some((term) => term.names.includes(input.name)),
  );
  return JSON.stringify(
    [
      atom.source,
      atom.schema,
      atom.anchor,
      atom.base,
      atom.memberships,
      pass,
      atom.filter.map((term) => term.key),
      atom.boundary,
      atom.scope === null ? null : atom.scope,
      accesses.map((input) => [input.name, input.access.column, input.access.steps.map((step) => step.edge)]),
    ],
    (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
  );
}
