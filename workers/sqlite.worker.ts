import { expose } from 'comlink';
import { asData, exposedBackend } from '../src/backends/remote-backend.ts';
import { SqliteBackend } from '../src/backends/sqlite/backend.ts';
import { connectWasm, type SqliteAssets } from '../src/backends/sqlite/connection-wasm.ts';

/** What this worker hands out: a SQLite in this very worker. */
const factory = {
  /** `onBytes`, a Comlink proxy, hears how many bytes of the WASM have come. */
  start: async (assets: SqliteAssets, onBytes?: (loaded: number) => void) => {
    const now = () => performance.now();
    return exposedBackend(await asData(SqliteBackend.start({ connect: () => connectWasm(assets, onBytes), now })));
  },
};

export type SqliteFactory = typeof factory;

expose(factory);
