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

function isNull(value: ExactValue): boolean {
  return typeof value === 'number' && Number.isNaN(value);
}
