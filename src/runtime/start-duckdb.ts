import * as Comlink from 'comlink';
import type { DuckdbAssets } from '../backends/duckdb/connection-wasm.ts';
import { remoteBackend } from '../backends/remote-backend.ts';
import type { DataAPIBackend } from '../protocol/backend.ts';
import { BackendError, isBackendFault } from '../protocol/backend-error.ts';
import type { Progress } from './api.ts';
import type { StartedBackend } from './backend-host.ts';
import type { WorkerAssets } from './engine-worker.ts';
import { startWorker } from './start-worker.ts';

/** What the DuckDB worker hands out. */
interface DuckdbFactory {
  start(assets: DuckdbAssets, onBytes: (loaded: number) => void): Promise<DataAPIBackend & Comlink.ProxyMarked>;
}

/** Starts DuckDB in a worker of its own; rejects with START_FAILED where its script or its WASM cannot be loaded. */
export async function startDuckdb(
  assets: WorkerAssets,
  onProgress: (event: Progress) => void,
): Promise<StartedBackend> {
  const started = performance.now();
  let bytes: number | null = null;
  const tell = (state: Progress['state'], detail: string | null = null) =>
    onProgress({
      id: 'backend duckdb',
      phase: 'backend',
      label: 'database engine DuckDB',
      state,
      // Unpacked bytes; how many there will be the response does not say where it travels compressed.
      done: bytes,
      total: null,
      unit: bytes === null ? null : 'bytes',
      milliseconds: state === 'done' ? performance.now() - started : null,
      detail,
    });
  tell('running');
  const worker = startWorker(assets.duckdbWorker, 'coframe-duckdb');
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const reason = event.message || `${assets.duckdbWorker} could not be loaded`;
      reject(new BackendError({ code: 'START_FAILED', backend: 'duckdb', reason }));
    });
  });
  // After the start nobody waits for this any more.
  failed.catch(() => {});
  const heard = (loaded: number) => {
    bytes = loaded;
    tell('running');
  };
  try {
    const duckdb = {
      wasmUrl: assets.duckdbWasm,
      workerUrl: assets.duckdbEngineWorker,
      extensionRepository: assets.extensions,
    };
    const factory = Comlink.wrap<DuckdbFactory>(worker);
    const remote = await Promise.race([factory.start(duckdb, Comlink.proxy(heard)), failed]);
    tell('done', 'once; later visits do not need it for what is stored');
    return { backend: remoteBackend(remote), end: () => worker.terminate() };
  } catch (error) {
    worker.terminate();
    tell('failed');
    throw isBackendFault(error) ? new BackendError(error) : error;
  }
}
