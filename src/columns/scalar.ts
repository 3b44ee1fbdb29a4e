import { compareCodePoints } from '../canon/code-point.ts';
import type { LogicalType } from './logical-type.ts';

/**
 * One non-null value. text: string · bool: boolean · double: number · date: day number of the period's first day ·
 * int64 and decimal: an integer (decimal in units of 10^−digits), a number while it is safe (|x| ≤ 2^53 − 1) and a
 * bigint beyond, so that equal integers are equal by `===`.
 */
export type Scalar = string | number | bigint | boolean;

/** The integer in its one form: number while safe, else bigint. */
export function integerScalar(value: bigint): number | bigint {
  return value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value;
}

/** Compares two non-null values of one type: text by code point, false before true, numbers by value. */
export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  // `<` compares numbers with bigints exactly.
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Code units in whose order texts are not in that of their code points: surrogates, and what stands above them. */
const BEYOND = /[\ud800-\uffff]/;

/** The values ascending, as `compareScalars` orders them. */
export function sortScalars(values: readonly Scalar[]): Scalar[] {
  // Without surrogates the platform's own order of texts is ours, and many times faster.
  const isPlain = values.every((value) => typeof value === 'string') && !BEYOND.test(values.join(''));
  return isPlain ? values.toSorted() : values.toSorted(compareScalars);
}

/** Prints units of 10^−digits exactly: (−1230, 2) → `-12.30`. */
export function printUnits(units: number | bigint, digits: number): string {
  const text = (units < 0 ? -BigInt(units) : BigInt(units)).toString().padStart(digits + 1, '0');
  const sign = units < 0 ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The nearest double of an exact integer of 10^−digits units: one correctly rounded step, through its decimal text. */
export function unitsToDouble(units: number | bigint, digits: number): number {
  if (digits === 0) return Number(units);
  // A safe integer divided by an exact power of ten is correctly rounded by IEEE 754; beyond 2^53, text is.
  return typeof units === 'number' ? units / 10 ** digits : Number(printUnits(units, digits));
}

/** The value in the form that canonical JSON and SQL literals start from. */
export interface TypedScalar {
  readonly value: Scalar | null;
  readonly type: LogicalType;
}
