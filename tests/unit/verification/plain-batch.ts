import type { Batch, Column } from '../../../src/columns/column.ts';
import type { LogicalType } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';

/** A result as a backend gives it: keys in dictionary form, and how many rows each group has (`#_rows`). */
export function groupsOf(
  keys: Readonly<Record<string, { readonly type: LogicalType; readonly cells: readonly (Scalar | null)[] }>>,
  sizes: readonly number[],
): Batch {
  const fields = Object.entries(keys).map(([name, { type, cells }]) => ({ name, column: dictionary(cells, type) }));
  const values = Float64Array.from(sizes);
  return {
    rowCount: sizes.length,
    fields: [...fields, { name: '#_rows', column: { form: 'number', type: { kind: 'int64' }, values, valid: null } }],
  };
}

/** A column in dictionary form. */
export function dictionary(
  cells: readonly (Scalar | null)[],
  type: LogicalType,
): Extract<Column, { form: 'dictionary' }> {
  const values = [...new Set(cells.filter((cell) => cell !== null))];
  const codes = Int32Array.from(cells, (cell) => (cell === null ? -1 : values.indexOf(cell)));
  return { form: 'dictionary', type, codes, values };
}
