import { digitOf, valueOfDigit } from './sixty-four.ts';

/** Bits of a hash that choose its register. */
const INDEX_BITS = 12;
const REGISTERS = 2 ** INDEX_BITS;
/** Bits of a hash that are left for the rank. */
const RANK_BITS = 64 - INDEX_BITS;
/** Bits of the hash's high word that belong to the rank. */
const HIGH_RANK_BITS = 32 - INDEX_BITS;

/** Characters of a register in the sparse form: two digits of its number and one of its rank. */
const SPARSE_WIDTH = 3;

/** Standard error of the estimate, relative: 1.04 / √4096 (Flajolet, Fusy, Gandouet and Meunier 2007). */
export const HYPERLOGLOG_ERROR = 1.04 / Math.sqrt(REGISTERS);

/**
 * HyperLogLog over 64-bit hashes: 4,096 registers, each the largest rank (number of leading zeros, plus one) of the
 * hashes that chose it. Its text is one digit of base64 a register, or, while that is shorter, three for each register
 * that is not 0, ascending: equal sketches have equal texts, and of no hash the text is empty.
 */
export class HyperLogLog {
  readonly #registers = new Uint8Array(REGISTERS);
  /** The same memory, four registers a word. */
  readonly #words = new Uint32Array(this.#registers.buffer);

  /** Back to the sketch of nothing, so that one object serves many groups. */
  clear(): void {
    this.#registers.fill(0);
  }

  /** Takes a hash in, as two unsigned words. */
  add(high: number, low: number): void {
    const register = high >>> HIGH_RANK_BITS;
    const top = (high << INDEX_BITS) >>> 0;
    const zeros = top === 0 ? HIGH_RANK_BITS + Math.clz32(low) : Math.clz32(top);
    this.#raise(register, zeros + 1);
  }

  /** Takes in everything that another sketch was given, by its text. Throws `RangeError` where that is no sketch. */
  mergeText(text: string): void {
    if (text.length === REGISTERS) {
      for (let register = 0; register < REGISTERS; register++) this.#raise(register, valueOfDigit(text, register));
      return;
    }
    if (text.length % SPARSE_WIDTH !== 0 || text.length > REGISTERS) {
      throw new RangeError(`hyperloglog: expected ${REGISTERS} characters or fewer threes, found ${text.length}`);
    }
    for (let place = 0; place < text.length; place += SPARSE_WIDTH) {
      const register = valueOfDigit(text, place) * 64 + valueOfDigit(text, place + 1);
      this.#raise(register, valueOfDigit(text, place + 2));
    }
  }

  /** The sketch as text. */
  text(): string {
    const used = this.#usedRegisters();
    if (used.length * SPARSE_WIDTH >= REGISTERS) return asciiText(this.#registers.map(digitOf));
    const characters = new Uint8Array(used.length * SPARSE_WIDTH);
    used.forEach((register, i) => {
      characters[SPARSE_WIDTH * i] = digitOf(register >> 6);
      characters[SPARSE_WIDTH * i + 1] = digitOf(register);
      characters[SPARSE_WIDTH * i + 2] = digitOf(this.#registers[register] ?? 0);
    });
    return asciiText(characters);
  }

  /**
   * Estimated number of distinct hashes: the improved raw estimator, which needs no correction at either end
   * (O. Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017, algorithm 6).
   */
  estimate(): number {
    const histogram = new Float64Array(RANK_BITS + 2);
    for (const rank of this.#registers) histogram[rank] = (histogram[rank] ?? 0) + 1;
    let sum = REGISTERS * tau(1 - (histogram[RANK_BITS + 1] ?? 0) / REGISTERS);
    for (let rank = RANK_BITS; rank >= 1; rank--) sum = (sum + (histogram[rank] ?? 0)) / 2;
    sum += REGISTERS * sigma((histogram[0] ?? 0) / REGISTERS);
    return Math.round(REGISTERS ** 2 / (2 * Math.LN2 * sum));
  }

  #raise(register: number, rank: number): void {
    if (rank > RANK_BITS + 1) throw new RangeError(`hyperloglog: a rank of at most ${RANK_BITS + 1}, found ${rank}`);
    if (rank > (this.#registers[register] ?? 0)) this.#registers[register] = rank;
  }

  #usedRegisters(): readonly number[] {
    const used: number[] = [];
    for (let word = 0; word < this.#words.length; word++) {
      if (this.#words[word] === 0) continue;
      for (let register = 4 * word; register < 4 * word + 4; register++) {
        if (this.#registers[register] !== 0) used.push(register);
      }
    }
    return used;
  }
}

/** The text of ASCII characters; short, for all are passed as arguments of one call. */
function asciiText(characters: Uint8Array): string {
  return String.fromCharCode(...characters);
}

/** x + Σ x^(2^k) 2^(k − 1), k ≥ 1 (Ertl 2017, equation 13): infinite at 1, where no register is used. */
function sigma(x: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY;
  let power = x;
  let weight = 1;
  let sum = x;
  for (let previous = -1; sum !== previous; weight *= 2) {
    previous = sum;
    power *= power;
    sum += power * weight;
  }
  return sum;
}

/** (1 − x − Σ (1 − x^(2^−k))² 2^−k) ÷ 3, k ≥ 1 (Ertl 2017, equation 17). */
function tau(x: number): number {
  if (x === 0 || x === 1) return 0;
  let root = x;
  let weight = 1;
  let sum = 1 - x;
  for (let previous = -1; sum !== previous; ) {
    previous = sum;
    root = Math.sqrt(root);
    weight /= 2;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
}
