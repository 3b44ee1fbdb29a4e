import { expose } from 'comlink';
import { DuckdbBackend } from '../src/backends/duckdb/backend.ts';
import { connectWasm } from '../src/backends/duckdb/connection-wasm.ts';
import { backendFactory } from '../src/backends/remote-backend.ts';
import type { WorkerAssets } from '../src/runtime/engine-worker.ts';

/** What this worker hands out: a DuckDB at the given addresses, in a worker nested in this one. */
expose(
  backendFactory(({ duckdbWasm, duckdbEngineWorker, extensions }: WorkerAssets, onBytes) => {
    const assets = { wasmUrl: duckdbWasm, workerUrl: duckdbEngineWorker, extensionRepository: extensions };
    return DuckdbBackend.start({ connect: () => connectWasm(assets, onBytes), now: () => performance.now() });
  }),
);
