import * as Comlink from 'comlink';
import { type BackendFactory, remoteBackend } from '../backends/remote-backend.ts';
import { lifeEnded } from '../backends/worker-life.ts';
import type { BackendName } from '../protocol/backend.ts';
import { BackendError, isBackendFault } from '../protocol/backend-error.ts';
import { PendingCalls } from '../protocol/pending-calls.ts';
import type { Progress } from './api.ts';
import { backendProgress } from './backend-progress.ts';
import type { StartedBackend } from './backend-runner.ts';
import type { WorkerAssets } from './engine-worker.ts';
import { startWorker } from './start-worker.ts';

/** Starts a backend in a worker of its own; rejects with START_FAILED where a file of it cannot be loaded. */
export async function startBackend(
  name: BackendName,
  assets: WorkerAssets,
  onProgress: (event: Progress) => void,
): Promise<StartedBackend> {
  const address = { duckdb: assets.duckdbWorker, sqlite: assets.sqliteWorker, arquero: assets.arqueroWorker }[name];
  const started = performance.now();
  let bytes: number | null = null;
  onProgress(backendProgress(name, 'running'));
  const worker = startWorker(address, `coframe-${name}`);
  const calls = new PendingCalls();
  const alive = new AbortController();
  let isStarted = false;
  const ended = new Promise<void>((resolve) => {
    alive.signal.addEventListener('abort', () => resolve());
  });
  const end = (reason: string) => {
    if (alive.signal.aborted) return;
    worker.terminate();
    const fault = { backend: name, reason };
    calls.end(new BackendError(isStarted ? { code: 'LOST', ...fault } : { code: 'START_FAILED', ...fault }));
    alive.abort();
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(event.message || `${address} could not be loaded`);
  });
  try {
    const factory = Comlink.wrap<BackendFactory<WorkerAssets>>(worker);
    const heard = (loaded: number) => {
      bytes = loaded;
      onProgress(backendProgress(name, 'running', { bytes }));
    };
    const remote = await calls.run(() => factory.start(assets, Comlink.proxy(heard)));
    const life = `coframe-${name}-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    if (await calls.run(() => factory.holdLife(life))) {
      lifeEnded(life, alive.signal).then(
        () => end('its worker ended'),
        // Nobody waits for a life that was ended on purpose.
        () => {},
      );
    }
    isStarted = true;
    const milliseconds = performance.now() - started;
    const detail = 'once; later visits do not need it for what is stored';
    onProgress(backendProgress(name, 'done', { bytes, milliseconds, detail }));
    return { backend: remoteBackend(remote, calls), end: () => end('it was ended'), ended };
  } catch (error) {
    end('it did not start');
    throw isBackendFault(error) ? new BackendError(error) : error;
  }
}
