import type { Column, DictionaryColumn, NumberColumn } from '../../columns/column.ts';
import { type FlatColumn, flatColumn, integerColumn } from '../../compose/flat-column.ts';
import type { Grouping } from '../../compose/grouping.ts';
import { ranksOf } from '../../compose/order.ts';
import { cutDictionary, takeRows } from '../../compose/take.ts';
import type { Merge } from '../../operators/state.ts';

/**
 * One state column merged within each group, in the order of `grouping.groups`. NULLs are skipped; a group without any
 * other value is NULL, or 0 where the state over no rows is. Sums of exact numbers are exact: in doubles while every
 * partial sum is a safe integer, else in bigints.
 */
export function mergeColumn(column: Column, merge: Merge, empty: 'null' | 'zero', grouping: Grouping): Column {
  const merged = mergeGroups(column, merge, grouping);
  return empty === 'zero' ? withoutNulls(merged) : merged;
}

function mergeGroups(column: Column, merge: Merge, grouping: Grouping): Column {
  switch (merge) {
    case 'add': {
      const flat = flatColumn(column);
      return (flat.form === 'number' ? addNumbers(flat, grouping) : null) ?? addIntegers(flat, grouping);
    }
    case 'min':
    case 'max':
      return extreme(column, merge, grouping);
    case 'union':
      throw new RangeError('roll-up: a union has no state column to merge');
  }
}

/** null: a partial sum of exact numbers is not a safe integer. */
function addNumbers(column: NumberColumn, grouping: Grouping): NumberColumn | null {
  const { groupOf, size, groups } = grouping;
  const { type, values, valid } = column;
  const limit = type.kind === 'double' ? Number.POSITIVE_INFINITY : Number.MAX_SAFE_INTEGER;
  const sums = new Float64Array(size);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    const sum = (sums[group] ?? 0) + (values[row] ?? 0);
    // Where the true sum is not safe the rounded one is not either, so this comparison misses none.
    if (sum > limit || sum < -limit) return null;
    sums[group] = sum;
  }
  const merged = new Float64Array(groups.length);
  for (let i = 0; i < merged.length; i++) merged[i] = sums[groups[i] ?? 0] ?? 0;
  return { form: 'number', type, values: merged, valid: validGroups(column, grouping) };
}

function addIntegers(column: FlatColumn, grouping: Grouping): FlatColumn {
  const { groupOf, size, groups } = grouping;
  const { type, values, valid } = column;
  const sums = new Array<bigint>(size).fill(0n);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    sums[group] = (sums[group] ?? 0n) + BigInt(values[row] ?? 0);
  }
  const merged = Array.from(groups, (group) => sums[group] ?? 0n);
  return integerColumn(type, merged, validGroups(column, grouping));
}

/** The smallest or largest value of each group, found as a row so that every form of column is taken the same way. */
function extreme(column: Column, merge: 'min' | 'max', { groupOf, size, groups }: Grouping): Column {
  const { values, valid } = column.form === 'dictionary' ? rankColumn(column) : column;
  const wanted = merge === 'min' ? -1 : 1;
  const best = new Int32Array(size).fill(-1);
  for (let row = 0; row < values.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (valid !== null && valid[row] === 0)) continue;
    const known = best[group] ?? -1;
    if (known < 0 || side(values[row] ?? 0, values[known] ?? 0) === wanted) best[group] = row;
  }
  const rows = new Int32Array(groups.length);
  for (let i = 0; i < rows.length; i++) rows[i] = best[groups[i] ?? 0] ?? -1;
  return takeRows(column, rows);
}

function side(a: number | bigint, b: number | bigint): number {
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

/** Over no rows such a state is 0, which is how NULL is held already. */
function withoutNulls(column: Column): Column {
  return column.form === 'dictionary' ? column : { ...column, valid: null };
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
