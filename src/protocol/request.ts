import type { LogicalType } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { BackendState } from '../operators/state.ts';
import type { Input } from '../resolution/access.ts';

/** One state to compute; its columns come back as `<name>_<state column>`, e.g. `s0_sum`, `s1_low`, `s1_high`. */
export interface StateRequest {
  readonly name: string;
  readonly state: BackendState;
  /** Over `inputs`; null for states without input. */
  readonly input: Expression | null;
  readonly inputType: LogicalType | null;
}

/**
 * Group the rows of a loaded table and compute states. Meaning: for each row, evaluate `inputs` (own column, then
 * climbs over the distinct (child, parent) pairs of a loaded lookup; unmatched → NULL; climbs never change the number
 * of rows); keep rows where `filter` is TRUE; group by `keys` and `values` with NULL equal to NULL; compute `states` per
 * group. Without keys and values the result is exactly one row, also over no rows (sum, min, max, median NULL; count, rows, distinct 0).
 * Without states the result is the distinct keys. Expressions hold no text or date function: those are `in` and `map`.
 */
export interface AggregateRequest {
  /** Name of the loaded table: the source's name. */
  readonly table: string;
  readonly inputs: readonly Input[];
  /** Names of inputs; the result's first columns, in this order, under these names. */
  readonly keys: readonly string[];
  /** Expressions that are grouped by like keys; their columns follow the keys', under their names. */
  readonly values: readonly { readonly name: string; readonly expression: Expression }[];
  readonly filter: Expression | null;
  readonly states: readonly StateRequest[];
}

/**
 * Arrow IPC stream bytes, with what was done to get them. Columns: keys, values, then state columns. Arrow types: text Utf8 (or
 * Dictionary of Utf8), int64 Int64, decimal(n) keys and min/max/low/high Int64 units, double Float64, bool Bool,
 * date Date32; exact sums Decimal128 or Int64 units; counts Int64. `decodeAggregate` turns them into a Batch.
 */
export interface AggregateResult {
  readonly ipc: Uint8Array;
  readonly rowsScanned: number;
  readonly milliseconds: number;
  /** The statement run (SQL) or the verbs; a key that travels as codes stands there as the text that it gives. */
  readonly statement: string;
}

/** What loading a table took. */
export interface LoadReport {
  readonly table: string;
  readonly rows: number;
  readonly milliseconds: number;
  readonly bytesHeld: number;
}

/** Columns for a table, as one Arrow IPC stream: text Utf8 or Dictionary, exact numbers Int64 units, dates Date32. */
export interface LoadRequest {
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: LogicalType }[];
  readonly ipc: Uint8Array;
  readonly rowCount: number;
}
