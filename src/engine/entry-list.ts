import { fingerprint } from '../canon/fingerprint.ts';
import { type Batch, batchBytes } from '../columns/column.ts';
import type { Atom } from '../planning/atom.ts';
import { encodeEntry } from '../sources/parquet/entry-codec.ts';
import type { EntryRow, MetricRow, QmRow } from './entry.ts';
import { folderOf, type Making, rowOf, withDistinctNames } from './entry-row.ts';
import { unused } from './entry-use.ts';
import { EntryWriter, type EntryWriterEnvironment, type EvictedEntry } from './entry-writer.ts';
import type { HeldEntry } from './held-entries.ts';
import type { OtherTabs } from './other-tabs.ts';
import { SharedEntries } from './shared-entries.ts';
import { failureWords } from './store/storage-failure.ts';

export interface EntryListEnvironment extends EntryWriterEnvironment {
  /** null: the store is this tab's own. */
  readonly tabs: OtherTabs | null;
  /** Resolves when the task at hand is done: what people wait for goes first. */
  readonly later: () => Promise<void>;
}

/** Nothing counted, at no time. */
const NEVER = { lastAccess: 0, accessCount: 0, millisecondsSaved: 0 } as const;

/** The entries of one collection: what is stored, how it is used, and what is being written. */
export class EntryList {
  private readonly entries: SharedEntries;
  private readonly writer: EntryWriter;
  private readonly environment: EntryListEnvironment;
  /** Bytes in memory of what is being written; files are smaller as a rule. */
  private coming = 0;

  private constructor(entries: SharedEntries, environment: EntryListEnvironment) {
    this.entries = entries;
    this.environment = environment;
    this.writer = new EntryWriter(entries, environment);
  }

  /** Reads the stored list. */
  static async open(environment: EntryListEnvironment): Promise<EntryList> {
    const { store, tabs } = environment;
    return new EntryList(await SharedEntries.open(store, tabs), environment);
  }

  /** The listener hears of entries that are gone, by their keys. */
  whenGone(listener: (keys: readonly string[]) => void): void {
    this.entries.held.onGone = listener;
  }

  /** The listener hears of entries that other tabs have stored. */
  whenNews(listener: (rows: readonly EntryRow[]) => void): void {
    this.entries.whenNews(listener);
  }

  get budget(): number {
    return this.environment.budget;
  }

  get bytes(): number {
    return this.entries.held.bytes;
  }

  /** Whether what is being written may not find room; elsewhere no answer needs to wait to know. */
  get isTight(): boolean {
    return this.coming > 0 && this.bytes + this.coming > this.environment.budget;
  }

  /** The last entries that went to make room, the latest first. */
  get evicted(): readonly EvictedEntry[] {
    return this.writer.evicted;
  }

  all(): readonly Readonly<HeldEntry>[] {
    return this.entries.held.all();
  }

  has(key: string): boolean {
    return this.entries.get(key) !== undefined;
  }

  metric(key: string): MetricRow | undefined {
    const row = this.entries.get(key)?.row;
    return row?.domain === 'metric' ? row : undefined;
  }

  qm(kind: QmRow['kind'], subject: string): readonly QmRow[] {
    return this.all().flatMap(({ row }) =>
      row.domain === 'qm' && row.kind === kind && row.subject === subject ? [row] : [],
    );
  }

  /** The entries of one state, whatever their anchor and filter. */
  withState(stateKey: string): Iterable<MetricRow> {
    return this.entries.held.withState(stateKey);
  }

  /** The bytes of an entry; undefined where they are gone or not what they were, and then the entry is gone too. */
  async read(row: EntryRow): Promise<Uint8Array | undefined> {
    if (row.path === '') {
      // Still being written: the row is complete, or gone, once it is.
      await this.settled();
      const written = this.entries.get(row.key)?.row;
      return written === undefined || written.path === '' ? undefined : this.read(written);
    }
    const bytes = await this.environment.store.read(row);
    if (bytes !== undefined) return bytes;
    // Another tab may have let it go, or written it anew.
    const anew = await this.entries.listedNow(row);
    if (anew !== undefined) return this.read(anew);
    this.entries.drop(row.key);
    this.entries.tell([row.key]);
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
      await this.entries.remove([row.key]);
      return undefined;
    }
  }

  /** Takes in what another tab may have stored under the key. */
  lookAgain(key: string): Promise<void> {
    return this.entries.lookAgain(key);
  }

  /** Takes in whatever other tabs have stored, and lets go what they have removed. */
  lookAll(): Promise<void> {
    return this.entries.recount();
  }

  /** Resolves when the entry of the key is written, or could not be. */
  written(key: string): Promise<void> {
    return this.writer.written(key);
  }

  /** Counts a use, and the milliseconds that computing again would have cost. */
  used(key: string, milliseconds: number): void {
    const held = this.entries.get(key);
    if (held === undefined) return;
    const millisecondsSaved = Math.max(0, held.row.computeMilliseconds - milliseconds);
    this.entries.held.count({ key, lastAccess: this.environment.now(), accessCount: 1, millisecondsSaved });
  }

  /** Notes which accesses were one question's: of those of one family, anchor and filter the first is its own. */
  readTogether(keys: readonly string[]): void {
    const counted = new Set<string>();
    for (const key of keys) {
      const held = this.entries.get(key);
      if (held?.row.domain !== 'metric') continue;
      const { family, schema, anchor, filter } = held.row;
      const place = JSON.stringify([family, schema, anchor.map(({ name }) => name), filter.map((term) => term.key)]);
      if (counted.has(place)) this.entries.held.count({ ...NEVER, key, besideCount: 1 });
      else counted.add(place);
    }
  }

  /** Keeps a state: at once for this tab, in the background on disk. */
  ingest(atom: Atom, batch: Batch, made: Making): void {
    if (this.metric(atom.key) !== undefined) return;
    const row = rowOf(atom, batch, made, this.environment.now());
    // Until its file is written the entry serves from memory; a row without bytes says so.
    this.entries.held.add({ ...row, bytes: 0, checksum: '', path: '' }, unused(row));
    this.entries.held.count({ ...NEVER, key: row.key, accessCount: 1 });
    // The answer that brought the state does not wait for its file to be encoded.
    const bytes = this.environment.later().then(() => encodeEntry(withDistinctNames(batch, atom.anchor.length)));
    const size = batchBytes(batch);
    this.coming += size;
    void this.writer.write({ row, bytes, folder: folderOf(atom), extension: 'parquet' }).finally(() => {
      this.coming -= size;
    });
  }

  /** Keeps an edge map, attestations or a profile; resolves when it is stored, or could not be. */
  ingestQm(
    row: Omit<QmRow, 'bytes' | 'checksum' | 'path' | 'createdAt' | 'domain'>,
    bytes: Uint8Array,
    extension: 'parquet' | 'json',
  ): Promise<void> {
    const stored = { ...row, domain: 'qm', createdAt: this.environment.now() } as const;
    const folder = ['data', 'qm', row.kind];
    return this.writer.write({ row: stored, bytes: Promise.resolve(bytes), folder, extension });
  }

  /** Pins an entry, or lets it go. Throws a `RangeError` where there is none of the key. */
  async pin(key: string, on: boolean): Promise<void> {
    // The store knows an entry once its file is written.
    await this.settled();
    await this.lookAgain(key);
    const held = this.entries.get(key);
    if (held === undefined) throw new RangeError(`engine: there is no entry ${key}`);
    this.entries.held.pin(key, on);
    await this.entries.alone(() => this.environment.store.pin(key, on));
    this.entries.tell([key]);
  }

  async evict(keys: readonly string[]): Promise<void> {
    await this.settled();
    await this.entries.remove(keys);
  }

  /** Resolves when everything taken in or heard of so far is written or taken over, and uses are recorded. */
  async settled(): Promise<void> {
    await this.writer.settled();
    await this.entries.caughtUp();
    const counted = this.entries.held.tellCounted();
    if (counted.length > 0) await this.environment.store.use(counted);
  }
}

/** Entry key of a piece of quasi-metadata. */
export function qmKey(kind: QmRow['kind'], subject: string, sourceHashes: Readonly<Record<string, string>>): string {
  return fingerprint('entry', { domain: 'qm', kind, subject, sourceHashes });
}
