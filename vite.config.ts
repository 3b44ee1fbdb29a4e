import { createLogger, defineConfig, type UserConfig } from 'vite';
import solid from 'vite-plugin-solid';

/**
 * Two builds into `dist/`: the page (`vite build`), and the package entry (`vite build --mode package`), which is one file
 * of a stable name, so that a page of another origin can import it and a notebook can inline it.
 */
export default defineConfig(({ mode }) => (mode === 'package' ? packageBuild : pageBuild));

/** Scripts of the page lie here; the package entry lies beside this folder. */
const SCRIPTS = 'assets';

/** What several parts of the page share is one script: a dozen small ones compress worse, and each is a request. */
const SHARED =
  /solid-js.(dist|web)|src.ui.(icons|theme|words|controls|shell).|format.(count|duration|bytes)|frameql.tokens/;

/** The same for what only later parts of the page share: the first paint does not wait for it. */
const SHARED_LATER =
  /src.ui.(icons.glyph|controls.dialog|provenance.state-words|words.(cross-check|glossary|level))|canon.code-point/;

/** Workers and what they import lie here: Vite builds them apart from the page. */
const WORKERS = 'workers';

const TARGET = 'es2023';

const shared = {
  base: './',
  plugins: [solid()],
  customLogger: quietLogger(),
  optimizeDeps: { exclude: ['@duckdb/duckdb-wasm', 'parquet-wasm'] },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: { entryFileNames: `${WORKERS}/[name]-[hash].js`, chunkFileNames: `${WORKERS}/[name]-[hash].js` },
    },
  },
  experimental: {
    // On the page, addresses of workers and of what they load are names below the root of the build: `assets` of
    // `open()` may put that root anywhere. Everything else is relative to the file that names it.
    renderBuiltUrl: (file, { hostType, hostId }) =>
      hostType === 'js' && !hostId.startsWith(`${WORKERS}/`) && /\.wasm$|\.worker-[\w-]+\.js$/.test(file)
        ? file
        : { relative: true },
  },
} satisfies UserConfig;

const pageBuild: UserConfig = {
  ...shared,
  define: { __COFRAME_ROOT__: JSON.stringify('../') },
  build: {
    target: TARGET,
    assetsDir: SCRIPTS,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'shared', minShareCount: 2, test: (id) => SHARED.test(id) && !SHARED_LATER.test(id), priority: 1 },
            { name: 'shared-later', minShareCount: 2, test: SHARED_LATER },
          ],
        },
      },
    },
    reportCompressedSize: false,
  },
};

const packageBuild: UserConfig = {
  ...shared,
  define: { __COFRAME_ROOT__: JSON.stringify('./') },
  build: {
    target: TARGET,
    assetsDir: SCRIPTS,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      input: { coframe: 'src/embed/coframe.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', codeSplitting: false },
    },
  },
};

/** DuckDB's script names some eighty sources that it does not ship; the development server would warn of each. */
function quietLogger() {
  const logger = createLogger();
  const { warnOnce, warn } = logger;
  return {
    ...logger,
    warn: (...[text, options]: Parameters<typeof warn>) =>
      void (text.includes('duckdb-browser-eh') || warn(text, options)),
    warnOnce: (...[text, options]: Parameters<typeof warnOnce>) =>
      void (text.includes('duckdb-browser-eh') || warnOnce(text, options)),
  };
}
