/** What a reader of texts may know of a collection: enough to tell a dimension from a series. */
export interface KnownNames {
  /** What a name means; undefined where it means nothing. Physical spellings count. */
  readonly kindOf: (name: string) => 'dimension' | 'attribute' | 'family' | undefined;
  /** Metric families, in the order in which `SELECT *` would list them. */
  readonly families: readonly string[];
}
