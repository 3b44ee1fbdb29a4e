import { type Data, type DataType, type Table, tableFromIPC } from 'apache-arrow';
import { printType } from '../columns/logical-type.ts';
import { arrowColumn, naturalType } from './arrow-column.ts';
import { type RawTable, requireDistinctNames } from './raw-table.ts';
import type { SourceKind } from './snapshot.ts';
import { sourceError } from './source-error.ts';

const FILE_MAGIC = 'ARROW1';

/**
 * Reads an Arrow IPC stream or file (uncompressed bodies) into its natural types. Throws `SourceError` TRUNCATED,
 * MALFORMED or DUPLICATE_COLUMN.
 */
export function readArrow(source: string, location: string, bytes: Uint8Array): RawTable {
  const ending = new TextDecoder().decode(bytes.subarray(-FILE_MAGIC.length));
  if (new TextDecoder().decode(bytes.subarray(0, FILE_MAGIC.length)) === FILE_MAGIC && ending !== FILE_MAGIC) {
    throw sourceError('TRUNCATED', { source, location, expected: `${FILE_MAGIC} at its end`, found: 'other bytes' });
  }
  const table = readTable(source, location, 'arrow', bytes);
  requireDistinctNames(
    source,
    location,
    table.schema.fields.map((field) => field.name),
  );
  return {
    rowCount: table.numRows,
    columns: table.schema.fields.map(({ name, type, nullable }) => {
      const natural = naturalType(type);
      return { name, type: natural === undefined ? String(type) : printType(natural), nullable };
    }),
    read: async (names) => names.map((name) => columnOfTable(table, name, { source, location, kind: 'arrow' })),
    lineOf: () => null,
    ownStatistics: null,
  };
}

/** The Arrow table in IPC bytes; a body that cannot be read is MALFORMED as a file of `kind`. */
export function readTable(source: string, location: string, kind: SourceKind, bytes: Uint8Array): Table {
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    throw malformed(source, location, kind, error);
  }
}

/** A whole column of a table in its natural type. Throws `SourceError` UNSUPPORTED_TYPE or MALFORMED. */
export function columnOfTable(
  table: Table,
  name: string,
  place: { readonly source: string; readonly location: string; readonly kind: SourceKind },
): ReturnType<typeof arrowColumn> {
  const { source, location, kind } = place;
  const position = table.schema.fields.findIndex((field) => field.name === name);
  const arrowType = table.schema.fields[position]?.type;
  if (arrowType === undefined) throw malformed(source, location, kind, new Error(`no column ${name}`));
  const type = naturalType(arrowType);
  if (type === undefined) {
    throw sourceError('UNSUPPORTED_TYPE', { source, location, column: name, found: String(arrowType) });
  }
  const chunks: Data<DataType>[] = [];
  for (const batch of table.batches) {
    const chunk = batch.data.children[position];
    if (chunk !== undefined && chunk.length > 0) chunks.push(chunk);
  }
  try {
    return arrowColumn(chunks, table.numRows, arrowType, type, name);
  } catch (error) {
    throw malformed(source, location, kind, error);
  }
}

function malformed(source: string, location: string, kind: SourceKind, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return sourceError('MALFORMED', { source, location, kind, line: null, reason });
}
