import type { ParquetModule } from '../../src/sources/parquet/wasm-module.ts';
import type { OpenTools } from '../../src/sources/source.ts';

/** parquet-wasm's own build for Node: the same reader as in a browser, without a URL to load it from. */
export function nodeParquet(): Promise<ParquetModule> {
  return import('parquet-wasm/node');
}

/** What opening a source needs, in Node. */
export function nodeReaders(): OpenTools {
  return { parquet: nodeParquet };
}
