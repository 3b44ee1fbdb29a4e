import { compareValues, keyOf, type Value } from './value.ts';

/** Orders two rows by the keys, the first leading; NULLs last either way. */
export function compareRows(
  a: readonly Value[],
  b: readonly Value[],
  keys: readonly { readonly place: number; readonly descending: boolean }[],
  onTie: () => void,
): number {
  for (const { place, descending } of keys) {
    const [left, right] = [a[place] ?? null, b[place] ?? null];
    if (left === null || right === null) {
      if (left === right) continue;
      return left === null ? 1 : -1;
    }
    const order = compareValues(left, right);
    if (order === undefined) onTie();
    if (order !== undefined && order !== 0) return descending ? -order : order;
  }
  return 0;
}

/** The first rows of each value of the columns at `per`. */
export function firstPer(
  rows: readonly (readonly Value[])[],
  count: number,
  per: readonly number[],
): (readonly Value[])[] {
  const taken = new Map<string, number>();
  return rows.filter((row) => {
    const key = JSON.stringify(per.map((place) => keyOf(row[place] ?? null)));
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    return before < count;
  });
}
