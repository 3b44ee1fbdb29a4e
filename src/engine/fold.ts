import type { Batch, Column, DictionaryColumn } from '../columns/column.ts';
import { columnLength, valueAt } from '../columns/column.ts';
import { INT64 } from '../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import { dictionaryKey, groupRows } from '../compose/grouping.ts';
import { computeState } from '../compose/state/compute-state.ts';
import { takeCodes, takeRows } from '../compose/take.ts';
import { isBackendState, STATES } from '../operators/state.ts';
import type { Atom } from '../planning/atom.ts';
import { mergeState } from './rollup/merge.ts';

/** What a backend gave for an atom: rows grouped by its base, and by a value or an order where its state is folded. */
export interface GroupedRows {
  readonly rowCount: number;
  /** In the order of `Atom.base`. */
  readonly base: readonly DictionaryColumn[];
  /** The value or order that rows are grouped by beside; null: nothing is folded. */
  readonly folded: Column | null;
  /** The columns of the state; of a folded one the number of rows, or the combining state. */
  readonly states: readonly Column[];
}

/** The distinct pairs of a bridge, its parents climbed to the dimension asked for. */
export interface MemberPairs {
  readonly dimension: string;
  readonly child: DictionaryColumn;
  readonly parent: DictionaryColumn;
}

/** An atom's anchor columns and state columns; `excess` as in ComputedAtom. */
export interface Folded {
  readonly batch: Batch;
  readonly excess: Scalar | null;
}

/** Makes an atom's state of grouped rows: members are spread over their parents, then states are folded or merged. */
export function fold(atom: Atom, rows: GroupedRows, pairs: readonly MemberPairs[]): Folded {
  const { state, argument, inputType } = atom;
  const types = STATES[state].columns(inputType ?? INT64, argument);
  if (rows.folded === null && pairs.length === 0) {
    return { batch: batchOf(atom, rows.rowCount, rows.base, rows.states, types), excess: null };
  }
  const spread = spreadMembers(atom, rows, pairs);
  const grouping = groupRows(spread.anchor.map(dictionaryKey), spread.rows.length, null);
  const taken = (column: Column) => (pairs.length === 0 ? column : takeRows(column, spread.rows));
  const [first] = rows.states;
  const columns =
    rows.folded === null
      ? mergeState(state, argument, rows.states.map(taken), grouping)
      : argument?.kind === 'period'
        ? computeState(
            { state, argument, inputType },
            { values: first === undefined ? null : taken(first), counts: null, order: taken(rows.folded) },
            grouping,
          )
        : computeState(
            { state, argument, inputType },
            { values: taken(rows.folded), counts: first === undefined ? null : taken(first), order: null },
            grouping,
          );
  const coordinate = spread.anchor.map((column) => takeCodes(column, grouping.rows));
  const adds = isBackendState(state) && STATES[state].merge === 'add' && pairs.length > 0;
  const excess = adds && first !== undefined ? difference(total(taken(first)), total(first)) : null;
  return { batch: batchOf(atom, grouping.groups.length, coordinate, columns, types), excess };
}

function batchOf(
  atom: Atom,
  rowCount: number,
  coordinate: readonly DictionaryColumn[],
  columns: readonly Column[],
  types: readonly { readonly name: string }[],
): Batch {
  const keys = atom.anchor.flatMap((name, i) => {
    const column = coordinate[i];
    return column === undefined ? [] : [{ name, column }];
  });
  const states = columns.map((column, i) => ({ name: types[i]?.name ?? '', column }));
  return { rowCount, fields: [...keys, ...states] };
}

/** Each row once for each of its parents, under NULL where it has none; the anchor's columns of these rows. */
function spreadMembers(
  { anchor, base, memberships }: Atom,
  rows: GroupedRows,
  pairs: readonly MemberPairs[],
): { readonly rows: Int32Array; readonly anchor: readonly DictionaryColumn[] } {
  let spread = Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  const parents = new Map<string, DictionaryColumn>();
  for (const { dimension, child } of memberships) {
    const members = pairs.find((each) => each.dimension === dimension);
    const own = rows.base[base.indexOf(child)];
    if (members === undefined || own === undefined) throw new RangeError(`fold: no pairs for ${dimension}`);
    const parentsOf = parentCodes(own, members);
    const sources: number[] = [];
    const codes: number[] = [];
    const kept: number[] = [];
    spread.forEach((row, at) => {
      for (const code of parentsOf[(own.codes[row] ?? -1) + 1] ?? [-1]) {
        sources.push(row);
        codes.push(code);
        kept.push(at);
      }
    });
    const places = Int32Array.from(kept);
    for (const [name, column] of parents) parents.set(name, takeCodes(column, places));
    parents.set(dimension, { ...members.parent, codes: Int32Array.from(codes) });
    spread = Int32Array.from(sources);
  }
  const columns = anchor.map((name) => {
    const parent = parents.get(name);
    if (parent !== undefined) return parent;
    const own = rows.base[base.indexOf(name)];
    if (own === undefined) throw new RangeError(`fold: ${name} is no base dimension`);
    return memberships.length === 0 ? own : takeCodes(own, spread);
  });
  return { rows: spread, anchor: columns };
}

/** The parents' codes of each child code, NULL (−1) first; a child without any has the one parent NULL. */
function parentCodes(own: DictionaryColumn, { child, parent }: MemberPairs): readonly (readonly number[])[] {
  const byChild = new Map<Scalar, number[]>();
  for (let row = 0; row < columnLength(child); row++) {
    const value = valueAt(child, row);
    const code = parent.codes[row] ?? -1;
    if (value === null || code < 0) continue;
    const known = byChild.get(value);
    if (known === undefined) byChild.set(value, [code]);
    else known.push(code);
  }
  return [[-1], ...own.values.map((value) => byChild.get(value) ?? [-1])];
}

function total(column: Column): Scalar {
  let exact = 0n;
  let double = 0;
  const isDouble = column.type.kind === 'double';
  for (let row = 0; row < columnLength(column); row++) {
    const value = valueAt(column, row);
    if (typeof value === 'bigint') exact += value;
    else if (typeof value === 'number') {
      if (isDouble) double += value;
      else exact += BigInt(value);
    }
  }
  return isDouble ? double : integerScalar(exact);
}

function difference(parts: Scalar, whole: Scalar): Scalar | null {
  if (typeof parts === 'number' && typeof whole === 'number') return parts - whole;
  const isExact = (value: Scalar) => typeof value === 'number' || typeof value === 'bigint';
  return isExact(parts) && isExact(whole) ? integerScalar(BigInt(parts) - BigInt(whole)) : null;
}
