import { type StoredColumn, type StoredTable, StoredTables } from '../sql/stored-tables.ts';

/** A column as SQLite holds it. */
export interface SqliteColumn extends StoredColumn {
  /** Largest magnitude of an exact number in it; null: no exact numbers. */
  readonly magnitude: bigint | null;
}

export interface SqliteTable extends StoredTable<SqliteColumn> {
  /** Bytes of its pages. */
  readonly bytes: number;
}

/** What a SQLite holds. */
export class SqliteTables extends StoredTables<SqliteColumn, SqliteTable> {
  readonly magnitude = (table: string, column: string): bigint | undefined =>
    this.findColumn(table, column)?.magnitude ?? undefined;
}
