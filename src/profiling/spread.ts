import type { NumberColumn } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { compareScalars, type Scalar } from '../columns/scalar.ts';
import { sortByDouble } from '../compose/radix.ts';
import type { CodedColumn } from './coded-column.ts';

/** Values with how many rows have each: distinct ones, or the rows of a column with its validity as counts. */
export interface Weighted {
  readonly values: ArrayLike<Scalar>;
  /** null: one row each. */
  readonly rows: ArrayLike<number> | null;
}

/** The smallest and the largest value; undefined where there is none. */
export function extremes({ values, rows }: Weighted): { readonly min: Scalar; readonly max: Scalar } | undefined {
  let min: Scalar | undefined;
  let max: Scalar | undefined;
  for (let i = 0; i < values.length; i++) {
    if (rows !== null && rows[i] === 0) continue;
    const value = values[i];
    if (value === undefined) continue;
    if (min === undefined || max === undefined) {
      min = value;
      max = value;
    } else if (compareScalars(value, min) < 0) min = value;
    else if (compareScalars(value, max) > 0) max = value;
  }
  return min === undefined || max === undefined ? undefined : { min, max };
}

/** The codes of the values with the most rows, at most `limit`: by rows, then ascending. */
export function mostFrequent({ values, counts }: CodedColumn, limit: number): readonly number[] {
  const isBefore = (a: number, b: number) => {
    const more = (counts[b] ?? 0) - (counts[a] ?? 0);
    return more === 0 ? compareScalars(values[a] ?? 0, values[b] ?? 0) < 0 : more < 0;
  };
  const first: number[] = [];
  for (let code = 0; code < counts.length; code++) {
    const last = first[limit - 1];
    if (last !== undefined && !isBefore(code, last)) continue;
    const place = first.findIndex((other) => isBefore(code, other));
    first.splice(place < 0 ? first.length : place, 0, code);
    if (first.length > limit) first.pop();
  }
  return first;
}

/** The values at ranks ⌊share × (n − 1)⌋ of the n values ascending; every value has a code. */
export function valuesAtRanks({ values, counts }: CodedColumn, shares: readonly number[], type: LogicalType): Scalar[] {
  const order = ascending(values, type);
  let present = 0;
  for (const count of counts) present += count;
  const found: Scalar[] = [];
  let passed = 0;
  let next = 0;
  for (const code of order) {
    passed += counts[code] ?? 0;
    for (; next < shares.length && Math.floor((shares[next] ?? 0) * (present - 1)) < passed; next++) {
      found.push(values[code] ?? 0);
    }
  }
  return found;
}

/** The codes in the order of their values. */
function ascending(values: readonly Scalar[] | Float64Array, type: LogicalType): Int32Array {
  const codes = Int32Array.from({ length: values.length }, (_, code) => code);
  if (values instanceof Float64Array) {
    const column: NumberColumn = { form: 'number', type, values, valid: null };
    return sortByDouble(codes, column, false);
  }
  return codes.sort((a, b) => compareScalars(values[a] ?? 0, values[b] ?? 0));
}
