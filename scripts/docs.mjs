/**
 * Writes the tables of `docs/` from the tables of the code, and what the manual's examples answer: `npm run docs`. Unit tests
 * tell when that was forgotten.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runnerImport } from 'vite';
import { disclosuresPage } from './docs/disclosures.mjs';
import { functionsPage } from './docs/functions.mjs';
import { fillManual } from './docs/manual.mjs';
import { operatorsPage } from './docs/operators.mjs';
import { refusalsPage } from './docs/refusals.mjs';
import { windowExample } from './docs/window-example.mjs';
import { windowsPage } from './docs/windows.mjs';
import { PROJECT } from './project.mjs';

/** @typedef {typeof import('./docs/tables.ts')} Tables */

/**
 * The text of each page by its path in the project.
 * @param {Tables} tables
 * @returns {ReadonlyMap<string, string>}
 */
export function pages(tables) {
  return new Map([
    ['docs/operators.md', operatorsPage(Object.values(tables.OPERATORS), tables.STATES)],
    ['docs/windows.md', windowsPage(Object.values(tables.WINDOWS), windowExample(tables))],
    ['docs/functions.md', functionsPage(tables.SCALAR_FUNCTIONS)],
    ['docs/refusals.md', refusalsPage(tables.REFUSAL_MESSAGES, tables.CLARIFYING)],
    ['docs/disclosures.md', disclosuresPage()],
  ]);
}

async function main() {
  const { module } = await runnerImport(join(PROJECT, 'scripts/docs/tables.ts'), {
    root: PROJECT,
    configFile: false,
    logLevel: 'error',
  });
  for (const [path, text] of pages(/** @type {Tables} */ (module))) {
    writeFileSync(join(PROJECT, path), text);
    console.log(`docs: ${path}`);
  }
  console.log(`docs: ${await fillManual()}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
