import { ArqueroBackend } from '../../src/backends/arquero/backend.ts';
import { SqliteBackend } from '../../src/backends/sqlite/backend.ts';
import { Connection } from '../../src/backends/sqlite/connection.ts';
import type { BackendName, DataAPIBackend } from '../../src/protocol/backend.ts';
import { BackendError } from '../../src/protocol/backend-error.ts';
import { PendingCalls } from '../../src/protocol/pending-calls.ts';
import type { StartedBackend } from '../../src/runtime/backend-runner.ts';
import { nodeBackend } from './duckdb-node.ts';

/** A backend under test: the one that the application uses, over the real engine, in this process. */
export interface BackendUnderTest {
  readonly name: BackendName;
  readonly start: () => Promise<DataAPIBackend>;
}

/** A backend as a host is given it, in this process. */
export async function startedInNode(
  name: BackendName,
  wrap: (backend: DataAPIBackend) => DataAPIBackend = (each) => each,
) {
  const start = BACKENDS.find((each) => each.name === name)?.start;
  if (start === undefined) throw new RangeError(`tests start no ${name}`);
  return hosted(wrap(await start()), name);
}

/** A running backend as a host is given it: once it is ended, whatever it is asked rejects with LOST. */
export function hosted(backend: DataAPIBackend, name: BackendName): StartedBackend {
  const calls = new PendingCalls();
  let hasEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    hasEnded = resolve;
  });
  const end = () => {
    calls.end(new BackendError({ code: 'LOST', backend: name, reason: 'it was ended' }));
    void backend.close();
    hasEnded();
  };
  return { backend: whileAlive(backend, calls), end, ended };
}

function whileAlive(backend: DataAPIBackend, calls: PendingCalls): DataAPIBackend {
  return {
    apiVersion: () => calls.run(() => backend.apiVersion()),
    load: (request) => calls.run(() => backend.load(request)),
    drop: (table) => calls.run(() => backend.drop(table)),
    listTables: () => calls.run(() => backend.listTables()),
    describeTable: (table) => calls.run(() => backend.describeTable(table)),
    sampleRows: (table, limit) => calls.run(() => backend.sampleRows(table, limit)),
    enumerateDistinctValues: (table, column, limit) =>
      calls.run(() => backend.enumerateDistinctValues(table, column, limit)),
    aggregate: (id, request) => calls.run(() => backend.aggregate(id, request)),
    statement: (request) => calls.run(() => backend.statement(request)),
    extractTable: (table, columns) => calls.run(() => backend.extractTable(table, columns)),
    operatorRegistry: () => calls.run(() => backend.operatorRegistry()),
    cancel: (id) => calls.run(() => backend.cancel(id)),
    close: () => backend.close(),
  };
}

/** Every backend: what the protocol says is tested on each. */
export const BACKENDS: readonly BackendUnderTest[] = [
  { name: 'duckdb', start: nodeBackend },
  {
    name: 'sqlite',
    start: () => SqliteBackend.start({ connect: () => Connection.open(), now: () => performance.now() }),
  },
  { name: 'arquero', start: () => ArqueroBackend.start({ now: () => performance.now() }) },
];
