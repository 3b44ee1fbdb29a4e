import type { Utf8, Vector } from 'apache-arrow';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { TableDescription } from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import type { Access } from '../../resolution/access.ts';
import type { SqlNames } from '../sql/sql-names.ts';
import type { TableProfile } from '../sql/table-profile.ts';
import { bytesPerValue } from './limits.ts';

/** An ENUM type, and its texts in the order of its codes. */
export interface Enumeration {
  readonly type: string;
  readonly texts: Vector<Utf8>;
}

/** A column as DuckDB holds it. */
export interface HeldColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** Its name in DuckDB. */
  readonly stored: string;
  /** The ENUM that holds it; null: the plain type. */
  readonly enumeration: Enumeration | null;
  /** Upper bound on its distinct values, NULL included; null: not known. */
  readonly distinctBound: number | null;
}

/** A loaded table as DuckDB holds it. */
export interface HeldTable {
  readonly table: string;
  readonly stored: string;
  readonly rowCount: number;
  readonly columns: readonly HeldColumn[];
}

/** What a DuckDB holds, and under which names: its identifiers ignore case, those of sources do not. */
export class HeldTables {
  readonly #tables = new Map<string, HeldTable>();

  readonly names: SqlNames = {
    table: (table) => this.#tables.get(table)?.stored ?? table,
    column: (table, column) => this.#column(table, column)?.stored ?? column,
  };

  list(): readonly string[] {
    return [...this.#tables.keys()].sort();
  }

  find(table: string): HeldTable | undefined {
    return this.#tables.get(table);
  }

  /** The table. Throws NOT_LOADED where there is none. */
  get(table: string): HeldTable {
    const held = this.#tables.get(table);
    if (held === undefined) throw new BackendError({ code: 'NOT_LOADED', table, column: null });
    return held;
  }

  /** The column of a table. Throws NOT_LOADED where there is none. */
  column(table: string, column: string): HeldColumn {
    const held = this.get(table).columns.find(({ name }) => name === column);
    if (held === undefined) throw new BackendError({ code: 'NOT_LOADED', table, column });
    return held;
  }

  put(table: HeldTable): void {
    this.#tables.set(table.table, table);
  }

  delete(table: string): void {
    this.#tables.delete(table);
  }

  clear(): void {
    this.#tables.clear();
  }

  describe(table: string): TableDescription {
    const { rowCount, columns } = this.get(table);
    return { table, rowCount, columns: columns.map(({ name, type }) => ({ name, type })) };
  }

  /** Throws NOT_LOADED for the first table or column that a request reads and that is not here. */
  require(request: AggregateRequest): void {
    this.get(request.table);
    for (const { access } of request.inputs) {
      this.column(request.table, access.column);
      for (const step of access.steps) {
        if (step.kind !== 'lookup') continue;
        this.column(step.source, step.childColumn);
        this.column(step.source, step.parentColumn);
      }
    }
  }

  /** Texts of the keys of a request that are held as ENUMs, by key: those of a climb are its last lookup's. */
  keyTexts({ table, keys, inputs }: AggregateRequest): ReadonlyMap<string, Vector<Utf8>> {
    const texts = new Map<string, Vector<Utf8>>();
    for (const { name, access } of inputs) {
      const enumeration = keys.includes(name) ? this.#enumeration(table, access) : null;
      if (enumeration !== null) texts.set(name, enumeration.texts);
    }
    return texts;
  }

  profile(table: string): TableProfile | undefined {
    const held = this.#tables.get(table);
    if (held === undefined) return undefined;
    return {
      rowCount: held.rowCount,
      distinctBound: (column) => this.#column(table, column)?.distinctBound ?? undefined,
    };
  }

  /** Estimated bytes of one table, or of all. */
  bytes(table?: string): number {
    let bytes = 0;
    for (const held of this.#tables.values()) {
      if (table !== undefined && held.table !== table) continue;
      const columns = held.columns.map(({ type, enumeration }) => ({
        type,
        enumValues: enumeration?.texts.length ?? null,
      }));
      bytes += tableBytes(held.rowCount, columns);
    }
    return bytes;
  }

  /** A stored name that no table has, nor any of those about to be made. */
  freeTable(name: string, coming: readonly string[] = []): string {
    return storedName(name, [...[...this.#tables.values()].map(({ stored }) => stored), ...coming]);
  }

  /** Names of all ENUM types. */
  enumerationTypes(): readonly string[] {
    return [...this.#tables.values()].flatMap(({ columns }) =>
      columns.flatMap(({ enumeration }) => enumeration?.type ?? []),
    );
  }

  #enumeration(table: string, { column, steps }: Access): Enumeration | null {
    const last = steps.at(-1);
    if (last === undefined) return this.#column(table, column)?.enumeration ?? null;
    return last.kind === 'lookup' ? (this.#column(last.source, last.parentColumn)?.enumeration ?? null) : null;
  }

  #column(table: string, column: string): HeldColumn | undefined {
    return this.#tables.get(table)?.columns.find(({ name }) => name === column);
  }
}

/** Estimated bytes of columns of so many rows. */
export function tableBytes(
  rowCount: number,
  columns: readonly { readonly type: LogicalType; readonly enumValues: number | null }[],
): number {
  return columns.reduce((sum, { type, enumValues }) => sum + rowCount * bytesPerValue(type, enumValues), 0);
}

/** The name itself, or where SQL cannot write it or a taken one equals it but for case, a number added to it. */
export function storedName(name: string, taken: readonly string[]): string {
  const written = name.replaceAll('\0', '') || '~';
  const used = new Set(taken.map((each) => each.toLowerCase()));
  let candidate = written;
  for (let number = 2; used.has(candidate.toLowerCase()); number++) candidate = `${written}~${number}`;
  return candidate;
}
