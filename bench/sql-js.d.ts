/** What the bench uses of sql.js beside what the backend does. */
declare module 'sql.js' {
  export interface Database {
    /** Runs statements; of each that gives rows, the names of its columns and its rows. */
    exec(sql: string): { readonly columns: readonly string[]; readonly values: readonly (readonly ReadValue[])[] }[];
  }
}
