import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { parseSync, Visitor } from 'vite';
import { PROJECT } from '../scripts/project.mjs';

/**
 * One part of what the page loads for its first paint, or soon after: bytes as they are sent, brotli where that is
 * smaller, beside what they were in the stored baseline and what they are meant to stay below, where that is settled.
 * @typedef {{ name: string, bytes: number, baseline: number | undefined, goal: number | undefined }} Part
 */

const BASELINE = join(PROJECT, 'bench', 'first-paint.json');

/** A part may grow by this much over its baseline. */
const GROWTH = 1.1;

const KILOBYTE = 1024;

/** A class name that only CodeMirror writes. */
const CODE_MIRROR = 'cm-gutters';

/**
 * Sizes of a build's parts.
 * @param {string} dist
 * @returns {Promise<Part[]>}
 */
export async function firstPaint(dist) {
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const scripts = await scriptsOf(join(dist, 'assets'));
  const entry = only(named(html, /<script[^>]+src="\.\/assets\/([^"]+\.js)"/g), 'the script of index.html');
  // The entry script asks for the page's own script at once.
  const [app] = scripts.get(entry)?.later.filter((name) => name.startsWith('app-')) ?? [];
  if (app === undefined) throw new Error(`${entry} imports no app-….js: tell bench/first-paint.mjs its new name`);
  const first = closure(scripts, [entry, app]);
  const editors = [...scripts].flatMap(([name, { text }]) => (text.includes(CODE_MIRROR) ? [name] : []));
  const editor = closure(scripts, editors).filter((name) => !first.includes(name));
  const styles = (await readdir(join(dist, 'assets'))).filter((name) => /^app-.*\.css$/.test(name));
  const fonts = named(html, /<link[^>]+href="\.\/assets\/([^"]+\.woff2)"/g);

  /** @type {[name: string, goal: number | undefined, files: string[]][]} */
  const parts = [
    ['HTML and critical CSS', 8, ['index.html']],
    ['app, solid, comlink', 35, first.map((name) => `assets/${name}`)],
    ['styles of the app', undefined, styles.map((name) => `assets/${name}`)],
    ['fonts', 89, fonts.map((name) => `assets/${name}`)],
    ['CodeMirror, later', 100, editor.map((name) => `assets/${name}`)],
  ];
  const baseline = await readBaseline();
  return Promise.all(
    parts.map(async ([name, goal, files]) => {
      const sizes = await Promise.all(files.map((file) => sentBytes(join(dist, file))));
      const bytes = sizes.reduce((sum, size) => sum + size, 0);
      return { name, bytes, baseline: baseline[name], goal: goal && goal * KILOBYTE };
    }),
  );
}

/**
 * The parts that grew by more than a tenth.
 * @param {readonly Part[]} parts
 */
export function grown(parts) {
  return parts.filter(({ bytes, baseline }) => baseline !== undefined && bytes > baseline * GROWTH);
}

/**
 * Makes the sizes of now the baseline.
 * @param {readonly Part[]} parts
 */
export async function storeBaseline(parts) {
  const sizes = Object.fromEntries(parts.map(({ name, bytes }) => [name, bytes]));
  await writeFile(BASELINE, `${JSON.stringify(sizes, undefined, 2)}\n`);
}

/** @returns {Promise<Record<string, number>>} bytes by part; empty where nothing was stored yet */
async function readBaseline() {
  const text = await readFile(BASELINE, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  return JSON.parse(text);
}

/**
 * The built scripts of a folder with what each imports: at once, or later.
 * @param {string} folder
 * @returns {Promise<Map<string, { text: string, now: string[], later: string[] }>>} by file name
 */
async function scriptsOf(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js') && !name.includes('.worker-'));
  const scripts = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return /** @type {const} */ ([name, { text, ...importsOf(name, text) }]);
    }),
  );
  return new Map(scripts);
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {{ now: string[], later: string[] }} file names
 */
function importsOf(name, text) {
  /** @type {string[]} */
  const now = [];
  /** @type {string[]} */
  const later = [];
  /** @type {(list: string[], source: import('vite').ESTree.Expression | null) => void} */
  const add = (list, source) => {
    // The build writes texts in back-ticks, too.
    const [quasi] = source?.type === 'TemplateLiteral' ? source.quasis : [];
    const address = quasi?.value.cooked ?? (source?.type === 'Literal' ? String(source.value) : '');
    if (address.startsWith('./')) list.push(address.slice(2));
  };
  const { program } = parseSync(name, text);
  new Visitor({
    ImportDeclaration: ({ source }) => add(now, source),
    ExportNamedDeclaration: ({ source }) => add(now, source),
    ExportAllDeclaration: ({ source }) => add(now, source),
    ImportExpression: ({ source }) => add(later, source),
  }).visit(program);
  return { now, later };
}

/**
 * Scripts with all that they import at once.
 * @param {Map<string, { now: string[] }>} scripts
 * @param {readonly string[]} roots
 */
function closure(scripts, roots) {
  const reached = new Set(roots);
  for (const name of reached) for (const next of scripts.get(name)?.now ?? []) reached.add(next);
  return [...reached];
}

/**
 * Bytes of a file as a server sends it.
 * @param {string} file
 */
async function sentBytes(file) {
  const bytes = await readFile(file);
  return file.endsWith('.woff2') ? bytes.length : Math.min(bytes.length, brotliCompressSync(bytes).length);
}

/**
 * @param {string} text
 * @param {RegExp} pattern with one group, global
 * @returns {string[]}
 */
function named(text, pattern) {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/**
 * @param {readonly string[]} names
 * @param {string} what
 */
function only(names, what) {
  const [name] = names;
  if (name === undefined || names.length > 1) throw new Error(`${what}: one was expected, found ${names.length}`);
  return name;
}
