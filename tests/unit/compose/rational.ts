/** Digits after the point that are written out: far more than a double can tell apart from 10^−40 on. */
const PLACES = 120;

/**
 * The double nearest to a ratio, by another road than the code under test: the decimal expansion is written out, a last
 * digit says whether anything follows, and the text is read as a number, which rounds correctly.
 */
export function nearestDouble(numerator: bigint, denominator: bigint): number {
  const isNegative = numerator < 0n !== denominator < 0n;
  const dividend = numerator < 0n ? -numerator : numerator;
  const divisor = denominator < 0n ? -denominator : denominator;
  const scaled = dividend * 10n ** BigInt(PLACES);
  const digits = (scaled / divisor).toString().padStart(PLACES + 1, '0');
  const rest = scaled % divisor === 0n ? '' : '1';
  const double = Number(`${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}${rest}`);
  return isNegative ? 0 - double : double;
}
