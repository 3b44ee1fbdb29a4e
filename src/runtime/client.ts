import * as Comlink from 'comlink';
import { lifeEnded } from '../backends/worker-life.ts';
import type { BackendName } from '../protocol/backend.ts';
import { PendingCalls } from '../protocol/pending-calls.ts';
import type {
  Answer,
  ArrowAnswer,
  CollectionIssue,
  CollectionSummary,
  CrossCheck,
  CrossCheckOptions,
  Explanation,
  OpenOptions,
  OutlinedText,
  ProfileOptions,
  QueryOptions,
  QuestionOutline,
  RefreshOptions,
  RefreshReport,
  Refusal,
  ServedProfile,
  Session,
  WrittenOutline,
} from './api.ts';
import { assetAddresses } from './assets.ts';
import type { EngineWorker, Outcome, WireError, WorkerOpenOptions } from './engine-worker.ts';
import { startWorker } from './start-worker.ts';

/** The YAML has problems; each has its place. */
export class CollectionError extends Error {
  override readonly name = 'CollectionError';
  readonly remedy = 'Mend the lines named, then open again.';
  readonly issues: readonly CollectionIssue[];

  constructor(message: string, issues: readonly CollectionIssue[]) {
    super(message);
    this.issues = issues;
  }
}

/** A failure that names what to do. */
abstract class RemediedError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** A script, worker or WASM file of this build could not be loaded. */
export class AssetError extends RemediedError {
  override readonly name = 'AssetError';
}

/** A database engine failed in a way that is no answer. */
export class BackendFailedError extends RemediedError {
  override readonly name = 'BackendFailedError';
}

/** A table cannot be profiled: there is none of the name, or its source cannot be read. */
export class ProfileError extends RemediedError {
  override readonly name = 'ProfileError';
}

/** The engine worker died; what it had stored is safe. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
  readonly remedy = 'Open the session again; what was stored is kept.';
}

/** A fault of the program. */
export class DefectError extends Error {
  override readonly name = 'DefectError';
  readonly remedy = 'Reload, and report the details.';
  readonly detail: string;

  constructor(message: string, detail: string) {
    super(message);
    this.detail = detail;
  }
}

/** Opens an installation in an engine worker of its own; `close()` ends the worker. */
export async function open(options: OpenOptions): Promise<Session> {
  const addresses = assetAddresses(options.assets);
  const line = new WorkerLine(startWorker(addresses.engineWorker, 'coframe-engine'), addresses.engineWorker);
  try {
    const { onProgress = () => {}, assets: _, ...rest } = options;
    const base = new URL(options.base ?? '.', document.baseURI).href;
    const workerOptions: WorkerOpenOptions = {
      ...rest,
      ...absoluteInputs(options, base),
      base,
      assets: addresses.worker,
    };
    const collection = await line.ask((api) => api.open(workerOptions, Comlink.proxy(onProgress)));
    const session = new ClientSession(line, collection);
    if (options.warmUp === undefined || options.warmUp === 'await') await session.warm;
    return session;
  } catch (error) {
    line.end();
    throw error;
  }
}

/** URLs of the page's side made absolute: a worker started from a blob has no base of its own. */
function absoluteInputs(
  options: OpenOptions,
  base: string,
): Pick<WorkerOpenOptions, 'installation' | 'collections' | 'files'> {
  const absolute = <T>(input: string | T): string | T =>
    typeof input === 'string' ? new URL(input, base).href : input;
  const all = <T>(inputs: Readonly<Record<string, string | T>>) =>
    Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, absolute(input)]));
  return {
    installation: absolute(options.installation),
    ...(options.collections && { collections: all(options.collections) }),
    ...(options.files && { files: all(options.files) }),
  };
}

/** Calls to one worker. A worker that dies rejects every call that waits, and every later one. */
class WorkerLine {
  private readonly worker: Worker;
  private readonly api: Comlink.Remote<EngineWorker>;
  private readonly calls = new PendingCalls();
  private answered = false;
  private readonly ended = new AbortController();

  constructor(worker: Worker, address: string) {
    this.worker = worker;
    this.api = Comlink.wrap<EngineWorker>(worker);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const reason = event.message === undefined || event.message === '' ? 'it stopped' : event.message;
      // A worker whose script cannot be loaded tells nothing but this, before its first answer.
      this.calls.end(
        this.answered
          ? new WorkerLostError(`The engine worker was lost: ${reason}.`)
          : new AssetError(
              `The engine worker could not be loaded from ${address}.`,
              'Reload: this page may have been updated since it was opened.',
            ),
      );
    });
    worker.addEventListener('messageerror', () => {
      this.calls.end(new WorkerLostError('The engine worker sent what could not be read.'));
    });
    void this.watchLife();
  }

  async ask<T>(call: (api: Comlink.Remote<EngineWorker>) => PromiseLike<Outcome<T>>): Promise<T> {
    const outcome = await this.calls.run(() => call(this.api));
    this.answered = true;
    if (outcome.ok) return outcome.value;
    throw errorOf(outcome.error);
  }

  tell(call: (api: Comlink.Remote<EngineWorker>) => PromiseLike<unknown>): void {
    this.calls.run(() => call(this.api)).catch(() => {});
  }

  async close(): Promise<void> {
    await this.calls.run(() => this.api.close()).catch(() => {});
    this.end();
  }

  /** A worker that the browser ends for want of memory, or a person in the developer tools, says nothing. */
  private async watchLife(): Promise<void> {
    const life = `coframe-engine-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    try {
      if (!(await this.calls.run(() => this.api.holdLife(life)))) return;
      await lifeEnded(life, this.ended.signal);
    } catch {
      // It is known to have ended, or its life cannot be watched here.
      return;
    }
    this.calls.end(new WorkerLostError('The engine worker was lost: the browser has ended it.'));
  }

  end(): void {
    this.ended.abort();
    this.calls.end(new WorkerLostError('The session was closed.'));
    this.api[Comlink.releaseProxy]();
    this.worker.terminate();
  }
}

/** A listener that crosses to the worker, where there is one. */
function heard<Listener extends (event: never) => void>(listener: Listener | undefined) {
  return listener === undefined ? null : Comlink.proxy(listener);
}

function errorOf(error: WireError): Error {
  switch (error.kind) {
    case 'collection':
      return new CollectionError(error.message, error.issues);
    case 'asset':
      return new AssetError(error.message, error.remedy);
    case 'backend':
      return new BackendFailedError(error.message, error.remedy);
    case 'profile':
      return new ProfileError(error.message, error.remedy);
    case 'aborted':
      return new DOMException(error.message, 'AbortError');
    case 'range':
      return new RangeError(error.message);
    case 'defect':
      return new DefectError(error.message, error.detail);
  }
}

class ClientSession implements Session {
  readonly warm: Promise<void>;
  readonly engine: Session['engine'];
  private readonly line: WorkerLine;
  private current: CollectionSummary;
  private nextId = 1;

  constructor(line: WorkerLine, collection: CollectionSummary) {
    this.line = line;
    this.current = collection;
    this.warm = line.ask((api) => api.warm()).then(() => {});
    // Whoever cares waits for it; a page that does not must not see an unhandled rejection.
    this.warm.catch(() => {});
    this.engine = {
      entries: () => line.ask((api) => api.entries()),
      statistics: () => line.ask((api) => api.statistics()),
      evictions: () => line.ask((api) => api.evictions()),
      evict: (selection) => line.ask((api) => api.evict(selection ?? null)),
      pin: async (key, on) => void (await line.ask((api) => api.pin(key, on))),
      file: async (key) =>
        new Blob([new Uint8Array(await line.ask((api) => api.file(key)))], { type: 'application/vnd.apache.parquet' }),
      refresh: (options) => this.refresh(options),
      warmUp: async () => void (await line.ask((api) => api.warmUp())),
      recommendations: (thresholds = {}) => line.ask((api) => api.recommendations(thresholds)),
    };
  }

  get collection(): CollectionSummary {
    return this.current;
  }

  async summary(): Promise<CollectionSummary> {
    this.current = await this.line.ask((api) => api.summary());
    return this.current;
  }

  query(
    text: string,
    options: QueryOptions & { readonly format: 'arrow' },
  ): Promise<ArrowAnswer | Refusal | Explanation>;
  query(text: string, options?: QueryOptions & { readonly format?: 'json' }): Promise<Answer | Refusal | Explanation>;
  async query(text: string, options: QueryOptions = {}): Promise<Answer | ArrowAnswer | Refusal | Explanation> {
    const { signal, format = 'json', backend = null, engine = null, onProgress, onReplaced } = options;
    return this.cancellable(signal, (api, id) =>
      api.query({ id, text, format, backend, engine }, heard(onProgress), heard(onReplaced)),
    );
  }

  explain(text: string): Promise<Explanation | Refusal> {
    return this.line.ask((api) => api.explain(text));
  }

  crossCheck(text: string, { signal, onProgress }: CrossCheckOptions = {}): Promise<CrossCheck | Refusal> {
    return this.cancellable(signal, (api, id) => api.crossCheck(id, text, heard(onProgress)));
  }

  profile(table: string, { signal, onProgress }: ProfileOptions = {}): Promise<ServedProfile> {
    return this.cancellable(signal, (api, id) => api.profile(id, table, heard(onProgress)));
  }

  private refresh({ signal, onProgress }: RefreshOptions = {}): Promise<RefreshReport> {
    return this.cancellable(signal, (api, id) => api.refresh(id, heard(onProgress)));
  }

  /** Asks what `cancel` can stop by its id. */
  private async cancellable<T>(
    signal: AbortSignal | undefined,
    ask: (api: Comlink.Remote<EngineWorker>, id: number) => PromiseLike<Outcome<T>>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const id = this.nextId++;
    const asked = this.line.ask((api) => ask(api, id));
    if (signal === undefined) return asked;
    // The asker is released at once; the worker hears of it and stops when nobody else waits.
    const aborted = new Promise<never>((_, reject) => {
      const abort = () => {
        this.line.tell((api) => api.cancel(id));
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      const done = () => signal.removeEventListener('abort', abort);
      asked.then(done, done);
    });
    return Promise.race([asked, aborted]);
  }

  check(text: string): ReturnType<Session['check']> {
    return this.line.ask((api) => api.check(text));
  }

  outline(text: string): Promise<OutlinedText | Refusal> {
    return this.line.ask((api) => api.outline(text));
  }

  write(outline: QuestionOutline): Promise<WrittenOutline> {
    return this.line.ask((api) => api.write(outline));
  }

  complete(text: string, offset: number): ReturnType<Session['complete']> {
    return this.line.ask((api) => api.complete(text, offset));
  }

  describe(text: string, offset: number): ReturnType<Session['describe']> {
    return this.line.ask((api) => api.describe(text, offset));
  }

  signature(text: string, offset: number): ReturnType<Session['signature']> {
    return this.line.ask((api) => api.signature(text, offset));
  }

  format(text: string, offset: number): ReturnType<Session['format']> {
    return this.line.ask((api) => api.format(text, offset));
  }

  definition(text: string, offset: number): ReturnType<Session['definition']> {
    return this.line.ask((api) => api.definition(text, offset));
  }

  async restartBackend(): Promise<void> {
    await this.line.ask((api) => api.restartBackend());
  }

  async useBackend(name: BackendName): Promise<void> {
    await this.line.ask((api) => api.useBackend(name));
  }

  async use(collection: string): Promise<void> {
    this.current = await this.line.ask((api) => api.use(collection));
  }

  close(): Promise<void> {
    return this.line.close();
  }
}
