import type { DayNumber } from '../../columns/calendar.ts';
import type { DictionaryColumn } from '../../columns/column.ts';
import type { Grouping } from '../grouping.ts';
import { ranksOf } from '../order.ts';
import { sortByRank } from '../radix.ts';

/** The rows that have a period, partition by partition, each in the order of its periods. */
export interface Track {
  readonly rows: Int32Array;
  /** `places[i]` is the place in `days` of the period of `rows[i]`; within a partition places ascend strictly. */
  readonly places: Int32Array;
  /** Partition `p` is `rows[starts[p], starts[p + 1])`; none is empty. */
  readonly starts: Int32Array;
  /** First days of the periods that the axis holds, ascending. */
  readonly days: readonly DayNumber[];
}

/**
 * Lays the rows out along the axis. Throws `RangeError` where a partition has two rows of one period: the partition
 * must hold whatever tells them apart.
 */
export function trackOf(axis: DictionaryColumn, partition: Grouping): Track {
  const { codes } = axis;
  const ranks = ranksOf(axis.values);
  const placeOf = new Uint32Array(codes.length);
  const dated = new Int32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    if (code < 0) continue;
    placeOf[row] = ranks === null ? code : (ranks[code] ?? 0);
    dated[count++] = row;
  }
  const days = axis.values.map(Number).sort((a, b) => a - b);
  const rows = byPartition(sortByRank(dated.subarray(0, count), placeOf, days.length), partition);
  const places = rows.map((row) => placeOf[row] ?? 0);
  return { rows, places, starts: partitionStarts(rows, places, partition.groupOf), days };
}

/** `rows` with those of one partition side by side, in the order they had. */
export function byPartition(rows: Int32Array, { groupOf, size }: Grouping): Int32Array {
  return sortByRank(rows, Uint32Array.from(groupOf), size);
}

function partitionStarts(rows: Int32Array, places: Int32Array, groupOf: Int32Array): Int32Array {
  const starts: number[] = [];
  let current = -1;
  for (let i = 0; i < rows.length; i++) {
    const group = groupOf[rows[i] ?? 0] ?? 0;
    if (group !== current) starts.push(i);
    else if (places[i] === places[i - 1]) throw new RangeError('window: two rows of one period in one partition');
    current = group;
  }
  starts.push(rows.length);
  return Int32Array.from(starts);
}
