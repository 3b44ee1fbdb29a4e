import { readFile } from 'node:fs/promises';
import { browserEnvironment } from '../../src/engine/store/environment.ts';
import { type MemoryShelf, MemoryStore } from '../../src/engine/store/memory-store.ts';
import type { BackendName } from '../../src/protocol/backend.ts';
import type { Answer, CollectionSummary, Progress, Refusal } from '../../src/runtime/api.ts';
import { type EngineOpener, engineOpener, engineOver } from '../../src/runtime/engine-parts.ts';
import { EngineService } from '../../src/runtime/engine-service.ts';
import type { Outcome, WorkerOpenOptions } from '../../src/runtime/engine-worker.ts';
import type { Freshness } from '../../src/runtime/source-shelf.ts';
import { startedInNode } from './backends.ts';
import { nodeReaders } from './parquet-node.ts';

/** A session in Node: the engine service on the real DuckDB (its blocking build) with a store in memory. */
export interface NodeSession {
  readonly service: EngineService;
  query(
    text: string,
    options?: { readonly engine?: boolean; readonly backend?: BackendName },
  ): Promise<Answer | Refusal>;
  close(): Promise<void>;
}

export interface NodeInstallation {
  readonly installation: string;
  readonly collections: Readonly<Record<string, string>>;
  /** Path as written → text, or bytes. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Address that the installation is fetched from, in place of its text. */
  readonly address?: string;
  readonly warmUp?: 'await' | 'off';
  readonly engine?: boolean;
  /** Answers for every address that is not among the files; default: there is no network. */
  readonly fetch?: typeof fetch;
  readonly onProgress?: (event: Progress) => void;
  /** Starts a backend; default: each anew. */
  readonly startBackend?: (name: BackendName) => ReturnType<typeof startedInNode>;
  /** When sources are looked at again; default: when a session opens, and when it is refreshed. */
  readonly freshness?: Freshness;
  /** Where entries are kept beyond the session. */
  readonly shelf?: MemoryShelf;
  /** Called with the length before an entry is kept; refuses by throwing. */
  readonly admit?: (bytes: number) => void;
}

/** Where relative paths of a session in Node lead. */
export const NODE_BASE = 'http://localhost/';

export const NO_ASSETS = {
  duckdbWorker: '',
  duckdbEngineWorker: '',
  duckdbWasm: '',
  sqliteWorker: '',
  sqliteWasm: '',
  arqueroWorker: '',
  parquetWasm: '',
  extensions: '',
};

/** Opens an installation given as texts and bytes. Throws where it does not open. */
export async function openInNode(given: NodeInstallation): Promise<NodeSession> {
  const { service, outcome } = await tryInNode(given);
  valueIn(outcome);
  valueIn(await service.warm());
  let id = 0;
  return {
    service,
    query: async (text, asked = {}) => {
      id += 1;
      const query = { id, text, format: 'json', backend: asked.backend ?? null, engine: asked.engine ?? null } as const;
      const answer = valueIn(await service.query(query, null, null));
      if ('ipc' in answer || answer.mood === 'explain') throw new TypeError(`${text}: no rows were asked for`);
      return answer;
    },
    close: () => service.close(),
  };
}

/** Engines over stores in memory, those of the session or the shelf given. */
function enginesOf({ admit, shelf }: NodeInstallation): EngineOpener {
  const environment = { ...browserEnvironment(), ...(admit && { admit }) };
  if (shelf === undefined) return engineOpener(environment);
  return {
    open: (options) => {
      const store = new MemoryStore({ words: 'Kept by the test.', report: options.report, environment, shelf });
      return engineOver(store, options, environment);
    },
    close: () => {},
  };
}

/** Opens an installation that may not open: what the engine worker would say. */
export async function tryInNode(given: NodeInstallation): Promise<{
  readonly service: EngineService;
  readonly outcome: Outcome<CollectionSummary>;
}> {
  const service = new EngineService({
    fetch: given.fetch ?? (() => Promise.reject(new TypeError('tests reach no network'))),
    subtle: globalThis.crypto.subtle,
    clock: () => performance.now(),
    now: () => Date.now(),
    freshness: given.freshness ?? { probe: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
    today: () => Math.floor(Date.now() / 86_400_000),
    schedule: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    readers: nodeReaders,
    startBackend: (name) => (given.startBackend ?? startedInNode)(name),
    engines: enginesOf(given),
    foreignRequests: () => 0,
  });
  const texts = (record: Readonly<Record<string, string | Uint8Array>>) =>
    Object.fromEntries(
      Object.entries(record).map(([path, value]) => [path, typeof value === 'string' ? { text: value } : value]),
    );
  const options: WorkerOpenOptions = {
    installation: given.address ?? { text: given.installation },
    collections: Object.fromEntries(Object.entries(given.collections).map(([path, text]) => [path, { text }])),
    files: texts(given.files),
    base: NODE_BASE,
    assets: NO_ASSETS,
    store: 'memory',
    warmUp: given.warmUp ?? 'await',
    engine: given.engine ?? true,
  };
  return { service, outcome: await service.open(options, given.onProgress ?? (() => {})) };
}

/** The value of an outcome; throws what it says otherwise. */
export function valueIn<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(
    `${outcome.error.kind}: ${outcome.error.message}${'detail' in outcome.error ? `\n${outcome.error.detail}` : ''}`,
  );
}

/** The retail demo from its fixture files. */
export async function retailInstallation(): Promise<NodeInstallation> {
  const root = new URL('../../public/fixtures/retail/', import.meta.url);
  const read = (path: string) => readFile(new URL(path, root));
  const tables = [
    'transactions.parquet',
    'stores.csv',
    'products.csv',
    'store_monthly_inventory.csv',
    'region_daily_summary.csv',
    'product_promotions.csv',
  ];
  const files = await Promise.all(
    tables.map(async (table) => [`../${table}`, new Uint8Array(await read(table))] as const),
  );
  return {
    installation: (await read('installation.coframe/installation.yaml')).toString(),
    collections: { '../retail.coframe/': (await read('retail.coframe/ac.yaml')).toString() },
    files: Object.fromEntries(files),
  };
}
