import type { Utf8, Vector } from 'apache-arrow';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import type { Access } from '../../resolution/access.ts';
import { type StoredColumn, type StoredTable, StoredTables } from '../sql/stored-tables.ts';
import { bytesPerValue } from './limits.ts';

/** An ENUM type, and its texts in the order of its codes. */
export interface Enumeration {
  readonly type: string;
  readonly texts: Vector<Utf8>;
}

/** A column as DuckDB holds it. */
export interface DuckdbColumn extends StoredColumn {
  /** The ENUM that holds it; null: the plain type. */
  readonly enumeration: Enumeration | null;
}

export type DuckdbTable = StoredTable<DuckdbColumn>;

/** What a DuckDB holds. */
export class DuckdbTables extends StoredTables<DuckdbColumn, DuckdbTable> {
  /** Texts of the keys of a request that are held as ENUMs, by key: those of a climb are its last lookup's. */
  keyTexts({ table, keys, inputs }: AggregateRequest): ReadonlyMap<string, Vector<Utf8>> {
    const texts = new Map<string, Vector<Utf8>>();
    for (const { name, access } of inputs) {
      const enumeration = keys.includes(name) ? this.#enumeration(table, access) : null;
      if (enumeration !== null) texts.set(name, enumeration.texts);
    }
    return texts;
  }

  /** Estimated bytes of one table, or of all. */
  bytes(table?: string): number {
    let bytes = 0;
    for (const held of this.all()) {
      if (table !== undefined && held.table !== table) continue;
      const columns = held.columns.map(({ type, enumeration }) => ({
        type,
        enumValues: enumeration?.texts.length ?? null,
      }));
      bytes += tableBytes(held.rowCount, columns);
    }
    return bytes;
  }

  /** Names of all ENUM types. */
  enumerationTypes(): readonly string[] {
    return this.all().flatMap(({ columns }) => columns.flatMap(({ enumeration }) => enumeration?.type ?? []));
  }

  #enumeration(table: string, { column, steps }: Access): Enumeration | null {
    const last = steps.at(-1);
    if (last === undefined) return this.findColumn(table, column)?.enumeration ?? null;
    return last.kind === 'lookup' ? (this.findColumn(last.source, last.parentColumn)?.enumeration ?? null) : null;
  }
}

/** Estimated bytes of columns of so many rows. */
export function tableBytes(
  rowCount: number,
  columns: readonly { readonly type: LogicalType; readonly enumValues: number | null }[],
): number {
  return columns.reduce((sum, { type, enumValues }) => sum + rowCount * bytesPerValue(type, enumValues), 0);
}
