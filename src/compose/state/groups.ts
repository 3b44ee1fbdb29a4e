import type { Column } from '../../columns/column.ts';
import { flatColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { sortByRank } from '../radix.ts';

/** Rows by group: `rows[starts[i], starts[i + 1])` are those of `grouping.groups[i]`. */
export interface GroupRows {
  readonly rows: Int32Array;
  readonly starts: Int32Array;
}

/** The rows that are in a group and not NULL, in their order. */
export function presentRows(column: Column, { groupOf }: Grouping): Int32Array {
  const rows = new Int32Array(groupOf.length);
  let count = 0;
  for (let row = 0; row < rows.length; row++)
    if ((groupOf[row] ?? -1) >= 0 && isPresent(column, row)) rows[count++] = row;
  return rows.subarray(0, count);
}

/** The given rows, each of which is in a group, by group; those of one group keep their order. */
export function byGroup(rows: Int32Array, { groupOf, size, groups }: Grouping): GroupRows {
  const placeOf = new Uint32Array(size);
  groups.forEach((group, place) => {
    placeOf[group] = place;
  });
  const places = new Uint32Array(groupOf.length);
  const starts = new Int32Array(groups.length + 1);
  for (const row of rows) {
    const place = placeOf[groupOf[row] ?? 0] ?? 0;
    places[row] = place;
    starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  }
  for (let place = 0; place < groups.length; place++)
    starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
  return { rows: sortByRank(rows, places, groups.length), starts };
}

/** Whether the row has a value that is not NULL. */
export function isPresent(column: Column, row: number): boolean {
  return column.form === 'dictionary'
    ? (column.codes[row] ?? -1) >= 0
    : column.valid === null || column.valid[row] !== 0;
}

/** The column with NULL wherever `kept` is 0. */
export function keptRows(column: Column, kept: Uint8Array): Column {
  if (column.form === 'dictionary')
    return { ...column, codes: column.codes.map((code, row) => (kept[row] === 1 ? code : -1)) };
  const valid = kept.map((flag, row) => (flag === 1 && isPresent(column, row) ? 1 : 0));
  return column.form === 'number'
    ? { ...column, values: column.values.map((value, row) => (valid[row] === 1 ? value : 0)), valid }
    : { ...column, values: column.values.map((value, row) => (valid[row] === 1 ? value : 0n)), valid };
}

/** How many times each row counts, as doubles that hold exact integers; null: each once. */
export function countsOf(counts: Column | null): Float64Array | null {
  if (counts === null) return null;
  const { values } = flatColumn(counts);
  return values instanceof Float64Array ? values : Float64Array.from(values, Number);
}
