import { sha256Hex } from '../canon/fingerprint.ts';
import { sourceError } from './source-error.ts';

/**
 * SHA-256 of a source's bytes, 64 lower-case hex digits: by the platform where it has `crypto.subtle` (it does not on
 * plain http), else in JavaScript.
 */
export async function contentHash(bytes: Uint8Array<ArrayBuffer>, subtle?: SubtleCrypto): Promise<string> {
  if (subtle === undefined) return sha256Hex(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Refuses bytes whose hash is not the one that the installation names: throws `SourceError` HASH_MISMATCH. */
export function requireHash(source: string, location: string, expected: string, found: string): void {
  if (expected.toLowerCase() !== found) throw sourceError('HASH_MISMATCH', { source, location, expected, found });
}
