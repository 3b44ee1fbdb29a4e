import type { Scalar } from './scalar.ts';

/** Texts in UTF-8, back to back: text `i` is `bytes[offsets[i], offsets[i + 1])`. */
export interface Utf8Bytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly offsets: Int32Array<ArrayBuffer>;
}

/** The texts in UTF-8; lone surrogates become U+FFFD. Throws `RangeError` where one of the values is no text. */
export function utf8Bytes(values: readonly Scalar[]): Utf8Bytes {
  const offsets = new Int32Array(values.length + 1);
  let units = 0;
  for (let i = 0; i < values.length; i++) {
    const text = values[i];
    if (typeof text !== 'string') throw new RangeError(`text: expected a text, found ${String(text)}`);
    units += text.length;
    offsets[i + 1] = units;
  }
  // One encoding for all: a call for each costs more than the encoding itself.
  const bytes = new TextEncoder().encode(values.join(''));
  // As many bytes as UTF-16 code units: every text is ASCII, and ends where its characters end.
  return bytes.length === units ? { bytes, offsets } : eachEncoded(values);
}

/** Text by text: the ends of texts beyond ASCII are known once each is encoded, as are halves of a pair that would join. */
function eachEncoded(values: readonly Scalar[]): Utf8Bytes {
  const offsets = new Int32Array(values.length + 1);
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(1024);
  let used = 0;
  for (let i = 0; i < values.length; i++) {
    const text = String(values[i]);
    // A UTF-16 code unit takes at most three bytes of UTF-8.
    if (used + 3 * text.length > bytes.length) {
      const grown = new Uint8Array(Math.max(used + 3 * text.length, bytes.length * 2));
      grown.set(bytes);
      bytes = grown;
    }
    used += encoder.encodeInto(text, bytes.subarray(used)).written;
    offsets[i + 1] = used;
  }
  return { bytes: bytes.subarray(0, used), offsets };
}
