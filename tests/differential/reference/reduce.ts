import { counts, type Operator } from '../operators.ts';
import {
  type Approximate,
  approximate,
  combined,
  doubleOf,
  type Exact,
  isExact,
  isSame,
  type Numeric,
  nearestQuotient,
  slackOf,
  slackOfSum,
  whole,
} from './number.ts';
import { quantile, rankedQuantile } from './quantile.ts';
import { product, spread } from './spread.ts';
import { BEYOND, LAST_BITS, SEVERAL_A_PERIOD, Undecided } from './undecided.ts';
import { compareValues, isUnsettled, keyOf, type Value } from './value.ts';

const LIMIT = 2n ** 127n - 1n;

/** Throws where row arithmetic goes past what 127 bits hold. */
export function require127Bits(value: Numeric): void {
  if (isExact(value) && (value.units > LIMIT || value.units < -LIMIT)) throw new Undecided(BEYOND);
}

/** A value that an operator takes in: with the weight, and with what orders it, where the operator has these. */
export interface Taken {
  readonly value: Value;
  readonly weight: Value;
  readonly order: Value;
}

export interface Reduced {
  readonly operator: Operator;
  readonly q: number | null;
  /** How the values of one period merge; null: there is one. */
  readonly combine: 'SUM' | 'MIN' | 'MAX' | null;
  /** Whether the values are row arithmetic, which each backend does itself. */
  readonly isComputed: boolean;
}

/** An operator over the values of some rows, NULLs skipped. */
export function reduced({ operator, q, combine, isComputed }: Reduced, taken: readonly Taken[]): Value {
  if (taken.some(({ value, weight }) => isUnsettled(value) || isUnsettled(weight))) throw new Undecided(LAST_BITS);
  const present = taken.map(({ value }) => value).filter((value) => value !== null);
  switch (operator) {
    case 'COUNT':
      return whole(present.length);
    case 'COUNT_DISTINCT':
      requireApart(present);
      return whole(new Set(present.map(keyOf)).size);
    case 'APPROX_DISTINCT': {
      requireApart(present);
      const distinct = new Set(present.map(keyOf)).size;
      // Five standard errors; of few values an estimate is off by one or two at most.
      return distinct < 2 ? whole(distinct) : { double: distinct, slack: Math.max(2, 5 * 0.01625 * distinct) };
    }
    case 'WEIGHTED_AVG':
      return weighted(taken);
    case 'FIRST':
    case 'LAST':
      return atPeriod(operator, combine, taken);
    case 'BOOL_AND':
      return present.length === 0 ? null : !present.includes(false);
    case 'BOOL_OR':
      return present.length === 0 ? null : present.includes(true);
    case 'MODE':
      return mode(present);
    case 'MIN':
    case 'MAX':
      return present.length === 0 ? null : loosened(extreme(operator, present), present, isComputed);
    default:
      return ofNumbers(operator, q, isComputed, present);
  }
}

/** What an operator is worth over no rows. */
export function overNothing(operator: Operator): Value {
  return counts(operator) ? whole(0) : null;
}

function ofNumbers(
  operator: Exclude<Operator, 'COUNT' | 'MIN' | 'MAX' | 'FIRST' | 'LAST' | 'MODE'>,
  q: number | null,
  isComputed: boolean,
  present: readonly Exclude<Value, null>[],
): Value {
  const numbers = present.flatMap((value) => (typeof value === 'object' ? [value] : []));
  if (numbers.length === 0) return null;
  switch (operator) {
    case 'MEDIAN':
      return loosened(quantile(numbers, 0.5), numbers, isComputed);
    case 'QUANTILE':
      return loosened(quantile(numbers, q ?? 0.5), numbers, isComputed);
    case 'APPROX_QUANTILE':
      return rankedQuantile(numbers, q ?? 0.5);
    case 'VAR_POP':
    case 'VAR_SAMP':
    case 'STDDEV_POP':
    case 'STDDEV_SAMP':
      return spread(operator, numbers);
    case 'PRODUCT':
      return product(numbers);
    case 'SUM':
      return loosened(sumOf(numbers), numbers, isComputed);
    case 'AVG': {
      const sum = sumOf(numbers);
      if (sum === null) return null;
      return loosened(divided(sum, numbers.length), numbers, isComputed);
    }
    default:
      throw new RangeError(`reference: ${operator} over numbers`);
  }
}

/** The sum; NULL where it leaves the doubles in whatever order it is added up. */
export function sumOf(values: readonly Numeric[]): Numeric | null {
  const exact = values.filter(isExact);
  if (exact.length === values.length && exact[0] !== undefined) {
    const units = exact.map((each) => each.units);
    if (units.reduce((sum, each) => sum + (each < 0n ? -each : each), 0n) > LIMIT) throw new Undecided(BEYOND);
    return { units: units.reduce((total, each) => total + each, 0n), digits: exact[0].digits };
  }
  const doubles = values.map((each): Approximate => ({ double: doubleOf(each), slack: slackOf(each) }));
  // Some order of adding may leave the doubles where another does not.
  if (!Number.isFinite(doubles.reduce((total, { double }) => total + Math.abs(double), 0))) {
    const isOneSided = new Set(doubles.map(({ double }) => Math.sign(double)).filter((each) => each !== 0)).size === 1;
    return isOneSided ? null : { double: 0, slack: Number.POSITIVE_INFINITY };
  }
  return approximate(
    doubles.reduce((total, { double }) => total + double, 0),
    slackOfSum(doubles),
  );
}

function divided(sum: Numeric, count: number): Value {
  if (isExact(sum)) return approximate(nearestQuotient(sum.units, BigInt(count) * 10n ** BigInt(sum.digits)));
  return approximate(sum.double / count, sum.slack / count);
}

/** Σ(x × w) ÷ Σw over the rows where neither is NULL. */
function weighted(taken: readonly Taken[]): Value {
  const products: Numeric[] = [];
  const weights: Numeric[] = [];
  for (const { value, weight } of taken) {
    if (value === null || weight === null || typeof value !== 'object' || typeof weight !== 'object') continue;
    weights.push(weight);
    const times = combined('*', value, weight);
    if (times === null) return { double: 0, slack: Number.POSITIVE_INFINITY };
    require127Bits(times);
    products.push(times);
  }
  if (weights.length === 0) return null;
  const digits = products.map((each) => (isExact(each) ? each.digits : 0));
  // Beyond 18 digits products are doubles.
  const isDouble = digits.some((each) => each > 18);
  const [sum, total] = [sumOf(isDouble ? products.map(asDouble) : products), sumOf(weights)];
  if (sum === null || total === null) return { double: 0, slack: Number.POSITIVE_INFINITY };
  return combined('/', sum, total);
}

function asDouble(value: Numeric): Approximate {
  return { double: doubleOf(value), slack: slackOf(value) + Math.abs(doubleOf(value)) * 1e-15 };
}

/** The value at the first or last period that has one. */
function atPeriod(operator: 'FIRST' | 'LAST', combine: Reduced['combine'], taken: readonly Taken[]): Value {
  const present = taken.filter(({ value, order }) => value !== null && order !== null);
  const direction = operator === 'FIRST' ? -1 : 1;
  let period: Exclude<Value, null> | null = null;
  for (const { order } of present) {
    if (order !== null && (period === null || direction * (compareValues(order, period) ?? 0) > 0)) period = order;
  }
  const values = present.filter(({ order }) => keyOf(order) === keyOf(period)).flatMap(({ value }) => value ?? []);
  const [first] = values;
  if (first === undefined) return null;
  if (combine === 'SUM') return sumOf(values.flatMap((each) => (typeof each === 'object' ? [each] : [])));
  if (combine !== null) return extreme(combine, values);
  if (new Set(values.map(keyOf)).size > 1) throw new Undecided(SEVERAL_A_PERIOD);
  return first;
}

function extreme(operator: 'MIN' | 'MAX', values: readonly Exclude<Value, null>[]): Value {
  const sign = operator === 'MIN' ? 1 : -1;
  const best = values.reduce((so, each) => (sign * (compareValues(each, so) ?? 0) < 0 ? each : so));
  if (typeof best !== 'object' || !values.some(isLoose)) return best;
  // Where the room of one reaches beyond another, either may be the extreme.
  const numbers = values.flatMap((each) => (typeof each === 'object' ? [each] : []));
  const outermost = operator === 'MIN' ? Math.min : Math.max;
  const low = outermost(...numbers.map((each) => doubleOf(each) - slackOf(each)));
  const high = outermost(...numbers.map((each) => doubleOf(each) + slackOf(each)));
  const double = doubleOf(best);
  return low === high ? best : { double, slack: Math.max(high - double, double - low) };
}

/** The most frequent value; of several the smallest. */
function mode(present: readonly Exclude<Value, null>[]): Value {
  requireApart(present);
  const found = new Map<string, { readonly value: Exclude<Value, null>; count: number }>();
  for (const value of present) {
    const known = found.get(keyOf(value)) ?? { value, count: 0 };
    known.count += 1;
    found.set(keyOf(value), known);
  }
  const most = Math.max(0, ...[...found.values()].map(({ count }) => count));
  const frequent = [...found.values()].filter(({ count }) => count === most).map(({ value }) => value);
  return frequent.length === 0 ? null : extreme('MIN', frequent);
}

/** Throws where doubles that were computed are within the tolerance of each other without being equal. */
function requireApart(values: readonly Value[]): void {
  const doubles = values.flatMap((value) =>
    value !== null && typeof value === 'object' && !isExact(value) ? [value] : [],
  );
  if (doubles.every(({ slack }) => slack === 0)) return;
  doubles.sort((a, b) => a.double - b.double);
  for (const [place, each] of doubles.entries()) {
    const before = doubles[place - 1];
    // Equal here, they may be unequal there.
    if (before !== undefined && isSame(before.double, { double: each.double, slack: before.slack + each.slack }))
      throw new Undecided(LAST_BITS);
  }
}

/** Row arithmetic in doubles is a backend's own; what its values leave open the whole leaves open. */
function loosened(value: Value, values: readonly Value[], isComputed: boolean): Value {
  if (value === null || typeof value !== 'object' || isExact(value)) return value;
  const open = Math.max(0, ...values.map((each) => (each !== null && typeof each === 'object' ? slackOf(each) : 0)));
  return {
    double: value.double,
    slack: Math.max(value.slack, open) + (isComputed ? Math.abs(value.double) * 1e-15 : 0),
  };
}

/** Whether a value is one that only its last bits tell from another. */
export function isLoose(value: Value): boolean {
  return value !== null && typeof value === 'object' && !isExact(value) && value.slack > 0;
}

export type { Exact };
