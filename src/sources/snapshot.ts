/** What is known of one column of a source without reading it whole. `type` is printed (see columns/logical-type). */
export interface SourceColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Statistics of a column, where they are known. Dates are ISO text, decimals printed exactly. */
export interface ColumnStatistics {
  readonly column: string;
  readonly min: string | number | null;
  readonly max: string | number | null;
  readonly nullCount: number;
  readonly distinctCount: number | null;
}

export type SourceKind = 'csv' | 'parquet' | 'arrow' | 'json';

/** A source as it was found: `contentHash` is the SHA-256 of its bytes, 64 hex digits. Serialisable. */
export interface SourceSnapshot {
  readonly name: string;
  readonly kind: SourceKind;
  readonly location: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
  readonly statistics: readonly ColumnStatistics[];
}
