const CONTINUATION_MASK = 0xc0;
const CONTINUATION = 0x80;
const FOUR_BYTE_LEAD = 0xf0;

/**
 * Gives each distinct UTF-8 text a code, 0, 1, 2 … in order of first occurrence, reading bytes only: a text is decoded
 * once, however many rows hold it. Open addressing over an FNV-1a hash; the distinct bytes are kept back to back.
 */
export class TextInterner {
  #slots = new Int32Array(64).fill(-1);
  #hashes = new Int32Array(32);
  #ends = new Int32Array(32);
  #bytes = new Uint8Array(512);
  #count = 0;

  /** The code of `bytes[from, to)`. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    // The low bits of FNV-1a are its weakest: fold the high ones in.
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let code = this.#slots[slot] ?? -1; code >= 0; code = this.#slots[slot] ?? -1) {
      if (this.#hashes[code] === hash && this.#equals(code, bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, hash, bytes, from, to);
  }

  /** The distinct texts, by code. Throws `TypeError` where one of them is not well-formed UTF-8. */
  values(): string[] {
    const used = this.#ends[this.#count - 1] ?? 0;
    const joined = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.#bytes.subarray(0, used));
    const values: string[] = new Array(this.#count);
    let from = 0;
    let character = 0;
    for (let code = 0; code < this.#count; code++) {
      const to = this.#ends[code] ?? 0;
      // Two halves of one character would be well formed once joined.
      if (from < to && isContinuation(this.#bytes[from] ?? 0)) throw new TypeError('text: not well-formed UTF-8');
      let units = 0;
      for (let i = from; i < to; i++) {
        const byte = this.#bytes[i] ?? 0;
        if (!isContinuation(byte)) units += byte >= FOUR_BYTE_LEAD ? 2 : 1;
      }
      values[code] = joined.slice(character, character + units);
      character += units;
      from = to;
    }
    return values;
  }

  #equals(code: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
    if ((this.#ends[code] ?? 0) - start !== to - from) return false;
    for (let i = from, j = start; i < to; i++, j++) if (bytes[i] !== this.#bytes[j]) return false;
    return true;
  }

  #add(slot: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const code = this.#count++;
    const start = code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
    const end = start + to - from;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
    }
    this.#bytes.set(bytes.subarray(from, to), start);
    if (code === this.#ends.length) {
      this.#ends = doubled(this.#ends);
      this.#hashes = doubled(this.#hashes);
    }
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    this.#slots[slot] = code;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code++) {
      let slot = (this.#hashes[code] ?? 0) & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }
}

function isContinuation(byte: number): boolean {
  return (byte & CONTINUATION_MASK) === CONTINUATION;
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(array.length * 2);
  grown.set(array);
  return grown;
}
