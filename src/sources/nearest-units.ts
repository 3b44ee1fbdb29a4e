import { unitsToDouble } from '../columns/scalar.ts';

/** Off by more than this part of a unit, a number counts as rounded. */
const TOLERANCE = 1e-6;
/** Below this, a product with a power of ten is off by less than a quarter of a unit. */
const DIRECT_LIMIT = 2 ** 51;

/** A finite double in units of 10^−digits: the nearest integer, ties away from zero. */
export function nearestUnits(value: number, digits: number): number | bigint {
  const scaled = Math.abs(value) * 10 ** digits;
  if (scaled < DIRECT_LIMIT) {
    // The product may be off by half of its last place: near a tie only exact arithmetic can tell.
    const fromTie = Math.abs(scaled - Math.floor(scaled) - 0.5);
    if (fromTie > scaled * Number.EPSILON) return Math.sign(value) * Math.round(scaled) + 0;
  }
  return exactNearest(value, digits);
}

/**
 * Whether units lost more of a double than writing it in decimal does, or the double is beyond 2^53: several numbers of
 * the file may have become it.
 */
export function isRounded(value: number, units: number | bigint, digits: number): boolean {
  if (Math.abs(value) > 2 ** 53) return true;
  return Math.abs(value * 10 ** digits - Number(units)) > TOLERANCE && unitsToDouble(units, digits) !== value;
}

function exactNearest(value: number, digits: number): number | bigint {
  const { mantissa, exponent } = parts(Math.abs(value));
  const numerator = mantissa * 10n ** BigInt(digits) * (exponent > 0 ? 1n << BigInt(exponent) : 1n);
  const denominator = exponent < 0 ? 1n << BigInt(-exponent) : 1n;
  let units = numerator / denominator;
  if (2n * (numerator % denominator) >= denominator) units += 1n;
  if (value < 0) units = -units;
  const number = Number(units);
  return Number.isSafeInteger(number) ? number : units;
}

/** A double as mantissa · 2^exponent, exactly (IEEE 754 binary64). */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10_0000_0000_0000n, exponent: biased - 1075 };
}
