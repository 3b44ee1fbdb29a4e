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

/** Modules that nobody uses. Linking one takes most of the time of a start; a database opened over it begins empty. */
const free: DuckdbModule[] = [];

/** DuckDB's module in this process, in its blocking build. */
async function duckdbModule() {
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

type DuckdbModule = Awaited<ReturnType<typeof duckdbModule>>;

/** The real DuckDB. Every call makes a database of its own, over a module that no other one uses. */
export async function connectNode(): Promise<Connection> {
  const database = free.pop() ?? (await duckdbModule());
  let isWhole = true;
  let calls = 0;
  database.open({});
  const bindings: Bindings = database;
  const handle = database.connect().useUnsafe((_, connection) => connection);
  const guard = async <Result>(call: () => Result | Promise<Result>): Promise<Result> => {
    calls += 1;
    try {
      return await call();
    } catch (error) {
      const reason = connectionError(error);
      if (reason.fault === 'lost') isWhole = false;
      throw reason;
    } finally {
      calls -= 1;
    }
  };
  const connection: Connection = {
    query: (sql, signal) => guard(() => runPending(bindings, handle, sql, signal)),
    run: (sql) => guard(() => bindings.runQuery(handle, sql)),
    insertIpc: (name, ipc) => guard(() => bindings.insertArrowFromIPCStream(handle, ipc, { name, create: false })),
    version: () => guard(() => bindings.getVersion()),
    close: () =>
      guard(() => {
        bindings.disconnect(handle);
        // What is still asked of it would meet the next one's database.
        if (isWhole && calls === 1) free.push(database);
        isWhole = false;
      }),
  };
  for (const statement of settings(NOWHERE)) await connection.run(statement);
  return connection;
}

/** The backend under test: the one that the application uses, over the real DuckDB. */
export function nodeBackend(): Promise<DataAPIBackend> {
  return DuckdbBackend.start({ connect: connectNode, now: () => performance.now() });
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
