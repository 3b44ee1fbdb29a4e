/** What a backend knows of a loaded table when it chooses how to group. */
export interface TableProfile {
  readonly rowCount: number;
  /** An upper bound on the distinct values of a column, NULL included; undefined where none is known. */
  readonly distinctBound: (column: string) => number | undefined;
}
