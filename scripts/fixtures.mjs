import { createHash, randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bytesText, countText, secondsText } from './figures.mjs';
import { fileNames } from './fixtures/fixture.mjs';
import { FLIGHTS } from './fixtures/flights.mjs';
import { readHashes, withHashes } from './fixtures/installation.mjs';
import { RETAIL } from './fixtures/retail.mjs';
import { makeSnapshot } from './fixtures/snapshots.mjs';

const FIXTURES = [RETAIL, FLIGHTS];

/** Files in the folder of an installation. */
const INSTALLATION = 'installation.yaml';
const SNAPSHOTS = 'snapshots.json';

/**
 * @typedef {object} Made
 * @property {string} name of the fixture
 * @property {number} rows of its largest table
 * @property {number} bytes of all its data
 * @property {number} seconds
 * @property {boolean} made false where the files were there already, with the hashes that its YAML gives
 */

/**
 * @typedef {object} Making
 * @property {boolean} [force] makes it even where it is there
 * @property {boolean} [writeHashes] makes it, and updates every installation.yaml if the bytes have changed
 * @property {(line: string) => void} log
 */

/**
 * Makes every fixture that is missing or is not what its YAML says.
 *
 * @param {Making} options
 * @returns {Promise<Made[]>}
 * @throws {Error} as `makeFixture` does
 */
export async function makeFixtures(options) {
  const made = [];
  for (const fixture of FIXTURES) made.push(await makeFixture(fixture, options));
  return made;
}

/**
 * Makes a fixture where it is missing or is not what its YAML says. Files appear whole or not at all.
 *
 * @param {import('./fixtures/fixture.mjs').Fixture} fixture
 * @param {Making & { folder?: string }} options `folder`, default the fixture's own, has its YAML in it
 * @returns {Promise<Made>}
 * @throws {Error} where the bytes made are not those that the YAML gives; nothing is written then
 */
export async function makeFixture(fixture, { force = false, writeHashes = false, log, folder = fixture.folder }) {
  const started = performance.now();
  /** @type {(bytes: number, made: boolean) => Made} */
  const result = (bytes, made) => ({
    name: fixture.name,
    rows: fixture.rows,
    bytes,
    seconds: (performance.now() - started) / 1_000,
    made,
  });
  const installations = await Promise.all(fixture.installations.map((each) => readInstallation(each, folder)));
  if (!force && !writeHashes) {
    const present = await bytesPresent(fixture, folder, installations);
    if (present !== undefined) return result(present, false);
  }
  const files = new Map(fixture.make(log).map((file) => [file.fileName, { ...file, hash: sha256(file.bytes) }]));
  const changed = installations.flatMap(({ place, sources, declared }) =>
    sources
      .map(({ name, fileName }) => ({ place, name, declared: declared.get(name), made: fileOf(files, fileName).hash }))
      .filter((source) => source.declared !== source.made),
  );
  if (changed.length > 0 && !writeHashes) throw new Error(mismatchText(fixture.name, changed));
  for (const { fileName, bytes } of files.values()) await writeWhole(join(folder, fileName), bytes);
  for (const { place, yaml, sources } of installations) {
    const found = sources.map(({ name, fileName }) => ({ name, file: fileOf(files, fileName) }));
    const snapshots = found.map(({ name, file }) => makeSnapshot(name, file, file.hash));
    await writeWhole(join(folder, place, SNAPSHOTS), `${JSON.stringify(snapshots, null, 2)}\n`);
    const updated = changed.filter((source) => source.place === place).map(({ name }) => name);
    if (updated.length === 0) continue;
    const hashes = new Map(found.map(({ name, file }) => [name, file.hash]));
    await writeWhole(join(folder, place, INSTALLATION), withHashes(yaml, hashes));
    log(`${place}/${INSTALLATION}: sha256 of ${updated.join(', ')} updated`);
  }
  return result(
    [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0),
    true,
  );
}

/**
 * What an installation.yaml says.
 *
 * @typedef {object} ReadInstallation
 * @property {string} place its folder in the fixture's
 * @property {string} yaml
 * @property {{name: string, fileName: string}[]} sources
 * @property {ReadonlyMap<string, string>} declared SHA-256 by source
 */

/**
 * @param {import('./fixtures/fixture.mjs').FixtureInstallation} installation
 * @param {string} folder of the fixture
 * @returns {Promise<ReadInstallation>}
 */
async function readInstallation({ folder: place, sources }, folder) {
  const yaml = await readFile(join(folder, place, INSTALLATION), 'utf8');
  return {
    place,
    yaml,
    sources: [...sources].map(([name, fileName]) => ({ name, fileName })),
    declared: new Map([...readHashes(yaml)].map(([name, { hash }]) => [name, hash])),
  };
}

/**
 * @param {import('./fixtures/fixture.mjs').Fixture} fixture
 * @param {string} folder
 * @param {ReadonlyArray<ReadInstallation>} installations
 * @returns {Promise<number | undefined>} bytes of all data, or nothing where a file is missing or differs
 */
async function bytesPresent(fixture, folder, installations) {
  /** @type {Map<string, string>} */
  const hashes = new Map();
  let total = 0;
  for (const fileName of fileNames(fixture)) {
    const bytes = await readIfPresent(join(folder, fileName));
    if (bytes === undefined) return undefined;
    hashes.set(fileName, sha256(bytes));
    total += bytes.length;
  }
  for (const { place, sources, declared } of installations) {
    const snapshots = await readIfPresent(join(folder, place, SNAPSHOTS));
    for (const { name, fileName } of sources) {
      const hash = hashes.get(fileName) ?? '';
      // snapshots.json has no hash of its own: it belongs to these sources if it names theirs.
      if (declared.get(name) !== hash || !snapshots?.includes(hash)) return undefined;
    }
  }
  return total;
}

/**
 * @template File
 * @param {ReadonlyMap<string, File>} files
 * @param {string} fileName
 * @returns {File}
 * @throws {RangeError} where an installation names a file that is not made
 */
function fileOf(files, fileName) {
  const file = files.get(fileName);
  if (file === undefined) throw new RangeError(`fixture file ${fileName} is named by an installation and not made`);
  return file;
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
 * @param {string} fixture
 * @param {ReadonlyArray<{place: string, name: string, declared: string | undefined, made: string}>} changed
 * @returns {string}
 */
function mismatchText(fixture, changed) {
  const lines = changed.map(
    ({ place, name, declared, made }) =>
      `  ${name}: ${place}/${INSTALLATION} says ${declared ?? 'nothing'}, made was ${made}`,
  );
  return [
    `the ${fixture} fixture does not have the bytes that its YAML promises; nothing was written`,
    ...lines,
    'undo the change to the generator or its packages (npm ci), or accept it: node scripts/fixtures.mjs --write-hashes',
  ].join('\n');
}

/** The command: `node scripts/fixtures.mjs [--force] [--write-hashes]`. */
async function main() {
  const { values } = parseArgs({ options: { force: { type: 'boolean' }, 'write-hashes': { type: 'boolean' } } });
  const fixtures = await makeFixtures({
    force: values.force ?? false,
    writeHashes: values['write-hashes'] ?? false,
    log: (line) => console.log(`  ${line}`),
  });
  for (const { name, rows, bytes, seconds, made } of fixtures) {
    const figures = `${countText(rows)} rows, ${bytesText(bytes)}, ${secondsText(seconds * 1_000)}`;
    console.log(`${name} fixture: ${figures}${made ? '' : ' (already there)'}`);
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(`fixtures: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
