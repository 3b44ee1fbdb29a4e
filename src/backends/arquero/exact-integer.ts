import { integerScalar } from '../../columns/scalar.ts';

const LIMIT = 2n ** 127n;

/** An exact number passed 127 bits. */
export class ExactRangeError extends RangeError {
  override readonly name = 'ExactRangeError';
}

/** The integer in its one form: a number while it is safe, else a bigint. Throws `ExactRangeError` beyond 127 bits. */
export function exactInteger(value: bigint, what: string): number | bigint {
  if (value >= LIMIT || value < -LIMIT) throw new ExactRangeError(`${what} does not fit 127 bits`);
  return integerScalar(value);
}

/** An exact number, or NaN for NULL. */
export type ExactValue = number | bigint;

/** `left + right`; NULL where either is. */
export function exactSum(left: ExactValue, right: ExactValue): ExactValue {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum) || Number.isNaN(sum)) return sum;
  }
  return isNull(left) || isNull(right) ? Number.NaN : exactInteger(BigInt(left) + BigInt(right), 'a sum');
}

/** `left − right`; NULL where either is. */
export function exactDifference(left: ExactValue, right: ExactValue): ExactValue {
  if (typeof left === 'number' && typeof right === 'number') {
    const difference = left - right;
    if (Number.isSafeInteger(difference) || Number.isNaN(difference)) return difference;
  }
  return isNull(left) || isNull(right) ? Number.NaN : exactInteger(BigInt(left) - BigInt(right), 'a difference');
}

/** `left × right`; NULL where either is. */
export function exactProduct(left: ExactValue, right: ExactValue): ExactValue {
  if (typeof left === 'number' && typeof right === 'number') {
    const product = left * right;
    if (Number.isSafeInteger(product) || Number.isNaN(product)) return product + 0;
  }
  return isNull(left) || isNull(right) ? Number.NaN : exactInteger(BigInt(left) * BigInt(right), 'a product');
}

/** The largest integer ≤ 10^−digits units; NULL of NULL. */
export function exactFloor(value: ExactValue, digits: number): ExactValue {
  if (typeof value === 'number') {
    const unit = 10 ** digits;
    // What remains is exact, and so is the rest that the unit divides.
    const rest = value % unit;
    return (value - rest) / unit - (rest < 0 ? 1 : 0) + 0;
  }
  const unit = 10n ** BigInt(digits);
  return integerScalar(value / unit - (value % unit < 0n ? 1n : 0n));
}

/** What remains of the dividend, with its sign; NULL where the divisor is 0, or either is NULL. */
export function exactModulo(dividend: ExactValue, divisor: ExactValue): ExactValue {
  // Of numbers that are safe the remainder is exact, and by 0 it is NaN; adding 0 turns −0 into 0.
  if (typeof dividend === 'number' && typeof divisor === 'number') return (dividend % divisor) + 0;
  if (isNull(dividend) || isNull(divisor) || divisor === 0) return Number.NaN;
  return integerScalar(BigInt(dividend) % BigInt(divisor));
}

function isNull(value: ExactValue): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}
