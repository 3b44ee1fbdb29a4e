import { expose } from 'comlink';
import { DuckdbBackend } from '../src/backends/duckdb/backend.ts';
import { connectWasm, type DuckdbAssets } from '../src/backends/duckdb/connection-wasm.ts';
import { asData, exposedBackend } from '../src/backends/remote-backend.ts';

/** What this worker hands out: a DuckDB at the given addresses, in a worker nested in this one. */
const factory = {
  start: async (assets: DuckdbAssets) => {
    const now = () => performance.now();
    return exposedBackend(await asData(DuckdbBackend.start({ connect: () => connectWasm(assets), now })));
  },
};

export type DuckdbFactory = typeof factory;

expose(factory);
