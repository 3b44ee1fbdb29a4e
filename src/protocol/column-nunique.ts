import { columnOf, valueAt } from '../columns/column.ts';
import type { DataAPIBackend } from './backend.ts';
import { decodeAggregate } from './decode-aggregate.ts';
import type { AggregateRequest } from './request.ts';
import { ownInput, type TableColumn } from './table-column.ts';

/** Counts over one column of a loaded table. */
export interface ColumnCounts {
  readonly rows: number;
  readonly nulls: number;
  /** Distinct non-null values. */
  readonly distinct: number;
}

/** Rows, NULLs and distinct non-null values of a column. */
export async function columnNunique(
  backend: Pick<DataAPIBackend, 'aggregate'>,
  id: string,
  table: string,
  column: TableColumn,
): Promise<ColumnCounts> {
  const input = { kind: 'column', name: 'x', type: column.type } as const;
  const request: AggregateRequest = {
    table,
    inputs: [ownInput('x', column)],
    keys: [],
    values: [],
    filter: null,
    states: [
      { name: 'all', state: 'rows', input: null, inputType: null },
      { name: 'x', state: 'count', input, inputType: column.type },
      { name: 'x', state: 'distinct', input, inputType: column.type },
    ],
  };
  const batch = decodeAggregate(request, await backend.aggregate(id, request));
  const count = (name: string) => Number(valueAt(columnOf(batch, name), 0) ?? 0);
  const rows = count('all_rows');
  return { rows, nulls: rows - count('x_count'), distinct: count('x_distinct') };
}
