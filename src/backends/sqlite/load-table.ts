import { decodeBatch } from '../../columns/arrow.ts';
import { type Column, columnOf, valueAt } from '../../columns/column.ts';
import { exactDigits } from '../../columns/logical-type.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { LoadRequest } from '../../protocol/request.ts';
import { storedName } from '../sql/stored-tables.ts';
import { streamColumns } from '../stream-columns.ts';
import type { Connection } from './connection.ts';
import { SQLITE_DIALECT, storedType } from './dialect.ts';
import type { SqliteColumn, SqliteTable, SqliteTables } from './held-tables.ts';
import { BYTES_PER_ROW, bytesPerValue, leastBytes, MAX_BYTES_HELD } from './limits.ts';

const { identifier } = SQLITE_DIALECT;

/** What SQLite calls the number of a row, unless a column of the table has the name: columns are added by that number. */
const ROW_NUMBERS = ['rowid', '_rowid_', 'oid'];

/** A column on its way in: as it will be held, and its values. */
interface ArrivingColumn {
  readonly held: SqliteColumn;
  readonly values: Column;
}

/**
 * Brings a table's columns into SQLite and notes them in `held`. Throws TABLE_TOO_LARGE, and `RangeError` where the bytes
 * are not the rows and columns announced.
 */
export function loadTable(connection: Connection, held: SqliteTables, request: LoadRequest): SqliteTable {
  const known = held.find(request.table);
  if (known !== undefined && known.rowCount !== request.rowCount) {
    throw new RangeError(
      `table ${request.table}: it has ${known.rowCount} rows and the columns to add have ${request.rowCount}; drop it first`,
    );
  }
  const arriving = streamColumns(request).filter(({ name }) => held.findColumn(request.table, name) === undefined);
  if (known !== undefined && arriving.length === 0) return known;
  // Before a row is read, by the width of values alone; texts are counted once they are here.
  const widths = arriving.map(({ type }) => leastBytes(type));
  requireRoom(held, request, widths);
  const added = arrivingColumns(request, arriving, known);
  requireRoom(
    held,
    request,
    added.map(({ values }) => bytesPerValue(values)),
  );

  const stored = known?.stored ?? held.freeTable(request.table);
  const before = connection.bytes() - (known?.bytes ?? 0);
  const staged = known === undefined ? stored : held.freeTable(request.table);
  const next = held.freeTable(staged, [staged]);
  try {
    insertTable(connection, staged, request.rowCount, added);
    if (known !== undefined) addColumns(connection, known, staged, next, added);
  } catch (error) {
    discard(connection, [staged, next]);
    throw error;
  }
  const table: SqliteTable = {
    table: request.table,
    stored,
    rowCount: request.rowCount,
    columns: [...(known?.columns ?? []), ...added.map((column) => column.held)],
    bytes: connection.bytes() - before,
  };
  held.put(table);
  return table;
}

/** Forgets a table; its pages are given back for what comes next. */
export function dropTable(connection: Connection, held: SqliteTables, table: string): void {
  const known = held.find(table);
  if (known === undefined) return;
  held.delete(table);
  connection.run(`DROP TABLE ${identifier(known.stored)}`);
  connection.run('VACUUM');
}

/** The columns that are not held yet, read. */
function arrivingColumns(
  request: LoadRequest,
  columns: LoadRequest['columns'],
  known: SqliteTable | undefined,
): readonly ArrivingColumn[] {
  const batch = decodeBatch(request.ipc, new Map(columns.map(({ name, type }) => [name, type])));
  if (batch.rowCount !== request.rowCount) {
    throw new RangeError(`table ${request.table}: ${request.rowCount} rows were announced, ${batch.rowCount} came`);
  }
  const taken = [...ROW_NUMBERS, ...(known?.columns.map(({ stored }) => stored) ?? [])];
  return columns.map(({ name, type }) => {
    const stored = storedName(name, taken);
    taken.push(stored);
    const values = columnOf(batch, name);
    return { held: { name, type, stored, ...knownOf(values) }, values };
  });
}

/** What the values tell that statements profit from. */
function knownOf(column: Column): Pick<SqliteColumn, 'magnitude' | 'distinctBound'> {
  const isExact = exactDigits(column.type) !== undefined;
  if (column.form === 'dictionary') return { magnitude: null, distinctBound: column.values.length + 1 };
  if (column.form === 'bigint') {
    let magnitude = 0n;
    for (const value of column.values) {
      const positive = value < 0n ? -value : value;
      if (positive > magnitude) magnitude = positive;
    }
    return { magnitude, distinctBound: null };
  }
  if (column.type.kind === 'bool') return { magnitude: null, distinctBound: 3 };
  if (column.type.kind === 'double') return { magnitude: null, distinctBound: null };
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // One more for the end of the range, one for NULL.
  const distinctBound = most < least ? 1 : most - least + 2;
  return { magnitude: isExact ? BigInt(Math.max(0, most, -least)) : null, distinctBound };
}

function requireRoom(held: SqliteTables, { table, rowCount }: LoadRequest, widths: readonly number[]): void {
  const row = widths.reduce((sum, bytes) => sum + bytes, BYTES_PER_ROW);
  const bytes = Math.ceil(held.all().reduce((sum, each) => sum + each.bytes, 0) + rowCount * row);
  if (bytes > MAX_BYTES_HELD) {
    throw new BackendError({ code: 'TABLE_TOO_LARGE', table, rows: rowCount, bytes, limit: MAX_BYTES_HELD });
  }
}

/** What a failed load leaves behind goes; where the database itself is gone, so has everything. */
function discard(connection: Connection, tables: readonly string[]): void {
  try {
    for (const table of tables) connection.run(`DROP TABLE IF EXISTS ${identifier(table)}`);
  } catch {
    // The failure that is reported is the first one.
  }
}

/** Makes a table of the columns. */
function insertTable(
  connection: Connection,
  table: string,
  rowCount: number,
  columns: readonly ArrivingColumn[],
): void {
  const definitions = columns.map(({ held: { stored, type } }) => `${identifier(stored)} ${storedType(type)}`);
  connection.run(`CREATE TABLE ${identifier(table)} (${definitions.join(', ')})`);
  const readers = columns.map(({ values }) => readerOf(values));
  connection.insert(identifier(table), columns.length, {
    rowCount,
    valueAt: (column, row) => readers[column]?.(row) ?? null,
  });
}

function readerOf(column: Column): (row: number) => number | string | bigint | null {
  return (row) => {
    const value = valueAt(column, row);
    return typeof value === 'boolean' ? Number(value) : value;
  };
}

/** A table with further columns of the same rows, in the same order, in place of the one without. */
function addColumns(
  connection: Connection,
  known: SqliteTable,
  staged: string,
  next: string,
  added: readonly ArrivingColumn[],
): void {
  const [before, more, after] = [known.stored, staged, next].map(identifier);
  const columns = [...known.columns, ...added.map(({ held }) => held)];
  const definitions = columns.map(({ stored, type }) => `${identifier(stored)} ${storedType(type)}`);
  const selected = [
    ...known.columns.map(({ stored }) => `a.${identifier(stored)}`),
    ...added.map(({ held }) => `b.${identifier(held.stored)}`),
  ];
  connection.run(`CREATE TABLE ${after} (${definitions.join(', ')})`);
  connection.run(
    `INSERT INTO ${after} SELECT ${selected.join(', ')} FROM ${before} AS a CROSS JOIN ${more} AS b ON b.rowid = a.rowid ORDER BY a.rowid`,
  );
  connection.run(`DROP TABLE ${more}; DROP TABLE ${before}; ALTER TABLE ${after} RENAME TO ${before}`);
}
