import { type Approximate, approximate, doubleOf, isExact, type Numeric, nearestQuotient, slackOf } from './number.ts';
import { keyOf } from './value.ts';

/** Variance or standard deviation: exact for exact numbers, else by the distances from the mean. */
export function spread(
  operator: 'VAR_POP' | 'VAR_SAMP' | 'STDDEV_POP' | 'STDDEV_SAMP',
  values: readonly Numeric[],
): Approximate | null {
  const divisor = operator.endsWith('SAMP') ? values.length - 1 : values.length;
  if (divisor === 0) return null;
  const variance = varianceOf(values, divisor);
  if (variance === null || operator.startsWith('VAR')) return variance;
  const { double, slack } = variance;
  const root = Math.sqrt(double);
  return {
    double: root,
    slack: Math.max(root - Math.sqrt(Math.max(0, double - slack)), Math.sqrt(double + slack) - root),
  };
}

function varianceOf(values: readonly Numeric[], divisor: number): Approximate | null {
  const doubles = values.map(doubleOf);
  const count = values.length;
  const largest = Math.max(...doubles.map(Math.abs));
  if (new Set(values.map(keyOf)).size === 1 && values.every((each) => slackOf(each) === 0)) return approximate(0);
  const exact = values.filter(isExact);
  const value = exact.length === count ? exactVariance(exact, divisor) : doubleVariance(doubles, divisor);
  // Squares that leave the doubles in one engine may not do so in another.
  if (largest > 1e150) return { double: 0, slack: Number.POSITIVE_INFINITY };
  const inherited = values.reduce((sum, each) => sum + slackOf(each), 0);
  const distances = doubles.map((each) => Math.abs(each - doubles.reduce((sum, one) => sum + one / count, 0)));
  const farthest = Math.max(...distances);
  // Moments are kept in doubles where exact squares do not fit: each distance from the mean is rounded.
  const rounding = 1e-12 * largest + inherited;
  return approximate(value, ((2 * farthest * rounding + rounding * rounding) * count) / divisor);
}

function exactVariance(
  values: readonly { readonly units: bigint; readonly digits: number }[],
  divisor: number,
): number {
  const count = BigInt(values.length);
  const sum = values.reduce((total, { units }) => total + units, 0n);
  const squares = values.reduce((total, { units }) => total + units * units, 0n);
  const scale = 10n ** BigInt(2 * (values[0]?.digits ?? 0));
  return nearestQuotient(count * squares - sum * sum, count * BigInt(divisor) * scale);
}

function doubleVariance(values: readonly number[], divisor: number): number {
  const mean = values.reduce((sum, each) => sum + each / values.length, 0);
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / divisor;
}

/** The product in doubles, whose exponent is kept apart so that nothing on the way leaves them. */
export function product(values: readonly Numeric[]): Approximate | null {
  let mantissa = 1;
  let exponent = 0;
  let open = 0;
  for (const each of values) {
    const double = doubleOf(each);
    if (double === 0 && slackOf(each) === 0) return { double: 0, slack: 0 };
    if (slackOf(each) > 0) open += slackOf(each) / Math.max(Math.abs(double) - slackOf(each), 0);
    // Of subnormal numbers too.
    const [size, scaled] = Math.abs(double) < 1e-290 ? [-200, double * 2 ** 200] : [0, double];
    const power = scaled === 0 ? 0 : Math.floor(Math.log2(Math.abs(scaled)));
    mantissa *= scaled / 2 ** power;
    exponent += power + size;
    const more = Math.floor(Math.log2(Math.abs(mantissa)));
    mantissa /= 2 ** more;
    exponent += more;
  }
  if (!Number.isFinite(open) || open >= 1) return { double: 0, slack: Number.POSITIVE_INFINITY };
  const value = mantissa * 2 ** Math.trunc(exponent / 2) * 2 ** (exponent - Math.trunc(exponent / 2));
  // Whether the last number before infinity is passed may be a matter of rounding.
  if (exponent === 1023 && Math.abs(mantissa) > 1.999999) return { double: 0, slack: Number.POSITIVE_INFINITY };
  return approximate(value, Math.abs(value) * (open + 1e-12) + 1e-322);
}
