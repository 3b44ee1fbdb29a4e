import { compareScalars, type Scalar } from '../../columns/scalar.ts';

/** How the shown rows are ordered: as the question orders them, or by one column. */
export type GridOrder =
  | { readonly by: 'query' }
  | { readonly by: 'column'; readonly column: number; readonly direction: 'ascending' | 'descending' };

export const QUERY_ORDER: GridOrder = { by: 'query' };

/** The order that follows when a header is pressed: ascending, descending, the question's own. */
export function nextOrder(order: GridOrder, column: number): GridOrder {
  if (order.by === 'query' || order.column !== column) return { by: 'column', column, direction: 'ascending' };
  return order.direction === 'ascending' ? { by: 'column', column, direction: 'descending' } : QUERY_ORDER;
}

/**
 * Row numbers in a column's order: text by code point, NULLs last both ways, ties as the question orders them.
 * Null for the question's own order.
 */
export function rowOrder(
  order: GridOrder,
  rowCount: number,
  read: (column: number, row: number) => Scalar | null,
): Int32Array | null {
  if (order.by === 'query') return null;
  const values = Array.from({ length: rowCount }, (_, row) => read(order.column, row));
  const sign = order.direction === 'ascending' ? 1 : -1;
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  return rows.sort((a, b) => {
    const left = values[a] ?? null;
    const right = values[b] ?? null;
    if (left === null || right === null) return left === right ? a - b : left === null ? 1 : -1;
    return sign * compareScalars(left, right) || a - b;
  });
}
