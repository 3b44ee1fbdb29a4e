import type { Eviction, EvictionPolicy } from './budget.ts';
import type { EntryRow, EntryUse, MetricRow, QmRow } from './entry.ts';
import type { UnwrittenRow } from './entry-row.ts';
import type { SharedEntries } from './shared-entries.ts';
import type { EntryStore, ReportFault } from './store/store.ts';

export interface EntryWriterEnvironment {
  readonly store: EntryStore;
  /** Bytes that entries may take together. */
  readonly budget: number;
  /** Chooses what makes room. */
  readonly policy: EvictionPolicy;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** SHA-256 of bytes, 64 hex digits. */
  readonly hash: (bytes: Uint8Array) => Promise<string>;
  /** Called with true when an entry cannot be kept for want of room, with false when one was kept. */
  readonly onFull: (full: boolean) => void;
  /** Hears of what could not be kept for another reason. */
  readonly report: ReportFault;
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

/** What an entry's file is made of. */
export interface Draft {
  readonly row: UnwrittenRow<MetricRow> | UnwrittenRow<QmRow>;
  readonly bytes: Promise<Uint8Array>;
  readonly folder: readonly string[];
  readonly extension: 'parquet' | 'json';
}

/** While entries take less than this part of the budget, several tabs that write at once stay within it all the same. */
const AMPLE = 1 / 8;

/** Evictions that are remembered. */
const REMEMBERED = 100;

/** Writes entries' files, those of one key one after the other, and makes room for them within the budget. */
export class EntryWriter {
  private readonly entries: SharedEntries;
  private readonly environment: EntryWriterEnvironment;
  /** Key → the write under way. */
  private readonly writes = new Map<string, Promise<void>>();
  private gone: readonly EvictedEntry[] = [];

  constructor(entries: SharedEntries, environment: EntryWriterEnvironment) {
    this.entries = entries;
    this.environment = environment;
  }

  /** The last entries that went to make room, the latest first. */
  get evicted(): readonly EvictedEntry[] {
    return this.gone;
  }

  /** Resolves when the entry is written, or could not be; it never rejects. */
  write(draft: Draft): Promise<void> {
    const { key } = draft.row;
    const before = this.writes.get(key) ?? Promise.resolve();
    const writing = before
      .then(() => this.writeNow(draft))
      .finally(() => {
        if (this.writes.get(key) === writing) this.writes.delete(key);
      });
    this.writes.set(key, writing);
    return writing;
  }

  /** Resolves when the entry of the key is written, or could not be. */
  async written(key: string): Promise<void> {
    await this.writes.get(key);
  }

  /** Resolves when all that was begun is written, or could not be. */
  async settled(): Promise<void> {
    while (this.writes.size > 0) await Promise.all(this.writes.values());
  }

  private async writeNow({ row, bytes: coming, folder, extension }: Draft): Promise<void> {
    const { entries } = this;
    const { budget, hash, onFull, report } = this.environment;
    const { key } = row;
    const bytes = await coming.catch((error: unknown) => {
      // What no file can hold is not kept: the next who asks has it computed.
      report({ kind: 'write_failed', key, detail: `An entry could not be encoded: ${error}.` });
      return undefined;
    });
    if (bytes === undefined) return entries.drop(key);
    const checksum = await hash(bytes);
    const path = [...folder, `${key}-${checksum.slice(0, 8)}.${extension}`].join('/');
    const complete = { ...row, bytes: bytes.byteLength, checksum, path };
    const isAmple = entries.held.bytes + bytes.byteLength <= budget * AMPLE;
    const outcome =
      isAmple || !entries.isShared
        ? await this.put(complete, bytes)
        : await entries.alone(async () => {
            // What other tabs hold counts as well, and may be pinned since.
            await entries.recount();
            return this.put(complete, bytes);
          });
    if (outcome === 'kept') {
      onFull(false);
      entries.complete(complete);
      return;
    }
    entries.drop(key);
    if (outcome === 'full') onFull(true);
  }

  /** Puts an entry where there is room for it, or can be made. */
  private async put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'> {
    const { entries } = this;
    const { store, budget } = this.environment;
    const needed = bytes.byteLength;
    const makeRoom = async (within: number, reason: EvictedEntry['reason']): Promise<boolean> => {
      await entries.remove(this.evictFor(row.key, needed, within, reason));
      return entries.held.bytes + needed <= within;
    };
    if (entries.held.bytes + needed > budget && !(await makeRoom(budget, 'budget'))) return 'full';
    const outcome = await store.put(row, bytes);
    // The storage may refuse before our own budget does: make room below what is held now, once, then say so.
    if (outcome !== 'full' || !(await makeRoom(Math.min(budget, entries.held.bytes), 'storage'))) return outcome;
    return store.put(row, bytes);
  }

  /** Chooses what makes room for an entry, and remembers it; the keys that go. */
  private evictFor(key: string, needed: number, budget: number, reason: EvictedEntry['reason']): readonly string[] {
    const { held } = this.entries;
    const at = this.environment.now();
    const evictions = this.environment.policy(held.all(), { needed, budget, now: at, inUse: new Set([key]) });
    const gone = evictions.flatMap((eviction) => {
      const known = held.get(eviction.key);
      return known === undefined ? [] : [{ ...eviction, row: known.row, use: known.use, at, reason }];
    });
    this.gone = [...gone.toReversed(), ...this.gone].slice(0, REMEMBERED);
    return gone.map((each) => each.key);
  }
}
