import { tableFromIPC } from 'apache-arrow';
import { type Cell, columnAt, eachCell } from './cells.ts';

/** A column as a library without types of its own takes it: texts, or numbers (dates as day numbers, money in cents). */
export interface PlainColumn {
  readonly name: string;
  readonly values: readonly Cell[];
}

/** The columns of an Arrow IPC stream as plain arrays. */
export function plainColumns(ipc: Uint8Array): readonly PlainColumn[] {
  const table = tableFromIPC(ipc);
  return table.schema.fields.map(({ name }, position) => {
    const values: Cell[] = [];
    eachCell(columnAt(table, position), (value) => values.push(value));
    return { name, values };
  });
}
