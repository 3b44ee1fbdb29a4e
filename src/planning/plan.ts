import type { Condition } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { Step } from './access.ts';
import type { Atom } from './atom.ts';

/** An operator finished from the states of atoms. `name` (`m0`, `m1`, …) is what series expressions refer to. */
export interface Metric {
  readonly name: string;
  readonly operator: OperatorName;
  /** Entry keys of the atoms, in the order of the operator's states. */
  readonly atoms: readonly string[];
  readonly inputType: LogicalType;
  readonly type: LogicalType;
}

/** A column of the Frame, in the order shown. */
export type FrameColumn =
  | { readonly kind: 'anchor'; readonly name: string; readonly dimension: string; readonly type: LogicalType }
  /** Determined by the anchor: climbed from an anchor dimension. */
  | {
      readonly kind: 'determined';
      readonly name: string;
      readonly from: string;
      readonly steps: readonly Step[];
      readonly type: LogicalType;
    }
  /** An expression over metrics (by Metric.name) and anchor dimensions (by dimension name). */
  | { readonly kind: 'series'; readonly name: string; readonly expression: Expression; readonly type: LogicalType };

/** A choice with what was not chosen and why. */
export interface Decision {
  readonly domain: 'schema' | 'route' | 'backend';
  readonly subject: string;
  readonly chosen: string;
  readonly alternatives: readonly { readonly name: string; readonly reason: string }[];
}

/** What a conclusion rests on. */
export interface Proof {
  readonly kind: 'fd_holds' | 'partition_invariant' | 'grain_unique' | 'sibling_coherent';
  readonly subject: string;
  readonly basis: 'declared' | 'attested' | 'construction';
  readonly holds: boolean;
}

/** Everything needed to answer, as data. Serialisable; pure function of manifest, facts and statement. */
export interface Plan {
  readonly fingerprint: string;
  readonly canonical: string;
  readonly astFingerprint: string;
  readonly manifestFingerprint: string;
  /** Anchor dimensions in the order the Frame shows them (the coordinate order). */
  readonly anchor: readonly { readonly name: string; readonly type: LogicalType }[];
  readonly atoms: readonly Atom[];
  /** Atoms of other schemas that hold the same numbers (rule 4's survivors): entry key of the atom → substitutes. */
  readonly substitutes: Readonly<Record<string, readonly Atom[]>>;
  readonly metrics: readonly Metric[];
  readonly columns: readonly FrameColumn[];
  /** Over output column names; null: none. */
  readonly having: Expression | null;
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: { readonly count: number; readonly per: readonly string[] } | null;
  readonly decisions: readonly Decision[];
  readonly proofs: readonly Proof[];
  /** Conditions to attest before a number is read: not yet known, and able to change the answer's route. */
  readonly missing: readonly Condition[];
  /** Every condition the answer rests on (its level is a function of these). */
  readonly conditions: readonly Condition[];
  /** output column → source columns as `source.column` */
  readonly lineage: Readonly<Record<string, readonly string[]>>;
  /** source → physical columns an answer needs, for each source that any atom may read. */
  readonly requiredColumns: Readonly<Record<string, readonly string[]>>;
  readonly limitWithoutOrder: boolean;
}
