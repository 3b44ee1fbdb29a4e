import { sha256Hex } from '../../canon/fingerprint.ts';

/** Names that every file system takes as they are, and that differ in more than the case of a letter. */
const PLAIN = /^(?!\.)[a-z0-9_.,()-]{1,120}$/;

/** Characters that stay readable in the name of a folder or file that cannot be taken as it is. */
const READABLE = /[A-Za-z0-9_.,()-]/;

const READABLE_LENGTH = 60;
const HASH_LENGTH = 16;

/**
 * The name of a folder or file for any name: installations, collections, schemas and dimensions may hold slashes, dots
 * and any script. A plain name stays what it is; any other is percent-encoded, cut to 60 characters and given part of
 * its SHA-256, which keeps names apart that differ in case, in normalisation or after the cut. At most 120 characters.
 */
export function fileName(name: string): string {
  if (PLAIN.test(name)) return name;
  const encoded = Array.from(new TextEncoder().encode(name), (byte) => {
    const character = String.fromCharCode(byte);
    return READABLE.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  // JSON escapes lone surrogates, which UTF-8 would make one.
  const hash = sha256Hex(new TextEncoder().encode(JSON.stringify(name))).slice(0, HASH_LENGTH);
  return `${encoded.slice(0, READABLE_LENGTH)}~${hash}`;
}

/** The path of a file for the path of a row: each part between slashes as `fileName` gives it, so none climbs (`..`). */
export function filePath(path: string): string {
  return path.split('/').map(fileName).join('/');
}
