import { type Column, columnLength, type NumberColumn } from '../../columns/column.ts';
import { DOUBLE, INT64 } from '../../columns/logical-type.ts';
import { unitsToDouble } from '../../columns/scalar.ts';
import { doubleColumn } from '../double-arithmetic.ts';
import { digitsOf, exactArithmetic, exactQuotient } from '../exact-arithmetic.ts';
import { bothValid, constantColumn, type FlatColumn, flatColumn, withZeros } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { quotient } from '../quotient.ts';
import { takeRows } from '../take.ts';
import { nullWhereZero } from './null-groups.ts';
import { countOfRuns, type ValueRuns } from './value-runs.ts';

/** Where a quantile stands among ascending values, from 0: `fraction` of the way from `low` to the next one. */
interface QuantilePosition {
  readonly low: number;
  readonly fraction: number;
}

/** (count − 1) × q, as Hyndman and Fan 1996 have it in their type 7. */
function quantilePosition(count: number, q: number): QuantilePosition {
  const position = (count - 1) * q;
  const low = Math.floor(position);
  return { low, fraction: position - low };
}

/** The values on both sides of a quantile, and how many there are, by group: columns `low`, `high` and `count`. */
export function orderStatistics(
  column: Column,
  runs: ValueRuns,
  q: number,
  { groups }: Grouping,
): [Column, Column, Column] {
  const low = new Int32Array(groups.length).fill(-1);
  const high = new Int32Array(groups.length).fill(-1);
  const counts = new Float64Array(groups.length);
  for (let place = 0; place < groups.length; place++) {
    const count = countOfRuns(runs, place);
    counts[place] = count;
    if (count === 0) continue;
    const position = quantilePosition(count, q);
    const first = runs.starts[place] ?? 0;
    let run = first;
    let passed = runs.counts[run] ?? 0;
    while (passed <= position.low) passed += runs.counts[++run] ?? 0;
    low[place] = runs.rows[run] ?? -1;
    // The next value is of the same run unless this was its last one.
    if (position.fraction > 0 && passed <= position.low + 1) run++;
    high[place] = runs.rows[run] ?? -1;
  }
  return [takeRows(column, low), takeRows(column, high), nullWhereZero(counts, counts, INT64)];
}

/** (low + high) ÷ 2: of exact numbers one division of exact integers. */
export function midpoint(low: FlatColumn, high: FlatColumn): NumberColumn {
  if (low.type.kind === 'double') return doubleMidpoint(doubleColumn(low), doubleColumn(high));
  const two = flatColumn(constantColumn(2, INT64, columnLength(low)));
  return exactQuotient(exactArithmetic('+', low, high, low.type), two);
}

/**
 * low + (high − low) × the fraction of (count − 1) × q: of exact numbers exact until one division, so that the quantile
 * at a half is the midpoint.
 */
export function interpolated(low: FlatColumn, high: FlatColumn, count: FlatColumn, q: number): NumberColumn {
  const fractions = doubleColumn(count).values.map((n) => quantilePosition(n, q).fraction);
  const values =
    low.type.kind === 'double'
      ? betweenDoubles(doubleColumn(low).values, doubleColumn(high).values, fractions)
      : betweenUnits(low, high, fractions);
  const valid = bothValid(low.valid, high.valid);
  return { form: 'number', type: DOUBLE, values: withZeros(values, valid), valid };
}

function betweenDoubles(low: Float64Array, high: Float64Array, fractions: Float64Array): Float64Array {
  return fractions.map((fraction, i) => {
    const a = low[i] ?? 0;
    const b = high[i] ?? 0;
    if (fraction === 0) return a;
    // Only where the distance would leave the doubles are the two ends weighed instead.
    const value = Number.isFinite(b - a) ? a + (b - a) * fraction : a * (1 - fraction) + b * fraction;
    // Rounding does not lead past the value above; + 0 makes −0 the one zero.
    return Math.min(value, b) + 0;
  });
}

function betweenUnits(low: FlatColumn, high: FlatColumn, fractions: Float64Array): Float64Array {
  const digits = digitsOf(low.type);
  return fractions.map((fraction, i) => {
    const a = low.values[i] ?? 0;
    const b = high.values[i] ?? 0;
    if (fraction === 0 || a === b) return unitsToDouble(a, digits);
    // A double is an integer over a power of two; what is below 2^−1000 makes no difference.
    let denominator = 1;
    while (denominator < 2 ** 1000 && !Number.isInteger(fraction * denominator)) denominator *= 2;
    const part = BigInt(Math.floor(fraction * denominator));
    const numerator = BigInt(a) * BigInt(denominator) + (BigInt(b) - BigInt(a)) * part;
    return quotient(numerator, BigInt(denominator) * 10n ** BigInt(digits));
  });
}

function doubleMidpoint(low: NumberColumn, high: NumberColumn): NumberColumn {
  const values = new Float64Array(low.values.length);
  for (let i = 0; i < values.length; i++) {
    const a = low.values[i] ?? 0;
    const b = high.values[i] ?? 0;
    // Halves first only where the sum would leave the doubles: halving the smallest ones would lose a bit.
    values[i] = Number.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
  }
  return { form: 'number', type: DOUBLE, values, valid: bothValid(low.valid, high.valid) };
}
