import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesText, countText } from '../figures.mjs';

/**
 * @typedef {{ name: string, kind: string, contentHash: string, rowCount: number, bytes: number }} Snapshot
 * The fields of `snapshots.json` that are printed.
 */

/**
 * What the page will find when it starts: one line for each table of the retail installation.
 * @param {string} dist folder of the build
 * @returns {Promise<string[]>}
 */
export async function bootLog(dist) {
  /** @type {Snapshot[]} */
  const snapshots = JSON.parse(
    await readFile(join(dist, 'fixtures', 'retail', 'installation.coframe', 'snapshots.json'), 'utf8'),
  );
  const width = Math.max(...snapshots.map(({ name }) => name.length));
  return snapshots.map(
    ({ name, kind, contentHash, rowCount, bytes }) =>
      `${name.padEnd(width)}  ${countText(rowCount).padStart(9)} rows  ${bytesText(bytes).padStart(7)} ${kind.padEnd(7)}  sha256 ${contentHash.slice(0, 12)}`,
  );
}
