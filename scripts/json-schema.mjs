/**
 * Writes the JSON Schemas of the two YAML documents to `public/schema/`, so that editors complete and check them. They
 * are made from the schemas that the loader itself validates with. Run it after those changed:
 * `node scripts/json-schema.mjs`; a unit test tells when that was forgotten.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** File of each document's JSON Schema, relative to the project. */
export const SCHEMA_FILES = {
  collection: 'public/schema/ac.schema.json',
  installation: 'public/schema/installation.schema.json',
};

/**
 * The JSON Schema (draft 07) of a document schema: unknown keys are refused by `additionalProperties: false`.
 * @param {string} title what editors call the document
 * @param {import('valibot').GenericSchema} schema
 * @returns {Record<string, unknown>}
 */
export function documentSchema(title, schema) {
  // `check` actions are code; what they refuse beyond the pattern only loading can tell.
  const converted = toJsonSchema(schema, { ignoreActions: ['check'], typeMode: 'output', target: 'draft-07' });
  return { title, ...closedEntries(converted) };
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function closed(value) {
  if (Array.isArray(value)) return value.map(closed);
  return typeof value === 'object' && value !== null ? closedEntries(value) : value;
}

/**
 * `additionalProperties: {not: {}}` says the same as `false`, which more editors understand.
 *
 * @param {object} value
 * @returns {Record<string, unknown>}
 */
function closedEntries(value) {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'additionalProperties' && JSON.stringify(item) === '{"not":{}}' ? false : closed(item),
    ]),
  );
}

/** @param {string} path */
async function load(path) {
  const { module } = await runnerImport(`${ROOT}${path}`, { root: ROOT, configFile: false, logLevel: 'error' });
  return /** @type {Record<string, import('valibot').GenericSchema>} */ (module);
}

async function main() {
  const { collectionSchema } = await load('src/collection/collection-schema.ts');
  const { installationSchema } = await load('src/collection/installation-schema.ts');
  if (collectionSchema === undefined || installationSchema === undefined) {
    throw new Error('json-schema: src/collection does not export collectionSchema and installationSchema');
  }
  mkdirSync(`${ROOT}public/schema`, { recursive: true });
  const documents = {
    [SCHEMA_FILES.collection]: documentSchema('Coframe Analytic Collection (ac.yaml)', collectionSchema),
    [SCHEMA_FILES.installation]: documentSchema('Coframe installation (installation.yaml)', installationSchema),
  };
  for (const [path, schema] of Object.entries(documents)) {
    writeFileSync(`${ROOT}${path}`, `${JSON.stringify(schema, null, 2)}\n`);
    console.log(`json-schema: ${path}`);
  }
  execFileSync(`${ROOT}node_modules/.bin/biome`, ['format', '--write', ...Object.keys(documents)], {
    cwd: ROOT,
    stdio: 'ignore',
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
