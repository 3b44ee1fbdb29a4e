/** The integrity conditions that answers of this slice rest on. */
export type ConditionId = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I8' | 'I9' | 'I10' | 'I11';

/** A condition on the data: what is checked, named by what the manifest names. `key` is its stable identity. */
export type Condition =
  /** The bound source column exists with a compatible type. */
  | { readonly id: 'I1'; readonly key: string; readonly schema: string; readonly column: string }
  /** The schema's grain is unique. */
  | { readonly id: 'I2'; readonly key: string; readonly schema: string }
  /** No nulls in the schema's grain dimensions. */
  | { readonly id: 'I3'; readonly key: string; readonly schema: string }
  /** The edge (FdEdge.id) holds. */
  | { readonly id: 'I4'; readonly key: string; readonly edge: string }
  /** The edge is total on the schema: its facts' children all have a parent. */
  | { readonly id: 'I5'; readonly key: string; readonly schema: string; readonly edge: string }
  /** From this schema, the paths (edge ids) to one dimension agree. */
  | {
      readonly id: 'I6';
      readonly key: string;
      readonly schema: string;
      readonly dimension: string;
      readonly paths: readonly (readonly string[])[];
    }
  /** The column has the type its reducer needs; nulls, NaN, infinities and rounded values are counted. */
  | { readonly id: 'I8'; readonly key: string; readonly schema: string; readonly column: string }
  /** The schema's own column for a parent agrees with the edge from its own column for the child. */
  | { readonly id: 'I9'; readonly key: string; readonly schema: string; readonly edge: string }
  /** The sibling equals its root, key by key. */
  | {
      readonly id: 'I10';
      readonly key: string;
      readonly family: string;
      readonly root: string;
      readonly sibling: string;
      readonly operator: string;
    }
  /** The declared filter keeps at least one row of the schema. */
  | { readonly id: 'I11'; readonly key: string; readonly schema: string };

export type AttestationStatus = 'verified' | 'contradicted';

/** A check that was run, with the bytes it held for. What was not run has no attestation (`untested`). */
export interface Attestation {
  readonly condition: Condition;
  readonly status: AttestationStatus;
  /** source name → content hash, for every source that the check read. */
  readonly sourceHashes: Readonly<Record<string, string>>;
  /** Effective stability boundary that applied (day number); null: none. */
  readonly boundary: number | null;
  /** Named counts: rows, nulls, distinct_x_count, violation_count, missing_parents, not_finite, rounded, dropped … */
  readonly counts: Readonly<Record<string, number>>;
  /** Counterexamples, at most 5 rows; printed values. */
  readonly examples: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly (string | number | null)[])[];
  };
}

export type VerificationLevel = 'A' | 'AA' | 'AAA';

/**
 * The identity of a condition within one collection, as text; equal conditions have equal keys and different ones have
 * different keys, whatever spaces and quotes stand in names. What a condition checks can change with the collection
 * while its key stays: `conditionBasis` (condition-basis.ts) tells that.
 */
export function conditionKey(id: ConditionId, ...parts: readonly string[]): string {
  return [id, ...parts.map((part) => (/[\s"]/.test(part) ? JSON.stringify(part) : part))].join(' ');
}
