/** Where logical names are held: the stored table of a source, the stored column of one of its columns. */
export interface SqlNames {
  readonly table: (table: string) => string;
  readonly column: (table: string, column: string) => string;
}

/** Tables and columns that are stored under their own names. */
export const OWN_NAMES: SqlNames = {
  table: (table) => table,
  column: (_, column) => column,
};
