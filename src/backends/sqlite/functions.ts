import type { Database } from 'sql.js';
import { type CalendarLevel, periodStart } from '../../columns/calendar.ts';
import { unitsToDouble } from '../../columns/scalar.ts';

/** How the message of an integer beyond 127 bits begins. */
export const OUT_OF_RANGE = 'integer out of range';

/** Integers beyond it are no states: none of the engines holds them. */
const LIMIT = 2n ** 127n;

type Numeric = number | string | null;

/**
 * What SQLite lacks. Its integers have 64 bits, and a function of ours is given integers as doubles: so exact integers
 * that may pass 2^53 come and go as their decimal text. Functions of NULL are NULL; aggregates skip it, and are NULL over
 * nothing.
 */
export function defineFunctions(database: Database): void {
  database.create_function('exact_add', (a: string | null, b: string | null) => exactly(a, b, (x, y) => x + y));
  database.create_function('exact_subtract', (a: string | null, b: string | null) => exactly(a, b, (x, y) => x - y));
  database.create_function('exact_multiply', (a: string | null, b: string | null) => exactly(a, b, (x, y) => x * y));
  database.create_function('exact_floor', (a: string | null, digits: number) =>
    a === null ? null : floorOf(BigInt(a), 10n ** BigInt(digits)).toString(),
  );
  database.create_function('exact_modulo', (a: string | null, b: string | null) =>
    a === null || b === null || BigInt(b) === 0n ? null : (BigInt(a) % BigInt(b)).toString(),
  );
  // sql.js has some of these under their own names, and SQLite others; what they give at their borders is not one thing.
  database.create_function('real_floor', (x: number | null) => real(x, Math.floor));
  database.create_function('real_sqrt', (x: number | null) => real(x, Math.sqrt));
  database.create_function('real_exp', (x: number | null) => real(x, Math.exp));
  database.create_function('real_ln', (x: number | null) => real(x, Math.log));
  database.create_function('real_log10', (x: number | null) => real(x, Math.log10));
  database.create_function('real_power', (x: number | null, y: number | null) =>
    y === null ? null : real(x, (base) => base ** y),
  );
  database.create_function('exact_compare', (a: string | null, b: string | null) =>
    a === null || b === null ? null : order(BigInt(a), BigInt(b)),
  );
  database.create_function('exact_to_double', (a: string | null, digits: number) =>
    a === null ? null : unitsToDouble(BigInt(a), digits),
  );
  database.create_function('period_start', (day: number | null, level: CalendarLevel) =>
    day === null ? null : periodStart(day, level),
  );
  database.create_function('low_middle', (middles: string | null) => middleOf(middles, 0));
  database.create_function('high_middle', (middles: string | null) => middleOf(middles, 1));
  database.create_aggregate(
    'exact_sum',
    exactAggregate((sum, value) => sum + value),
  );
  database.create_aggregate(
    'exact_min',
    exactAggregate((least, value) => (order(value, least) < 0 ? value : least)),
  );
  database.create_aggregate(
    'exact_max',
    exactAggregate((most, value) => (order(value, most) > 0 ? value : most)),
  );
  database.create_aggregate('middles', MIDDLES);
}

/** A function of a double, NULL where it is not finite; −0 becomes 0. */
function real(x: number | null, of: (x: number) => number): number | null {
  if (x === null) return null;
  const value = of(x);
  return Number.isFinite(value) ? value + 0 : null;
}

function floorOf(value: bigint, unit: bigint): bigint {
  return value / unit - (value % unit < 0n ? 1n : 0n);
}

function exactly(a: string | null, b: string | null, of: (a: bigint, b: bigint) => bigint): string | null {
  return a === null || b === null ? null : checked(of(BigInt(a), BigInt(b)));
}

function checked(value: bigint): string {
  if (value >= LIMIT || value < -LIMIT) throw new RangeError(`${OUT_OF_RANGE}: ${value} does not fit 128 bits`);
  return value.toString();
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function exactAggregate(combine: (soFar: bigint, value: bigint) => bigint) {
  return {
    init: (): bigint | null => null,
    step: (soFar: bigint | null, value: string | null): bigint | null => {
      if (value === null) return soFar;
      return soFar === null ? BigInt(value) : combine(soFar, BigInt(value));
    },
    finalize: (soFar: bigint | null): string | null => (soFar === null ? null : checked(soFar)),
  };
}

/** The two middle values as one text, `low high`: SQLite computes an aggregate that stands twice only once. */
const MIDDLES = {
  init: (): Numeric[] => [],
  step: (values: Numeric[], value: Numeric): Numeric[] => {
    if (value !== null) values.push(value);
    return values;
  },
  finalize: (values: Numeric[]): string | null => {
    if (values.length === 0) return null;
    const isText = typeof values[0] === 'string';
    const sorted: ArrayLike<number | bigint> = isText
      ? values.map((value) => BigInt(value ?? 0)).sort(order)
      : Float64Array.from(values, Number).sort();
    const low = sorted[(sorted.length - 1) >> 1];
    const high = sorted[sorted.length >> 1];
    return `${isText ? 'x' : ''}${low} ${isText ? 'x' : ''}${high}`;
  },
};

/** One of the two: a number, or the text of an exact integer where those came as texts. */
function middleOf(middles: string | null, which: 0 | 1): number | string | null {
  if (middles === null) return null;
  const text = middles.split(' ')[which] ?? '';
  return text.startsWith('x') ? text.slice(1) : Number(text);
}
