import type { Condition } from '../collection/attestation.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { OperatorName, StateUse } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import type { WindowCall } from '../operators/window.ts';
import type { Input, Step } from './access.ts';

/** A name with its type: a dimension of an anchor. */
export interface Named {
  readonly name: string;
  readonly type: LogicalType;
}

/** A column of the Frame, in the order shown. */
export type FrameColumn =
  | { readonly kind: 'anchor'; readonly name: string; readonly dimension: string; readonly type: LogicalType }
  /** A dimension or attribute that the anchor determines; its level says how it is climbed to. */
  | { readonly kind: 'determined'; readonly name: string; readonly target: string; readonly type: LogicalType }
  /** An expression over the names of the top level: metrics (`#0`, …), dimensions and what they determine. */
  | { readonly kind: 'series'; readonly name: string; readonly expression: Expression; readonly type: LogicalType };

/** A name that an anchor determines: climbed from its dimension `from`. */
export interface Determined {
  readonly target: string;
  readonly from: string;
  readonly steps: readonly Step[];
  readonly type: LogicalType;
}

/**
 * All that is computed at one anchor. Expressions at a level refer to its dimensions and determined names by their own
 * names, and to metrics, reductions and replicas by theirs (`#0`, `#1`, …), which are unique in the whole query.
 */
export interface Level<Metric, Rows> {
  readonly anchor: readonly Named[];
  readonly metrics: readonly Metric[];
  /** Whose distinct coordinates the level has where nothing else tells them. */
  readonly coordinates: Rows | null;
  readonly reductions: readonly Reduction<Metric, Rows>[];
  readonly replicas: readonly Replica<Metric, Rows>[];
  readonly determined: readonly Determined[];
}

/** An operator over an inner anchor: `AVG(revenue @ (day))`. */
export interface Reduction<Metric, Rows> {
  readonly name: string;
  readonly label: string;
  readonly operator: OperatorName;
  readonly q: number | null;
  readonly inputType: LogicalType;
  readonly type: LogicalType;
  /** Over the names of the inner level, whose anchor holds that of the outer one. */
  readonly states: readonly StateUse[];
  readonly inner: Level<Metric, Rows>;
}

/** A value at exactly its own anchor, which the outer one determines: `revenue @ ()`. */
export interface Replica<Metric, Rows> {
  readonly name: string;
  readonly label: string;
  /** Over the names of `level`. */
  readonly value: Expression;
  readonly level: Level<Metric, Rows>;
  readonly type: LogicalType;
}

/** A dimension that is reached by membership on purpose: each of `child` counts once in each of its parents. */
export interface Membership {
  readonly dimension: string;
  readonly type: LogicalType;
  readonly child: string;
  /** Bridge.id */
  readonly bridge: string;
  /** The bridge's table, and its columns. */
  readonly source: string;
  readonly childColumn: string;
  readonly childType: LogicalType;
  readonly parentColumn: string;
  readonly parentType: LogicalType;
  /** From the bridge's parent to the dimension. */
  readonly steps: readonly Step[];
}

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
  /** What is computed, over `inputs`. */
  readonly states: readonly StateUse[];
  readonly inputs: readonly Input[];
  readonly memberships: readonly Membership[];
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
  readonly q: number | null;
  readonly inputType: LogicalType;
  readonly type: LogicalType;
  readonly readings: readonly [Reading, ...Reading[]];
  /** A declared block is crossed because the collection says `disclose`: what is read so is never kept. */
  readonly blocked: readonly string[];
}

export type ResolvedLevel = Level<ResolvedMetric, Reading>;

/** A window that looks past what WHERE lets in. */
export interface WindowCut {
  /** As it is written. */
  readonly window: string;
  /** The name that WHERE filters by. */
  readonly name: string;
  /** The question that looks past the filter and then keeps the rows with HAVING; null: it cannot be told so. */
  readonly past: string | null;
}

/** A statement with every name settled. */
export interface ResolvedQuery {
  readonly canonical: string;
  readonly astFingerprint: string;
  readonly manifestFingerprint: string;
  /** In the order the Frame shows them. */
  readonly anchor: readonly Named[];
  readonly level: ResolvedLevel;
  /** In an order in which each reads only those before it. */
  readonly windows: readonly WindowCall[];
  readonly columns: readonly FrameColumn[];
  readonly filter: readonly FilterTerm[];
  readonly having: Expression | null;
  readonly order: readonly { readonly column: string; readonly descending: boolean }[];
  readonly limit: { readonly count: number; readonly per: readonly string[] } | null;
  readonly decisions: readonly Decision[];
  readonly proofs: readonly Proof[];
  readonly missing: readonly Condition[];
  /** What the determined columns rest on; readings carry their own. */
  readonly conditions: readonly Condition[];
  /** Derived families used: name → formula as written. */
  readonly derived: Readonly<Record<string, string>>;
  /** Dimension families whose declared block is crossed because the collection says `disclose`. */
  readonly blocked: readonly string[];
  readonly cuts: readonly WindowCut[];
}
