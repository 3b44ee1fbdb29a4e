import type { Column, NumberColumn } from '../../columns/column.ts';
import { type FlatColumn, flatColumn, integerColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';

/**
 * The sum of each group, in the order of `grouping.groups`; `counts[row]` is how many times a row counts (null: once).
 * NULLs are skipped, and a group without any other value is NULL. Exact numbers are exact: in doubles while every
 * partial sum is a safe integer, else in bigints.
 */
export function addGroups(column: Column, counts: Float64Array | null, grouping: Grouping): FlatColumn {
  const flat = flatColumn(column);
  return (flat.form === 'number' ? addNumbers(flat, counts, grouping) : null) ?? addIntegers(flat, counts, grouping);
}

/** How many values of each group are not NULL; rows where there is no column. */
export function countGroups(
  column: FlatColumn | Column | null,
  counts: Float64Array | null,
  grouping: Grouping,
): Float64Array {
  const { groupOf, size, groups } = grouping;
  const codes = column?.form === 'dictionary' ? column.codes : null;
  const valid = column === null || column.form === 'dictionary' ? null : column.valid;
  const sums = new Float64Array(size);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (codes !== null && (codes[row] ?? -1) < 0) || (valid !== null && valid[row] === 0)) continue;
    sums[group] = (sums[group] ?? 0) + (counts === null ? 1 : (counts[row] ?? 0));
  }
  return Float64Array.from(groups, (group) => sums[group] ?? 0);
}

/** null: a partial sum of exact numbers is not a safe integer. */
function addNumbers(column: NumberColumn, counts: Float64Array | null, grouping: Grouping): NumberColumn | null {
  const { groupOf, size, groups } = grouping;
  const { type, values, valid } = column;
  const limit = type.kind === 'double' ? Number.POSITIVE_INFINITY : Number.MAX_SAFE_INTEGER;
  const sums = new Float64Array(size);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    const value = counts === null ? (values[row] ?? 0) : (values[row] ?? 0) * (counts[row] ?? 0);
    const sum = (sums[group] ?? 0) + value;
    // Where the true sum is not safe the rounded one is not either, so this comparison misses none. A product that is
    // not safe either makes a sum that is not, or one that a safe sum before it brought back.
    if (sum > limit || sum < -limit || value > limit || value < -limit) return null;
    sums[group] = sum;
  }
  const merged = new Float64Array(groups.length);
  for (let i = 0; i < merged.length; i++) merged[i] = sums[groups[i] ?? 0] ?? 0;
  return { form: 'number', type, values: merged, valid: validGroups(column, grouping) };
}

function addIntegers(column: FlatColumn, counts: Float64Array | null, grouping: Grouping): FlatColumn {
  const { groupOf, size, groups } = grouping;
  const { type, values, valid } = column;
  const sums = new Array<bigint>(size).fill(0n);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    const value = BigInt(values[row] ?? 0);
    sums[group] = (sums[group] ?? 0n) + (counts === null ? value : value * BigInt(counts[row] ?? 0));
  }
  const merged = Array.from(groups, (group) => sums[group] ?? 0n);
  return integerColumn(type, merged, validGroups(column, grouping));
}

/** Which groups have a value that is not NULL; null where all have. */
function validGroups({ valid }: FlatColumn, { groupOf, size, groups, rows }: Grouping): Uint8Array | null {
  // Every group has a row, except the one group of no keys where there are no rows.
  if (valid === null && rows[0] !== -1) return null;
  const counted = new Uint8Array(size);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group >= 0 && valid?.[row] !== 0) counted[group] = 1;
  }
  const validOf = Uint8Array.from(groups, (group) => counted[group] ?? 0);
  return validOf.includes(0) ? validOf : null;
}
