import type { BigIntColumn, Column, NumberColumn } from '../../columns/column.ts';
import { flatColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { orderRows } from '../order.ts';
import { sortByDouble } from '../radix.ts';
import { byGroup, presentRows } from './groups.ts';

/**
 * The distinct values of each group ascending, and how many times each counts: runs `starts[i]` to `starts[i + 1]` − 1
 * are those of `grouping.groups[i]`. Whatever is folded over runs depends neither on the order of the rows nor on
 * whether equal values stand in one row with a count or in many.
 */
export interface ValueRuns {
  /** A row that holds the run's value. */
  readonly rows: Int32Array;
  readonly counts: Float64Array;
  readonly starts: Int32Array;
}

/** The runs of a column's values that are not NULL. `counts[row]`: how many times a row counts; null: once. */
export function valueRuns(column: Column, counts: Float64Array | null, grouping: Grouping): ValueRuns {
  // Numbers sort by their bits, however large their dictionary; only texts need ranks.
  const values = column.type.kind === 'text' ? column : flatColumn(column);
  const { rows, starts: rowStarts } = byGroup(ascendingRows(values, presentRows(values, grouping)), grouping);
  const isSame = equality(values);
  const runRows = new Int32Array(rows.length);
  const runCounts = new Float64Array(rows.length);
  const starts = new Int32Array(rowStarts.length);
  let run = -1;
  for (let place = 0; place < rowStarts.length - 1; place++) {
    const from = rowStarts[place] ?? 0;
    const to = rowStarts[place + 1] ?? 0;
    for (let i = from; i < to; i++) {
      const row = rows[i] ?? 0;
      if (i === from || !isSame(row, runRows[run] ?? 0)) runRows[++run] = row;
      runCounts[run] = (runCounts[run] ?? 0) + (counts === null ? 1 : (counts[row] ?? 0));
    }
    starts[place + 1] = run + 1;
  }
  return { rows: runRows.subarray(0, run + 1), counts: runCounts.subarray(0, run + 1), starts };
}

/** How many values a group's runs stand for. */
export function countOfRuns({ counts, starts }: ValueRuns, place: number): number {
  let count = 0;
  for (let run = starts[place] ?? 0; run < (starts[place + 1] ?? 0); run++) count += counts[run] ?? 0;
  return count;
}

function ascendingRows(column: Column, rows: Int32Array): Int32Array {
  return column.form === 'bigint' ? ascendingIntegers(column, rows) : orderRows([{ column, descending: false }], rows);
}

/** By the nearest doubles, which never descend where the integers ascend; then those that share one among themselves. */
function ascendingIntegers({ type, values, valid }: BigIntColumn, rows: Int32Array): Int32Array {
  const near: NumberColumn = { form: 'number', type, values: Float64Array.from(values, Number), valid };
  const sorted = sortByDouble(rows, near, false).slice();
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    const double = near.values[sorted[from] ?? 0];
    for (to = from + 1; to < sorted.length && near.values[sorted[to] ?? 0] === double; ) to++;
    if (to - from > 1) sorted.subarray(from, to).sort((a, b) => compare(values[a] ?? 0n, values[b] ?? 0n));
  }
  return sorted;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function equality(column: Column): (a: number, b: number) => boolean {
  switch (column.form) {
    case 'dictionary':
      return (a, b) => column.codes[a] === column.codes[b];
    case 'number':
      return (a, b) => column.values[a] === column.values[b];
    case 'bigint':
      return (a, b) => column.values[a] === column.values[b];
  }
}
