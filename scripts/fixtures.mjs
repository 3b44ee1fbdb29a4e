import { createHash, randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bytesText, countText, secondsText } from './figures.mjs';
import { readHashes, withHashes } from './fixtures/installation.mjs';
import { makeRetail, SOURCE_FILES } from './fixtures/retail.mjs';
import { makeSnapshot } from './fixtures/snapshots.mjs';
import { ROW_COUNT } from './fixtures/traffic.mjs';
import { PROJECT } from './project.mjs';

/** Where the retail fixture is. Its YAML is committed, its data is made here. */
export const RETAIL = join(PROJECT, 'public/fixtures/retail');

/** Files of the fixture, relative to its folder. */
const INSTALLATION = 'installation.coframe/installation.yaml';
const SNAPSHOTS = 'installation.coframe/snapshots.json';

/**
 * @typedef {object} Made
 * @property {number} rows of transactions
 * @property {number} bytes of all sources
 * @property {number} seconds
 * @property {boolean} made false where the files were there already, with the hashes that installation.yaml gives
 */

/**
 * Makes the retail fixture where it is missing or is not what installation.yaml says. Files appear whole or not at all.
 *
 * @param {object} options
 * @param {boolean} [options.force] makes it even where it is there
 * @param {boolean} [options.writeHashes] makes it, and updates installation.yaml if the bytes have changed
 * @param {(line: string) => void} options.log
 * @param {string} [options.folder] default: the fixture's own; it has installation.yaml in it
 * @returns {Promise<Made>}
 * @throws {Error} where the bytes made are not those of installation.yaml; nothing is written then
 */
export async function makeFixtures({ force = false, writeHashes = false, log, folder = RETAIL }) {
  const started = performance.now();
  /** @type {(bytes: number, made: boolean) => Made} */
  const result = (bytes, made) => ({
    rows: ROW_COUNT,
    bytes,
    seconds: (performance.now() - started) / 1_000,
    made,
  });
  const yaml = await readFile(join(folder, INSTALLATION), 'utf8');
  if (!force && !writeHashes) {
    const present = await bytesPresent(folder, yaml);
    if (present !== undefined) return result(present, false);
  }
  const files = makeRetail(log);
  const hashes = new Map(files.map((file) => [file.name, sha256(file.bytes)]));
  const declared = readHashes(yaml);
  const changed = [...hashes].filter(([name, hash]) => declared.get(name)?.hash !== hash);
  if (changed.length > 0 && !writeHashes) throw new Error(mismatchText(changed, declared));
  for (const file of files) await writeWhole(join(folder, file.fileName), file.bytes);
  const snapshots = files.map((file) => makeSnapshot(file, hashes.get(file.name) ?? ''));
  await writeWhole(join(folder, SNAPSHOTS), `${JSON.stringify(snapshots, null, 2)}\n`);
  if (changed.length > 0) {
    await writeWhole(join(folder, INSTALLATION), withHashes(yaml, hashes));
    log(`installation.yaml: sha256 of ${changed.map(([name]) => name).join(', ')} updated`);
  }
  return result(
    files.reduce((sum, file) => sum + file.bytes.length, 0),
    true,
  );
}

/**
 * @param {string} folder
 * @param {string} yaml
 * @returns {Promise<number | undefined>} bytes of all sources, or nothing where one is missing or differs
 */
async function bytesPresent(folder, yaml) {
  const declared = readHashes(yaml);
  const snapshots = await readIfPresent(join(folder, SNAPSHOTS));
  let total = 0;
  for (const [name, fileName] of SOURCE_FILES) {
    const bytes = await readIfPresent(join(folder, fileName));
    if (bytes === undefined) return undefined;
    const hash = sha256(bytes);
    // snapshots.json has no hash of its own: it belongs to these sources if it names theirs.
    if (declared.get(name)?.hash !== hash || !snapshots?.includes(hash)) return undefined;
    total += bytes.length;
  }
  return total;
}

/**
 * @param {string} path
 * @returns {Promise<Buffer | undefined>}
 */
async function readIfPresent(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes beside and renames, so that a reader never sees half a file, and two makers do not disturb each other.
 *
 * @param {string} path
 * @param {Uint8Array | string} content
 */
async function writeWhole(path, content) {
  const draft = `${path}.${randomUUID()}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} 64 hex digits
 */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * @param {ReadonlyArray<readonly [string, string]>} changed
 * @param {ReadonlyMap<string, {hash: string}>} declared
 * @returns {string}
 */
function mismatchText(changed, declared) {
  const lines = changed.map(
    ([name, hash]) => `  ${name}: installation.yaml says ${declared.get(name)?.hash ?? 'nothing'}, made was ${hash}`,
  );
  return [
    'the retail fixture does not have the bytes that installation.yaml promises; nothing was written',
    ...lines,
    'undo the change to the generator or its packages (npm ci), or accept it: node scripts/fixtures.mjs --write-hashes',
  ].join('\n');
}

/** The command: `node scripts/fixtures.mjs [--force] [--write-hashes]`. */
async function main() {
  const { values } = parseArgs({ options: { force: { type: 'boolean' }, 'write-hashes': { type: 'boolean' } } });
  const made = await makeFixtures({
    force: values.force ?? false,
    writeHashes: values['write-hashes'] ?? false,
    log: (line) => console.log(`  ${line}`),
  });
  const figures = `${countText(made.rows)} rows, ${bytesText(made.bytes)}, ${secondsText(made.seconds * 1_000)}`;
  console.log(`retail fixture: ${figures}${made.made ? '' : ' (already there)'}`);
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(`fixtures: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
