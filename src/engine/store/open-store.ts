import type { StoreEnvironment } from './environment.ts';
import { IndexedDbStore } from './indexeddb-store.ts';
import { MemoryStore } from './memory-store.ts';
import { OpfsStore } from './opfs-store.ts';
import { failureWords } from './storage-failure.ts';
import type { EntryStore, ReportFault } from './store.ts';

export interface OpenStoreOptions {
  readonly installation: string;
  readonly collection: string;
  /** `memory`: nothing is to be kept beyond this visit, whatever the browser gives. */
  readonly preferred: 'opfs' | 'memory';
  readonly report: ReportFault;
  readonly environment: StoreEnvironment;
}

/**
 * Opens the best store that works here: files listed in IndexedDB, else IndexedDB alone, else memory. Each is tried by
 * writing, reading and deleting something, since a property's presence proves nothing. A storage that the browser names
 * and that does not work is reported; one that it does not have is not. Never rejects for a fault of the storage.
 */
export async function openStore(options: OpenStoreOptions): Promise<EntryStore> {
  const { preferred, report, environment } = options;
  const memory = (words: string): EntryStore => new MemoryStore({ words, report, environment });
  if (preferred === 'memory') return memory('Kept in memory for this visit only, as this page asks.');

  const { getDirectory, indexedDB } = environment;
  if (getDirectory !== null && indexedDB !== null) {
    const words = 'Kept in this browser (file storage).';
    const store = await tried(report, 'File storage', () =>
      OpfsStore.open({ ...options, words, getDirectory, indexedDB }),
    );
    if (store !== undefined) return store;
  }
  if (indexedDB !== null) {
    const reason = environment.secure
      ? 'this browser gives no file storage here'
      : 'browsers give file storage only to pages opened over https';
    const words = `Kept in this browser (database storage: ${reason}).`;
    const store = await tried(report, 'Database storage', () => IndexedDbStore.open({ ...options, words, indexedDB }));
    if (store !== undefined) return store;
  }
  return memory('Kept in memory for this visit only: this browser gives no storage here.');
}

async function tried<Store>(report: ReportFault, name: string, open: () => Promise<Store>): Promise<Store | undefined> {
  try {
    return await open();
  } catch (error) {
    const remedy = 'Private windows and blocked site data do this: allow this page to store data, and reload it.';
    const detail = `${name} was tried and does not work here (${failureWords(error)}). ${remedy}`;
    report({ kind: 'storage_unavailable', key: null, detail });
    return undefined;
  }
}
