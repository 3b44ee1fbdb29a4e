/**
 * The double nearest to `numerator / denominator`, ties to even: one correctly rounded division of integers of any
 * size. `denominator` is not 0. Where both are safe integers, `/` on numbers gives the same and is faster.
 */
export function quotient(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const sign = numerator < 0n === denominator < 0n ? 1 : -1;
  let dividend = numerator < 0n ? -numerator : numerator;
  let divisor = denominator < 0n ? -denominator : denominator;
  // Scaled so that the integer quotient has at least 62 bits: more than a double keeps, so that one further bit that
  // says "there is a remainder" is all that rounding has to know.
  const shift = 66 + hexBits(divisor) - hexBits(dividend);
  if (shift > 0) dividend <<= BigInt(shift);
  else divisor <<= BigInt(-shift);
  const sticky = dividend % divisor === 0n ? 0n : 1n;
  // The conversion of a bigint to a number rounds to nearest, ties to even; the power of two is exact.
  return sign * Number(((dividend / divisor) << 1n) | sticky) * 2 ** (-shift - 1);
}

/** Number of bits, rounded up to a multiple of four. */
function hexBits(value: bigint): number {
  return 4 * value.toString(16).length;
}
