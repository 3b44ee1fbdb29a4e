import type { DictionaryColumn } from '../columns/column.ts';
import type { DataAPIBackend } from './backend.ts';
import { decodeAggregate } from './decode-aggregate.ts';
import type { AggregateRequest } from './request.ts';
import { keyColumn, ownInput, type TableColumn } from './table-column.ts';

/** The distinct rows of two columns, NULL being a value of either. */
export interface Pairs {
  readonly rowCount: number;
  readonly x: DictionaryColumn;
  readonly y: DictionaryColumn;
}

/** The distinct (x, y) pairs of two columns of a loaded table. Their number is `rowCount`. */
export async function pairDistinct(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  table: string,
  x: TableColumn,
  y: TableColumn,
): Promise<Pairs> {
  const request: AggregateRequest = {
    table,
    inputs: [ownInput('x', x), ownInput('y', y)],
    keys: ['x', 'y'],
    values: [],
    filter: null,
    states: [],
  };
  const batch = decodeAggregate(request, await backend.aggregate(id, request));
  return { rowCount: batch.rowCount, x: keyColumn(batch, 'x'), y: keyColumn(batch, 'y') };
}
