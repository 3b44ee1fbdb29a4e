import type { BackendName } from '../protocol/backend.ts';
import type { OpenTools } from '../sources/source.ts';
import type { Progress } from './api.ts';
import type { StartedBackend } from './backend-runner.ts';
import type { EngineOpener } from './engine-parts.ts';
import type { WorkerOpenOptions } from './engine-worker.ts';
import type { Freshness } from './source-shelf.ts';

/** What the worker gives the service: everything that touches the world. */
export interface ServiceEnvironment {
  readonly fetch: typeof fetch;
  readonly subtle: SubtleCrypto | undefined;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The local civil date as a day number. */
  readonly today: () => number;
  /** How long what is known of a source is believed before it is looked at again. */
  readonly freshness: Freshness;
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
  readonly readers: (options: WorkerOpenOptions) => OpenTools;
  readonly startBackend: (
    name: BackendName,
    options: WorkerOpenOptions,
    onProgress: (event: Progress) => void,
  ) => Promise<StartedBackend>;
  readonly engines: EngineOpener;
  /** Requests to other origins that this worker has made. */
  readonly foreignRequests: () => number;
}
