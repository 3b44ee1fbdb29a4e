import { type HeldColumn, type HeldTable, HeldTables } from '../held-tables.ts';
import type { SqlNames } from './sql-names.ts';
import type { TableProfile } from './table-profile.ts';

/** A column as a database holds it. */
export interface StoredColumn extends HeldColumn {
  /** Its name in the database. */
  readonly stored: string;
  /** Upper bound on its distinct values, NULL included; null: not known. */
  readonly distinctBound: number | null;
}

/** A loaded table as a database holds it. */
export interface StoredTable<Column extends StoredColumn> extends HeldTable<Column> {
  readonly stored: string;
}

/** What a database holds, and under which names: its identifiers ignore case, those of sources do not. */
export class StoredTables<Column extends StoredColumn, Table extends StoredTable<Column>> extends HeldTables<
  Column,
  Table
> {
  readonly names: SqlNames = {
    table: (table) => this.find(table)?.stored ?? table,
    column: (table, column) => this.findColumn(table, column)?.stored ?? column,
  };

  profile(table: string): TableProfile | undefined {
    const held = this.find(table);
    if (held === undefined) return undefined;
    return {
      rowCount: held.rowCount,
      distinctBound: (column) => this.findColumn(table, column)?.distinctBound ?? undefined,
    };
  }

  /** A stored name that no table has, nor any of those about to be made. */
  freeTable(name: string, coming: readonly string[] = []): string {
    return storedName(name, [...this.all().map(({ stored }) => stored), ...coming]);
  }
}

/** The name itself, or where SQL cannot write it or a taken one equals it but for case, a number added to it. */
export function storedName(name: string, taken: readonly string[]): string {
  const written = name.replaceAll('\0', '') || '~';
  const used = new Set(taken.map((each) => each.toLowerCase()));
  let candidate = written;
  for (let number = 2; used.has(candidate.toLowerCase()); number++) candidate = `${written}~${number}`;
  return candidate;
}
