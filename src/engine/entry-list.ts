import { fingerprint } from '../canon/fingerprint.ts';
import { type Batch, batchBytes } from '../columns/column.ts';
import type { Atom } from '../planning/atom.ts';
import { encodeEntry } from '../sources/parquet/entry-codec.ts';
import type { Eviction, EvictionPolicy } from './budget.ts';
import type { EntryRow, EntryUse, MetricRow, QmRow } from './entry.ts';
import { failureWords } from './store/storage-failure.ts';
import type { EntryStore, ReportFault } from './store/store.ts';

export interface EntryListEnvironment {
  readonly store: EntryStore;
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

interface Held {
  readonly row: EntryRow;
  use: EntryUse;
}

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

/** The entries of one collection: what is stored, how it is used, and what is being written. */
export class EntryList {
  private readonly held = new Map<string, Held>();
  private readonly byState = new Map<string, Map<string, MetricRow>>();
  private readonly writes = new Set<Promise<void>>();
  private readonly environment: EntryListEnvironment;
  private dirty = new Set<string>();
  private gone: readonly EvictedEntry[] = [];
  /** Bytes in memory of what is being written; files are smaller as a rule. */
  private coming = 0;

  private constructor(environment: EntryListEnvironment) {
    this.environment = environment;
  }

  /** Reads the stored list. */
  static async open(environment: EntryListEnvironment): Promise<EntryList> {
    const list = new EntryList(environment);
    for (const { row, use } of await environment.store.list()) list.add(row, use);
    return list;
  }

  get budget(): number {
    return this.environment.budget;
  }

  get bytes(): number {
    let sum = 0;
    for (const { row } of this.held.values()) sum += row.bytes;
    return sum;
  }

  /** Whether what is being written may not find room; elsewhere no answer needs to wait to know. */
  get isTight(): boolean {
    return this.coming > 0 && this.bytes + this.coming > this.environment.budget;
  }

  /** The last entries that went to make room, the latest first. */
  get evicted(): readonly EvictedEntry[] {
    return this.gone;
  }

  all(): readonly { readonly row: EntryRow; readonly use: EntryUse }[] {
    return [...this.held.values()];
  }

  has(key: string): boolean {
    return this.held.has(key);
  }

  metric(key: string): MetricRow | undefined {
    const row = this.held.get(key)?.row;
    return row?.domain === 'metric' ? row : undefined;
  }

  qm(kind: QmRow['kind'], subject: string): readonly QmRow[] {
    return [...this.held.values()].flatMap(({ row }) =>
      row.domain === 'qm' && row.kind === kind && row.subject === subject ? [row] : [],
    );
  }

  /** The entries of one state, whatever their anchor and filter. */
  withState(stateKey: string): Iterable<MetricRow> {
    return this.byState.get(stateKey)?.values() ?? [];
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
    if (bytes === undefined) this.drop(row.key);
    return bytes;
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
      this.drop(row.key);
      await this.environment.store.remove([row.key]);
      return undefined;
    }
  }

  /** Takes in what another tab may have stored under the key. */
  async lookAgain(key: string): Promise<void> {
    if (this.held.has(key)) return;
    const row = await this.environment.store.find(key);
    if (row !== undefined) this.add(row, unused(row));
  }

  /** Counts a use, and the milliseconds that computing again would have cost. */
  used(key: string, milliseconds: number): void {
    const held = this.held.get(key);
    if (held === undefined) return;
    const saved = Math.max(0, held.row.computeMilliseconds - milliseconds);
    const { pinned, accessCount, millisecondsSaved } = held.use;
    const lastAccess = this.environment.now();
    held.use = { key, pinned, lastAccess, accessCount: accessCount + 1, millisecondsSaved: millisecondsSaved + saved };
    this.dirty.add(key);
  }

  /** Keeps a state: at once for this tab, in the background on disk. `onEvicted` hears which entries made room. */
  ingest(
    atom: Atom,
    batch: Batch,
    made: { readonly derivedFrom: string; readonly milliseconds: number; readonly hinted: boolean },
    onEvicted: (keys: readonly string[]) => void,
  ): void {
    const known = this.metric(atom.key);
    if (known !== undefined) return;
    const anchor = atom.anchor.map((name) => {
      const input = atom.inputs.find((each) => each.name === name);
      if (input === undefined) throw new RangeError(`atom: anchor ${name} is not one of its inputs`);
      return { name, type: input.type, access: input.access };
    });
    const row: Omit<MetricRow, 'bytes' | 'checksum' | 'path'> = {
      domain: 'metric',
      key: atom.key,
      stateKey: atom.stateKey,
      family: atom.family,
      schema: atom.schema,
      state: atom.state,
      inputType: atom.inputType,
      anchor,
      filter: atom.filter,
      rows: batch.rowCount,
      boundary: atom.boundary,
      conditions: atom.conditions.map((each) => each.key),
      verificationLevel: 'A',
      notFurtherRollable: !atom.rollable,
      derivedFrom: made.derivedFrom,
      hinted: made.hinted,
      createdAt: this.environment.now(),
      computeMilliseconds: made.milliseconds,
      sourceHashes: atom.sourceHashes,
    };
    const signature = atom.anchor.length === 0 ? '()' : atom.anchor.join(',');
    const folder = ['data', 'metric', atom.schema, signature];
    // Until its file is written the entry serves from memory; a row without bytes says so.
    this.add({ ...row, bytes: 0, checksum: '', path: '' }, { ...unused(row), accessCount: 1 });
    // The answer that brought the state does not wait for its file to be encoded.
    const bytes = this.environment.later().then(() => encodeEntry(withDistinctNames(batch, atom.anchor.length)));
    const size = batchBytes(batch);
    this.coming += size;
    void this.write(row.key, bytes, folder, 'parquet', row, onEvicted).finally(() => {
      this.coming -= size;
    });
  }

  /** Keeps an edge map or attestations; resolves when it is stored, or could not be. */
  async ingestQm(
    row: Omit<QmRow, 'bytes' | 'checksum' | 'path' | 'createdAt' | 'domain'>,
    bytes: Uint8Array,
    extension: 'parquet' | 'json',
  ): Promise<void> {
    const stored = { ...row, domain: 'qm', createdAt: this.environment.now() } as const;
    await this.write(row.key, Promise.resolve(bytes), ['data', 'qm', row.kind], extension, stored, () => {});
  }

  /** Pins an entry, or lets it go. Throws a `RangeError` where there is none of the key. */
  async pin(key: string, on: boolean): Promise<void> {
    // The store knows an entry once its file is written.
    await this.settled();
    const held = this.held.get(key);
    if (held === undefined) throw new RangeError(`engine: there is no entry ${key}`);
    held.use = { ...held.use, pinned: on };
    await this.environment.store.pin(key, on);
  }

  async evict(keys: readonly string[]): Promise<void> {
    await this.settled();
    for (const key of keys) this.drop(key);
    await this.environment.store.remove(keys);
  }

  /** Resolves when everything taken in so far is written, and uses are recorded. */
  async settled(): Promise<void> {
    while (this.writes.size > 0) await Promise.all(this.writes);
    const uses = [...this.dirty].flatMap((key) => this.held.get(key)?.use ?? []);
    this.dirty = new Set();
    if (uses.length > 0) await this.environment.store.use(uses);
  }

  private add(row: EntryRow, use: EntryUse): void {
    this.held.set(row.key, { row, use });
    if (row.domain !== 'metric') return;
    const entries = this.byState.get(row.stateKey) ?? new Map<string, MetricRow>();
    this.byState.set(row.stateKey, entries.set(row.key, row));
  }

  private drop(key: string): void {
    const row = this.held.get(key)?.row;
    this.held.delete(key);
    if (row?.domain === 'metric') this.byState.get(row.stateKey)?.delete(key);
  }

  /** Drops what makes room for an entry, and remembers it; the keys that went. */
  private evictFor(key: string, needed: number, budget: number, reason: EvictedEntry['reason']): readonly string[] {
    const at = this.environment.now();
    const evictions = this.environment.policy(this.all(), { needed, budget, now: at, inUse: new Set([key]) });
    const gone = evictions.flatMap((eviction) => {
      const held = this.held.get(eviction.key);
      return held === undefined ? [] : [{ ...eviction, row: held.row, use: held.use, at, reason }];
    });
    this.gone = [...gone.toReversed(), ...this.gone].slice(0, REMEMBERED);
    for (const each of gone) this.drop(each.key);
    return gone.map((each) => each.key);
  }

  private write(
    key: string,
    bytes: Promise<Uint8Array>,
    folder: readonly string[],
    extension: string,
    row: Omit<MetricRow, 'bytes' | 'checksum' | 'path'> | Omit<QmRow, 'bytes' | 'checksum' | 'path'>,
    onEvicted: (keys: readonly string[]) => void,
  ): Promise<void> {
    const writing = this.writeNow(key, bytes, folder, extension, row, onEvicted).finally(() =>
      this.writes.delete(writing),
    );
    this.writes.add(writing);
    return writing;
  }

  private async writeNow(
    key: string,
    coming: Promise<Uint8Array>,
    folder: readonly string[],
    extension: string,
    row: Omit<MetricRow, 'bytes' | 'checksum' | 'path'> | Omit<QmRow, 'bytes' | 'checksum' | 'path'>,
    onEvicted: (keys: readonly string[]) => void,
  ): Promise<void> {
    const { store, budget, hash, onFull, report } = this.environment;
    const bytes = await coming.catch((error: unknown) => {
      // What no file can hold is not kept: the next who asks has it computed.
      report({ kind: 'write_failed', key, detail: `An entry could not be encoded: ${error}.` });
      return undefined;
    });
    if (bytes === undefined) return this.drop(key);
    const checksum = await hash(bytes);
    const path = [...folder, `${key}-${checksum.slice(0, 8)}.${extension}`].join('/');
    const makeRoom = async (within: number, reason: EvictedEntry['reason']): Promise<boolean> => {
      const gone = this.evictFor(key, bytes.byteLength, within, reason);
      onEvicted(gone);
      await store.remove(gone);
      return this.bytes + bytes.byteLength <= within;
    };
    const complete = { ...row, bytes: bytes.byteLength, checksum, path };
    const fits = this.bytes + bytes.byteLength <= budget || (await makeRoom(budget, 'budget'));
    let outcome = fits ? await store.put(complete, bytes) : 'full';
    // The storage may refuse before our own budget does: make room below what is held now, once, then say so.
    if (outcome === 'full' && fits && (await makeRoom(Math.min(budget, this.bytes), 'storage')))
      outcome = await store.put(complete, bytes);
    if (outcome === 'kept') {
      onFull(false);
      this.add(complete, this.held.get(key)?.use ?? unused(complete));
      return;
    }
    this.drop(key);
    if (outcome === 'full') onFull(true);
  }
}

/** In a file every column has a name of its own; a dimension may bear a state column's, and never begins with `#`. */
function withDistinctNames({ rowCount, fields }: Batch, keyCount: number): Batch {
  const keys = new Set(fields.slice(0, keyCount).map(({ name }) => name));
  const named = fields.map((field, i) =>
    i < keyCount || !keys.has(field.name) ? field : { ...field, name: `#${field.name}` },
  );
  return { rowCount, fields: named };
}

function unused(row: { readonly key: string; readonly createdAt: number }): EntryUse {
  return { key: row.key, lastAccess: row.createdAt, accessCount: 0, millisecondsSaved: 0, pinned: false };
}

/** Entry key of a piece of quasi-metadata. */
export function qmKey(kind: QmRow['kind'], subject: string, sourceHashes: Readonly<Record<string, string>>): string {
  return fingerprint('entry', { domain: 'qm', kind, subject, sourceHashes });
}
