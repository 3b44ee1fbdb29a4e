import type { Batch } from '../columns/column.ts';
import type { RequiredColumns } from '../planning/plan.ts';
import type { BackendName, DataAPIBackend } from '../protocol/backend.ts';
import { BackendError } from '../protocol/backend-error.ts';
import { decodeAggregate } from '../protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import type { Progress } from './api.ts';
import type { SourceShelf } from './source-shelf.ts';

/** A started backend, and how to end the worker it runs in. */
export interface StartedBackend {
  readonly backend: DataAPIBackend;
  readonly end: () => void;
}

export interface AggregateOutcome {
  readonly batch: Batch;
  readonly statement: string;
  readonly rowsScanned: number;
  readonly milliseconds: number;
}

/**
 * One backend of an installation: started when first needed, given only the columns that are asked for, restarted after
 * it was lost. Requests run one after another: every backend computes on a single thread.
 */
export class BackendHost {
  readonly name: BackendName;
  statements = 0;
  state: 'idle' | 'starting' | 'ready' | 'failed' = 'idle';
  private readonly start: (onProgress: (event: Progress) => void) => Promise<StartedBackend>;
  private readonly shelf: SourceShelf;
  private readonly onProgress: (event: Progress) => void;
  private started: Promise<StartedBackend> | undefined;
  /** table → names of the columns loaded, or being loaded. */
  private readonly loaded = new Map<string, { readonly columns: Set<string>; tail: Promise<void> }>();
  /** table → bytes that the backend holds of it. */
  private readonly bytes = new Map<string, number>();
  private requests = 0;

  constructor(
    name: BackendName,
    shelf: SourceShelf,
    start: (onProgress: (event: Progress) => void) => Promise<StartedBackend>,
    onProgress: (event: Progress) => void,
  ) {
    this.name = name;
    this.shelf = shelf;
    this.start = start;
    this.onProgress = onProgress;
  }

  get bytesHeld(): number {
    return [...this.bytes.values()].reduce((sum, each) => sum + each, 0);
  }

  /** The backend with the columns loaded: for checks that use it directly. */
  async ready(required: RequiredColumns): Promise<DataAPIBackend> {
    const [{ backend }] = await Promise.all([this.running(), this.prefetch(required)]);
    await Promise.all(Object.keys(required).map((table) => this.load(backend, table, required[table] ?? [])));
    return backend;
  }

  /** Runs one request; an abort stops it in the backend. */
  async aggregate(
    request: AggregateRequest,
    required: RequiredColumns,
    signal?: AbortSignal,
  ): Promise<AggregateOutcome> {
    try {
      return await this.attempt(request, required, signal);
    } catch (error) {
      // A database that was lost comes back empty: load again, once.
      if (!(error instanceof BackendError) || error.fault.code !== 'NOT_LOADED') throw error;
      this.loaded.clear();
      return this.attempt(request, required, signal);
    }
  }

  private async attempt(
    request: AggregateRequest,
    required: RequiredColumns,
    signal?: AbortSignal,
  ): Promise<AggregateOutcome> {
    signal?.throwIfAborted();
    const backend = await this.ready(required);
    signal?.throwIfAborted();
    const id = this.nextRequest();
    const cancel = () => void backend.cancel(id).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.statements += 1;
      const result = await backend.aggregate(id, request);
      const { statement, rowsScanned, milliseconds } = result;
      return { batch: decodeAggregate(request, result), statement, rowsScanned, milliseconds };
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** A name for a request, by which it can be cancelled. */
  nextRequest(): string {
    this.requests += 1;
    return `r${this.requests}`;
  }

  /** Ends the worker; the next request starts another and loads what it needs. */
  async restart(): Promise<void> {
    const { started } = this;
    this.started = undefined;
    this.loaded.clear();
    this.bytes.clear();
    this.state = 'idle';
    const running = await started?.catch(() => undefined);
    running?.end();
  }

  private running(): Promise<StartedBackend> {
    if (this.started === undefined) {
      this.state = 'starting';
      this.started = this.start(this.onProgress).then(
        (running) => {
          this.state = 'ready';
          return running;
        },
        (error: unknown) => {
          // The next request tries again: a file may be back, the network too.
          this.started = undefined;
          this.state = 'failed';
          throw error;
        },
      );
    }
    return this.started;
  }

  /** Sources are fetched while the backend starts. */
  private async prefetch(required: RequiredColumns): Promise<void> {
    const wanted = Object.keys(required).filter((table) => this.missing(table, required[table] ?? []).length > 0);
    await Promise.all(wanted.map((table) => this.shelf.ready(table)));
  }

  private missing(table: string, columns: RequiredColumns[string]): RequiredColumns[string] {
    const held = this.loaded.get(table);
    if (held !== undefined) return columns.filter((each) => !held.columns.has(each.name));
    // Rows are counted over some column.
    return columns.length === 0 ? [this.shelf.anyColumn(table)] : columns;
  }

  /** Loads what is missing of one table; loads of one table follow each other. */
  private async load(backend: DataAPIBackend, table: string, columns: RequiredColumns[string]): Promise<void> {
    const held = this.loaded.get(table);
    const missing = this.missing(table, columns);
    if (held !== undefined && missing.length === 0) return held.tail;
    const entry = held ?? { columns: new Set<string>(), tail: Promise.resolve() };
    this.loaded.set(table, entry);
    for (const column of missing) entry.columns.add(column.name);
    const forget = () => {
      for (const column of missing) entry.columns.delete(column.name);
      if (entry.columns.size === 0) this.loaded.delete(table);
    };
    entry.tail = entry.tail
      .catch(() => {})
      .then(async () => {
        const id = `load ${table}`;
        const label = `${table} into ${this.name}`;
        this.onProgress(step(id, label, 'running', null, null));
        try {
          const { ipc, rowCount } = await this.shelf.read(table, missing);
          const report = await backend.load({ table, columns: missing, ipc, rowCount });
          this.bytes.set(table, report.bytesHeld);
          this.onProgress(step(id, label, 'done', report.rows, report.milliseconds));
        } catch (error) {
          forget();
          this.onProgress({
            ...step(id, label, 'failed', null, null),
            detail: error instanceof Error ? error.message : String(error),
          });
          throw error;
        }
      });
    return entry.tail;
  }
}

function step(
  id: string,
  label: string,
  state: Progress['state'],
  rows: number | null,
  milliseconds: number | null,
): Progress {
  return {
    id,
    phase: 'backend',
    label,
    state,
    done: rows,
    total: rows,
    unit: rows === null ? null : 'rows',
    milliseconds,
    detail: null,
  };
}

/** Whether an error says that a request was cancelled. */
export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof BackendError && error.fault.code === 'CANCELLED') ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}
