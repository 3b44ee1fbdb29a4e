import { type Batch, type Column, columnLength, type Field } from '../columns/column.ts';
import { type LogicalType, parseType } from '../columns/logical-type.ts';
import { readArrow } from './arrow.ts';
import { statisticsOf } from './column-statistics.ts';
import { type ColumnCounts, convertColumn } from './conversion.ts';
import { type ReadTools, readCsv } from './csv.ts';
import { readJson } from './json.ts';
import { readParquet } from './parquet/table.ts';
import type { ParquetModule } from './parquet/wasm-module.ts';
import type { RawTable } from './raw-table.ts';
import type { ColumnStatistics, SourceColumn, SourceKind, SourceSnapshot } from './snapshot.ts';
import { SourceError, sourceError } from './source-error.ts';
import { sourceKind } from './source-kind.ts';

/** Whole columns of a source in their declared types, with what reading them counted. */
export interface SourceRead {
  readonly batch: Batch;
  readonly counts: readonly ColumnCounts[];
}

/** A source whose bytes are here and whose schema is known. */
export interface Source {
  readonly name: string;
  readonly kind: SourceKind;
  readonly location: string;
  readonly contentHash: string;
  readonly bytes: number;
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
  /** Reads the named columns, and only them, as the types given. Throws `SourceError`. */
  read(columns: readonly { readonly name: string; readonly type: LogicalType }[]): Promise<SourceRead>;
  /**
   * What is known of the source; statistics are those its file keeps, else of its columns as declared (as they are
   * where nothing is declared). A column that cannot be read so has none: reading it tells why.
   */
  snapshot(declared?: ReadonlyMap<string, LogicalType>): Promise<SourceSnapshot>;
}

/** What `openSource` takes: bytes with their SHA-256, and where they came from. */
export interface SourceDocument {
  readonly name: string;
  /** Path, URL or file name: its extension says what the bytes should be, and messages name it. */
  readonly location: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentHash: string;
}

/** What opening a source needs of its surroundings: the Parquet module is loaded when first needed. */
export interface OpenTools extends ReadTools {
  readonly parquet: () => Promise<ParquetModule>;
}

/**
 * Opens a source: CSV and JSON are parsed whole, Arrow is mapped, of Parquet only the footer is read. Throws
 * `SourceError`.
 */
export async function openSource(document: SourceDocument, tools: OpenTools): Promise<Source> {
  const { name, location, bytes, contentHash } = document;
  const kind = sourceKind(name, location, bytes);
  const table = await readTable(kind, document, tools);
  const size = bytes.length;
  const read: Source['read'] = (columns) => readColumns(document, table, columns);
  return {
    name,
    kind,
    location,
    contentHash,
    bytes: size,
    rowCount: table.rowCount,
    columns: table.columns,
    read,
    snapshot: async (declared = new Map()) => ({
      name,
      kind,
      location,
      contentHash,
      bytes: size,
      rowCount: table.rowCount,
      columns: table.columns,
      statistics: table.ownStatistics ?? (await computeStatistics(table, declared, read)),
    }),
  };
}

async function readTable(kind: SourceKind, document: SourceDocument, tools: OpenTools): Promise<RawTable> {
  const { name, location, bytes } = document;
  switch (kind) {
    case 'csv':
      return readCsv(name, location, bytes, tools);
    case 'json':
      return readJson(name, location, bytes);
    case 'arrow':
      return readArrow(name, location, bytes);
    case 'parquet':
      return readParquet(name, location, bytes, tools.parquet);
  }
}

async function readColumns(
  { name: source, location }: SourceDocument,
  table: RawTable,
  wanted: readonly { readonly name: string; readonly type: LogicalType }[],
): Promise<SourceRead> {
  for (const { name } of wanted) {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const columns = table.columns.map((each) => each.name);
      throw sourceError('UNKNOWN_COLUMN', { source, location, column: name, columns });
    }
    if (!isNatural(column.type)) {
      throw sourceError('UNSUPPORTED_TYPE', { source, location, column: name, found: column.type });
    }
  }
  const raw = await table.read(wanted.map((column) => column.name));
  const fields: Field[] = [];
  const counts: ColumnCounts[] = [];
  wanted.forEach(({ name, type }, position) => {
    const natural = raw[position];
    if (natural === undefined) throw new RangeError(`source ${source}: column ${name} was not read`);
    const place = { source, location, column: name, lineOf: table.lineOf };
    const { column, notFinite, rounded } = convertColumn(natural, type, place);
    fields.push({ name, column });
    counts.push({ column: name, rows: table.rowCount, nulls: countNulls(natural), notFinite, rounded });
  });
  return { batch: { rowCount: table.rowCount, fields }, counts };
}

/** Natural types print as `parseType` reads, but for decimals of more digits than a declared type may have. */
function isNatural(type: string): boolean {
  return parseType(type) !== undefined || /^decimal\(\d+\)$/.test(type);
}

function countNulls(column: Column): number {
  let nulls = 0;
  if (column.form === 'dictionary') {
    for (const code of column.codes) if (code < 0) nulls++;
  } else if (column.valid !== null) {
    for (let row = 0; row < columnLength(column); row++) if (column.valid[row] === 0) nulls++;
  }
  return nulls;
}

async function computeStatistics(
  table: RawTable,
  declared: ReadonlyMap<string, LogicalType>,
  read: Source['read'],
): Promise<ColumnStatistics[]> {
  const statistics: ColumnStatistics[] = [];
  for (const { name, type: printed } of table.columns) {
    const type = declared.get(name) ?? parseType(printed);
    if (type === undefined) continue;
    try {
      const { batch } = await read([{ name, type }]);
      for (const { column } of batch.fields) statistics.push(statisticsOf(name, column));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return statistics;
}
