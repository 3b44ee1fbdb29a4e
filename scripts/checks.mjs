import { attempt, toolOf } from './command.mjs';
import { countText } from './figures.mjs';

/**
 * @typedef {{ ok: boolean, text: string }} CheckResult
 * `text`: a few words when it is `ok`, else everything that is wrong.
 */

/**
 * What is checked without running the product.
 * @type {readonly { name: string, run: () => Promise<CheckResult> }[]}
 */
export const CHECKS = [
  { name: 'lint and format', run: () => tool('@biomejs/biome', 'biome', ['ci', '--colors=off', '.']) },
  { name: 'types', run: () => tool('typescript', 'tsc', ['--noEmit', '-p', 'tsconfig.json']) },
  { name: 'imports', run: imports },
];

/**
 * @param {string} name of the package
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<CheckResult>}
 */
async function tool(name, command, args) {
  const { code, output } = await attempt(process.execPath, [toolOf(name, command), ...args], { quiet: true });
  return code === 0 ? { ok: true, text: 'ok' } : { ok: false, text: output.trim() };
}

/** @returns {Promise<CheckResult>} */
async function imports() {
  // Not at the top: it parses with a package that may have to be installed first.
  const { checkImports } = await import('./imports.mjs');
  const { files, violations } = await checkImports();
  if (violations.length === 0) return { ok: true, text: `${countText(files)} files` };
  return { ok: false, text: violations.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n') };
}
