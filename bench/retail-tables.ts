import { encodeBatch } from '../src/columns/arrow.ts';
import { DAY, decimal, TEXT } from '../src/columns/logical-type.ts';
import type { LoadRequest } from '../src/protocol/request.ts';
import { parquetModuleAt } from '../src/sources/parquet/wasm-module.ts';
import { openSource } from '../src/sources/source.ts';

/** What the questions need of the transactions, and of the stores that they climb through. */
export const TRANSACTIONS: LoadRequest['columns'] = [
  { name: 'store_id', type: TEXT },
  { name: 'sku', type: TEXT },
  { name: 'day', type: DAY },
  { name: 'revenue', type: decimal(2) },
];

export const STORES: LoadRequest['columns'] = [
  { name: 'store_id', type: TEXT },
  { name: 'region', type: TEXT },
];

/** The columns as a backend is given them: read from the fixture's files as the product reads them. */
export async function retailTables(
  folder: string,
  parquetWasm: string,
): Promise<{ readonly transactions: LoadRequest; readonly stores: LoadRequest }> {
  const parquet = parquetModuleAt(parquetWasm);
  const read = async (table: string, file: string, columns: LoadRequest['columns']): Promise<LoadRequest> => {
    const response = await fetch(new URL(file, folder));
    const bytes = new Uint8Array(await response.arrayBuffer());
    const document = { name: table, location: file, bytes, contentHash: '' };
    const source = await openSource(document, { parquet, pause: async () => {} });
    const { batch } = await source.read(columns);
    return { table, columns, ipc: encodeBatch(batch), rowCount: batch.rowCount };
  };
  const [transactions, stores] = await Promise.all([
    read('transactions', 'transactions.parquet', TRANSACTIONS),
    read('stores', 'stores.csv', STORES),
  ]);
  return { transactions, stores };
}

/** A load of the same bytes: each load gives its own away. */
export function copyOf(request: LoadRequest): LoadRequest {
  return { ...request, ipc: request.ipc.slice() };
}
