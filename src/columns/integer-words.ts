const TWO_TO_32 = 4_294_967_296;
/** High words of 64-bit integers whose magnitude is at most 2^53. */
const SAFE_HIGH = 2 ** 21;

/** Integers beyond 2^53 − 1, each with its row. */
export type LargeIntegers = [row: number, value: bigint][];

/**
 * Reads `length` integers of `stride` little-endian 32-bit words each into `values` at `at`. No bigint is made for those
 * that a double holds exactly; the others leave 0 there and are returned (null: none).
 */
export function readWords(
  source: BigInt64Array | BigUint64Array | Uint32Array,
  stride: number,
  signed: boolean,
  length: number,
  values: Float64Array,
  at: number,
): LargeIntegers | null {
  const low = new Uint32Array(source.buffer, source.byteOffset, length * stride);
  const high = new Int32Array(source.buffer, source.byteOffset, length * stride);
  let large: LargeIntegers | null = null;
  for (let i = 0; i < length; i++) {
    const from = i * stride;
    const second = high[from + 1] ?? 0;
    let fits = second < SAFE_HIGH && second >= -SAFE_HIGH;
    if (!signed && second < 0) fits = false;
    for (let word = 2; fits && word < stride; word++) if (high[from + word] !== second >> 31) fits = false;
    const value = second * TWO_TO_32 + (low[from] ?? 0);
    // −2^53 has a safe high word and is not a safe integer.
    if (fits && value >= Number.MIN_SAFE_INTEGER) {
      values[at + i] = value;
      continue;
    }
    large ??= [];
    large.push([at + i, wordsToBigInt(low, from, stride, signed)]);
  }
  return large;
}

function wordsToBigInt(words: Uint32Array, from: number, stride: number, signed: boolean): bigint {
  let value = 0n;
  for (let word = from + stride - 1; word >= from; word--) value = (value << 32n) | BigInt(words[word] ?? 0);
  return signed ? BigInt.asIntN(32 * stride, value) : value;
}

/** Writes a safe integer as a 64-bit one: two little-endian words at `index`. */
export function writeSafeInt64(words: Int32Array, index: number, value: number): void {
  // Storing into an Int32Array keeps the low 32 bits of an integer, whatever its size.
  words[index] = value;
  words[index + 1] = Math.floor(value / TWO_TO_32);
}
