import { type ColumnTable, table as tableOf } from 'arquero';
import { type Column, columnBytes, type DictionaryColumn } from '../../columns/column.ts';
import { toDictionary } from '../../columns/dictionary.ts';
import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { type HeldColumn, type HeldTable, HeldTables } from '../held-tables.ts';
import { type ColumnData, columnData, dataBytes, largestMagnitude, plainColumn } from './column-data.ts';

/** A column as Arquero holds it. */
export class ArqueroColumn implements HeldColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** Its name among Arquero's columns. */
  readonly stored: string;
  readonly data: ColumnData;
  /** Largest magnitude, of exact numbers: decides whether doubles hold what is computed from them. */
  readonly largest: bigint;
  readonly #dataBytes: number;
  #keys: DictionaryColumn | null = null;

  constructor(name: string, stored: string, column: Column) {
    this.name = name;
    this.type = column.type;
    this.stored = stored;
    this.data = columnData(column);
    this.largest = exactDigits(column.type) === undefined ? 0n : largestMagnitude(this.data);
    this.#dataBytes = dataBytes(this.data);
  }

  get bytes(): number {
    const isText = this.type.kind === 'text';
    return this.#dataBytes + (this.#keys === null || isText ? 0 : columnBytes(this.#keys));
  }

  /** The column as others read it. */
  plain(): Column {
    return plainColumn(this.type, this.data);
  }

  /** The column in dictionary form, made when it is first grouped by or climbed from. */
  keys(): DictionaryColumn {
    this.#keys ??= toDictionary(this.plain());
    return this.#keys;
  }
}

/** A loaded table as Arquero holds it. */
export interface ArqueroTable extends HeldTable<ArqueroColumn> {
  /** The columns under their stored names. */
  readonly verbs: ColumnTable;
}

/** What Arquero holds. */
export class ArqueroTables extends HeldTables<ArqueroColumn, ArqueroTable> {
  /** Bytes of one table, or of all. */
  bytes(table?: string): number {
    const held = this.all().filter((each) => table === undefined || each.table === table);
    return held.reduce((sum, { columns }) => sum + columns.reduce((bytes, column) => bytes + column.bytes, 0), 0);
  }
}

/** A table of columns, ready for verbs. */
export function heldTable(table: string, rowCount: number, columns: readonly ArqueroColumn[]): ArqueroTable {
  const verbs = tableOf(Object.fromEntries(columns.map(({ stored, data }) => [stored, data])));
  return { table, rowCount, columns, verbs };
}

/** The name itself, or where Arquero cannot have a column of it or one is called so, a number added to it. */
export function freeName(name: string, taken: readonly string[]): string {
  // Arquero keeps columns as properties of an object, where this one sets its prototype.
  const used = new Set([...taken, '__proto__']);
  let candidate = name;
  for (let number = 2; used.has(candidate); number++) candidate = `${name}~${number}`;
  return candidate;
}
