import { sha256 } from '@noble/hashes/sha2.js';
import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { printUnits, type Scalar } from '../../columns/scalar.ts';

/** The 64 bits of a value's hash, as two unsigned words. */
export interface ValueHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/**
 * One text for one value: the type's kind and the exact value. A decimal has no trailing zeros, so that 1.5 is one
 * value whatever its digits; a double is the shortest text that reads back as it, the same for 0 and −0.
 */
export function canonicalValue(value: Scalar, type: LogicalType): string {
  return `${type.kind}\0${valueText(value, type)}`;
}

/** The first 8 bytes of SHA-256 of each value's canonical text in UTF-8. */
export function hashValues(values: readonly Scalar[], type: LogicalType): ValueHashes {
  const high = new Uint32Array(values.length);
  const low = new Uint32Array(values.length);
  const encoder = new TextEncoder();
  let scratch = new Uint8Array(256);
  // One hash and one digest for all values: making them anew takes nearly as long as hashing a short text.
  const initial = sha256.create();
  const hash = sha256.create();
  const digest = new DataView(new ArrayBuffer(hash.outputLen));
  const digestBytes = new Uint8Array(digest.buffer);
  values.forEach((value, i) => {
    const text = canonicalValue(value, type);
    // A UTF-16 code unit takes at most three bytes of UTF-8.
    if (3 * text.length > scratch.length) scratch = new Uint8Array(6 * text.length);
    const { written } = encoder.encodeInto(text, scratch);
    initial._cloneInto(hash);
    hash.update(scratch.subarray(0, written)).digestInto(digestBytes);
    high[i] = digest.getUint32(0);
    low[i] = digest.getUint32(4);
  });
  return { high, low };
}

function valueText(value: Scalar, type: LogicalType): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  const digits = exactDigits(type);
  if (digits === undefined || digits === 0) return String(value);
  return printUnits(value, digits).replace(/\.?0+$/, '');
}
