import type { Column, DictionaryColumn, NumberColumn } from '../../columns/column.ts';
import type { Grouping } from '../grouping.ts';
import { ranksOf } from '../order.ts';
import { cutDictionary, takeRows } from '../take.ts';

/** The smallest or largest value of each group, in the order of `grouping.groups`; NULL where there is none. */
export function extremeGroups(column: Column, side: 'min' | 'max', grouping: Grouping): Column {
  return takeRows(column, extremeRows(comparableColumn(column), side, grouping));
}

/** For each group a row that holds its smallest or largest value; −1 where every value is NULL. */
export function extremeRows(column: Comparable, side: 'min' | 'max', { groupOf, size, groups }: Grouping): Int32Array {
  const { values, valid } = column;
  const wanted = side === 'min' ? -1 : 1;
  const best = new Int32Array(size).fill(-1);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    const known = best[group] ?? -1;
    if (known < 0 || sideOf(values[row] ?? 0, values[known] ?? 0) === wanted) best[group] = row;
  }
  const rows = new Int32Array(groups.length);
  for (let i = 0; i < rows.length; i++) rows[i] = best[groups[i] ?? 0] ?? -1;
  return rows;
}

/** Values that `<` orders as the column's are ordered, and that are equal where those are. */
export type Comparable = Exclude<Column, DictionaryColumn>;

/** The column itself, or the ranks of a dictionary's values. */
export function comparableColumn(column: Column): Comparable {
  return column.form === 'dictionary' ? rankColumn(column) : column;
}

function sideOf(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rank of each row's value among the distinct values. */
function rankColumn(column: DictionaryColumn): NumberColumn {
  const { codes, values } = cutDictionary(column);
  const ranks = ranksOf(values);
  const keys = new Float64Array(codes.length);
  const valid = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code < 0) continue;
    valid[row] = 1;
    keys[row] = ranks === null ? code : (ranks[code] ?? 0);
  }
  return { form: 'number', type: column.type, values: keys, valid };
}
