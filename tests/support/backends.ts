import { ArqueroBackend } from '../../src/backends/arquero/backend.ts';
import { SqliteBackend } from '../../src/backends/sqlite/backend.ts';
import { Connection } from '../../src/backends/sqlite/connection.ts';
import type { BackendName, DataAPIBackend } from '../../src/protocol/backend.ts';
import { type DuckdbModule, duckdbModule, nodeBackend } from './duckdb-node.ts';

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
  return hosted(wrap(await start()));
}

let module: Promise<DuckdbModule> | null = null;

/** The same for sessions that follow one another: DuckDB's module, most of the time of a start, is made once. */
export async function startedInTurn(name: BackendName) {
  if (name !== 'duckdb') return startedInNode(name);
  module ??= duckdbModule();
  return hosted(await nodeBackend(await module));
}

/** A running backend as a host is given it. */
export function hosted(backend: DataAPIBackend) {
  let hasEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    hasEnded = resolve;
  });
  const end = () => {
    void backend.close();
    hasEnded();
  };
  return { backend, end, ended };
}

/** Every backend: what the protocol says is tested on each. */
export const BACKENDS: readonly BackendUnderTest[] = [
  { name: 'duckdb', start: () => nodeBackend() },
  {
    name: 'sqlite',
    start: () => SqliteBackend.start({ connect: () => Connection.open(), now: () => performance.now() }),
  },
  { name: 'arquero', start: () => ArqueroBackend.start({ now: () => performance.now() }) },
];
