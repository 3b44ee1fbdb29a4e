import { RecordBatchReader } from 'apache-arrow';
import type { LoadRequest } from '../protocol/request.ts';

/** The columns that a load announces, in the order of its stream. Throws `RangeError` where the stream has others. */
export function streamColumns({ table, columns, ipc }: LoadRequest): LoadRequest['columns'] {
  const found = RecordBatchReader.from(ipc)
    .open()
    .schema.fields.map(({ name }) => name);
  const ordered = found.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  if (ordered.length !== found.length || new Set(ordered).size !== columns.length) {
    const expected = columns.map(({ name }) => name).join(', ');
    throw new RangeError(`table ${table}: expected columns ${expected}; the stream has ${found.join(', ')}`);
  }
  return ordered;
}
