import {
  type Approximate,
  approximate,
  compareNumbers,
  doubleOf,
  isExact,
  type Numeric,
  nearestQuotient,
  slackOf,
} from './number.ts';

/** Of sketches of quantiles: how far the estimate may be off the value. */
const SKETCH_ERROR = 0.01;

/** Interpolated between the two nearest values: type 7 of Hyndman and Fan. */
export function quantile(values: readonly Numeric[], q: number): Approximate | null {
  const sorted = values.toSorted((a, b) => compareNumbers(a, b) ?? 0);
  const place = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) return null;
  if (q === 0.5 && isExact(low) && isExact(high)) {
    return approximate(nearestQuotient(low.units + high.units, 2n * 10n ** BigInt(low.digits)));
  }
  const [a, b] = [doubleOf(low), doubleOf(high)];
  const share = place - Math.floor(place);
  const slack = Math.max(slackOf(low), slackOf(high));
  if (share === 0) return approximate(a, slack);
  // Weights first: the difference may leave the doubles.
  const value = a * (1 - share) + b * share;
  const isHalf = q === 0.5 && Number.isFinite(a + b);
  if (isHalf) return approximate((a + b) / 2, slack);
  return approximate(value, slack + 1e-13 * (Math.abs(a) + Math.abs(b)));
}

/** The value at floor(q(n − 1)), with the room that a sketch has around it. */
export function rankedQuantile(values: readonly Numeric[], q: number): Approximate | null {
  const sorted = values.toSorted((a, b) => compareNumbers(a, b) ?? 0);
  const place = (sorted.length - 1) * q;
  // Where rounding decides which place it is, either will do.
  const places = new Set([Math.floor(place - 1e-9), Math.floor(place), Math.floor(place + 1e-9)]);
  const found = [...places]
    .flatMap((each) => sorted[each] ?? [])
    .map((each) => ({ double: doubleOf(each), slack: slackOf(each) }));
  if (found.length === 0) return null;
  const ends = found.flatMap(({ double, slack }) => {
    const room = slack + (SKETCH_ERROR + 1e-9) * Math.abs(double);
    return [double - room, double + room];
  });
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const width = high - low;
  // Halves first only where the difference leaves the doubles: half of the least number is nothing.
  const middle = Number.isFinite(width) ? low + width / 2 : low / 2 + high / 2;
  return { double: middle, slack: (high / 2 - low / 2) * (1 + 1e-9) };
}
