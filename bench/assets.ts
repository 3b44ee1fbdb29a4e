import duckdbScript from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import duckdbWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';
import sqliteWasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { WorkerAssets } from '../src/runtime/engine-worker.ts';
import arqueroWorker from '../workers/arquero.worker.ts?worker&url';
import duckdbWorker from '../workers/duckdb.worker.ts?worker&url';
import sqliteWorker from '../workers/sqlite.worker.ts?worker&url';

const at = (address: string) => new URL(address, import.meta.url).href;

/** Addresses of what the bench's own workers load. */
export const ASSETS: WorkerAssets = {
  duckdbWorker: at(duckdbWorker),
  duckdbEngineWorker: at(duckdbScript),
  duckdbWasm: at(duckdbWasm),
  sqliteWorker: at(sqliteWorker),
  sqliteWasm: at(sqliteWasm),
  arqueroWorker: at(arqueroWorker),
  parquetWasm: at(parquetWasm),
  extensions: at('ext'),
};
