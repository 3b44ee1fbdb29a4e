import type { Operator } from '../world.ts';
import {
  type Approximate,
  approximate,
  type Exact,
  isExact,
  isSame,
  type Numeric,
  nearestQuotient,
  slackOfSum,
  whole,
} from './number.ts';
import { compareValues, keyOf, type Value } from './value.ts';

/** What the answer is stays open; the message says why. */
export class Undecided extends Error {}

const BEYOND = 'whether a sum past 127 bits is refused depends on the order of the rows';
export const LAST_BITS = 'whether computed doubles are distinct depends on their last bits';

const LIMIT = 2n ** 127n - 1n;

/** Throws where row arithmetic goes past what 127 bits hold. */
export function require127Bits(value: Numeric): void {
  if (isExact(value) && (value.units > LIMIT || value.units < -LIMIT)) throw new Undecided(BEYOND);
}

/** An operator over the values of some rows, NULLs skipped. `isComputed`: the values are row arithmetic. */
export function reduced(operator: Operator, values: readonly Value[], isComputed: boolean): Value {
  if (operator === 'COUNT(*)') return whole(values.length);
  const present = values.filter((value) => value !== null);
  if (operator === 'COUNT') return whole(present.length);
  if (operator === 'COUNT_DISTINCT') {
    if (isComputed) requireApart(present);
    return whole(new Set(present.map(keyOf)).size);
  }
  if (present.length === 0) return null;
  if (operator === 'MIN' || operator === 'MAX') {
    const sign = operator === 'MIN' ? 1 : -1;
    return loosened(
      present.reduce((best, each) => (sign * (compareValues(each, best) ?? 0) < 0 ? each : best)),
      isComputed,
    );
  }
  const numbers = present.flatMap((value) => (typeof value === 'object' ? [value] : []));
  const exact = numbers.filter(isExact);
  if (exact.length > 0) return ofExact(operator, exact);
  return loosened(
    ofDoubles(
      operator,
      numbers.flatMap((each) => (isExact(each) ? [] : [each])),
    ),
    isComputed,
  );
}

function ofExact(operator: 'SUM' | 'AVG' | 'MEDIAN', values: readonly Exact[]): Value {
  const digits = values[0]?.digits ?? 0;
  const power = 10n ** BigInt(digits);
  const units = values.map((each) => each.units);
  if (operator === 'MEDIAN') {
    const sorted = units.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? 0n, sorted[sorted.length >> 1] ?? 0n];
    return approximate(nearestQuotient(low + high, 2n * power));
  }
  if (units.reduce((sum, each) => sum + (each < 0n ? -each : each), 0n) > LIMIT) throw new Undecided(BEYOND);
  const sum = units.reduce((total, each) => total + each, 0n);
  if (operator === 'SUM') return { units: sum, digits };
  return approximate(nearestQuotient(sum, BigInt(units.length) * power));
}

function ofDoubles(operator: 'SUM' | 'AVG' | 'MEDIAN', values: readonly Approximate[]): Value {
  if (operator === 'MEDIAN') {
    const sorted = values.toSorted((a, b) => a.double - b.double);
    const [low, high] = [sorted[(sorted.length - 1) >> 1]?.double ?? 0, sorted[sorted.length >> 1]?.double ?? 0];
    // Halves first only where the sum would leave the doubles.
    return approximate(Number.isFinite(low + high) ? (low + high) / 2 : low / 2 + high / 2);
  }
  const sum = values.reduce((total, { double }) => total + double, 0);
  const slack = slackOfSum(values);
  // Some order of adding may leave the doubles where another does not.
  if (!Number.isFinite(values.reduce((total, { double }) => total + Math.abs(double), 0))) {
    const isOneSided = new Set(values.map(({ double }) => Math.sign(double)).filter((each) => each !== 0)).size === 1;
    return isOneSided ? null : { double: 0, slack: Number.POSITIVE_INFINITY };
  }
  return operator === 'SUM' ? approximate(sum, slack) : approximate(sum / values.length, slack / values.length);
}

/** Throws where doubles are within the tolerance of each other without being equal. */
function requireApart(values: readonly Value[]): void {
  const doubles = values.flatMap((value) =>
    value !== null && typeof value === 'object' && !isExact(value) ? [value.double] : [],
  );
  doubles.sort((a, b) => a - b);
  for (const [place, double] of doubles.entries()) {
    const before = doubles[place - 1];
    if (before !== undefined && before !== double && isSame(before, { double, slack: 0 }))
      throw new Undecided(LAST_BITS);
  }
}

/** Row arithmetic in doubles is a backend's own: its last bits decide nothing. */
function loosened(value: Value, isComputed: boolean): Value {
  if (!isComputed || value === null || typeof value !== 'object' || isExact(value)) return value;
  return { double: value.double, slack: value.slack + Math.abs(value.double) * 1e-15 };
}
