import type { DictionaryColumn } from '../columns/column.ts';
import { dictionaryKey, groupRows } from './grouping.ts';

/**
 * The first `count` of the rows, which stand in their final order; with `per` columns, the first `count` of each of
 * their values (NULL is one).
 */
export function limitRows(rows: Int32Array, count: number, per: readonly DictionaryColumn[]): Int32Array {
  const [first] = per;
  if (first === undefined) return rows.length <= count ? rows : rows.slice(0, count);
  const { groupOf, size } = groupRows(per.map(dictionaryKey), first.codes.length, null);
  const taken = new Float64Array(size);
  return rows.filter((row) => {
    const group = groupOf[row] ?? 0;
    const before = taken[group] ?? 0;
    taken[group] = before + 1;
    return before < count;
  });
}
