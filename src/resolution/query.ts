import type { Condition } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { Input, Step } from './access.ts';

/** A column of the Frame, in the order shown. */
export type FrameColumn =
  | { readonly kind: 'anchor'; readonly name: string; readonly dimension: string; readonly type: LogicalType }
  /** Determined by the anchor: climbed from the anchor dimension `from`. */
  | {
      readonly kind: 'determined';
      readonly name: string;
      /** The dimension or attribute climbed to; series expressions refer to it by this name. */
      readonly target: string;
      /** Not shown: only a series expression needs it. */
      readonly hidden: boolean;
      readonly from: string;
      readonly steps: readonly Step[];
      readonly type: LogicalType;
    }
  /** An expression over metrics (`#0`, …), anchor dimensions and determined names (by logical name). */
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

/** One AND term of the query's filter over dimensions and attributes. */
export interface FilterTerm {
  /** Fingerprint of the canonical expression: equal terms have equal keys. */
  readonly key: string;
  readonly expression: Expression;
  /** Names (dimensions, attributes) it reads, sorted. */
  readonly names: readonly string[];
}

/** One way to read an aggregate: a schema, and how each name is reached from its rows. */
export interface Reading {
  readonly schema: string;
  readonly source: string;
  readonly rows: number;
  /** What is aggregated, over `inputs`; null: the rows. */
  readonly input: Expression | null;
  readonly inputs: readonly Input[];
  /** Declared filter, root condition and stability boundary; null: none. */
  readonly scope: Expression | null;
  readonly boundary: number | null;
  readonly conditions: readonly Condition[];
  /** `source.column` read for the value. */
  readonly lineage: readonly string[];
}

/** An operator over an input, and the readings that may serve it: the chosen one first. */
export interface ResolvedMetric {
  readonly name: string;
  /** As a person reads it: `revenue`, `SUM(revenue - cost)`. */
  readonly label: string;
  readonly family: string | null;
  readonly operator: OperatorName;
  readonly inputType: LogicalType;
  readonly type: LogicalType;
  readonly readings: readonly [Reading, ...Reading[]];
  /** A declared block was crossed because the collection says `disclose`. */
  readonly blocked: readonly string[];
}

/** A statement with every name settled. */
export interface ResolvedQuery {
  readonly canonical: string;
  readonly astFingerprint: string;
  readonly manifestFingerprint: string;
  /** In the order the Frame shows them. */
  readonly anchor: readonly { readonly name: string; readonly type: LogicalType }[];
  readonly columns: readonly FrameColumn[];
  readonly metrics: readonly ResolvedMetric[];
  /** Without any metric: whose distinct coordinates the Frame lists. */
  readonly coordinates: Reading | null;
  readonly filter: readonly FilterTerm[];
  readonly having: Expression | null;
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: { readonly count: number; readonly per: readonly string[] } | null;
  readonly decisions: readonly Decision[];
  readonly proofs: readonly Proof[];
  readonly missing: readonly Condition[];
  /** What the determined columns rest on; readings carry their own. */
  readonly conditions: readonly Condition[];
  readonly lineage: Readonly<Record<string, readonly string[]>>;
  /** Derived families used: name → formula as written. */
  readonly derived: Readonly<Record<string, string>>;
}
