import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { filesUnder } from './digest.mjs';
import { PROJECT } from './project.mjs';

/**
 * The folders of `src/`, lowest first: a file may import its own folder and those before it. Types count like code.
 */
const LAYERS = [
  'canon',
  'columns',
  'operators',
  'sources',
  'frameql',
  'collection',
  'resolution',
  'assist',
  'planning',
  'builder',
  'protocol',
  'compose',
  'profiling',
  'verification',
  'engine',
  'backends',
  'runtime',
];

/** What stands on top of the layers, side by side: each imports itself and, of the layers, only what is listed here. */
const SURFACES = new Map([
  ['ui', surfaceImports()],
  ['embed', surfaceImports()],
]);

/** The runtime as a page sees it, the language's tokens, and what reading a result takes. */
function surfaceImports() {
  return [
    /^src\/runtime\/(?:api|assets|client[\w-]*)\.ts$/,
    /^src\/runtime\/client\//,
    /^src\/frameql\/tokens\.ts$/,
    /^src\/canon\//,
    /^src\/columns\//,
  ];
}

/** Backends stand side by side; this folder is what they share, with the files that lie beside their folders. */
const SHARED_BACKEND = 'sql';

/** The only file that may name the workers: it turns their build into addresses. */
const ADDRESSES = 'src/runtime/assets.ts';

/** File names that collect leftovers. */
const VAGUE = /(?:^|\/)(?:utils?|helpers?|common|types|misc)\.(?:ts|tsx|mjs|js)$/;

/**
 * @typedef {{ file: string, line: number, message: string }} Violation
 * `file` is relative to the project, with slashes.
 */

/**
 * Reads every source file and reports imports that go against the layers, and files named after nothing.
 * @param {string} [root] the project's folder
 * @returns {Promise<{ files: number, violations: Violation[] }>}
 */
export async function checkImports(root = PROJECT) {
  const lists = await Promise.all(['src', 'workers'].map((folder) => filesUnder(join(root, folder))));
  const files = lists.flat().filter((file) => /\.(?:ts|tsx|mjs|js)$/.test(file));
  const violations = await Promise.all(
    files.map(async (file) => violationsOf(relative(root, file).split(sep).join('/'), await readFile(file, 'utf8'))),
  );
  return { files: files.length, violations: violations.flat() };
}

/**
 * The violations of one file.
 * @param {string} file relative to the project, with slashes
 * @param {string} text
 * @returns {Violation[]}
 * @throws when the file cannot be parsed
 */
export function violationsOf(file, text) {
  /** @type {Violation[]} */
  const violations = [];
  if (VAGUE.test(file)) {
    violations.push({ file, line: 1, message: 'the name says nothing. Name the file after the noun that it defines' });
  }
  for (const { specifier, offset } of importsOf(file, text)) {
    if (!specifier.startsWith('.')) continue;
    const path = specifier.replace(/\?.*$/, '');
    const target = posix.join(posix.dirname(file), path);
    const complaint = complaintOf(file, target, /\?(?:.*&)?url(?:&|$)/.test(specifier));
    if (complaint === undefined) continue;
    violations.push({
      file,
      line: text.slice(0, offset).split('\n').length,
      message: `imports ${target}: ${complaint}`,
    });
  }
  return violations;
}

/**
 * Why one file may not import another.
 * @param {string} file
 * @param {string} target
 * @param {boolean} isAddress whether only the address of the target is imported
 * @returns {string | undefined} undefined when it may
 */
function complaintOf(file, target, isAddress) {
  const [fromRoot = '', from = '', fromPart = ''] = file.split('/');
  const [toRoot = '', to = '', toPart = ''] = target.split('/');
  if (toRoot === 'workers') {
    if (fromRoot === 'workers' || (isAddress && file === ADDRESSES)) return undefined;
    return `workers are started, not imported. Take their address from ${ADDRESSES}`;
  }
  if (toRoot !== 'src') return 'it is no part of the product. Move what is needed into src/';
  if (fromRoot === 'workers') {
    return SURFACES.has(to) ? 'a worker has no page. Move what is needed below src/runtime/' : undefined;
  }

  const surface = SURFACES.get(from);
  if (surface) {
    if (from === to || surface.some((allowed) => allowed.test(target))) return undefined;
    return `${from}/ sees the runtime's client and types only. Offer it through src/runtime/client.ts`;
  }
  const own = LAYERS.indexOf(from);
  const other = LAYERS.indexOf(to);
  if (own === -1) return `src/${from}/ has no place among the layers. Add it to scripts/imports.mjs`;
  if (other === -1 || other > own)
    return `${to}/ stands above ${from}/. Pass it as an argument, or move the shared part down`;
  if (
    from === 'backends' &&
    to === 'backends' &&
    fromPart !== toPart &&
    toPart !== SHARED_BACKEND &&
    !toPart?.endsWith('.ts')
  ) {
    return `backends do not know each other. Move the shared part to src/backends/${SHARED_BACKEND}/`;
  }
  return undefined;
}

/**
 * Everything that a module names as another module: imports and re-exports (of types too), dynamic imports, import types,
 * and `new URL('…', import.meta.url)`.
 * @param {string} file
 * @param {string} text
 * @returns {{ specifier: string, offset: number }[]} in text order
 */
function importsOf(file, text) {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);
  /** @type {{ specifier: string, offset: number }[]} */
  const found = [];
  /** @param {{ type: string, start: number, value?: unknown } | null | undefined} source */
  const add = (source) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') {
      found.push({ specifier: source.value, offset: source.start });
    }
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
    NewExpression: ({ callee, arguments: [address, base] }) => {
      const isMeta = base?.type === 'MemberExpression' && base.object.type === 'MetaProperty';
      if (callee.type === 'Identifier' && callee.name === 'URL' && isMeta) add(address);
    },
  }).visit(program);
  return found;
}
