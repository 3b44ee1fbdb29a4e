import { expose } from 'comlink';
import { backendFactory } from '../src/backends/remote-backend.ts';
import { SqliteBackend } from '../src/backends/sqlite/backend.ts';
import { connectWasm } from '../src/backends/sqlite/connection-wasm.ts';
import type { WorkerAssets } from '../src/runtime/engine-worker.ts';

/** What this worker hands out: a SQLite in this very worker. */
expose(
  backendFactory(({ sqliteWasm }: WorkerAssets, onBytes) =>
    SqliteBackend.start({ connect: () => connectWasm({ wasmUrl: sqliteWasm }, onBytes), now: () => performance.now() }),
  ),
);
