import type { DictionaryColumn } from '../columns/column.ts';
import { dictionaryKey, groupRows } from './grouping.ts';
import { stackColumns } from './stack.ts';

/**
 * For each of `rowCount` rows the row of another table that has the same values in the same columns, NULL equal to NULL; −1
 * where there is none. The other table's rows are distinct. Without columns every row matches its one row.
 */
export function matchRows(
  columns: readonly DictionaryColumn[],
  rowCount: number,
  others: readonly DictionaryColumn[],
  otherCount: number,
): Int32Array {
  if (columns.length === 0) return new Int32Array(rowCount).fill(otherCount === 1 ? 0 : -1);
  const stacked = columns.map((column, i) => stackColumns([column, ...others.slice(i, i + 1)]));
  const { groupOf, size } = groupRows(stacked.map(dictionaryKey), rowCount + otherCount, null);
  const rowOf = new Int32Array(size).fill(-1);
  for (let row = 0; row < otherCount; row++) rowOf[groupOf[rowCount + row] ?? 0] = row;
  const rows = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) rows[row] = rowOf[groupOf[row] ?? 0] ?? -1;
  return rows;
}
