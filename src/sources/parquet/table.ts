import type { FileMetaData } from 'hyparquet';
import type { Column } from '../../columns/column.ts';
import { columnOfTable, readTable } from '../arrow.ts';
import { type RawTable, requireDistinctNames } from '../raw-table.ts';
import { sourceError } from '../source-error.ts';
import { readFooter } from './footer.ts';
import { projectColumns } from './projection.ts';
import { footerStatistics } from './statistics.ts';
import type { ParquetModule } from './wasm-module.ts';

/** Halves the time that parquet-wasm takes with its own 1,024. */
const BATCH_ROWS = 65_536;

/**
 * A Parquet file: its schema and row count come from the footer at once; columns are read when asked for, and only
 * they, through the module that `load` starts. Throws `SourceError` TRUNCATED, MALFORMED or DUPLICATE_COLUMN.
 */
export function readParquet(
  source: string,
  location: string,
  bytes: Uint8Array,
  load: () => Promise<ParquetModule>,
): RawTable {
  const { rowCount, columns, metadata } = readFooter(source, location, bytes);
  requireDistinctNames(
    source,
    location,
    columns.map((column) => column.name),
  );
  return {
    rowCount,
    columns,
    read: async (names) => {
      if (names.length === 0) return [];
      const module = await load();
      const ipc = readColumns(source, location, bytes, metadata, names, module);
      const table = readTable(source, location, 'parquet', ipc);
      if (table.numRows !== rowCount) {
        throw sourceError('TRUNCATED', {
          source,
          location,
          expected: `${rowCount} rows as its footer says`,
          found: `${table.numRows}`,
        });
      }
      return names.map((name): Column => columnOfTable(table, name, { source, location, kind: 'parquet' }));
    },
    lineOf: () => null,
    ownStatistics: footerStatistics(metadata, columns),
  };
}

function readColumns(
  source: string,
  location: string,
  bytes: Uint8Array,
  metadata: FileMetaData,
  names: readonly string[],
  module: ParquetModule,
): Uint8Array {
  try {
    const projection = projectColumns(bytes, metadata, names);
    return module.readParquet(projection, { batchSize: BATCH_ROWS }).intoIPCStream();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sourceError('MALFORMED', { source, location, kind: 'parquet', line: null, reason });
  }
}
