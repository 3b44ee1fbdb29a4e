/** Codes of distinct doubles, in order of first occurrence: a hash table with open addressing. */
export class DoubleCodes {
  /** Most values that get a code. */
  private readonly bound: number;
  private table = new Int32Array(1024);
  private known = new Float64Array(512);
  private size = 0;

  constructor(bound: number = Number.POSITIVE_INFINITY) {
    this.bound = bound;
  }

  /** The code of a finite value; −1 where it has none and the bound is reached. 0 and −0 are one value. */
  codeOf(value: number): number {
    const { table } = this;
    const mask = table.length - 1;
    const normal = value + 0;
    let place = hash(normal) & mask;
    for (;;) {
      const code = (table[place] ?? 0) - 1;
      if (code < 0) break;
      if (this.known[code] === normal) return code;
      place = (place + 1) & mask;
    }
    if (this.size >= this.bound) return -1;
    if (this.size === this.known.length) {
      this.grow();
      return this.codeOf(normal);
    }
    this.known[this.size] = normal;
    this.size += 1;
    table[place] = this.size;
    return this.size - 1;
  }

  /** The values by their codes. */
  values(): Float64Array {
    return this.known.slice(0, this.size);
  }

  private grow(): void {
    const known = new Float64Array(2 * this.known.length);
    known.set(this.known);
    this.known = known;
    // At most half full, so that runs of taken places stay short.
    this.table = new Int32Array(2 * known.length);
    const mask = this.table.length - 1;
    for (let code = 0; code < this.size; code++) {
      let place = hash(known[code] ?? 0) & mask;
      while (this.table[place] !== 0) place = (place + 1) & mask;
      this.table[place] = code + 1;
    }
  }
}

const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);

/** 32 bits of a double's own 64 (multiplications by odd constants, high bits folded down). */
function hash(value: number): number {
  DOUBLE[0] = value;
  let mixed = Math.imul((WORDS[0] ?? 0) ^ Math.imul(WORDS[1] ?? 0, 0x85eb_ca6b), 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2_ae35);
  return mixed ^ (mixed >>> 13);
}
