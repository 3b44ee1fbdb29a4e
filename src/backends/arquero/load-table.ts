import { decodeBatch } from '../../columns/arrow.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { LoadRequest } from '../../protocol/request.ts';
import { streamColumns } from '../stream-columns.ts';
import { ArqueroColumn, type ArqueroTable, type ArqueroTables, freeName, heldTable } from './held-tables.ts';
import { bytesPerValue, MAX_BYTES_HELD } from './limits.ts';

/**
 * Makes Arquero's columns of a table from Arrow bytes and notes them in `held`. Throws TABLE_TOO_LARGE; `RangeError`
 * where the bytes are not the rows and columns announced.
 */
export function loadTable(held: ArqueroTables, request: LoadRequest): ArqueroTable {
  const { table, rowCount, ipc } = request;
  const known = held.find(table);
  if (known !== undefined && known.rowCount !== rowCount) {
    throw new RangeError(
      `table ${table}: it has ${known.rowCount} rows and the columns to add have ${rowCount}; drop it first`,
    );
  }
  const arriving = streamColumns(request);
  const added = arriving.filter(({ name }) => held.findColumn(table, name) === undefined);
  if (known !== undefined && added.length === 0) return known;
  // Before a row is read, by the width of values alone; texts are counted once they are here.
  const estimate = added.reduce((sum, { type }) => sum + rowCount * bytesPerValue(type), 0);
  requireRoom(held, request, estimate);

  const batch = decodeBatch(ipc, new Map(added.map(({ name, type }) => [name, type])));
  if (batch.rowCount !== rowCount) {
    throw new RangeError(`table ${table}: ${rowCount} rows were announced, ${batch.rowCount} came`);
  }
  const columns = [...(known?.columns ?? [])];
  let bytes = 0;
  for (const { name, column } of batch.fields) {
    const stored = freeName(
      name,
      columns.map((each) => each.stored),
    );
    const made = new ArqueroColumn(name, stored, column);
    columns.push(made);
    bytes += made.bytes;
  }
  requireRoom(held, request, bytes);
  const loaded = heldTable(table, rowCount, columns);
  held.put(loaded);
  return loaded;
}

function requireRoom(held: ArqueroTables, { table, rowCount }: LoadRequest, added: number): void {
  const bytes = held.bytes() + added;
  if (bytes > MAX_BYTES_HELD) {
    throw new BackendError({ code: 'TABLE_TOO_LARGE', table, rows: rowCount, bytes, limit: MAX_BYTES_HELD });
  }
}
