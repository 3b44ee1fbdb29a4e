import { type Batch, type Column, type DictionaryColumn, type Field, valueAt } from '../../../src/columns/column.ts';
import type { LogicalType } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';

/** A value or NULL, as tests write them. */
export type Cell = Scalar | null;

/** A column in dictionary form; distinct values stand in the order of their first use, after `unused` ones. */
export function coded(type: LogicalType, cells: readonly Cell[], unused: readonly Scalar[] = []): DictionaryColumn {
  const values = [...unused];
  const codes = Int32Array.from(cells, (cell) => {
    if (cell === null) return -1;
    const known = values.indexOf(cell);
    return known >= 0 ? known : values.push(cell) - 1;
  });
  return { form: 'dictionary', type, codes, values };
}

/** A column in number form, or in bigint form where a cell is a bigint; text in dictionary form. */
export function flat(type: LogicalType, cells: readonly Cell[]): Column {
  if (type.kind === 'text') return coded(type, cells);
  const valid = cells.includes(null) ? Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) : null;
  if (cells.some((cell) => typeof cell === 'bigint')) {
    return { form: 'bigint', type, values: cells.map((cell) => BigInt(cell ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(cells, (cell) => Number(cell ?? 0)), valid };
}

/** The column's cells. */
export function cellsOf(column: Column): readonly Cell[] {
  const length = column.form === 'dictionary' ? column.codes.length : column.values.length;
  return Array.from({ length }, (_, row) => valueAt(column, row));
}

/** Columns by name as a batch. */
export function batchOf(columns: Readonly<Record<string, Column>>, rowCount?: number): Batch {
  const fields: readonly Field[] = Object.entries(columns).map(([name, column]) => ({ name, column }));
  const [first] = fields;
  return { rowCount: rowCount ?? (first === undefined ? 0 : cellsOf(first.column).length), fields };
}

/** The batch's rows, each an array of cells in field order. */
export function rowsOf(batch: Batch): readonly (readonly Cell[])[] {
  const columns = batch.fields.map(({ column }) => cellsOf(column));
  return Array.from({ length: batch.rowCount }, (_, row) => columns.map((cells) => cells[row] ?? null));
}
