import { type AsyncDuckDB, AsyncDuckDB as Database, VoidLogger } from '@duckdb/duckdb-wasm';
import { PendingCalls } from '../../protocol/pending-calls.ts';
import { ConnectionError } from '../sql/connection-error.ts';
import { type Connection, connectionError, settings } from './connection.ts';
import { joinStream } from './ipc-stream.ts';

/** Where DuckDB's files lie; absolute URLs, since nested workers resolve relative ones against themselves. */
export interface DuckdbAssets {
  readonly wasmUrl: string;
  /** DuckDB's own classic worker of the `eh` bundle. */
  readonly workerUrl: string;
  /** An address of our own: nothing is ever fetched from it, and no other is asked. */
  readonly extensionRepository: string;
}

/** A result comes in parts of 2,048 rows; asking for several at once saves their round trips. Most results are small. */
const FIRST_PARTS = 4;
const PARTS_AT_ONCE = 16;

const BYTES_PER_TELLING = 2 ** 20;

/**
 * Starts DuckDB in a nested worker. `onBytes` hears how many bytes of the WASM have come, unpacked, once a mebibyte.
 * Rejects with the reason where the worker or the WASM cannot be loaded.
 */
export async function connectWasm(assets: DuckdbAssets, onBytes?: (loaded: number) => void): Promise<Connection> {
  const worker = startWorker(assets.workerUrl);
  const database = new Database(new VoidLogger(), worker);
  const calls = new PendingCalls();
  // DuckDB forgets its pending requests when its worker fails, and they would wait for ever.
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    calls.end(new ConnectionError('lost', event.message || `the worker ${assets.workerUrl} could not be loaded`));
  });
  try {
    let told = 0;
    const onProgress = ({ bytesLoaded }: { readonly bytesLoaded: number }) => {
      if (bytesLoaded - told < BYTES_PER_TELLING) return;
      told = bytesLoaded;
      onBytes?.(bytesLoaded);
    };
    await calls.run(() => database.instantiate(assets.wasmUrl, null, onProgress));
    await calls.run(() => database.open({}));
    const handle = await calls.run(() => database.connectInternal());
    const connection = new WasmConnection(database, worker, handle, calls);
    for (const statement of settings(assets.extensionRepository)) await connection.run(statement);
    return connection;
  } catch (error) {
    worker.terminate();
    const { message } = connectionError(error);
    throw new ConnectionError(
      'lost',
      `${message.replace(/^Uncaught /, '')}; from ${assets.workerUrl} and ${assets.wasmUrl}`,
    );
  }
}

class WasmConnection implements Connection {
  readonly #database: AsyncDuckDB;
  readonly #worker: Worker;
  readonly #handle: number;
  readonly #calls: PendingCalls;

  constructor(database: AsyncDuckDB, worker: Worker, handle: number, calls: PendingCalls) {
    this.#database = database;
    this.#worker = worker;
    this.#handle = handle;
    this.#calls = calls;
  }

  query(sql: string, signal: AbortSignal): Promise<Uint8Array> {
    return this.#guard(async () => {
      const started = this.#database.startPendingQuery(this.#handle, sql);
      // Sent along: a short query is done once it has started. Of one that is not, every part is empty.
      const early = this.#fetch(FIRST_PARTS);
      early.catch(() => {});
      let header = await started;
      let coming = header === null ? null : early;
      while (header === null) {
        if (signal.aborted) {
          await this.#database.cancelPendingQuery(this.#handle);
          throw new ConnectionError('cancelled', 'cancelled');
        }
        header = await this.#database.pollPendingQuery(this.#handle);
      }
      const parts = [header];
      for (;;) {
        for (const part of await (coming ?? this.#fetch(PARTS_AT_ONCE))) {
          if (part === null) continue;
          if (part.length === 0) return joinStream(parts);
          parts.push(part);
        }
        coming = null;
      }
    });
  }

  run(sql: string): Promise<Uint8Array> {
    return this.#guard(() => this.#database.runQuery(this.#handle, sql));
  }

  insertIpc(table: string, ipc: Uint8Array): Promise<void> {
    return this.#guard(() =>
      this.#database.insertArrowFromIPCStream(this.#handle, ipc, { name: table, create: false }),
    );
  }

  version(): Promise<string> {
    return this.#guard(() => this.#database.getVersion());
  }

  async close(): Promise<void> {
    this.#worker.terminate();
  }

  /** The next parts of the result, in their order; after the last one every part is empty. */
  #fetch(count: number): Promise<readonly (Uint8Array | null)[]> {
    return Promise.all(Array.from({ length: count }, () => this.#database.fetchQueryResults(this.#handle)));
  }

  async #guard<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await this.#calls.run(call);
    } catch (error) {
      throw connectionError(error);
    }
  }
}

/**
 * DuckDB's script in a worker that starts from a blob: so it may come from another origin, and a promise that it lets
 * fail (WASM that is missing or does not compile) becomes an error of the worker, where DuckDB would wait for ever.
 */
function startWorker(url: string): Worker {
  const script = `
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      setTimeout(() => { throw event.reason; });
    });
    importScripts(${JSON.stringify(url)});
  `;
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  URL.revokeObjectURL(address);
  return worker;
}
