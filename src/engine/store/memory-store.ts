import type { CountedUse, EntryRow, EntryUse } from '../entry.ts';
import { unused, withCounted } from '../entry-use.ts';
import type { ListedEntry } from './entry-rows.ts';
import type { StoreEnvironment } from './environment.ts';
import { damageOf, missingFile, requireLength } from './file-damage.ts';
import { failedWrite } from './storage-failure.ts';
import type { EntryStore, ReportFault } from './store.ts';

/** What a memory store holds: rows and uses by key, bytes by the paths of their rows. */
export interface MemoryShelf {
  readonly rows: Map<string, EntryRow>;
  readonly uses: Map<string, EntryUse>;
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
}

/** A shelf with nothing on it. */
export function emptyShelf(): MemoryShelf {
  return { rows: new Map(), uses: new Map(), files: new Map() };
}

export interface MemoryStoreOptions {
  readonly words: string;
  readonly report: ReportFault;
  readonly environment: StoreEnvironment;
  /** Default: an empty one. */
  readonly shelf?: MemoryShelf;
}

/** Entries in this worker's memory: they end with it. Whatever is done to rows and files is done in one go. */
export class MemoryStore implements EntryStore {
  readonly kind = 'memory';
  readonly words: string;
  private readonly report: ReportFault;
  private readonly environment: StoreEnvironment;
  private readonly shelf: MemoryShelf;

  constructor({ words, report, environment, shelf = emptyShelf() }: MemoryStoreOptions) {
    this.words = words;
    this.report = report;
    this.environment = environment;
    this.shelf = shelf;
  }

  async list(): Promise<readonly ListedEntry[]> {
    return Array.from(this.shelf.rows.values(), (row) => ({ row, use: this.useOf(row) }));
  }

  async find(key: string): Promise<EntryRow | undefined> {
    return this.shelf.rows.get(key);
  }

  async listed(keys: readonly string[]): Promise<readonly ListedEntry[]> {
    return keys.flatMap((key) => {
      const row = this.shelf.rows.get(key);
      return row === undefined ? [] : [{ row, use: this.useOf(row) }];
    });
  }

  async read(row: EntryRow): Promise<Uint8Array | undefined> {
    const bytes = this.shelf.files.get(row.path);
    const damage = bytes === undefined ? missingFile(row) : await damageOf(row, bytes, this.environment.subtle);
    if (damage === undefined) return bytes?.slice();
    if (this.shelf.rows.get(row.key)?.path === row.path) {
      this.delete(row.key);
      this.report(damage);
    }
    return undefined;
  }

  async put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'> {
    requireLength(row, bytes);
    try {
      this.environment.admit(bytes.byteLength);
      this.shelf.files.set(row.path, bytes.slice());
      this.shelf.rows.set(row.key, row);
      return 'kept';
    } catch (error) {
      return failedWrite(row, error, this.report);
    }
  }

  async use(counted: readonly CountedUse[]): Promise<void> {
    for (const each of counted) this.change(each.key, (use) => withCounted(use, each));
  }

  async pin(key: string, on: boolean): Promise<void> {
    this.change(key, (use) => ({ ...use, pinned: on }));
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.delete(key);
  }

  async sweep(): Promise<number> {
    const listed = new Set(Array.from(this.shelf.rows.values(), (row) => row.path));
    const unlisted = [...this.shelf.files.keys()].filter((path) => !listed.has(path));
    for (const path of unlisted) this.shelf.files.delete(path);
    return unlisted.length;
  }

  async quota(): Promise<number | null> {
    return null;
  }

  async close(): Promise<void> {}

  private useOf(row: EntryRow): EntryUse {
    return this.shelf.uses.get(row.key) ?? unused(row);
  }

  private change(key: string, changed: (use: EntryUse) => EntryUse): void {
    const row = this.shelf.rows.get(key);
    if (row !== undefined) this.shelf.uses.set(key, changed(this.useOf(row)));
  }

  private delete(key: string): void {
    const row = this.shelf.rows.get(key);
    if (row !== undefined) this.shelf.files.delete(row.path);
    this.shelf.rows.delete(key);
    this.shelf.uses.delete(key);
  }
}
