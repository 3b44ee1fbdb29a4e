import type { Batch } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';

/** The finished columns, in the order shown; `types` runs parallel to the fields. */
export interface FrameData {
  readonly batch: Batch;
  readonly types: readonly LogicalType[];
  /** How many leading-kind columns identify a row: names of the anchor columns. */
  readonly anchor: readonly string[];
}

/** The state columns of one atom: its anchor dimensions (by name, in the atom's order), then its state's columns. */
export interface AtomStates {
  readonly key: string;
  readonly batch: Batch;
}

/** The pairs of an edge: `parents[i]` belongs to `children[i]`; children are distinct and non-null. Both are dictionary or number columns of one length. */
export interface EdgeMap {
  readonly edge: string;
  readonly pairs: Batch; // fields `child`, `parent`
}

/** Compose refuses only for this: a finished exact value outside int64. */
export type ComposeResult =
  | { readonly ok: true; readonly frame: FrameData }
  | { readonly ok: false; readonly code: 'OVERFLOW'; readonly column: string; readonly coordinate: readonly string[] };
