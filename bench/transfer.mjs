/**
 * One answered request: `bytes` is the length of the body as it was sent, content coding applied.
 * @typedef {{ path: string, kind: string, bytes: number }} Transfer
 */

/** Kinds of files by extension; fixtures are data whatever they end in. */
const KINDS = new Map([
  ['.css', 'css'],
  ['.html', 'html'],
  ['.js', 'js'],
  ['.wasm', 'wasm'],
  ['.woff2', 'fonts'],
]);

/** Counts what a server sent, from the lines that it prints: `GET /app.js 200 br 4446 B 3 ms`. */
export class Transfers {
  /** @type {Transfer[]} */
  #sent = [];

  /** @param {string} line */
  record = (line) => {
    const match = /^GET (\S+) 20[06] \S+ (\d+) B/.exec(line);
    if (!match) return;
    const [, address = '', bytes] = match;
    const path = address.split('?')[0] ?? '';
    this.#sent.push({ path, kind: kindOf(path), bytes: Number(bytes) });
  };

  /** Forgets what was sent so far. */
  clear() {
    this.#sent = [];
  }

  /** @returns {number} bytes of all bodies */
  get total() {
    return this.#sent.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** @returns {readonly [string, number][]} bytes by kind, most first */
  byKind() {
    /** @type {Map<string, number>} */
    const sums = new Map();
    for (const { kind, bytes } of this.#sent) sums.set(kind, (sums.get(kind) ?? 0) + bytes);
    return [...sums].sort(([, a], [, b]) => b - a);
  }
}

/** @param {string} path */
function kindOf(path) {
  if (path.includes('/fixtures/')) return 'data';
  if (path.endsWith('/')) return 'html';
  return KINDS.get(path.slice(path.lastIndexOf('.'))) ?? 'other';
}
