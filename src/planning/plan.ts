import type { Condition } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { StateName } from '../operators/state.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Decision, FrameColumn, Level, Named, Proof, WindowCut } from '../resolution/query.ts';
import type { Atom } from './atom.ts';
import type { RequiredColumns } from './required-columns.ts';

export type { Decision, FrameColumn, Proof } from '../resolution/query.ts';

/** An operator finished from the states of atoms. `name` (`#0`, `#1`, …) is what expressions refer to. */
export interface Metric {
  readonly name: string;
  /** As a person reads it: `revenue`, `SUM(revenue - cost)`. */
  readonly label: string;
  readonly operator: OperatorName;
  /** Which part of the values it asks for, where it is a quantile. */
  readonly q: number | null;
  /** Its states, and the entry keys of the atoms that hold them. */
  readonly states: readonly StateName[];
  readonly atoms: readonly string[];
  readonly inputType: LogicalType;
  readonly type: LogicalType;
}

/** All that is computed at one anchor; `coordinates` is the entry key of an atom. */
export type PlanLevel = Level<Metric, string>;

/** Everything needed to answer, as data. Serialisable; pure function of manifest, facts and statement. */
export interface Plan {
  readonly fingerprint: string;
  readonly canonical: string;
  readonly astFingerprint: string;
  readonly manifestFingerprint: string;
  /** Anchor dimensions in the order the Frame shows them (the coordinate order). */
  readonly anchor: readonly Named[];
  /** Of all levels, each once. */
  readonly atoms: readonly Atom[];
  /** Atoms of other schemas that hold the same numbers (rule 4's survivors): entry key of the atom → substitutes. */
  readonly substitutes: Readonly<Record<string, readonly Atom[]>>;
  readonly level: PlanLevel;
  /** Over the names of the level; each reads only those before it. */
  readonly windows: readonly WindowCall[];
  readonly columns: readonly FrameColumn[];
  /** Over output column names; null: none. */
  readonly having: Expression | null;
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: { readonly count: number; readonly per: readonly string[] } | null;
  readonly decisions: readonly Decision[];
  readonly proofs: readonly Proof[];
  /** Conditions to attest before a number is read: not yet known, and able to change the answer's route. */
  readonly missing: readonly Condition[];
  /** What the columns determined by the anchor rest on; atoms carry their own. */
  readonly conditions: readonly Condition[];
  /** output column → source columns as `source.column` */
  readonly lineage: Readonly<Record<string, readonly string[]>>;
  /** source → columns that a backend needs for the chosen atoms and for determined columns. */
  readonly requiredColumns: RequiredColumns;
  /** Derived families used: name → formula as written. */
  readonly derived: Readonly<Record<string, string>>;
  /** Families whose declared block was crossed because the collection says `disclose`. */
  readonly blocked: readonly string[];
  /** Windows that look past what WHERE lets in. */
  readonly cuts: readonly WindowCut[];
}
