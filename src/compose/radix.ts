import type { NumberColumn } from '../columns/column.ts';

/** Bits of a digit: 2,048 counters stay in the first-level cache. */
const DIGIT_BITS = 11;
const DIGIT_MASK = 2 ** DIGIT_BITS - 1;

/** What a counting sort orders rows by: `(words[row] >>> shift) & mask`. */
interface Digit {
  readonly words: Uint32Array;
  readonly shift: number;
  readonly mask: number;
}

/**
 * Sorts `rows` by `ranks[row]`, each below `size`, stably: equal ranks keep their order. Returns the same array where
 * it is sorted already.
 */
export function sortByRank(rows: Int32Array, ranks: Uint32Array, size: number): Int32Array {
  return countingSort(rows, { words: ranks, shift: 0, mask: 0x7fff_ffff }, size);
}

/**
 * Sorts `rows` by the doubles of a column, NULLs last whichever the direction, stably: least significant digit first
 * over the bits of the doubles, arranged so that they ascend with the values.
 */
export function sortByDouble(rows: Int32Array, column: NumberColumn, descending: boolean): Int32Array {
  const { low, high } = orderedBits(column, descending);
  let sorted = rows;
  for (const words of [low, high]) {
    for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
      sorted = countingSort(sorted, { words, shift, mask: DIGIT_MASK }, DIGIT_MASK + 1);
    }
  }
  return sorted;
}

function countingSort(rows: Int32Array, { words, shift, mask }: Digit, size: number): Int32Array {
  const places = new Int32Array(size + 1);
  let isSorted = true;
  let previous = 0;
  for (let i = 0; i < rows.length; i++) {
    const digit = ((words[rows[i] ?? 0] ?? 0) >>> shift) & mask;
    places[digit + 1] = (places[digit + 1] ?? 0) + 1;
    if (digit < previous) isSorted = false;
    previous = digit;
  }
  if (isSorted) return rows;
  for (let digit = 0; digit < size; digit++) places[digit + 1] = (places[digit + 1] ?? 0) + (places[digit] ?? 0);
  const sorted = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const digit = ((words[row] ?? 0) >>> shift) & mask;
    const place = places[digit] ?? 0;
    sorted[place] = row;
    places[digit] = place + 1;
  }
  return sorted;
}

/** The two halves of each value's 64 bits, arranged so that unsigned order is the order asked for. */
function orderedBits(column: NumberColumn, descending: boolean): { low: Uint32Array; high: Uint32Array } {
  const { values, valid } = column;
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  const view = new DataView(new ArrayBuffer(8));
  const reverse = descending ? 0xffff_ffff : 0;
  for (let row = 0; row < values.length; row++) {
    if (valid !== null && valid[row] === 0) {
      // Above every double in either direction: only NaNs have these bits.
      low[row] = 0xffff_ffff;
      high[row] = 0xffff_ffff;
      continue;
    }
    // Adding 0 makes −0 equal to 0.
    view.setFloat64(0, (values[row] ?? 0) + 0);
    const top = view.getUint32(0);
    const bottom = view.getUint32(4);
    // The bits of positive doubles ascend with their values, those of negative doubles descend.
    const isNegative = top >= 0x8000_0000;
    high[row] = (isNegative ? ~top : top ^ 0x8000_0000) ^ reverse;
    low[row] = (isNegative ? ~bottom : bottom) ^ reverse;
  }
  return { low, high };
}
