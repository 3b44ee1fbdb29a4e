import type { BackendName, DataAPIBackend } from '../protocol/backend.ts';
import { BackendError } from '../protocol/backend-error.ts';
import type { AggregateRequest, AggregateResult } from '../protocol/request.ts';
import { type ParityReport, probeParity } from '../verification/parity/parity-gate.ts';
import type { Progress } from './api.ts';
import { backendProgress } from './backend-progress.ts';

/** A started backend, and how to end the worker it runs in. */
export interface StartedBackend {
  readonly backend: DataAPIBackend;
  /** Ends the worker: what it was asked rejects with LOST. */
  readonly end: () => void;
  /** Resolves when the worker has ended, however that came. */
  readonly ended: Promise<void>;
}

export interface BackendRunnerOptions {
  readonly name: BackendName;
  readonly start: (onProgress: (event: Progress) => void) => Promise<StartedBackend>;
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
  readonly onProgress: (event: Progress) => void;
  /** Called when the backend is gone with all that it held. */
  readonly onForgotten: () => void;
}

/** A backend that answers nothing for so long, though it was asked, hangs: it is ended, and the next request starts another. */
export const PATIENCE_MILLISECONDS = 120_000;

/** A backend that computes without a pause cannot be told to stop: after so long it is ended. */
const CANCEL_MILLISECONDS = 250;

/**
 * The life of one backend: started when first needed, let through by the parity gate, ended where it hangs or does not stop
 * when it is told to, and started anew at its next use.
 */
export class BackendRunner {
  readonly name: BackendName;
  statements = 0;
  state: 'idle' | 'starting' | 'ready' | 'failed' = 'idle';
  /** Why it failed, while it has. */
  reason: string | null = null;
  /** What the parity gate found, once it has been run. */
  parity: ParityReport | null = null;
  /** How often the worker was ended though requests may have been under way: those run anew. */
  cuts = 0;
  private readonly options: BackendRunnerOptions;
  private started: Promise<StartedBackend> | undefined;
  private requests = 0;
  /** Answers heard so far, failures included. */
  private heard = 0;

  constructor(options: BackendRunnerOptions) {
    this.options = options;
    this.name = options.name;
  }

  /** A name for a request, by which it can be cancelled. */
  nextRequest(): string {
    this.requests += 1;
    return `r${this.requests}`;
  }

  /** Asks a backend that is ready; a worker that hangs is ended. */
  ask(backend: DataAPIBackend, id: string, request: AggregateRequest): Promise<AggregateResult> {
    this.statements += 1;
    return this.answered(backend.aggregate(id, request));
  }

  /** Ends the worker; the next request starts another and loads what it needs. */
  async restart(): Promise<void> {
    const { started } = this;
    this.forget();
    const running = await started?.catch(() => undefined);
    running?.end();
  }

  /** Ends the worker to give its memory back; requests under way on it run anew. */
  async release(): Promise<void> {
    this.cuts += 1;
    await this.restart();
  }

  /** The backend, started if it is not running; rejects with START_FAILED or PARITY_FAILED. */
  async running(): Promise<DataAPIBackend> {
    return (await this.start()).backend;
  }

  private forget(): void {
    this.started = undefined;
    this.options.onForgotten();
    this.state = 'idle';
    this.reason = null;
  }

  private start(): Promise<StartedBackend> {
    if (this.started !== undefined) return this.started;
    this.state = 'starting';
    const started = this.startChecked();
    this.started = started;
    started.then(
      ({ ended }) => {
        if (this.started !== started) return;
        this.state = 'ready';
        this.reason = null;
        ended.then(() => {
          if (this.started === started) this.forget();
        });
      },
      (error: unknown) => {
        if (this.started !== started) return;
        // The next request tries again: a file may be back, the network too.
        this.forget();
        this.state = 'failed';
        this.reason = error instanceof Error ? error.message : String(error);
        // Told last, so that whoever hears it finds the state changed.
        this.options.onProgress(backendProgress(this.name, 'failed', { detail: this.reason }));
      },
    );
    return started;
  }

  private async startChecked(): Promise<StartedBackend> {
    const started = await this.options.start(this.options.onProgress);
    try {
      this.parity = await probeParity(started.backend);
    } catch (error) {
      started.end();
      throw error;
    }
    const { deviation } = this.parity;
    if (deviation === null) return started;
    started.end();
    throw new BackendError({ code: 'PARITY_FAILED', backend: this.name, ...deviation });
  }

  /** Runs a request; an abort releases the asker at once, and stops the backend. */
  async cancellable(
    backend: DataAPIBackend,
    request: AggregateRequest,
    signal: AbortSignal | undefined,
  ): Promise<AggregateResult> {
    const id = this.nextRequest();
    const result = this.ask(backend, id, request);
    if (signal === undefined) return result;
    return new Promise((resolve, reject) => {
      const cancel = () => {
        reject(signal.reason);
        void this.stop(backend, id, result);
      };
      signal.addEventListener('abort', cancel, { once: true });
      result.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
    });
  }

  /** Stops a request: by asking, and where the backend does not come back, by ending its worker. */
  private async stop(backend: DataAPIBackend, id: string, result: Promise<unknown>): Promise<void> {
    backend.cancel(id).catch(() => {});
    const { started } = this;
    // DuckDB hears it between two slices of its work.
    if (this.name === 'duckdb') return;
    const isBack = await this.within(CANCEL_MILLISECONDS, result);
    if (isBack || this.started !== started) return;
    await this.release();
  }

  /** The answer to a request; where the backend hangs, the worker is ended and the request rejects with LOST. */
  async answered<Result>(call: Promise<Result>): Promise<Result> {
    const { started } = this;
    let { heard } = this;
    while (!(await this.within(PATIENCE_MILLISECONDS, call))) {
      // It was busy with others: requests run one after another.
      if (this.heard > heard) {
        heard = this.heard;
        continue;
      }
      if (this.started === started) await this.restart();
      const reason = `it gave no answer for ${PATIENCE_MILLISECONDS / 1000} s`;
      throw new BackendError({ code: 'LOST', backend: this.name, reason });
    }
    this.heard += 1;
    return call;
  }

  /** Whether a call settles in time. */
  private within(milliseconds: number, call: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = this.options.schedule(() => resolve(false), milliseconds);
      const settled = () => {
        stop();
        resolve(true);
      };
      call.then(settled, settled);
    });
  }
}
