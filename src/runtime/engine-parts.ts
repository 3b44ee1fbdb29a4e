import { budgetOf, type EvictionPolicy, toEvict } from '../engine/budget.ts';
import type { QmRow } from '../engine/entry.ts';
import { EntryList, qmKey } from '../engine/entry-list.ts';
import { MetricEngine, type ServedAtom } from '../engine/metric-engine.ts';
import { OtherTabs } from '../engine/other-tabs.ts';
import { SingleFlight } from '../engine/single-flight.ts';
import type { StoreEnvironment } from '../engine/store/environment.ts';
import { openStore } from '../engine/store/open-store.ts';
import type { EntryStore, ReportFault } from '../engine/store/store.ts';
import { contentHash } from '../sources/content-hash.ts';
import type { RecordedSource } from './source-shelf.ts';

/** A live engine with the store under it. */
export interface EngineParts {
  readonly store: EntryStore;
  readonly entries: EntryList;
  readonly engine: MetricEngine;
  /** The listener hears true when an entry cannot be kept for want of room, false when one was kept. */
  readonly onFull: (listener: (full: boolean) => void) => void;
  readonly recordedSource: (location: string) => Promise<RecordedSource | undefined>;
  readonly recordSource: (location: string, recorded: RecordedSource) => Promise<void>;
  /** Stops answering other tabs and closes the store. Nothing is asked of the engine afterwards. */
  readonly close: () => Promise<void>;
}

export interface EngineOptions {
  readonly installation: string;
  readonly collection: string;
  readonly preferred: 'opfs' | 'memory';
  readonly maxBytes: number;
  readonly report: ReportFault;
  readonly clock: () => number;
  readonly now: () => number;
}

/** Opens the engines of a session's collections. */
export interface EngineOpener {
  readonly open: (options: EngineOptions) => Promise<EngineParts>;
  /** Ends what the engines share, once each is closed. */
  readonly close: () => void;
}

/** Decoded columns held above the files, in bytes. */
const MEMORY_BYTES = 256 * 1024 * 1024;

/** How much an engine may hold in memory, and what it lets go. */
export interface EngineLimits {
  /** Bytes of decoded columns. */
  readonly memoryBytes: number;
  readonly policy: EvictionPolicy;
}

const LIMITS: EngineLimits = { memoryBytes: MEMORY_BYTES, policy: toEvict };

/** Opens stores and the engines over them. */
export function engineOpener(environment: StoreEnvironment, limits: Partial<EngineLimits> = {}): EngineOpener {
  return {
    open: async (options) => {
      const { installation, collection, preferred, report } = options;
      const store = await openStore({ installation, collection, preferred, report, environment });
      // A store in memory is this worker's own.
      const tabs =
        store.kind === 'memory' ? null : otherTabs(`${store.kind}/${installation}/${collection}`, environment);
      return engineOver(store, options, environment, limits, tabs);
    },
    close: () => environment.channel?.close(),
  };
}

/** The tabs that have the store of this name open, with what this one has to talk to them. */
export function otherTabs(name: string, { locks, news }: Pick<StoreEnvironment, 'locks' | 'news'>): OtherTabs {
  return new OtherTabs(name, locks, news?.(name) ?? null);
}

/** The engine of a collection over a store that is open; `tabs` that share it, null: none can. */
export async function engineOver(
  store: EntryStore,
  { maxBytes, report, clock, now }: Pick<EngineOptions, 'maxBytes' | 'report' | 'clock' | 'now'>,
  environment: StoreEnvironment,
  limits: Partial<EngineLimits> = {},
  tabs: OtherTabs | null = null,
): Promise<EngineParts> {
  const { memoryBytes, policy } = { ...LIMITS, ...limits };
  const { locks, channel, timers, subtle } = environment;
  const listeners: ((full: boolean) => void)[] = [];
  const entries = await EntryList.open({
    store,
    tabs,
    budget: budgetOf(maxBytes, await store.quota()),
    policy,
    now,
    hash: (bytes) => contentHash(new Uint8Array(bytes), subtle ?? undefined),
    later: () => new Promise((resolve) => setTimeout(resolve)),
    onFull: (full) => {
      for (const listener of listeners) listener(full);
    },
    report,
  });
  const flights = new SingleFlight<ServedAtom>({ locks, channel, timers, report });
  return {
    store,
    entries,
    engine: new MetricEngine({ entries, flights, clock, now, memoryBytes }),
    onFull: (listener) => listeners.push(listener),
    recordedSource: (location) => recordedSource(entries, location),
    recordSource: (location, recorded) => recordSource(entries, location, recorded),
    close: () => {
      flights.close();
      tabs?.close();
      return store.close();
    },
  };
}

async function recordedSource(entries: EntryList, location: string): Promise<RecordedSource | undefined> {
  const row = newest(entries.qm('source', location));
  return row && entries.decoded(row, (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as RecordedSource);
}

/** One record an address: the present one takes the place of the earlier. */
async function recordSource(entries: EntryList, location: string, recorded: RecordedSource): Promise<void> {
  const { name, contentHash: hash } = recorded.snapshot;
  const sourceHashes = { [name]: hash };
  const key = qmKey('source', `${location} ${JSON.stringify(recorded.evidence)}`, sourceHashes);
  const earlier = entries.qm('source', location).map((row) => row.key);
  if (earlier.includes(key)) return;
  const bytes = new TextEncoder().encode(JSON.stringify(recorded));
  await entries.ingestQm(
    { kind: 'source', subject: location, key, rows: 1, computeMilliseconds: 0, sourceHashes },
    bytes,
    'json',
  );
  await entries.evict(earlier);
}

function newest(rows: readonly QmRow[]): QmRow | undefined {
  return [...rows].sort((a, b) => b.createdAt - a.createdAt)[0];
}
