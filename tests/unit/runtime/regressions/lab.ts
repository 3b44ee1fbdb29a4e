import { browserEnvironment, type StoreEnvironment } from '../../../../src/engine/store/environment.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../../../src/engine/store/memory-store.ts';
import type { BackendName, DataAPIBackend } from '../../../../src/protocol/backend.ts';
import type { Answer, Progress, Refusal } from '../../../../src/runtime/api.ts';
import { type EngineOpener, engineOpener, engineOver } from '../../../../src/runtime/engine-parts.ts';
import { EngineService } from '../../../../src/runtime/engine-service.ts';
import type { WorkerOpenOptions } from '../../../../src/runtime/engine-worker.ts';
import { startedInNode } from '../../../support/backends.ts';
import { NO_ASSETS, valueIn } from '../../../support/node-session.ts';
import { nodeReaders } from '../../../support/parquet-node.ts';

/** What a file's server says and sends. */
export interface ServedFile {
  body: string | Uint8Array<ArrayBuffer>;
  etag?: string;
  /** Set: the file cannot be fetched. */
  offline?: boolean;
  /** Its bytes are sent when this resolves. */
  gate?: Promise<void>;
}

/** Stores that outlive sessions, by collection. */
export type Shelves = Map<string, MemoryShelf>;

export interface LabInstallation {
  /** `sources:` follows from `tables`, `acs:` from `collections`; what stands here is added to the document. */
  readonly settings?: string;
  /** source → SHA-256 stated in the installation. */
  readonly hashes?: Readonly<Record<string, string>>;
  /** ac.yaml of each collection, by its path. */
  readonly collections: Readonly<Record<string, string>>;
  /** source → CSV text, given with the installation. */
  readonly tables?: Readonly<Record<string, string>>;
  /** source → a file fetched from a server, which tests may change. */
  readonly served?: Readonly<Record<string, ServedFile>>;
  readonly warmUp?: 'await' | 'off';
  readonly engine?: boolean;
  readonly shelves?: Shelves;
  /** What engines take from where they run; default: what Node gives, no storage and no other tabs. */
  readonly environment?: Partial<StoreEnvironment>;
  /** The civil date as a day number; default: that of the machine. */
  readonly today?: () => number;
  readonly onProgress?: (event: Progress) => void;
  /** Wraps each backend that a session starts. */
  readonly wrap?: (backend: DataAPIBackend, name: BackendName) => DataAPIBackend;
}

export interface Lab {
  readonly service: EngineService;
  ask(text: string, options?: { readonly engine?: boolean; readonly id?: number }): Promise<Answer | Refusal>;
  /** The rows of an answer; throws on a refusal. */
  rows(text: string, options?: { readonly engine?: boolean }): Promise<readonly (readonly unknown[])[]>;
  /** The rows with the engine on, again, and off; throws where they are not the same. */
  everyWay(text: string): Promise<readonly (readonly unknown[])[]>;
  /** The code of a refusal; throws on an answer. */
  code(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens an installation in Node on the real DuckDB, over a server of files and stores that tests hold in hand. */
export async function openLab(given: LabInstallation): Promise<Lab> {
  const { tables = {}, served = {}, shelves, environment, wrap = (backend) => backend } = given;
  const service = new EngineService({
    fetch: serverOf(served),
    subtle: globalThis.crypto.subtle,
    clock: () => performance.now(),
    now: () => Date.now(),
    freshness: { probe: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
    today: given.today ?? (() => Math.floor(Date.now() / 86_400_000)),
    schedule: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    readers: nodeReaders,
    startBackend: (name) => startedInNode(name, (backend) => wrap(backend, name)),
    engines: shelves === undefined ? engineOpener({ ...browserEnvironment(), ...environment }) : openerOver(shelves),
    foreignRequests: () => 0,
  });
  const options: WorkerOpenOptions = {
    installation: { text: installationText(given) },
    collections: Object.fromEntries(Object.entries(given.collections).map(([path, text]) => [path, { text }])),
    files: Object.fromEntries(Object.entries(tables).map(([name, text]) => [`${name}.csv`, { text }])),
    base: 'http://localhost/',
    assets: NO_ASSETS,
    store: 'memory',
    warmUp: given.warmUp ?? 'off',
    engine: given.engine ?? true,
  };
  valueIn(await service.open(options, given.onProgress ?? (() => {})));
  valueIn(await service.warm());
  let ids = 1_000;
  const ask: Lab['ask'] = async (text, asked = {}) => {
    ids += 1;
    const query = { id: asked.id ?? ids, text, format: 'json', backend: null, engine: asked.engine ?? null } as const;
    const answer = valueIn(await service.query(query, null, null));
    if ('ipc' in answer || answer.mood === 'explain') throw new TypeError(`${text}: no rows were asked for`);
    return answer;
  };
  const rows: Lab['rows'] = async (text, asked = {}) => {
    const answer = await ask(text, asked);
    if ('code' in answer) throw new Error(`${text}: ${answer.code} ${answer.message}`);
    return answer.rows;
  };
  return {
    service,
    ask,
    rows,
    everyWay: async (text) => {
      const first = await rows(text);
      for (const [how, engine] of [
        ['again', true],
        ['off', false],
      ] as const) {
        const other = await rows(text, { engine });
        if (JSON.stringify(other) !== JSON.stringify(first)) {
          throw new Error(`${text}: ${how} ${JSON.stringify(other)}, first ${JSON.stringify(first)}`);
        }
      }
      return first;
    },
    code: async (text) => {
      const answer = await ask(text);
      if ('code' in answer) return answer.code;
      throw new Error(`${text}: answered ${JSON.stringify(answer.rows)}`);
    },
    close: () => service.close(),
  };
}

function installationText({
  settings = '',
  hashes = {},
  collections,
  tables = {},
  served = {},
}: LabInstallation): string {
  const hash = (name: string) => (hashes[name] === undefined ? '' : `, sha256: "${hashes[name]}"`);
  const sources = [...Object.keys(tables), ...Object.keys(served)].map(
    (name) => `  ${JSON.stringify(name)}: {path: ${JSON.stringify(`${name}.csv`)}${hash(name)}}`,
  );
  return [
    'name: lab',
    'sources:',
    ...sources,
    'backend: {type: duckdb}',
    'metric_engine: {enabled: true}',
    `acs: [${Object.keys(collections)
      .map((path) => `{path: ${path}}`)
      .join(', ')}]`,
    settings,
    '',
  ].join('\n');
}

/** Answers HEAD and GET of `<source>.csv` with what the file is at that moment. */
function serverOf(served: Readonly<Record<string, ServedFile>>): typeof fetch {
  return async (input, init) => {
    const name = decodeURIComponent(new URL(String(input)).pathname.slice(1)).replace(/\.csv$/, '');
    const file = served[name];
    if (file === undefined || file.offline === true) throw new TypeError(`nothing is served at ${String(input)}`);
    if (init?.method !== 'HEAD') await file.gate;
    const headers = new Headers(file.etag === undefined ? {} : { etag: file.etag });
    return new Response(init?.method === 'HEAD' ? null : file.body, { status: 200, headers });
  };
}

/** An engine over stores that stay when its session ends. */
function openerOver(shelves: Shelves): EngineOpener {
  const environment = browserEnvironment();
  return {
    open: async (options) => {
      const shelf = shelves.get(options.collection) ?? emptyShelf();
      shelves.set(options.collection, shelf);
      const store = new MemoryStore({ words: 'Kept by the test.', report: options.report, environment, shelf });
      return engineOver(store, options, environment);
    },
    close: () => {},
  };
}
