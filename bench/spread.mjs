/**
 * What many timings come to, milliseconds. Quantiles are those of the timings themselves, not interpolated.
 * @typedef {{ least: number, p50: number, p25: number, p75: number, p99: number | undefined, runs: number }} Spread
 * `p99` only where there are at least a hundred calls to tell it from.
 */

/** So few calls have no hundredth. */
const CALLS_FOR_P99 = 100;

/**
 * @param {import('./timing.ts').Times} times median and quartiles are those of the batches, the slowest those of calls
 * @returns {Spread}
 */
export function spreadOf({ batches, calls }) {
  return {
    least: quantile(batches, 0),
    p50: quantile(batches, 0.5),
    p25: quantile(batches, 0.25),
    p75: quantile(batches, 0.75),
    p99: calls.length >= CALLS_FOR_P99 ? quantile(calls, 0.99) : undefined,
    runs: calls.length,
  };
}

/**
 * @param {readonly number[]} values at least one
 * @param {number} share from 0 to 1
 * @returns {number}
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  if (found === undefined) throw new RangeError('nothing was timed');
  return found;
}

/** @param {number} milliseconds */
export function millisecondsText(milliseconds) {
  return milliseconds < 1 ? milliseconds.toFixed(3) : milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

/**
 * Median, quartiles, the fastest (what is left when nothing else runs), and the slowest hundredth where it is known:
 * `0.21 [0.20–0.24] ≥ 0.19, p99 1.3`.
 * @param {Spread} spread
 */
export function spreadText({ least, p50, p25, p75, p99 }) {
  const quartiles = `${millisecondsText(p50)} [${millisecondsText(p25)}–${millisecondsText(p75)}]`;
  const slowest = p99 === undefined ? '' : `, p99 ${millisecondsText(p99)}`;
  return `${quartiles} ≥ ${millisecondsText(least)}${slowest}`;
}
