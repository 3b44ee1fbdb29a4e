import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * What answers a request for one path: the file itself, or its smaller sibling in a content coding.
 * `etag` is strong: it is made from the bytes of this representation, so two codings never share one.
 * @typedef {{ file: string, bytes: number, etag: string, coding: 'identity' | 'br' | 'gzip', negotiated: boolean }} Representation
 */

/** Content codings in order of preference, with the suffix of the sibling that holds them. */
const CODINGS = /** @type {const} */ ([
  ['br', '.br'],
  ['gzip', '.gz'],
]);

/**
 * Whether an `Accept-Encoding` header takes a coding: listed (or `*`), and not with weight 0.
 * @param {string} header
 * @param {string} coding
 */
export function accepts(header, coding) {
  const weights = new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find((text) => text !== undefined);
      return [name.trim(), weight === undefined ? 1 : Number(weight)];
    }),
  );
  return (weights.get(coding) ?? weights.get('*') ?? 0) > 0;
}

/** The files under one folder, with the digests that were already computed. */
export class Representations {
  #root;
  /** @type {Map<string, { stamp: string, etag: string }>} */
  #etags = new Map();

  /** @param {string} root folder to serve */
  constructor(root) {
    this.#root = root;
  }

  /**
   * Finds the file of a decoded path relative to the root. A path that leaves the root, by `..` or by a link, and one with
   * a part that starts with a dot, does not exist.
   * @param {string} path for example `assets/app.js`; an empty path or one that ends in `/` means its `index.html`
   * @returns {Promise<{ file: string } | 'folder' | undefined>} `folder`: the path names a folder and lacks its slash
   */
  async locate(path) {
    const parts = path.split('/');
    if (parts.some((part) => part.startsWith('.') || /[\\\0]/.test(part))) return undefined;
    const file = join(this.#root, ...parts, path === '' || path.endsWith('/') ? 'index.html' : '');
    const found = await stat(file).catch(() => undefined);
    if (found?.isDirectory()) return 'folder';
    if (!found?.isFile()) return undefined;
    const [real, root] = await Promise.all([realpath(file), realpath(this.#root)]);
    return real.startsWith(root + sep) ? { file } : undefined;
  }

  /**
   * Chooses between a file and its compressed siblings.
   * @param {string} file as `locate` found it
   * @param {string} acceptEncoding the request's header, empty for the file itself
   * @returns {Promise<Representation>}
   */
  async choose(file, acceptEncoding) {
    const siblings = await Promise.all(
      CODINGS.map(async ([coding, suffix]) => {
        const found = await stat(file + suffix).catch(() => undefined);
        return found?.isFile() ? { coding, file: file + suffix } : undefined;
      }),
    );
    const present = siblings.filter((sibling) => sibling !== undefined);
    const sibling = present.find(({ coding }) => accepts(acceptEncoding, coding));
    const chosen = sibling ?? { coding: /** @type {const} */ ('identity'), file };
    const { size } = await stat(chosen.file);
    return { ...chosen, bytes: size, etag: await this.#etag(chosen.file), negotiated: present.length > 0 };
  }

  /**
   * The strong ETag of a file, hashed again only after its size or modification time changed.
   * @param {string} file
   */
  async #etag(file) {
    const { mtimeMs, size } = await stat(file);
    const stamp = `${mtimeMs} ${size}`;
    const known = this.#etags.get(file);
    if (known?.stamp === stamp) return known.etag;
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    const etag = `"${hash.digest('base64url').slice(0, 27)}"`;
    this.#etags.set(file, { stamp, etag });
    return etag;
  }
}
