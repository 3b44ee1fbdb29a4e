import { copyFile, cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { compress } from '../scripts/compress.mjs';
import { CACHE, DIST, PROJECT } from '../scripts/project.mjs';

/** Scripts that pages load or import. */
const SCRIPTS = ['page', 'raw-visit', 'backend-bench', 'eviction/replay'];

const PAGES = ['raw-visit.html', 'backends.html'];

/**
 * A copy of the build with the bench's own scripts beside it, under `bench/`: the product is measured as it is shipped,
 * from its own origin.
 * @param {string} folder empty
 * @returns {Promise<string>} what was made
 * @throws when the bench does not build
 */
export async function makeSite(folder) {
  await cp(DIST, folder, { recursive: true });
  const outDir = join(folder, 'bench');
  await build({
    configFile: false,
    root: PROJECT,
    base: './',
    publicDir: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      target: 'es2023',
      outDir,
      emptyOutDir: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(SCRIPTS.map((path) => [basename(path), join(PROJECT, 'bench', `${path}.ts`)])),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  await Promise.all(PAGES.map((name) => copyFile(join(PROJECT, 'bench', name), join(outDir, name))));
  await compress({ root: outDir, cache: join(CACHE, 'compressed') });
  return 'dist/ and bench/';
}
