import { tableFromIPC } from 'apache-arrow';
import { decodeBatch, encodeBatch, utf8Vector } from '../../columns/arrow.ts';
import { decodeColumn } from '../../columns/arrow-decode.ts';
import { columnOf, type DictionaryColumn, type Field, valueAt } from '../../columns/column.ts';
import { DOUBLE, INT64 } from '../../columns/logical-type.ts';
import { type Scalar, sortScalars } from '../../columns/scalar.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { LoadRequest } from '../../protocol/request.ts';
import { storedName } from '../sql/stored-tables.ts';
import { streamColumns } from '../stream-columns.ts';
import type { Connection } from './connection.ts';
import { DUCKDB_DIALECT, storedType } from './dialect.ts';
import { type DuckdbColumn, type DuckdbTable, type DuckdbTables, type Enumeration, tableBytes } from './held-tables.ts';
import { MAX_BYTES_HELD, MIN_ENUM_ROWS, suitsEnum } from './limits.ts';

const { identifier } = DUCKDB_DIALECT;

/** A column on its way in, and the enumeration to be made for it: its values stand in no order yet. */
interface ArrivingColumn extends Pick<DuckdbColumn, 'name' | 'type' | 'stored'> {
  readonly isNew: boolean;
  readonly enumeration: { readonly type: string; readonly values: readonly Scalar[] } | null;
}

/**
 * Brings a table's columns into DuckDB and notes them in `held`. Text of few distinct values becomes an ENUM whose values
 * stand in code-point order: grouped as small integers, and compared alike. Rejects with TABLE_TOO_LARGE; throws
 * `RangeError` where the bytes are not the rows and columns announced.
 */
export async function loadTable(
  connection: Connection,
  held: DuckdbTables,
  request: LoadRequest,
): Promise<DuckdbTable> {
  const known = held.find(request.table);
  if (known !== undefined && known.rowCount !== request.rowCount) {
    throw new RangeError(
      `table ${request.table}: it has ${known.rowCount} rows and the columns to add have ${request.rowCount}; drop it first`,
    );
  }
  const stored = known?.stored ?? held.freeTable(request.table);
  const arriving = arrivingColumns(request, held, stored);
  const added = arriving.filter((column) => column.isNew);
  if (known !== undefined && added.length === 0) return known;
  checkSize(held, request, added);

  const staged = known === undefined ? stored : held.freeTable(request.table);
  try {
    const enumerations = await createTable(connection, held, staged, arriving);
    await connection.insertIpc(staged, request.ipc);
    const bounds = await readBounds(connection, staged, added);
    if (bounds.rowCount !== request.rowCount) {
      throw new RangeError(`table ${request.table}: ${request.rowCount} rows were announced, ${bounds.rowCount} came`);
    }
    if (known !== undefined) {
      await addColumns(connection, known, staged, held.freeTable(staged, [staged]), added);
    }
    const columnsNow = [
      ...(known?.columns ?? []),
      ...added.map((column) => settled(column, enumerations.get(column.name) ?? null, bounds.distinct)),
    ];
    const table: DuckdbTable = { table: request.table, stored, rowCount: request.rowCount, columns: columnsNow };
    held.put(table);
    return table;
  } catch (error) {
    await discard(connection, staged, added);
    throw error;
  }
}

/** Forgets a table and the types that only it used. */
export async function dropTable(connection: Connection, held: DuckdbTables, table: string): Promise<void> {
  const known = held.find(table);
  if (known === undefined) return;
  held.delete(table);
  await connection.run(`DROP TABLE ${identifier(known.stored)}`);
  for (const { enumeration } of known.columns) {
    if (enumeration !== null) await connection.run(`DROP TYPE ${identifier(enumeration.type)}`);
  }
}

/** The columns in the order of the stream, since DuckDB takes them by position. */
function arrivingColumns(request: LoadRequest, held: DuckdbTables, table: string): readonly ArrivingColumn[] {
  const known = held.find(request.table);
  const dictionaries = textDictionaries(request);
  const taken = known?.columns.map(({ stored }) => stored) ?? [];
  const types = [...held.enumerationTypes()];
  return streamColumns(request).map(({ name, type }) => {
    const isNew = !(known?.columns.some((column) => column.name === name) ?? false);
    const stored = storedName(name, taken);
    taken.push(stored);
    const values = isNew ? dictionaries.get(name) : undefined;
    const enumeration = values === undefined ? null : { type: storedName(`${table}.${stored}`, types), values };
    if (enumeration !== null) types.push(enumeration.type);
    return { name, type, stored, enumeration, isNew };
  });
}

/** Values of the text columns that an enumeration will hold, possibly of no row. NUL cannot stand in one. */
function textDictionaries({ columns, ipc, rowCount }: LoadRequest): ReadonlyMap<string, readonly Scalar[]> {
  const dictionaries = new Map<string, readonly Scalar[]>();
  if (rowCount < MIN_ENUM_ROWS) return dictionaries;
  const table = tableFromIPC(ipc);
  for (const { name, type } of columns) {
    if (type.kind !== 'text') continue;
    const chunks = table.getChild(name)?.data ?? [];
    const [dictionary, ...others] = new Set(chunks.map((chunk) => chunk.dictionary));
    // Where all rows share a dictionary, no row has to be read.
    const isShared = dictionary !== undefined && others.length === 0;
    const column = isShared
      ? decodeColumn(dictionary.data, dictionary.length, type, name)
      : decodeColumn(chunks, table.numRows, type, name);
    if (column.form !== 'dictionary' || !suitsEnum(rowCount, column.values.length)) continue;
    if (column.values.some((value) => String(value).includes('\0'))) continue;
    dictionaries.set(name, column.values);
  }
  return dictionaries;
}

function checkSize(held: DuckdbTables, { table, rowCount }: LoadRequest, added: readonly ArrivingColumn[]): void {
  const columns = added.map(({ type, enumeration }) => ({ type, enumValues: enumeration?.values.length ?? null }));
  const bytes = held.bytes() + tableBytes(rowCount, columns);
  if (bytes > MAX_BYTES_HELD) {
    throw new BackendError({ code: 'TABLE_TOO_LARGE', table, rows: rowCount, bytes, limit: MAX_BYTES_HELD });
  }
}

/**
 * Makes the table and the enumerations of its new columns. Their values come as rows of one list, so that no text has to be
 * written in SQL, and in the order of the codes that they are to have; all in few statements, since each is a message to
 * another worker and back.
 */
async function createTable(
  connection: Connection,
  held: DuckdbTables,
  staged: string,
  arriving: readonly ArrivingColumn[],
): Promise<ReadonlyMap<string, Enumeration>> {
  const enumerations = new Map<string, Enumeration>();
  const listed = new TextColumnBuilder();
  const list = held.freeTable(`${staged}.texts`, [staged]);
  const statements: string[] = [];
  let from = 0;
  for (const { name, enumeration } of arriving) {
    if (enumeration === null) continue;
    const { type } = enumeration;
    const values = sortScalars(enumeration.values).map(String);
    for (const value of values) listed.push(value);
    const to = from + values.length;
    const texts = `SELECT "value" FROM ${identifier(list)} WHERE "place" >= ${from} AND "place" < ${to} ORDER BY "place"`;
    statements.push(`CREATE TYPE ${identifier(type)} AS ENUM (${texts})`);
    enumerations.set(name, { type, texts: utf8Vector(values) });
    from = to;
  }
  if (from > 0) {
    // One that a failed load left behind is replaced.
    await connection.run(`CREATE OR REPLACE TABLE ${identifier(list)} ("place" INTEGER, "value" VARCHAR)`);
    await connection.insertIpc(list, encodeBatch({ rowCount: from, fields: listFields(listed.column()) }));
    statements.push(`DROP TABLE ${identifier(list)}`);
  }
  const columns = arriving.map((column) => `${identifier(column.stored)} ${columnType(column)}`);
  statements.push(`CREATE TABLE ${identifier(staged)} (${columns.join(', ')})`);
  await connection.run(statements.join('; '));
  return enumerations;
}

function listFields(texts: DictionaryColumn): readonly Field[] {
  const places = Float64Array.from(texts.codes, (_, place) => place);
  return [
    { name: 'place', column: { form: 'number', type: INT64, values: places, valid: null } },
    { name: 'value', column: texts },
  ];
}

function columnType({ type, enumeration }: ArrivingColumn): string {
  return enumeration === null ? storedType(type) : identifier(enumeration.type);
}

/** Rows of the staged table, and the width of each date and integer column, which bounds its distinct values. */
async function readBounds(connection: Connection, staged: string, added: readonly ArrivingColumn[]) {
  const ranged = added.filter(({ type }) => type.kind === 'date' || type.kind === 'int64' || type.kind === 'decimal');
  const widths = ranged.map(({ stored, type }, position) => {
    const column = identifier(stored);
    const [most, least] = [`max(${column})`, `min(${column})`];
    const width =
      type.kind === 'date'
        ? `CAST(${most} - ${least} AS DOUBLE)`
        : `(CAST(${most} AS DOUBLE) - CAST(${least} AS DOUBLE))`;
    // One more for the end of the range, one for NULL.
    return `coalesce(${width}, 0) + CAST(2 AS DOUBLE) AS "w${position}"`;
  });
  const outputs = ['CAST(count(*) AS DOUBLE) AS "rows"', ...widths];
  const names = ['rows', ...ranged.map((_, position) => `w${position}`)];
  const ipc = await connection.run(`SELECT ${outputs.join(', ')} FROM ${identifier(staged)}`);
  const batch = decodeBatch(ipc, new Map(names.map((name) => [name, DOUBLE])));
  const read = (name: string) => Number(valueAt(columnOf(batch, name), 0));
  return {
    rowCount: read('rows'),
    distinct: new Map(ranged.map(({ name }, position) => [name, read(`w${position}`)])),
  };
}

/** A table with further columns of the same rows, in the same order, in place of the one without. */
async function addColumns(
  connection: Connection,
  known: DuckdbTable,
  staged: string,
  next: string,
  added: readonly ArrivingColumn[],
): Promise<void> {
  const [before, more, after] = [known.stored, staged, next].map(identifier);
  const selected = [
    ...known.columns.map((column) => `${before}.${identifier(column.stored)}`),
    ...added.map((column) => `${more}.${identifier(column.stored)}`),
  ];
  await connection.run(`CREATE TABLE ${after} AS SELECT ${selected.join(', ')} FROM ${before} POSITIONAL JOIN ${more}`);
  await connection.run(`DROP TABLE ${more}`);
  await connection.run(`DROP TABLE ${before}`);
  await connection.run(`ALTER TABLE ${after} RENAME TO ${before}`);
}

function settled(
  { name, type, stored }: ArrivingColumn,
  enumeration: Enumeration | null,
  distinct: ReadonlyMap<string, number>,
): DuckdbColumn {
  const counted = type.kind === 'bool' ? 3 : enumeration === null ? null : enumeration.texts.length + 1;
  return { name, type, stored, enumeration, distinctBound: distinct.get(name) ?? counted };
}

/** What a failed load leaves behind goes; where the database itself is gone, so has everything. */
async function discard(connection: Connection, staged: string, added: readonly ArrivingColumn[]): Promise<void> {
  try {
    await connection.run(`DROP TABLE IF EXISTS ${identifier(staged)}`);
    for (const { enumeration } of added) {
      if (enumeration !== null) await connection.run(`DROP TYPE IF EXISTS ${identifier(enumeration.type)}`);
    }
  } catch {
    // The failure that is reported is the first one.
  }
}
