import type { LeftSides } from './left-sides.ts';
import type { ProfileValue, ValueCount } from './profile.ts';

/** Right sides told of one left side, at most. */
const SHOWN = 5;

/** The right sides of the rows that have the left side of one place, by rows, then as they are met. */
export function rightSidesOf(
  { numbers, order }: LeftSides,
  place: number,
  right: { readonly codes: Int32Array; readonly print: (code: number) => ProfileValue },
): readonly ValueCount[] {
  const rows = new Map<number, number>();
  const wanted = numbers[place] ?? 0;
  for (let each = 0; each < numbers.length; each++) {
    if (numbers[each] !== wanted) continue;
    const code = right.codes[order === null ? each : (order[each] ?? 0)] ?? -1;
    rows.set(code, (rows.get(code) ?? 0) + 1);
  }
  return [...rows]
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN)
    .map(([code, count]) => ({ value: code < 0 ? null : right.print(code), rows: count }));
}
