import type { NumberColumn } from '../../columns/column.ts';
import { DOUBLE, INT64 } from '../../columns/logical-type.ts';
import { finiteColumn } from '../double-arithmetic.ts';
import { bothValid, type FlatColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { nullWhereZero } from './null-groups.ts';
import type { ValueRuns } from './value-runs.ts';

/** Powers of two from here up are normal doubles, with all their bits. */
const SMALLEST_NORMAL = -1022;
/** Exponents of the smallest and the largest doubles. */
const SMALLEST = -1074;
const LARGEST = 1023;

/** mantissa × 2^exponent: the mantissa 0 (and the exponent too) or 1 ≤ |mantissa| < 2. */
interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

const ONE: Scaled = { mantissa: 1, exponent: 0 };

/** The product of each group's values, in ascending order of the values: columns `mantissa` and `exponent`. */
export function productGroups(values: Float64Array, { rows, counts, starts }: ValueRuns): [NumberColumn, NumberColumn] {
  const products = Array.from({ length: starts.length - 1 }, (_, place) => {
    let product: Scaled | null = null;
    for (let run = starts[place] ?? 0; run < (starts[place + 1] ?? 0); run++) {
      const factor = power(scaled(values[rows[run] ?? 0] ?? 0), counts[run] ?? 0);
      product = product === null ? factor : times(product, factor);
    }
    return product;
  });
  return scaledColumns(products);
}

/** The product of each group's states. */
export function multiplyGroups(
  mantissa: FlatColumn,
  exponent: FlatColumn,
  grouping: Grouping,
): [NumberColumn, NumberColumn] {
  const { groupOf, size, groups } = grouping;
  const products = new Array<Scaled | null>(size).fill(null);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (mantissa.valid !== null && mantissa.valid[row] === 0)) continue;
    const factor = { mantissa: Number(mantissa.values[row] ?? 0), exponent: Number(exponent.values[row] ?? 0) };
    const known = products[group] ?? null;
    products[group] = known === null ? factor : times(known, factor);
  }
  return scaledColumns(Array.from(groups, (group) => products[group] ?? null));
}

/** mantissa × 2^exponent as doubles; NULL where that is beyond them. */
export function unscaled(mantissa: FlatColumn, exponent: FlatColumn): NumberColumn {
  const values = new Float64Array(mantissa.values.length);
  for (let i = 0; i < values.length; i++) {
    const power = Number(exponent.values[i] ?? 0);
    // Below the normal doubles in two steps: only the last one rounds.
    const normal = Math.max(power, SMALLEST_NORMAL);
    values[i] = Number(mantissa.values[i] ?? 0) * 2 ** normal * 2 ** (power - normal);
  }
  return finiteColumn(values, bothValid(mantissa.valid, exponent.valid));
}

/** A double taken apart, exactly. */
function scaled(value: number): Scaled {
  if (value === 0) return { mantissa: 0, exponent: 0 };
  // The logarithm may be off by one beside a power of two, at both ends of the doubles too.
  const exponent = Math.min(Math.max(Math.floor(Math.log2(Math.abs(value))), SMALLEST), LARGEST);
  return normal(value / 2 ** exponent, exponent);
}

/** Brings a mantissa of at least 1/2 and less than 4 between 1 and 2. */
function normal(mantissa: number, exponent: number): Scaled {
  if (mantissa === 0) return { mantissa: 0, exponent: 0 };
  const magnitude = Math.abs(mantissa);
  if (magnitude >= 2) return { mantissa: mantissa / 2, exponent: exponent + 1 };
  if (magnitude < 1) return { mantissa: mantissa * 2, exponent: exponent - 1 };
  return { mantissa, exponent };
}

function times(a: Scaled, b: Scaled): Scaled {
  return normal(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

/** By repeated squaring. */
function power(base: Scaled, count: number): Scaled {
  let result = ONE;
  let square = base;
  for (let left = count; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square);
    if (left > 1) square = times(square, square);
  }
  return result;
}

function scaledColumns(products: readonly (Scaled | null)[]): [NumberColumn, NumberColumn] {
  const counts = Float64Array.from(products, (product) => (product === null ? 0 : 1));
  const mantissas = Float64Array.from(products, (product) => product?.mantissa ?? 0);
  const exponents = Float64Array.from(products, (product) => product?.exponent ?? 0);
  return [nullWhereZero(mantissas, counts, DOUBLE), nullWhereZero(exponents, counts, INT64)];
}
