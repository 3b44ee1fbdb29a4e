/** A value of a profile: dates and periods printed, decimals with all their digits and integers beyond 2^53 − 1 as text. */
export type ProfileValue = string | number | boolean;

/** What is found out about one table by reading all its rows. Serialisable; nothing in it depends on a backend. */
export interface TableProfile {
  readonly table: string;
  /** SHA-256 of the bytes that were read, 64 hex digits. */
  readonly contentHash: string;
  readonly rows: number;
  /** In the order of the source. */
  readonly columns: readonly ColumnProfile[];
  /** Columns that cannot be read, and why. */
  readonly unread: readonly { readonly name: string; readonly type: string; readonly reason: string }[];
  readonly dependencies: Dependencies;
  /** What reading and computing took. */
  readonly milliseconds: number;
}

export interface ColumnProfile {
  readonly name: string;
  /** As a person writes it; `level` tells the periods that dates stand for. */
  readonly type: string;
  readonly level: 'day' | 'week' | 'month' | 'quarter' | 'year' | null;
  /** Rows that are NULL. */
  readonly nulls: number;
  /** Distinct values, NULL not among them. `error`: of an estimate, its relative standard error; null: counted. */
  readonly distinct: { readonly count: number; readonly error: number | null };
  /** Text by code point. null: every row is NULL. */
  readonly min: ProfileValue | null;
  readonly max: ProfileValue | null;
  /**
   * The value at rank ⌊share × (n − 1)⌋ of the n values ascending, from 0; null for text and booleans, and where there
   * is no value. `error`: of an estimate, its largest relative distance from that value; null: exact.
   */
  readonly quantiles: {
    readonly at: readonly { readonly share: number; readonly value: ProfileValue }[];
    readonly error: number | null;
  } | null;
  /**
   * The values with the most rows, at most 10: by rows, then ascending. Where distinct values are estimated they are the
   * most frequent of those met first; how often each occurs is counted all the same.
   */
  readonly top: readonly ValueCount[];
  /** At most 20 bins of one width over all values, empty ones included; null for text and booleans, and without values. */
  readonly histogram: readonly HistogramBin[] | null;
  readonly kind: { readonly hint: KindHint; readonly evidence: readonly string[] };
  /** Why the column is not shown as it is declared; null: it is. */
  readonly caveat: string | null;
}

export interface ValueCount {
  readonly value: ProfileValue | null;
  readonly rows: number;
}

/** Both bounds belong to the bin, but for doubles: there `to` belongs to the next one, where there is a next one. */
export interface HistogramBin {
  readonly from: ProfileValue;
  readonly to: ProfileValue;
  readonly rows: number;
}

/** What a column looks like; a hint, never a declaration. */
export type KindHint = 'key' | 'dimension' | 'date' | 'metric' | 'flag' | 'text';

/**
 * What the rows say about which columns determine which. NULL is a value like others on the right; a row with NULL on the
 * left must have NULL on the right, as for an edge of a collection.
 */
export interface Dependencies {
  /** Columns on a left side, at most. */
  readonly arity: number;
  /** A candidate that does not hold is told up to this share of violations among the rows that test it. */
  readonly nearLimit: number;
  /** Columns with the same value, or NULL, in every row: everything determines them. */
  readonly constants: readonly string[];
  /** Smallest sets of columns without NULL of which no two rows agree: they determine everything. */
  readonly keys: readonly (readonly string[])[];
  /** Those that hold first, then by how many rows test them; at most 100, and how many more there are. */
  readonly candidates: readonly Dependency[];
  readonly omitted: number;
  /** Columns that were not looked at, or on left sides only by themselves, and why. */
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[];
}

/**
 * left → right, minimal: no column of the left side can go. Left sides of which no two rows agree are not told, since
 * nothing tests them, and constants on neither side. One that does not hold is minimal among those that nearly do.
 */
export interface Dependency {
  readonly left: readonly string[];
  readonly right: string;
  /** Checked on every row. */
  readonly holds: boolean;
  /** Distinct left sides, those with NULL not counted. */
  readonly groups: number;
  /** Rows that share their left side with another: the only ones that could speak against it. */
  readonly testedRows: number;
  /** The fewest rows without which it would hold. */
  readonly violations: number;
  /** Left sides with more than one right; those with NULL together count as one where a right side is not NULL. */
  readonly violatingGroups: number;
  /** The left side with the most violations, else with the most rows, and at most 5 of its right sides. */
  readonly example: { readonly left: readonly (ProfileValue | null)[]; readonly right: readonly ValueCount[] };
}
