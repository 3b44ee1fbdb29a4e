import { expose } from 'comlink';
import { DuckdbBackend } from '../src/backends/duckdb/backend.ts';
import { connectWasm, type DuckdbAssets } from '../src/backends/duckdb/connection-wasm.ts';
import { asData, exposedBackend } from '../src/backends/remote-backend.ts';

/** What this worker hands out: a DuckDB at the given addresses, in a worker nested in this one. */
const factory = {
  /** `onBytes`, a Comlink proxy, hears how many bytes of the WASM have come. */
  start: async (assets: DuckdbAssets, onBytes?: (loaded: number) => void) => {
    const now = () => performance.now();
    return exposedBackend(await asData(DuckdbBackend.start({ connect: () => connectWasm(assets, onBytes), now })));
  },
};

export type DuckdbFactory = typeof factory;

expose(factory);
