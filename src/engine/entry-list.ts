import { fingerprint } from '../canon/fingerprint.ts';
import { type Batch, batchBytes } from '../columns/column.ts';
import type { Atom } from '../planning/atom.ts';
import { encodeEntry } from '../sources/parquet/entry-codec.ts';
import type { Eviction, EvictionPolicy } from './budget.ts';
import type { EntryRow, EntryUse, MetricRow, QmRow } from './entry.ts';
import { folderOf, type Making, rowOf, type UnwrittenRow, withDistinctNames } from './entry-row.ts';
import { HeldEntries, type HeldEntry, unused } from './held-entries.ts';
import type { OtherTabs } from './other-tabs.ts';
import { failureWords } from './store/storage-failure.ts';
import type { EntryStore, ReportFault } from './store/store.ts';
import { type ListedEntry, StoreFollower } from './store-follower.ts';

export interface EntryListEnvironment {
  readonly store: EntryStore;
  /** null: the store is this tab's own. */
  readonly tabs: OtherTabs | null;
  /** Bytes that entries may take together. */
  readonly budget: number;
  /** Chooses what makes room. */
  readonly policy: EvictionPolicy;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** SHA-256 of bytes, 64 hex digits. */
  readonly hash: (bytes: Uint8Array) => Promise<string>;
  /** Resolves when the task at hand is done: what people wait for goes first. */
  readonly later: () => Promise<void>;
  /** Called with true when an entry cannot be kept for want of room, with false when one was kept. */
  readonly onFull: (full: boolean) => void;
  /** Hears of what could not be kept for another reason. */
  readonly report: ReportFault;
}

/** While entries take less than this part of the budget, several tabs that write at once stay within it all the same. */
const AMPLE = 1 / 8;

/** An entry that went to make room, as it was then. */
export interface EvictedEntry extends Eviction {
  readonly row: EntryRow;
  readonly use: EntryUse;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What there was no room in: the budget, or what the browser gives. */
  readonly reason: 'budget' | 'storage';
}

/** Evictions that are remembered. */
const REMEMBERED = 100;

/**
 * The entries of one collection: what is stored, how it is used, and what is being written. Tabs that share the store
 * tell each other what they change, so that each knows of all of it a moment later.
 */
export class EntryList {
  private readonly held = new HeldEntries();
  /** Key → the write under way. */
  private readonly writes = new Map<string, Promise<void>>();
  private readonly environment: EntryListEnvironment;
  private readonly follower: StoreFollower;
  private onNews: (rows: readonly EntryRow[]) => void = () => {};
  private dirty = new Set<string>();
  private gone: readonly EvictedEntry[] = [];
  /** Bytes in memory of what is being written; files are smaller as a rule. */
  private coming = 0;

  private constructor(environment: EntryListEnvironment) {
    this.environment = environment;
    this.follower = new StoreFollower(
      environment.store,
      () => this.held.all().map(({ row }) => row.key),
      (keys, listed) => this.takeOver(keys, listed),
    );
  }

  /** Reads the stored list. */
  static async open(environment: EntryListEnvironment): Promise<EntryList> {
    const list = new EntryList(environment);
    // Heard from before it is read: what comes meanwhile is looked at once more.
    environment.tabs?.listen((keys) => list.follower.hear(keys));
    for (const { row, use } of await environment.store.list()) list.held.add(row, use);
    return list;
  }

  /** The listener hears of entries that are gone, by their keys. */
  whenGone(listener: (keys: readonly string[]) => void): void {
    this.held.onGone = listener;
  }

  /** The listener hears of entries that other tabs have stored. */
  whenNews(listener: (rows: readonly EntryRow[]) => void): void {
    this.onNews = listener;
  }

  get budget(): number {
    return this.environment.budget;
  }

  get bytes(): number {
    return this.held.bytes;
  }

  /** Whether what is being written may not find room; elsewhere no answer needs to wait to know. */
  get isTight(): boolean {
    return this.coming > 0 && this.bytes + this.coming > this.environment.budget;
  }

  /** The last entries that went to make room, the latest first. */
  get evicted(): readonly EvictedEntry[] {
    return this.gone;
  }

  all(): readonly Readonly<HeldEntry>[] {
    return this.held.all();
  }

  has(key: string): boolean {
    return this.held.get(key) !== undefined;
  }

  metric(key: string): MetricRow | undefined {
    const row = this.held.get(key)?.row;
    return row?.domain === 'metric' ? row : undefined;
  }

  qm(kind: QmRow['kind'], subject: string): readonly QmRow[] {
    return this.held
      .all()
      .flatMap(({ row }) => (row.domain === 'qm' && row.kind === kind && row.subject === subject ? [row] : []));
  }

  /** The entries of one state, whatever their anchor and filter. */
  withState(stateKey: string): Iterable<MetricRow> {
    return this.held.withState(stateKey);
  }

  /** The bytes of an entry; undefined where they are gone or not what they were, and then the entry is gone too. */
  async read(row: EntryRow): Promise<Uint8Array | undefined> {
    if (row.path === '') {
      // Still being written: the row is complete, or gone, once it is.
      await this.settled();
      const written = this.held.get(row.key)?.row;
      return written === undefined || written.path === '' ? undefined : this.read(written);
    }
    const bytes = await this.environment.store.read(row);
    if (bytes !== undefined) return bytes;
    // Another tab may have let it go, or written it anew.
    const [found] = await this.environment.store.listed([row.key]);
    if (found !== undefined && found.row.path !== row.path) {
      this.held.add(found.row, found.use);
      return this.read(found.row);
    }
    this.drop(row.key);
    this.tell([row.key]);
    return undefined;
  }

  /**
   * What `decode` makes of an entry's bytes. Where it throws, the bytes are what was written, and written by another
   * version of this page: a miss, counted, and the entry goes.
   */
  async decoded<T>(row: EntryRow, decode: (bytes: Uint8Array) => T): Promise<T | undefined> {
    const bytes = await this.read(row);
    if (bytes === undefined) return undefined;
    try {
      return decode(bytes);
    } catch (error) {
      const words = `${row.path}: the file holds nothing that this version of the page can read (${failureWords(error)}).`;
      const detail = `${words} The entry is dropped and computed again when it is next asked for.`;
      this.environment.report({ kind: 'file_unreadable', key: row.key, detail });
      await this.remove([row.key]);
      return undefined;
    }
  }

  /** Takes in what another tab may have stored under the key. */
  async lookAgain(key: string): Promise<void> {
    if (this.environment.tabs === null || this.has(key)) return;
    for (const { row, use } of await this.environment.store.listed([key])) this.held.add(row, use);
  }

  /** Takes in whatever other tabs have stored, and lets go what they have removed. */
  async lookAll(): Promise<void> {
    if (this.environment.tabs !== null) await this.follower.recount();
  }

  /** Resolves when the entry of the key is written, or could not be. */
  async written(key: string): Promise<void> {
    await this.writes.get(key);
  }

  /** Counts a use, and the milliseconds that computing again would have cost. */
  used(key: string, milliseconds: number): void {
    const held = this.held.get(key);
    if (held === undefined) return;
    const saved = Math.max(0, held.row.computeMilliseconds - milliseconds);
    const { accessCount, millisecondsSaved } = held.use;
    const lastAccess = this.environment.now();
    held.use = {
      ...held.use,
      lastAccess,
      accessCount: accessCount + 1,
      millisecondsSaved: millisecondsSaved + saved,
    };
    this.dirty.add(key);
  }

  /** Notes which accesses were one question's: of those of one family, anchor and filter the first is its own. */
  readTogether(keys: readonly string[]): void {
    const counted = new Set<string>();
    for (const key of keys) {
      const held = this.held.get(key);
      if (held?.row.domain !== 'metric') continue;
      const { family, schema, anchor, filter } = held.row;
      const place = JSON.stringify([family, schema, anchor.map(({ name }) => name), filter.map((term) => term.key)]);
      if (!counted.has(place)) counted.add(place);
      else {
        held.use = { ...held.use, besideCount: (held.use.besideCount ?? 0) + 1 };
        this.dirty.add(key);
      }
    }
  }

  /** Keeps a state: at once for this tab, in the background on disk. */
  ingest(atom: Atom, batch: Batch, made: Making): void {
    const known = this.metric(atom.key);
    if (known !== undefined) return;
    const row = rowOf(atom, batch, made, this.environment.now());
    const folder = folderOf(atom);
    // Until its file is written the entry serves from memory; a row without bytes says so.
    this.held.add({ ...row, bytes: 0, checksum: '', path: '' }, { ...unused(row), accessCount: 1 });
    this.dirty.add(row.key);
    // The answer that brought the state does not wait for its file to be encoded.
    const bytes = this.environment.later().then(() => encodeEntry(withDistinctNames(batch, atom.anchor.length)));
    const size = batchBytes(batch);
    this.coming += size;
    void this.write(row.key, bytes, folder, 'parquet', row).finally(() => {
      this.coming -= size;
    });
  }

  /** Keeps an edge map, attestations or a profile; resolves when it is stored, or could not be. */
  async ingestQm(
    row: Omit<QmRow, 'bytes' | 'checksum' | 'path' | 'createdAt' | 'domain'>,
    bytes: Uint8Array,
    extension: 'parquet' | 'json',
  ): Promise<void> {
    const stored = { ...row, domain: 'qm', createdAt: this.environment.now() } as const;
    await this.write(row.key, Promise.resolve(bytes), ['data', 'qm', row.kind], extension, stored);
  }

  /** Pins an entry, or lets it go. Throws a `RangeError` where there is none of the key. */
  async pin(key: string, on: boolean): Promise<void> {
    // The store knows an entry once its file is written.
    await this.settled();
    await this.lookAgain(key);
    const held = this.held.get(key);
    if (held === undefined) throw new RangeError(`engine: there is no entry ${key}`);
    held.use = { ...held.use, pinned: on };
    await this.alone(() => this.environment.store.pin(key, on));
    this.tell([key]);
  }

  async evict(keys: readonly string[]): Promise<void> {
    await this.settled();
    await this.remove(keys);
  }

  /** Resolves when everything taken in or heard of so far is written or taken over, and uses are recorded. */
  async settled(): Promise<void> {
    while (this.writes.size > 0) await Promise.all(this.writes.values());
    await this.follower.caughtUp();
    const uses = [...this.dirty].flatMap((key) => this.held.get(key)?.use ?? []);
    this.dirty = new Set();
    if (uses.length > 0) await this.environment.store.use(uses);
  }

  /** Drops entries here, then there, and tells other tabs. */
  private async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.drop(key);
    await this.environment.store.remove(keys);
    this.tell(keys);
  }

  private drop(key: string): void {
    this.held.drop(key);
    this.follower.changedHere([key]);
  }

  /** What this tab has changed in the store. */
  private tell(keys: readonly string[]): void {
    this.follower.changedHere(keys);
    this.environment.tabs?.tell(keys);
  }

  private takeOver(keys: readonly string[], listed: readonly ListedEntry[]): void {
    const byKey = new Map(listed.map((each) => [each.row.key, each]));
    const news: EntryRow[] = [];
    for (const key of keys) {
      const found = byKey.get(key);
      const held = this.held.get(key);
      // What is being written here is not listed yet.
      if (found === undefined && held?.row.path !== '') this.held.drop(key);
      if (found === undefined) continue;
      if (held?.row.path !== found.row.path) news.push(found.row);
      this.held.add(found.row, found.use);
    }
    if (news.length > 0) this.onNews(news);
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const { tabs } = this.environment;
    return tabs === null ? work() : tabs.alone(work);
  }

  /** Chooses what makes room for an entry, and remembers it; the keys that go. */
  private evictFor(key: string, needed: number, budget: number, reason: EvictedEntry['reason']): readonly string[] {
    const at = this.environment.now();
    const evictions = this.environment.policy(this.all(), { needed, budget, now: at, inUse: new Set([key]) });
    const gone = evictions.flatMap((eviction) => {
      const held = this.held.get(eviction.key);
      return held === undefined ? [] : [{ ...eviction, row: held.row, use: held.use, at, reason }];
    });
    this.gone = [...gone.toReversed(), ...this.gone].slice(0, REMEMBERED);
    return gone.map((each) => each.key);
  }

  private write(
    key: string,
    bytes: Promise<Uint8Array>,
    folder: readonly string[],
    extension: string,
    row: UnwrittenRow<MetricRow> | UnwrittenRow<QmRow>,
  ): Promise<void> {
    const before = this.writes.get(key) ?? Promise.resolve();
    const writing = before
      .then(() => this.writeNow(key, bytes, folder, extension, row))
      .finally(() => {
        if (this.writes.get(key) === writing) this.writes.delete(key);
      });
    this.writes.set(key, writing);
    return writing;
  }

  private async writeNow(
    key: string,
    coming: Promise<Uint8Array>,
    folder: readonly string[],
    extension: string,
    row: UnwrittenRow<MetricRow> | UnwrittenRow<QmRow>,
  ): Promise<void> {
    const { budget, hash, onFull, report } = this.environment;
    const bytes = await coming.catch((error: unknown) => {
      // What no file can hold is not kept: the next who asks has it computed.
      report({ kind: 'write_failed', key, detail: `An entry could not be encoded: ${error}.` });
      return undefined;
    });
    if (bytes === undefined) return this.drop(key);
    const checksum = await hash(bytes);
    const path = [...folder, `${key}-${checksum.slice(0, 8)}.${extension}`].join('/');
    const complete = { ...row, bytes: bytes.byteLength, checksum, path };
    const isAmple = this.bytes + bytes.byteLength <= budget * AMPLE;
    const outcome =
      isAmple || this.environment.tabs === null
        ? await this.put(complete, bytes)
        : await this.alone(async () => {
            // What other tabs hold counts as well, and may be pinned since.
            await this.follower.recount();
            return this.put(complete, bytes);
          });
    if (outcome === 'kept') {
      onFull(false);
      this.held.add(complete, this.held.get(key)?.use ?? unused(complete));
      this.tell([key]);
      return;
    }
    this.drop(key);
    if (outcome === 'full') onFull(true);
  }

  /** Puts an entry where there is room for it, or can be made. */
  private async put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'> {
    const { store, budget } = this.environment;
    const makeRoom = async (within: number, reason: EvictedEntry['reason']): Promise<boolean> => {
      await this.remove(this.evictFor(row.key, bytes.byteLength, within, reason));
      return this.bytes + bytes.byteLength <= within;
    };
    if (this.bytes + bytes.byteLength > budget && !(await makeRoom(budget, 'budget'))) return 'full';
    const outcome = await store.put(row, bytes);
    // The storage may refuse before our own budget does: make room below what is held now, once, then say so.
    if (outcome !== 'full' || !(await makeRoom(Math.min(budget, this.bytes), 'storage'))) return outcome;
    return store.put(row, bytes);
  }
}

/** Entry key of a piece of quasi-metadata. */
export function qmKey(kind: QmRow['kind'], subject: string, sourceHashes: Readonly<Record<string, string>>): string {
  return fingerprint('entry', { domain: 'qm', kind, subject, sourceHashes });
}
