import { ArqueroBackend } from '../../src/backends/arquero/backend.ts';
import { SqliteBackend } from '../../src/backends/sqlite/backend.ts';
import { Connection } from '../../src/backends/sqlite/connection.ts';
import type { BackendName, DataAPIBackend } from '../../src/protocol/backend.ts';
import { nodeBackend } from './duckdb-node.ts';

/** A backend under test: the one that the application uses, over the real engine, in this process. */
export interface BackendUnderTest {
  readonly name: BackendName;
  readonly start: () => Promise<DataAPIBackend>;
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
