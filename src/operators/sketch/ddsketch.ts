/** Largest relative distance of an estimate from the value that stands at its rank. */
export const DDSKETCH_ACCURACY = 0.01;

/** Ratio of the bounds of a bin: bin i holds γ^(i − 1) < x ≤ γ^i. */
const GAMMA = (1 + DDSKETCH_ACCURACY) / (1 - DDSKETCH_ACCURACY);
const LOG_GAMMA = Math.log(GAMMA);

const RADIX = 36;

/** How many values each bin holds. */
type Bins = Map<number, number>;

/**
 * DDSketch (C. Masson, J. Rim and H. Lee, DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees, 2019): counts of bins whose bounds grow by γ, one store for the magnitudes of negative values and one for
 * positive ones, and a count of zeros. No bin is ever collapsed (doubles have 73,000 of them), so what is in the sketch
 * does not depend on the order or the parts in which values came.
 *
 * Its text is `zeros|negative|positive`; a store is its bins ascending, separated by commas, each `step` or
 * `step:count` where the count is not 1, in base 36; the step is from the bin before, of the first bin from 0.
 */
export class DDSketch {
  #zeros = 0;
  readonly #negative: Bins = new Map();
  readonly #positive: Bins = new Map();

  /** Takes a finite value in, `count` times. */
  add(value: number, count: number): void {
    if (value === 0) this.#zeros += count;
    else addTo(value > 0 ? this.#positive : this.#negative, binOf(Math.abs(value)), count);
  }

  /** Takes in everything that another sketch was given, by its text. Throws `RangeError` where that is no sketch. */
  mergeText(text: string): void {
    const [zeros, negative, positive, ...others] = text.split('|');
    if (zeros === undefined || negative === undefined || positive === undefined || others.length > 0) {
      throw new RangeError(`ddsketch: expected zeros|negative|positive, found ${JSON.stringify(text)}`);
    }
    this.#zeros += integer(zeros);
    mergeStore(this.#negative, negative);
    mergeStore(this.#positive, positive);
  }

  /** The sketch as text: equal sketches have equal texts. */
  text(): string {
    return [this.#zeros.toString(RADIX), storeText(this.#negative), storeText(this.#positive)].join('|');
  }

  /**
   * The estimate of the value at rank q × (count − 1) of the values ascending, from 0: the smallest bin up to which
   * there are more values than that, and in it the point that is as far from both bounds, relative to them. null: no
   * value.
   */
  quantile(q: number): number | null {
    const negative = ascendingBins(this.#negative).reverse();
    const positive = ascendingBins(this.#positive);
    const count = this.#zeros + totalOf(negative) + totalOf(positive);
    if (count === 0) return null;
    const rank = q * (count - 1);
    let passed = 0;
    for (const [bin, many] of negative) {
      passed += many;
      if (passed > rank) return -middleOf(bin);
    }
    passed += this.#zeros;
    if (passed > rank) return 0;
    let last = 0;
    for (const [bin, many] of positive) {
      passed += many;
      last = bin;
      if (passed > rank) break;
    }
    return middleOf(last);
  }
}

function binOf(magnitude: number): number {
  return Math.ceil(Math.log(magnitude) / LOG_GAMMA);
}

/** 2γ^i ÷ (γ + 1); within the doubles, whose largest stands in a bin that reaches beyond them. */
function middleOf(bin: number): number {
  return Math.min(Math.exp(bin * LOG_GAMMA) * (2 / (GAMMA + 1)), Number.MAX_VALUE);
}

function addTo(bins: Bins, bin: number, count: number): void {
  bins.set(bin, (bins.get(bin) ?? 0) + count);
}

function ascendingBins(bins: Bins): [bin: number, count: number][] {
  return [...bins].sort(([a], [b]) => a - b);
}

function totalOf(bins: readonly (readonly [bin: number, count: number])[]): number {
  return bins.reduce((sum, [, count]) => sum + count, 0);
}

function storeText(bins: Bins): string {
  let before = 0;
  const parts = ascendingBins(bins).map(([bin, count]) => {
    const step = (bin - before).toString(RADIX);
    before = bin;
    return count === 1 ? step : `${step}:${count.toString(RADIX)}`;
  });
  return parts.join(',');
}

function mergeStore(bins: Bins, text: string): void {
  if (text === '') return;
  let bin = 0;
  for (const part of text.split(',')) {
    const [step = '', count = '1'] = part.split(':');
    bin += integer(step);
    addTo(bins, bin, integer(count));
  }
}

function integer(text: string): number {
  const value = /^-?[0-9a-z]+$/.test(text) ? Number.parseInt(text, RADIX) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new RangeError(`ddsketch: ${JSON.stringify(text)} is no number`);
  return value;
}
