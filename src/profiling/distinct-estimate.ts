import { HyperLogLog } from '../operators/sketch/hyperloglog.ts';

const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);

/** Estimates how many distinct numbers it has been given. Texts are never too many to be counted, so it takes none. */
export class DistinctEstimate {
  private readonly sketch = new HyperLogLog();

  add(value: number | bigint): void {
    if (typeof value === 'bigint') {
      this.mix(Number(BigInt.asUintN(32, value)), Number(BigInt.asUintN(32, value >> 32n)));
      return;
    }
    // + 0 makes −0 the one zero.
    DOUBLE[0] = value + 0;
    this.mix(WORDS[0] ?? 0, WORDS[1] ?? 0);
  }

  count(): number {
    return this.sketch.estimate();
  }

  /**
   * Spreads 64 bits in four Feistel rounds, so that distinct values keep distinct hashes. The sketch of APPROX_DISTINCT
   * takes SHA-256, since entries merge it; nothing merges this one, and a million values are mixed a hundred times faster.
   */
  private mix(low: number, high: number): void {
    let left = low | 0;
    let right = high | 0;
    for (let round = 0; round < 2; round++) {
      right ^= scrambled(left + 0x9e37_79b9);
      left ^= scrambled(right + 0x7f4a_7c15);
    }
    this.sketch.add(right >>> 0, left >>> 0);
  }
}

/** The finaliser of MurmurHash3 (A. Appleby): every bit of the result depends on every bit of the word. */
function scrambled(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 16);
}
