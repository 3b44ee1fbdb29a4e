import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Canonical, canonicalJson } from './canonical-json.ts';

/** What a fingerprint is of; the prefix keeps equal texts of different kinds apart. */
export type FingerprintDomain =
  | 'manifest'
  | 'operators'
  | 'ast'
  | 'plan'
  | 'entry'
  | 'state'
  | 'source'
  | 'attestation'
  | 'frame';

/**
 * SHA-256 of `domain \0 canonical JSON`, 64 lower-case hex digits. Synchronous, because the pure core needs it and
 * `crypto.subtle` is asynchronous and absent on plain http.
 */
export function fingerprint(domain: FingerprintDomain, value: Canonical): string {
  return sha256Hex(utf8ToBytes(`${domain}\0${canonicalJson(value)}`));
}

/** SHA-256 of bytes, 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}
