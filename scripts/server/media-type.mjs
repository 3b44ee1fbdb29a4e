import { extname } from 'node:path';

/** Media type by file extension, as browsers insist on them for modules, WebAssembly, styles and fonts. */
const MEDIA_TYPES = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.parquet', 'application/vnd.apache.parquet'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.woff2', 'font/woff2'],
  ['.yaml', 'application/yaml; charset=utf-8'],
  ['.yml', 'application/yaml; charset=utf-8'],
]);

/** Extensions of files that shrink; Parquet, fonts and images are compressed already. */
const COMPRESSIBLE = new Set([
  '.css',
  '.csv',
  '.html',
  '.js',
  '.json',
  '.map',
  '.md',
  '.mjs',
  '.svg',
  '.txt',
  '.wasm',
  '.webmanifest',
  '.yaml',
  '.yml',
]);

/**
 * The `Content-Type` of a file, from its name alone.
 * @param {string} path
 */
export const mediaTypeOf = (path) => MEDIA_TYPES.get(extname(path).toLowerCase()) ?? 'application/octet-stream';

/**
 * Whether a file is worth a `.br` and a `.gz` sibling.
 * @param {string} path
 */
export const isCompressible = (path) => COMPRESSIBLE.has(extname(path).toLowerCase());
