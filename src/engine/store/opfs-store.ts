import type { CountedUse, EngineFault, EntryRow } from '../entry.ts';
import { EntryDatabase } from './entry-database.ts';
import { EntryRows, type ListedEntry } from './entry-rows.ts';
import { grantedBytes, type StoreEnvironment } from './environment.ts';
import { damageOf, isDamage, missingFile, requireLength, unreadableFile } from './file-damage.ts';
import { fileName, filePath } from './file-name.ts';
import { OpfsFolder } from './opfs-folder.ts';
import { Patience } from './patience.ts';
import { failedWrite, failureName, failureWords, SILENT, storageFault } from './storage-failure.ts';
import type { EntryStore, ReportFault } from './store.ts';
import { acquireLock, type Release } from './web-lock.ts';

/** Milliseconds that a write waits for another tab that is writing the same file. */
const LOCK_PATIENCE = 2000;

/** Folder of the entries' files: what the sweep looks through. */
const DATA = 'data';

/** Folder of the files by which the storage is tried; each goes at once, but where its tab is killed. */
const PROBES = 'probes';

export interface OpfsStoreOptions {
  readonly installation: string;
  readonly collection: string;
  readonly words: string;
  readonly report: ReportFault;
  readonly environment: StoreEnvironment;
  readonly getDirectory: () => Promise<FileSystemDirectoryHandle>;
  readonly indexedDB: IDBFactory;
}

/**
 * Entries as files of the origin's private file system, listed in IndexedDB.
 *
 *     <installation>/.coframe/metric_engine/<collection>/data/…    files, by the paths of their rows
 *     coframe/opfs/<installation>/<collection>                      the database: rows and uses
 *
 * Whoever writes or deletes a file holds the Web Lock of its path, from before its first byte until its row is there:
 * so no tab deletes what another is about to list.
 */
export class OpfsStore implements EntryStore {
  readonly kind = 'opfs';
  readonly words: string;
  private readonly report: ReportFault;
  private readonly environment: StoreEnvironment;
  private readonly name: string;
  private readonly folder: OpfsFolder;
  private readonly database: EntryDatabase;
  private readonly rows: EntryRows;

  private constructor(options: OpfsStoreOptions) {
    const { words, report, environment, getDirectory, indexedDB } = options;
    const installation = fileName(options.installation);
    const collection = fileName(options.collection);
    this.words = words;
    this.report = report;
    this.environment = environment;
    this.name = `coframe/opfs/${installation}/${collection}`;
    this.folder = new OpfsFolder(
      getDirectory,
      `${installation}/.coframe/metric_engine/${collection}`,
      new Patience(environment.timers),
    );
    const patience = new Patience(environment.timers);
    this.database = new EntryDatabase(indexedDB, this.name, { holdsFiles: false, patience });
    this.rows = new EntryRows(this.database, report);
  }

  /**
   * Opens the store after writing, reading and deleting a file. Rejects where any of that does not work, but for want of
   * room: a full storage still gives what it holds, and evicting makes room.
   */
  static async open(options: OpfsStoreOptions): Promise<OpfsStore> {
    const store = new OpfsStore(options);
    try {
      await store.probe(fileName(options.environment.random()));
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
    if (!isDamage(found)) this.report(found);
    else if (await this.rows.quarantine(row, found)) await this.deleteUnlisted([row]);
    return undefined;
  }

  async put(row: EntryRow, bytes: Uint8Array): Promise<'kept' | 'full' | 'failed'> {
    requireLength(row, bytes);
    let release: Release | undefined;
    try {
      release = await this.lock(filePath(row.path), { signal: AbortSignal.timeout(LOCK_PATIENCE) });
      if (!(await this.isKept(row))) await this.write(row, bytes);
      return 'kept';
    } catch (error) {
      return failedWrite(row, error, this.report);
    } finally {
      release?.();
    }
  }

  use(counted: readonly CountedUse[]): Promise<void> {
    return this.rows.use(counted);
  }

  pin(key: string, on: boolean): Promise<void> {
    return this.rows.pin(key, on);
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.deleteUnlisted(await this.rows.remove(keys));
  }

  sweep(): Promise<number> {
    // Without locks there is no telling an abandoned file from one that another tab is about to list.
    if (this.environment.locks === null) return Promise.resolve(0);
    return this.rows.survive('Abandoned files cannot be swept', 0, async () => {
      const found = [...(await this.folder.paths(DATA)), ...(await this.folder.paths(PROBES))];
      const listed = await this.listedPaths();
      return this.deleteUnlistedFiles(found.filter((path) => !listed.has(path)));
    });
  }

  quota(): Promise<number | null> {
    return grantedBytes(this.environment);
  }

  async close(): Promise<void> {
    this.database.close();
  }

  private async probe(name: string): Promise<void> {
    await this.database.read(['entries'], (transaction) => transaction.objectStore('entries').count());
    const path = `${PROBES}/${name}`;
    const written = new TextEncoder().encode(name);
    // No other tab sweeps it meanwhile.
    const release = await this.lock(path, {});
    let read: Uint8Array;
    try {
      await this.folder.write(path, written);
      read = await this.folder.read(path);
      await this.folder.delete(path);
    } finally {
      release?.();
    }
    if (!written.every((byte, i) => byte === read[i])) throw new Error('a file does not read as it was written');
  }

  /** The bytes of a row, or what is wrong with them. */
  private async found(row: EntryRow): Promise<Uint8Array | EngineFault> {
    try {
      const bytes = await this.folder.read(filePath(row.path));
      return (await damageOf(row, bytes, this.environment.subtle)) ?? bytes;
    } catch (error) {
      if (failureName(error) === 'NotFoundError') return missingFile(row);
      if (failureName(error) === SILENT)
        return { ...storageFault(`${row.path}: the file cannot be read`, error), key: row.key };
      return unreadableFile(row, failureWords(error));
    }
  }

  /** File, then row. Where the row is not added the file goes again. */
  private async write(row: EntryRow, bytes: Uint8Array): Promise<void> {
    const path = filePath(row.path);
    this.environment.admit(bytes.byteLength);
    await this.folder.write(path, bytes);
    try {
      await this.rows.keep(row);
    } catch (error) {
      await this.forsake(path, error);
      throw error;
    }
  }

  /** Deletes the file whose row was not added; a silent list may have it all the same, so that is left to the sweep. */
  private async forsake(path: string, error: unknown): Promise<void> {
    if (failureName(error) === SILENT) return;
    try {
      await this.folder.delete(path);
    } catch {
      // Why the row was not added is what is to be told.
    }
  }

  /** Whether this very row is listed and its file is as long as it should be: writing it again would disturb readers. */
  private async isKept(row: EntryRow): Promise<boolean> {
    const listed = await this.rows.find(row.key);
    return listed?.path === row.path && (await this.folder.size(filePath(row.path))) === row.bytes;
  }

  /** Deletes the files of rows that are no longer listed, but for those that another tab is writing again. */
  private async deleteUnlisted(rows: readonly EntryRow[]): Promise<void> {
    await this.rows.survive('Files of removed entries cannot be deleted', 0, () =>
      this.deleteUnlistedFiles(rows.map((row) => filePath(row.path))),
    );
  }

  private async deleteUnlistedFiles(paths: readonly string[]): Promise<number> {
    if (paths.length === 0) return 0;
    const releases: Release[] = [];
    try {
      const claimed: string[] = [];
      for (const path of paths) {
        const release = await this.lock(path, { ifAvailable: true });
        if (release === undefined) continue;
        releases.push(release);
        claimed.push(path);
      }
      // Only now, under the locks, the list can be trusted.
      const listed = await this.listedPaths();
      const unlisted = claimed.filter((path) => !listed.has(path));
      for (const path of unlisted) await this.folder.delete(path);
      return unlisted.length;
    } finally {
      for (const release of releases) release();
    }
  }

  private async listedPaths(): Promise<ReadonlySet<string>> {
    return new Set(Array.from(await this.rows.paths(), filePath));
  }

  /** The lock of a file. Where there are no locks nothing is held. */
  private async lock(path: string, options: LockOptions): Promise<Release | undefined> {
    const { locks } = this.environment;
    return locks === null ? () => {} : acquireLock(locks, `${this.name}/${path}`, options);
  }
}
