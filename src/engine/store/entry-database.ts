import { type IDBPDatabase, type IDBPTransaction, wrap } from 'idb';
import type { Patience } from './patience.ts';

/** Object stores: rows and uses by key; files by path, where the database holds the bytes too. */
export type ObjectStoreName = 'entries' | 'uses' | 'files';

const VERSION = 1;

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<unknown, ObjectStoreName[], Mode>;

export interface EntryDatabaseOptions {
  readonly holdsFiles: boolean;
  /** How long is waited for whatever is asked: another tab may hold the database, or keep it from being upgraded. */
  readonly patience: Patience;
}

/**
 * One IndexedDB database with its connection, which is opened at first use and again after the browser has closed it. A
 * page of a newer version has it closed too, and may upgrade it: then everything rejects with `VersionError`.
 */
export class EntryDatabase {
  /** Whether files lie beside the rows. */
  readonly holdsFiles: boolean;
  private readonly factory: IDBFactory;
  private readonly name: string;
  private readonly patience: Patience;
  private connection: Promise<IDBPDatabase> | undefined;
  private isClosed = false;

  constructor(factory: IDBFactory, name: string, { holdsFiles, patience }: EntryDatabaseOptions) {
    this.factory = factory;
    this.name = name;
    this.holdsFiles = holdsFiles;
    this.patience = patience;
  }

  /** Runs one reading transaction; rejects with what IndexedDB says. */
  read<T>(stores: ObjectStoreName[], work: (transaction: Transaction<'readonly'>) => Promise<T>): Promise<T> {
    return this.patience.wait(async () => {
      const transaction = (await this.open()).transaction(stores, 'readonly');
      // What is wrong with the transaction, the request in `work` says better.
      transaction.done.catch(() => {});
      return work(transaction);
    });
  }

  /**
   * Runs one writing transaction: all of `work` or nothing of it. Resolves when it is committed; rejects with the reason
   * why it is not, `QuotaExceededError` where there is no room. `strict` asks that it be on the disk by then. Only where
   * the database is silent (`SilentStorageError`) it may be committed all the same.
   */
  write<T>(
    stores: ObjectStoreName[],
    durability: 'strict' | 'relaxed',
    work: (transaction: Transaction<'readwrite'>) => Promise<T>,
  ): Promise<T> {
    return this.patience.wait((abandoned) => this.writeNow(stores, durability, work, abandoned));
  }

  private async writeNow<T>(
    stores: ObjectStoreName[],
    durability: 'strict' | 'relaxed',
    work: (transaction: Transaction<'readwrite'>) => Promise<T>,
    abandoned: AbortSignal,
  ): Promise<T> {
    const database = await this.open();
    abandoned.throwIfAborted();
    const transaction = database.transaction(stores, 'readwrite', { durability });
    abandoned.addEventListener('abort', () => {
      abort(transaction);
      // What is aborted is answered at once, and whoever holds the database holds it still.
      this.patience.watch(database.count('entries'));
    });
    const ended = transaction.done.then(
      () => ({ isCommitted: true }) as const,
      (error: unknown) => ({ isCommitted: false, error }) as const,
    );
    let result: T;
    try {
      result = await work(transaction);
    } catch (error) {
      // Where the browser aborted it, each request only says "aborted" and the transaction says why.
      const reason = transaction.error ?? error;
      abort(transaction);
      await ended;
      throw reason;
    }
    const end = await ended;
    if (!end.isCommitted) throw transaction.error ?? end.error;
    return result;
  }

  close(): void {
    this.isClosed = true;
    this.connection?.then(
      (database) => database.close(),
      () => {},
    );
  }

  private open(): Promise<IDBPDatabase> {
    if (this.isClosed) return Promise.reject(new Error(`${this.name}: the store is closed`));
    if (this.connection !== undefined) return this.connection;
    const connection = this.connect(() => {
      if (this.connection === connection) this.connection = undefined;
    });
    this.connection = connection;
    connection.catch(() => {
      if (this.connection === connection) this.connection = undefined;
    });
    return connection;
  }

  private connect(onGone: () => void): Promise<IDBPDatabase> {
    return new Promise((resolve, reject) => {
      const request = this.factory.open(this.name, VERSION);
      request.addEventListener('upgradeneeded', () => {
        const { result: database } = request;
        const isMissing = (name: ObjectStoreName): boolean => !database.objectStoreNames.contains(name);
        // What an earlier version has made stays as it is: rows that this one cannot read are dropped one by one.
        if (isMissing('entries')) database.createObjectStore('entries', { keyPath: 'key' });
        if (isMissing('uses')) database.createObjectStore('uses', { keyPath: 'key' });
        if (this.holdsFiles && isMissing('files')) database.createObjectStore('files');
      });
      request.addEventListener('error', () => reject(request.error));
      request.addEventListener('success', () => {
        const database = request.result;
        // The browser closes it when the person clears the site's data; a newer page asks for it to be closed.
        database.addEventListener('close', onGone);
        database.addEventListener('versionchange', () => {
          database.close();
          onGone();
        });
        resolve(wrap(database));
      });
    });
  }
}

function abort(transaction: Transaction<'readwrite'>): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
