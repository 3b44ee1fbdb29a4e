import type { LogicalType } from '../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import type { Weighted } from './spread.ts';

/** Bins of a histogram, at most. */
export const BINS = 20;

/** A bin before its bounds are printed; see `HistogramBin`. */
export interface Bin {
  readonly from: Scalar;
  readonly to: Scalar;
  readonly rows: number;
}

/** Counts values between their extremes in bins of one width; whole numbers of units for all types but double. */
export function histogramOf(weighted: Weighted, min: Scalar, max: Scalar, type: LogicalType): readonly Bin[] {
  if (type.kind === 'double') return doubleBins(weighted, Number(min), Number(max));
  const isSmall = typeof min === 'number' && typeof max === 'number' && max - min < Number.MAX_SAFE_INTEGER;
  return isSmall ? smallBins(weighted, min, max) : largeBins(weighted, BigInt(min), BigInt(max));
}

function doubleBins(weighted: Weighted, min: number, max: number): readonly Bin[] {
  if (min === max) return [{ from: min, to: max, rows: countRows(weighted, 1, () => 0)[0] ?? 0 }];
  // The difference of two doubles may be more than the largest of them: then of their halves, which loses no bits there.
  const scale = Number.isFinite(max - min) ? 1 : 0.5;
  const least = min * scale;
  const span = max * scale - least;
  const bounds = Float64Array.from({ length: BINS + 1 }, (_, bin) => {
    if (bin === 0) return min;
    return bin === BINS ? max : (least + (bin / BINS) * span) / scale;
  });
  const rows = countRows(weighted, BINS, (value) => {
    const double = Number(value);
    let bin = Math.min(BINS - 1, Math.floor(((double * scale - least) / span) * BINS));
    // Bounds are rounded: what counts is on which side of them, as they are told, a value is.
    while (bin > 0 && double < (bounds[bin] ?? 0)) bin--;
    while (bin < BINS - 1 && double >= (bounds[bin + 1] ?? 0)) bin++;
    return bin;
  });
  return Array.from(rows, (count, bin) => ({ from: bounds[bin] ?? min, to: bounds[bin + 1] ?? max, rows: count }));
}

function smallBins(weighted: Weighted, min: number, max: number): readonly Bin[] {
  const width = Math.ceil((max - min + 1) / BINS);
  const count = Math.floor((max - min) / width) + 1;
  const rows = countRows(weighted, count, (value) => Math.floor((Number(value) - min) / width));
  return Array.from(rows, (rows, bin) => {
    const from = min + bin * width;
    return { from, to: Math.min(max, from + width - 1), rows };
  });
}

function largeBins(weighted: Weighted, min: bigint, max: bigint): readonly Bin[] {
  const width = (max - min) / BigInt(BINS) + 1n;
  const count = Number((max - min) / width) + 1;
  const rows = countRows(weighted, count, (value) => Number((BigInt(value) - min) / width));
  return Array.from(rows, (rows, bin) => {
    const from = min + BigInt(bin) * width;
    const end = from + width - 1n;
    return { from: integerScalar(from), to: integerScalar(end < max ? end : max), rows };
  });
}

function countRows({ values, rows }: Weighted, bins: number, binOf: (value: Scalar) => number): Float64Array {
  const counted = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    const count = rows === null ? 1 : (rows[i] ?? 0);
    if (count === 0) continue;
    const bin = binOf(values[i] ?? 0);
    counted[bin] = (counted[bin] ?? 0) + count;
  }
  return counted;
}
