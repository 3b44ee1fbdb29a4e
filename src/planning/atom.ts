import type { Condition } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { StateArgument, StateName } from '../operators/state.ts';
import type { Input } from '../resolution/access.ts';
import type { FilterTerm, Membership } from '../resolution/query.ts';

export type { FilterTerm } from '../resolution/query.ts';

/**
 * The unit that the metric engine serves: one state of one input at one anchor under one filter. Two atoms with the
 * same `stateKey` differ only in anchor and query filter, so one may be rolled up from the other's entry.
 */
export interface Atom {
  /** Entry key: fingerprint('entry', …) of everything the numbers depend on, source hashes included. */
  readonly key: string;
  /** fingerprint('state', …) of input, condition, state, schema, declared filter, boundary and the schema's source hash. */
  readonly stateKey: string;
  /** Metric family it is of; null for rows and operators over dimensions. Display only. */
  readonly family: string | null;
  readonly schema: string;
  readonly source: string;
  readonly state: StateName;
  readonly argument: StateArgument | null;
  /** What is aggregated, over `inputs`; null for states without input. */
  readonly input: Expression | null;
  readonly inputType: LogicalType | null;
  /** Anchor dimensions sorted by name (the anchor signature). Each but those of memberships is one of `inputs`. */
  readonly anchor: readonly string[];
  /** Dimensions of the anchor that are reached by membership on purpose; such an atom is never kept, nor rolled up. */
  readonly memberships: readonly Membership[];
  /** What rows are grouped by first: the anchor, with the children of memberships in the place of their dimensions. Sorted. */
  readonly base: readonly string[];
  /** Query filter: AND of terms; the key of each tells also how its names are reached from the rows. */
  readonly filter: readonly FilterTerm[];
  /** Always applied, before the query filter: declared filter, the root's own condition, stability boundary. */
  readonly scope: Expression | null;
  /** Every named value that anchor, filter, scope and input refer to, sorted by name. */
  readonly inputs: readonly Input[];
  /** Effective stability boundary as a day number; null: none. */
  readonly boundary: number | null;
  /** source → content hash, for the schema's source and each lookup climbed. */
  readonly sourceHashes: Readonly<Record<string, string>>;
  /** What the numbers rest on. */
  readonly conditions: readonly Condition[];
  /** false: the state does not merge; it is never rolled up from or to. */
  readonly rollable: boolean;
  /** Dimension families that a declared block is crossed along on purpose. */
  readonly blockedAlong: readonly string[];
  /** false: a block is crossed, or members are counted; it is never kept, nor made of entries. */
  readonly memoise: boolean;
  /** Rows of the schema's source, for messages and choices. */
  readonly sourceRows: number;
}
