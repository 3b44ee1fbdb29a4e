import type { CountedUse, EngineFault, EntryRow } from '../entry.ts';
import { EntryDatabase } from './entry-database.ts';
import { EntryRows, type ListedEntry, listedPaths } from './entry-rows.ts';
import { grantedBytes, type StoreEnvironment } from './environment.ts';
import { damageOf, isDamage, missingFile, requireLength, unreadableFile } from './file-damage.ts';
import { fileName } from './file-name.ts';
import { Patience } from './patience.ts';
import { failedWrite, failureName, failureWords, SILENT, storageFault } from './storage-failure.ts';
import type { EntryStore, ReportFault } from './store.ts';

export interface IndexedDbStoreOptions {
  readonly installation: string;
  readonly collection: string;
  readonly words: string;
  readonly report: ReportFault;
  readonly environment: StoreEnvironment;
  readonly indexedDB: IDBFactory;
}

/**
 * Entries in IndexedDB alone, where there are no files: rows, uses, and bytes by the paths of their rows, in the database
 * `coframe/indexeddb/<installation>/<collection>`. Bytes are ArrayBuffers: WebKit loses Blobs in private windows. A row
 * and its bytes go in and out in one transaction, which is all the locking that is needed.
 */
export class IndexedDbStore implements EntryStore {
  readonly kind = 'indexeddb';
  readonly words: string;
  private readonly report: ReportFault;
  private readonly environment: StoreEnvironment;
  private readonly database: EntryDatabase;
  private readonly rows: EntryRows;

  private constructor(options: IndexedDbStoreOptions) {
    const { words, report, environment, indexedDB } = options;
    const name = `coframe/indexeddb/${fileName(options.installation)}/${fileName(options.collection)}`;
    this.words = words;
    this.report = report;
    this.environment = environment;
    this.database = new EntryDatabase(indexedDB, name, {
      holdsFiles: true,
      patience: new Patience(environment.timers),
    });
    this.rows = new EntryRows(this.database, report);
  }

  /**
   * Opens the store after writing, reading and deleting bytes. Rejects where any of that does not work, but for want of
   * room: a full storage still gives what it holds, and evicting makes room.
   */
  static async open(options: IndexedDbStoreOptions): Promise<IndexedDbStore> {
    const store = new IndexedDbStore(options);
    try {
      await store.probe(`probe-${options.environment.random()}`);
    } catch (error) {
      if (failureName(error) === 'QuotaExceededError') return store;
      await store.close();
      throw error;
    }
    return store;
  }

  list(): Promise<readonly ListedEntry[]> {
    return this.rows.list();
  }

  find(key: string): Promise<EntryRow | undefined> {
    return this.rows.find(key);
  }

  listed(keys: readonly string[]): Promise<readonly ListedEntry[]> {
    return this.rows.listed(keys);
  }

  async read(row: EntryRow): Promise<Uint8Array | undefined> {
    const found = await this.found(row);
    if (found instanceof Uint8Array) return found;
    if (isDamage(found)) await this.rows.quarantine(row, found);
    else this.report(found);
    return undefined;
  }

  async put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'> {
    requireLength(row, bytes);
    try {
      this.environment.admit(bytes.byteLength);
      // A copy: the bytes may be a part of a larger buffer, which would be stored with them.
      await this.rows.keep(row, bytes.slice().buffer);
      return 'kept';
    } catch (error) {
      return failedWrite(row, error, this.report);
    }
  }

  use(counted: readonly CountedUse[]): Promise<void> {
    return this.rows.use(counted);
  }

  pin(key: string, on: boolean): Promise<void> {
    return this.rows.pin(key, on);
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.rows.remove(keys);
  }

  sweep(): Promise<number> {
    return this.rows.survive('Abandoned files cannot be swept', 0, () =>
      this.database.write(['entries', 'files'], 'strict', async (transaction) => {
        const files = transaction.objectStore('files');
        const listed = await listedPaths(transaction.objectStore('entries'));
        const unlisted = (await files.getAllKeys()).filter((path) => typeof path !== 'string' || !listed.has(path));
        await Promise.all(unlisted.map((path) => files.delete(path)));
        return unlisted.length;
      }),
    );
  }

  quota(): Promise<number | null> {
    return grantedBytes(this.environment);
  }

  async close(): Promise<void> {
    this.database.close();
  }

  private async probe(path: string): Promise<void> {
    const written = new TextEncoder().encode(path);
    // In one transaction: what is there between two of them another tab may sweep.
    const read: unknown = await this.database.write(['files'], 'strict', async (transaction) => {
      const files = transaction.objectStore('files');
      await files.put(written.buffer, path);
      const value: unknown = await files.get(path);
      await files.delete(path);
      return value;
    });
    const isSame = read instanceof ArrayBuffer && written.every((byte, i) => byte === new Uint8Array(read)[i]);
    if (!isSame) throw new Error('bytes do not read as they were written');
  }

  /** The bytes of a row, or what is wrong with them. */
  private async found(row: EntryRow): Promise<Uint8Array | EngineFault> {
    try {
      const value = await this.file(row.path);
      if (value === undefined) return missingFile(row);
      if (!(value instanceof ArrayBuffer)) return unreadableFile(row, `a ${typeof value} is there instead of bytes`);
      const bytes = new Uint8Array(value);
      return (await damageOf(row, bytes, this.environment.subtle)) ?? bytes;
    } catch (error) {
      if (failureName(error) === SILENT)
        return { ...storageFault(`${row.path}: the file cannot be read`, error), key: row.key };
      return unreadableFile(row, failureWords(error));
    }
  }

  private file(path: string): Promise<unknown> {
    return this.database.read(['files'], (transaction) => transaction.objectStore('files').get(path));
  }
}
