import { type Batch, columnOf, type DictionaryColumn, type Field } from '../../columns/column.ts';
import { INT64, type LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import { climbSteps, climbValues } from '../../compose/climb.ts';
import { evaluatePredicate } from '../../compose/evaluate.ts';
import type { EdgeMap } from '../../compose/frame.ts';
import { type Grouping, type GroupingKey, groupRows } from '../../compose/grouping.ts';
import { cutDictionary } from '../../compose/take.ts';
import type { Expression } from '../../operators/expression.ts';
import { STATES, type StateArgument, type StateName } from '../../operators/state.ts';
import type { Step } from '../../resolution/access.ts';
import { mergeState } from './merge.ts';

/** A dimension that the entry does not hold, and how it is climbed from one of the entry's keys. */
export interface RollUpClimb {
  readonly name: string;
  /** A key of the entry. */
  readonly from: string;
  readonly steps: readonly Step[];
}

/** What to make of an entry. */
export interface RollUpRequest {
  /** The entry: its keys in dictionary form, then its state's columns. */
  readonly batch: Batch;
  readonly state: StateName;
  /** What the state is told beside its input; null: nothing. */
  readonly argument: StateArgument | null;
  /** null for states without input. */
  readonly inputType: LogicalType | null;
  /** Over keys and climbed names; rows where it is not TRUE are left out. null: none. */
  readonly filter: Expression | null;
  readonly climbs: readonly RollUpClimb[];
  /** The coarser anchor, in the order of the result's columns: each a key of the entry or a climbed name. */
  readonly keys: readonly string[];
}

/**
 * Rolls an entry up: filter, then climb, then group by the keys (NULL is a coordinate), then merge the states. The result
 * has the keys in dictionary form, then the state's columns. Without keys it is exactly one row, also of an entry
 * without rows. Where the keys' dictionaries ascend and the groups are few beside the rows, it is in coordinate order.
 * Throws `RangeError` on a state that does not merge, an unknown key and a missing edge map.
 */
export function rollUp(request: RollUpRequest, edgeMaps: ReadonlyMap<string, EdgeMap>): Batch {
  const { batch, state, argument, filter } = request;
  const stateColumns = STATES[state].columns(request.inputType ?? INT64, argument);
  // By place, for a dimension may bear a state column's name.
  const keyFields = batch.fields.slice(0, batch.fields.length - stateColumns.length);
  const entry = new Entry(batch.rowCount, keyFields, request.climbs, edgeMaps);
  const mask = filter === null ? null : evaluatePredicate(filter, (name) => entry.column(name), batch.rowCount);
  const keys = request.keys.map((name) => entry.key(name));
  const grouping = groupRows(keys, batch.rowCount, mask);
  const states = batch.fields.slice(keyFields.length).map(({ column }) => column);
  return {
    rowCount: grouping.groups.length,
    fields: [
      ...keys.map((key, i) => ({ name: request.keys[i] ?? '', column: keyColumn(key, grouping) })),
      ...mergeState(state, argument, states, grouping).map((column, i) => ({
        name: stateColumns[i]?.name ?? '',
        column,
      })),
    ],
  };
}

/** A grouping key that remembers what its slots stand for. */
interface EntryKey extends GroupingKey {
  readonly type: LogicalType;
  readonly values: readonly Scalar[];
}

/** An entry's keys, and what is climbed from them. */
class Entry {
  private readonly keys: Batch;
  private readonly climbs: readonly RollUpClimb[];
  private readonly edgeMaps: ReadonlyMap<string, EdgeMap>;

  constructor(
    rowCount: number,
    fields: readonly Field[],
    climbs: readonly RollUpClimb[],
    edgeMaps: ReadonlyMap<string, EdgeMap>,
  ) {
    this.keys = { rowCount, fields };
    this.climbs = climbs;
    this.edgeMaps = edgeMaps;
  }

  /** The rows' values of a name: what a filter reads. */
  column(name: string): DictionaryColumn {
    const { from, steps } = this.path(name);
    return climbSteps(from, steps, this.edgeMaps);
  }

  /** The name as a grouping key: climbed on distinct values only, rows keep the codes they have. */
  key(name: string): EntryKey {
    const { from, steps } = this.path(name);
    const climbed = climbValues(from, steps, this.edgeMaps);
    const size = climbed.values.length + 1;
    const slots = new Int32Array(from.values.length + 1);
    slots[0] = size - 1;
    climbed.codes.forEach((code, i) => {
      slots[i + 1] = code < 0 ? size - 1 : code;
    });
    return { codes: from.codes, slots, size, type: climbed.type, values: climbed.values };
  }

  private path(name: string): { readonly from: DictionaryColumn; readonly steps: readonly Step[] } {
    const climb = this.climbs.find((each) => each.name === name);
    const from = columnOf(this.keys, climb?.from ?? name);
    if (from.form !== 'dictionary') throw new RangeError(`roll-up: key ${name} is in ${from.form} form`);
    return { from, steps: climb?.steps ?? [] };
  }
}

function keyColumn(key: EntryKey, { rows }: Grouping): DictionaryColumn {
  const { type, values } = key;
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < codes.length; i++) {
    const slot = key.slots[(key.codes[rows[i] ?? 0] ?? -1) + 1] ?? values.length;
    codes[i] = slot < values.length ? slot : -1;
  }
  return cutDictionary({ form: 'dictionary', type, codes, values });
}
