import duckdbScript from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import duckdbWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import sqliteWasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import arqueroWorker from '../../workers/arquero.worker.ts?worker&url';
import duckdbWorker from '../../workers/duckdb.worker.ts?worker&url';
import engineWorker from '../../workers/engine.worker.ts?worker&url';
import sqliteWorker from '../../workers/sqlite.worker.ts?worker&url';
import type { WorkerAssets } from './engine-worker.ts';

/** From this script to the root of the build; the build defines it, for the page and for the package entry. */
declare const __COFRAME_ROOT__: string;

/** Absolute addresses of everything that is loaded after this script. */
export interface AssetAddresses {
  readonly engineWorker: string;
  readonly worker: WorkerAssets;
}

/** Only such a script has an address that others can be told from: not `blob:` and `data:`. */
const HIERARCHICAL = /^(?:https?|file):/;

/**
 * The one place that knows where the build's files lie: below `assets` (the folder that holds coframe.js), else beside
 * this script. Throws `TypeError` where the script has no address of its own and none is given.
 */
export function assetAddresses(assets?: string): AssetAddresses {
  const own = import.meta.url;
  const root = assets ?? (HIERARCHICAL.test(own) ? new URL(__COFRAME_ROOT__, own).href : undefined);
  if (root === undefined) {
    throw new TypeError(
      'coframe: this script has no address of its own; pass `assets`, the URL of the folder that holds coframe.js',
    );
  }
  const folder = new URL(root.endsWith('/') ? root : `${root}/`, document.baseURI).href;
  const at = (name: string) => new URL(name, folder).href;
  return {
    engineWorker: at(engineWorker),
    worker: {
      duckdbWorker: at(duckdbWorker),
      duckdbEngineWorker: at(duckdbScript),
      duckdbWasm: at(duckdbWasm),
      sqliteWorker: at(sqliteWorker),
      sqliteWasm: at(sqliteWasm),
      arqueroWorker: at(arqueroWorker),
      parquetWasm: at(parquetWasm),
      extensions: at('ext'),
    },
  };
}
