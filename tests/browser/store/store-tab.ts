import { FLIGHT_CHANNEL, INTERVALS, isFlightMessage, SingleFlight } from '../../../src/engine/single-flight.ts';
import { browserEnvironment, type StoreEnvironment } from '../../../src/engine/store/environment.ts';
import type { Locks } from '../../../src/engine/store/web-lock.ts';
import { contractOf, metricRow, type OpenedStore, type StoreHarness, someBytes } from '../../support/store-contract.ts';
import { holdDatabase, openHere, storageHarness } from './storage-harness.ts';

/** What can be taken from the environment of a store, by name: functions do not cross to a worker. */
export type Lack = 'getDirectory' | 'indexedDB' | 'locks' | 'subtle' | 'working files' | 'working database';

/** What a test does in one tab: an engine worker's view of storage, locks and channel. */
export class StoreTab {
  private kept = 0;
  private opened: OpenedStore | undefined;
  private computations = 0;
  private heard = 0;
  private readonly faults: string[] = [];
  private ticks: (() => void)[] = [];
  private finish: (value: string) => void = () => {};
  private readonly flights: SingleFlight<string>;

  constructor() {
    const { locks, channel } = browserEnvironment();
    const every = (_: number, callback: () => void) => {
      this.ticks.push(callback);
      return () => {
        this.ticks = this.ticks.filter((each) => each !== callback);
      };
    };
    const report = ({ kind }: { readonly kind: string }) => this.faults.push(kind);
    this.flights = new SingleFlight({ locks, channel, timers: { every }, report });
    if (channel === null) return;
    // Another object on the same channel hears what this tab's own hears.
    new BroadcastChannel(FLIGHT_CHANNEL).addEventListener('message', ({ data }) => {
      if (isFlightMessage(data) && data.kind === 'pong') this.heard += 1;
    });
  }

  async runCase(kind: StoreHarness['kind'], name: string, collection: string): Promise<void> {
    const found = contractOf(kind).find((each) => each.name === name);
    if (found === undefined) throw new Error(`there is no case ${name}`);
    await found.run(storageHarness(kind, collection));
  }

  /** Opens a store, puts and reads an entry, and tells how that went. */
  async openLacking(collection: string, lacks: readonly Lack[]) {
    const { store, faults } = await openHere(collection, environmentWithout(lacks));
    const bytes = someBytes(1000);
    const row = metricRow('one', bytes);
    const outcome = await store.put(row, bytes);
    const read = await store.read(row);
    await store.close();
    return {
      kind: store.kind,
      words: store.words,
      outcome,
      isReadBack: read?.every((byte, i) => byte === bytes[i]) ?? false,
      faults: faults.map(({ kind, detail }) => ({ kind, detail })),
    };
  }

  /** Puts entries without end, several at a time; the tab is killed meanwhile. */
  async putForEver(kind: 'opfs' | 'indexeddb', collection: string): Promise<void> {
    const { store } = await storageHarness(kind, collection).open();
    const putMore = async (lane: number): Promise<void> => {
      for (let i = 0; ; i++) {
        const bytes = someBytes(50_000 + i, lane);
        if ((await store.put(metricRow(`${lane}-${i}`, bytes), bytes)) === 'kept') this.kept += 1;
      }
    };
    for (const lane of [1, 2, 3]) void putMore(lane);
  }

  keptCount(): number {
    return this.kept;
  }

  /** Reads everything that is listed, then sweeps. */
  async takeStock(kind: 'opfs' | 'indexeddb', collection: string) {
    const harness = storageHarness(kind, collection);
    const { store, faults } = await harness.open();
    const listed = await store.list();
    const read = await Promise.all(listed.map(({ row }) => store.read(row)));
    await store.sweep();
    const files = await harness.paths();
    return {
      listed: listed.length,
      readable: read.filter((bytes) => bytes !== undefined).length,
      files: files.length,
      faults: faults.map(({ detail }) => detail),
    };
  }

  /** Opens a store that stays open. */
  async keepOpen(kind: 'opfs' | 'indexeddb', collection: string): Promise<void> {
    this.opened = await storageHarness(kind, collection).open();
  }

  /** Puts an entry into the open store and reads it. */
  async putAndRead(name: string, length: number) {
    const bytes = randomBytes(length);
    const row = metricRow(name, bytes);
    const outcome = await this.opened?.store.put(row, bytes);
    const read = await this.opened?.store.read(row);
    return { outcome, isReadBack: read?.every((byte, i) => byte === bytes[i]) ?? false };
  }

  /** Removes some entries from the open store. */
  async removeSome(count: number): Promise<void> {
    const listed = (await this.opened?.store.list()) ?? [];
    await this.opened?.store.remove(listed.slice(0, count).map(({ row }) => row.key));
  }

  async listedCount(): Promise<number | undefined> {
    return (await this.opened?.store.list())?.length;
  }

  /** Puts entries of a length until one is not kept. */
  async putUntilFull(kind: 'opfs' | 'indexeddb', collection: string, length: number, atMost: number) {
    const { store, faults } = await storageHarness(kind, collection).open();
    for (let i = 0; i < atMost; i++) {
      const bytes = randomBytes(length);
      const outcome = await store.put(metricRow(`entry-${i}`, bytes), bytes);
      if (outcome !== 'kept') return { outcome, kept: i, faults: faults.map(({ kind }) => kind) };
    }
    return { outcome: 'kept', kept: atMost, faults: [] };
  }

  /** Puts an entry while the platform's write tells that there is no room by what it returns, as browsers do. */
  async putWhileWriteReturns(collection: string, returned: number) {
    const { store, faults } = await storageHarness('opfs', collection).open();
    const bytes = someBytes(1000);
    const { write } = FileSystemSyncAccessHandle.prototype;
    FileSystemSyncAccessHandle.prototype.write = () => returned;
    const outcome = await store.put(metricRow('one', bytes), bytes);
    FileSystemSyncAccessHandle.prototype.write = write;
    const { files, listed } = await this.takeStock('opfs', collection);
    return { outcome, files, listed, faults: faults.map(({ kind }) => kind) };
  }

  /** Uses a store while another connection holds its database, as a frozen tab may; the store stays open. */
  async useWhileHeld(kind: 'opfs' | 'indexeddb', collection: string) {
    let isHeld = false;
    // Time passes faster while it is held.
    const every = (milliseconds: number, callback: () => void) => INTERVALS.every(isHeld ? 1 : milliseconds, callback);
    this.opened = await storageHarness(kind, collection).open({ environment: { timers: { every } } });
    const { store, faults } = this.opened;
    const bytes = someBytes(1000);
    const [kept, other] = [metricRow('kept', bytes), metricRow('other', bytes)];
    await store.put(kept, bytes);
    const release = await holdDatabase(kind, collection);
    isHeld = true;
    const held = {
      put: await store.put(other, bytes),
      listed: (await store.list()).length,
      found: await store.find(kept.key),
      isRead: (await store.read(kept)) !== undefined,
      swept: await store.sweep(),
      faults: [...new Set(faults.map((fault) => fault.kind))],
    };
    isHeld = false;
    release();
    return held;
  }

  /** Sweeps a file that no row names while another tab lists it: between finding the file and locking it. */
  async sweepWhatIsBeingListed(collection: string) {
    const harness = storageHarness('opfs', collection);
    const bytes = someBytes(1000);
    const row = metricRow('one', bytes);
    const lister = await harness.open();
    await harness.writeFile(row.path, bytes);
    const { locks } = browserEnvironment();
    const slow: Locks = {
      request: async (name, options, granted) => {
        await lister.store.put(row, bytes);
        return locks?.request(name, options, granted);
      },
    };
    const sweeper = await harness.open({ environment: { locks: slow } });
    const swept = await sweeper.store.sweep();
    const read = await lister.store.read(row);
    return { swept, isReadBack: read?.every((byte, i) => byte === bytes[i]) ?? false };
  }

  /** Asks for a key; the computation lasts until `finishWith`. `stored`: what another tab has stored by then. */
  ask(key: string, stored: string | null): Promise<string> {
    const compute = (): Promise<string> => {
      this.computations += 1;
      return new Promise((resolve) => {
        this.finish = resolve;
      });
    };
    return this.flights.run(key, { compute, recheck: async () => stored ?? undefined });
  }

  finishWith(value: string): void {
    this.finish(value);
  }

  /** Lets 500 ms pass for whoever waits; returns how many wait. */
  tick(): number {
    const { ticks } = this;
    for (const tick of ticks) tick();
    return ticks.length;
  }

  /** The tab no longer answers others, as if it were frozen. */
  freeze(): void {
    this.flights.close();
  }

  flightState() {
    return { computations: this.computations, waiting: this.ticks.length, heard: this.heard, faults: [...this.faults] };
  }
}

function environmentWithout(lacks: readonly Lack[]): Partial<StoreEnvironment> {
  const overrides: Partial<StoreEnvironment>[] = lacks.map((lack) => {
    switch (lack) {
      case 'working files':
        return { getDirectory: () => Promise.reject(new DOMException('Not here.', 'SecurityError')) };
      case 'working database':
        return { indexedDB: refusing(indexedDB) };
      default:
        return { [lack]: null };
    }
  });
  return Object.assign({}, ...overrides);
}

/** A database factory that opens nothing. */
function refusing(factory: IDBFactory): IDBFactory {
  return {
    open: () => {
      throw new DOMException('Not here.', 'SecurityError');
    },
    cmp: (a, b) => factory.cmp(a, b),
    databases: () => factory.databases(),
    deleteDatabase: (name) => factory.deleteDatabase(name),
  };
}

/** Bytes that no storage can shorten. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 65_536) crypto.getRandomValues(bytes.subarray(i, i + 65_536));
  return bytes;
}
