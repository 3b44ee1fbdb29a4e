import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'vite';
import { PROJECT } from '../project.mjs';
import { examplesOf, withResults } from './manual-examples.mjs';

/** @typedef {typeof import('../../tests/unit/docs/manual-session.ts')} Manual */

const MANUAL = 'docs/frame-ql.md';

/** Asks every example of docs/frame-ql.md, and writes what it answers under it. Returns the page's path. */
export async function fillManual() {
  const path = join(PROJECT, MANUAL);
  const markdown = readFileSync(path, 'utf8');
  const shown = examplesOf(markdown).filter(({ result }) => result !== null);
  const server = await createServer({
    root: PROJECT,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { openManual } = /** @type {Manual} */ (await server.ssrLoadModule('/tests/unit/docs/manual-session.ts'));
    const sessions = await openManual();
    const results = [];
    // One after the other: what is stored then is part of what EXPLAIN tells.
    for (const { collection, statement } of shown) results.push(await sessions.ask(collection, statement));
    await sessions.close();
    writeFileSync(path, withResults(markdown, results));
  } finally {
    await server.close();
  }
  return MANUAL;
}
