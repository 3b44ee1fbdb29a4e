import { createRequire } from 'node:module';
import { createDuckDB, NODE_RUNTIME, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { DuckdbBackend } from '../../src/backends/duckdb/backend.ts';
import { type Connection, connectionError, settings } from '../../src/backends/duckdb/connection.ts';
import { joinStream } from '../../src/backends/duckdb/ipc-stream.ts';
import { ConnectionError } from '../../src/backends/sql/connection-error.ts';
import type { DataAPIBackend } from '../../src/protocol/backend.ts';

const { resolve } = createRequire(import.meta.url);
const file = (name: string) => resolve(`@duckdb/duckdb-wasm/dist/${name}`);

/** A port that nothing listens on: whatever DuckDB tried to download would fail at once. */
const NOWHERE = 'http://127.0.0.1:9/ext';

/** DuckDB's module in this process, in its blocking build: most of the time that a start takes. */
export async function duckdbModule() {
  const database = await createDuckDB(
    {
      mvp: { mainModule: file('duckdb-mvp.wasm'), mainWorker: file('duckdb-node-mvp.worker.cjs') },
      eh: { mainModule: file('duckdb-eh.wasm'), mainWorker: file('duckdb-node-eh.worker.cjs') },
    },
    new VoidLogger(),
    NODE_RUNTIME,
  );
  await database.instantiate(() => {});
  return database;
}

export type DuckdbModule = Awaited<ReturnType<typeof duckdbModule>>;

/** The real DuckDB. Every call makes a database of its own; over one module, the database before it is gone. */
export async function connectNode(module?: DuckdbModule): Promise<Connection> {
  const database = module ?? (await duckdbModule());
  database.open({});
  const bindings: Bindings = database;
  const handle = database.connect().useUnsafe((_, connection) => connection);
  const guard = async <Result>(call: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await call();
    } catch (error) {
      throw connectionError(error);
    }
  };
  const connection: Connection = {
    query: (sql, signal) => guard(() => runPending(bindings, handle, sql, signal)),
    run: (sql) => guard(() => bindings.runQuery(handle, sql)),
    insertIpc: (name, ipc) => guard(() => bindings.insertArrowFromIPCStream(handle, ipc, { name, create: false })),
    version: () => guard(() => bindings.getVersion()),
    close: () => guard(() => bindings.disconnect(handle)),
  };
  for (const statement of settings(NOWHERE)) await connection.run(statement);
  return connection;
}

/** The backend under test: the one that the application uses, over the real DuckDB. */
export function nodeBackend(module?: DuckdbModule): Promise<DataAPIBackend> {
  return DuckdbBackend.start({ connect: () => connectNode(module), now: () => performance.now() });
}

type Bindings = Pick<
  Awaited<ReturnType<typeof createDuckDB>>,
  | 'runQuery'
  | 'startPendingQuery'
  | 'pollPendingQuery'
  | 'cancelPendingQuery'
  | 'fetchQueryResults'
  | 'insertArrowFromIPCStream'
  | 'getVersion'
  | 'disconnect'
>;

async function runPending(bindings: Bindings, handle: number, sql: string, signal: AbortSignal): Promise<Uint8Array> {
  let header = bindings.startPendingQuery(handle, sql, false);
  while (header === null) {
    // The blocking build works while it is polled: messages are let in between.
    await new Promise((resume) => setImmediate(resume));
    if (signal.aborted) {
      bindings.cancelPendingQuery(handle);
      throw new ConnectionError('cancelled', 'cancelled');
    }
    header = bindings.pollPendingQuery(handle);
  }
  const parts = [header];
  for (;;) {
    const part = bindings.fetchQueryResults(handle);
    if (part === null) continue;
    if (part.length === 0) return joinStream(parts);
    parts.push(part);
  }
}
