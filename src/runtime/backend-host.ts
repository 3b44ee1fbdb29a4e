import type { Batch } from '../columns/column.ts';
import type { RequiredColumns } from '../planning/required-columns.ts';
import type { BackendName, DataAPIBackend } from '../protocol/backend.ts';
import { BackendError } from '../protocol/backend-error.ts';
import { decodeAggregate } from '../protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import type { Progress } from './api.ts';
import { BackendRunner, type BackendRunnerOptions } from './backend-runner.ts';
import type { ColumnTypes } from './column-types.ts';
import { MovedSourceError } from './moved-source.ts';
import type { SourceShelf } from './source-shelf.ts';

/** What a host is given. */
export interface BackendHostOptions extends Omit<BackendRunnerOptions, 'onForgotten'> {
  readonly shelf: SourceShelf;
  readonly types: ColumnTypes;
}

export interface AggregateOutcome {
  readonly batch: Batch;
  /** source → hash of the bytes that it was computed from. */
  readonly sourceHashes: Readonly<Record<string, string>>;
  readonly statement: string;
  readonly rowsScanned: number;
  readonly milliseconds: number;
}

/** What a backend holds of one table. */
interface LoadedTable {
  readonly columns: Set<string>;
  /** Hash of the bytes that the columns were read from. null: nothing is held. undefined: it is not known what is. */
  contentHash: string | null | undefined;
  /** Loads of one table follow each other. */
  tail: Promise<void>;
}

/** How often work is begun whose tables are lost or loaded anew meanwhile. */
const ATTEMPTS = 4;

/**
 * One backend of an installation: given only the columns that are asked for; a table whose source has other bytes now is
 * dropped and loaded anew. Requests run one after another: every backend computes on a single thread.
 */
export class BackendHost {
  readonly runner: BackendRunner;
  private readonly shelf: SourceShelf;
  private readonly types: ColumnTypes;
  private readonly onProgress: (event: Progress) => void;
  private readonly loaded = new Map<string, LoadedTable>();
  /** table → bytes that the backend holds of it. */
  private readonly bytes = new Map<string, number>();

  constructor(options: BackendHostOptions) {
    this.shelf = options.shelf;
    this.types = options.types;
    this.onProgress = options.onProgress;
    this.runner = new BackendRunner({
      ...options,
      onForgotten: () => {
        this.loaded.clear();
        this.bytes.clear();
      },
    });
  }

  get name(): BackendName {
    return this.runner.name;
  }

  get bytesHeld(): number {
    return [...this.bytes.values()].reduce((sum, each) => sum + each, 0);
  }

  /**
   * Does work on the backend with the columns loaded, and says of which bytes the tables were throughout. Where a table
   * was lost or loaded anew meanwhile, the work is done again.
   */
  async over<Result>(
    required: RequiredColumns,
    work: (backend: DataAPIBackend) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<{ readonly result: Result; readonly sourceHashes: Readonly<Record<string, string>> }> {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      const { cuts } = this.runner;
      try {
        const backend = await this.ready(required);
        signal?.throwIfAborted();
        const sourceHashes = this.hashesOf(required);
        const result = await work(backend);
        const after = this.hashesOf(required);
        const same = Object.entries(sourceHashes).every(([table, hash]) => after[table] === hash);
        if (same && Object.keys(sourceHashes).length === Object.keys(required).length) return { result, sourceHashes };
      } catch (error) {
        const isCut = isLost(error) && this.runner.cuts > cuts;
        if (attempt === ATTEMPTS || !(isCut || isNotLoaded(error))) throw error;
        // A database that was lost comes back empty.
        for (const table of this.loaded.values()) forgetHeld(table);
      }
      if (attempt === ATTEMPTS) throw new MovedSourceError(Object.keys(required).join(', '));
    }
  }

  /** Starts the backend and loads the columns. */
  async prepare(required: RequiredColumns, signal?: AbortSignal): Promise<void> {
    await this.over(required, async () => {}, signal);
  }

  /** Runs one request, and says of which bytes its tables were; an abort stops it in the backend. */
  async aggregate(
    request: AggregateRequest,
    required: RequiredColumns,
    signal?: AbortSignal,
  ): Promise<AggregateOutcome> {
    const { result, sourceHashes } = await this.over(
      required,
      (backend) => this.runner.cancellable(backend, request, signal),
      signal,
    );
    const { statement, rowsScanned, milliseconds } = result;
    return { batch: decodeAggregate(request, result), sourceHashes, statement, rowsScanned, milliseconds };
  }

  private async ready(required: RequiredColumns): Promise<DataAPIBackend> {
    const [backend] = await Promise.all([this.runner.running(), this.prefetch(required)]);
    await Promise.all(Object.keys(required).map((table) => this.load(backend, table, required[table] ?? [])));
    return backend;
  }

  /** Sources are fetched while the backend starts. */
  private async prefetch(required: RequiredColumns): Promise<void> {
    const wanted = Object.keys(required).filter((table) => {
      const held = this.loaded.get(table);
      return (
        held === undefined || this.isStale(table, held) || this.missing(table, held, required[table] ?? []).length > 0
      );
    });
    await Promise.all(wanted.map((table) => this.shelf.ready(table)));
  }

  /** The bytes that the tables were read from; those of which nothing certain is held are left out. */
  private hashesOf(required: RequiredColumns): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.keys(required).flatMap((table) => {
        const hash = this.loaded.get(table)?.contentHash;
        return hash === undefined || hash === null ? [] : [[table, hash]];
      }),
    );
  }

  /** Whether a table was read from bytes that its source no longer has. */
  private isStale(table: string, { contentHash }: LoadedTable): boolean {
    return contentHash !== null && contentHash !== this.shelf.snapshots.get(table)?.contentHash;
  }

  private missing(table: string, held: LoadedTable, columns: RequiredColumns[string]): RequiredColumns[string] {
    // Rows are counted over some column.
    if (columns.length === 0 && held.columns.size === 0) return [this.types.someColumn(table)];
    return columns.filter((each) => !held.columns.has(each.name));
  }

  private load(backend: DataAPIBackend, table: string, columns: RequiredColumns[string]): Promise<void> {
    const held: LoadedTable = this.loaded.get(table) ?? {
      columns: new Set<string>(),
      contentHash: null,
      tail: Promise.resolve(),
    };
    this.loaded.set(table, held);
    held.tail = held.tail.catch(() => {}).then(() => this.loadMissing(backend, table, held, columns));
    return held.tail;
  }

  /** Loads what is missing of a table now that its turn has come. */
  private async loadMissing(
    backend: DataAPIBackend,
    table: string,
    held: LoadedTable,
    columns: RequiredColumns[string],
  ): Promise<void> {
    if (this.isStale(table, held)) await empty(backend, table, held);
    const missing = this.missing(table, held, columns);
    if (missing.length === 0) return;
    const id = `load ${table}`;
    const label = `${table} into ${this.name}`;
    this.onProgress(step(id, label, 'running', null, null));
    try {
      const { ipc, rowCount, contentHash } = await this.shelf.read(table, missing);
      if (held.contentHash !== null && held.contentHash !== contentHash) {
        // Columns of these bytes do not stand beside columns of others.
        await empty(backend, table, held);
        return await this.loadMissing(backend, table, held, columns);
      }
      const report = await this.runner.answered(backend.load({ table, columns: missing, ipc, rowCount }));
      held.contentHash = contentHash;
      for (const column of missing) held.columns.add(column.name);
      this.bytes.set(table, report.bytesHeld);
      this.onProgress(step(id, label, 'done', report.rows, report.milliseconds));
    } catch (error) {
      this.onProgress({
        ...step(id, label, 'failed', null, null),
        detail: error instanceof Error ? error.message : String(error),
      });
      throw error;
    }
  }
}

/** Lets go of a table in the backend, whatever it holds of it. */
async function empty(backend: DataAPIBackend, table: string, held: LoadedTable): Promise<void> {
  forgetHeld(held);
  await backend.drop(table);
  held.contentHash = null;
}

function forgetHeld(held: LoadedTable): void {
  held.columns.clear();
  held.contentHash = undefined;
}

function isLost(error: unknown): boolean {
  return error instanceof BackendError && error.fault.code === 'LOST';
}

function isNotLoaded(error: unknown): boolean {
  return error instanceof BackendError && error.fault.code === 'NOT_LOADED';
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
