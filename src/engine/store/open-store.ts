import type { StoreEnvironment } from './environment.ts';
import { IndexedDbStore } from './indexeddb-store.ts';
import { MemoryStore } from './memory-store.ts';
import { OpfsStore } from './opfs-store.ts';
import { failureName, failureWords, SILENT, storageFault } from './storage-failure.ts';
import type { EntryStore, ReportFault } from './store.ts';

export interface OpenStoreOptions {
  readonly installation: string;
  readonly collection: string;
  /** `memory`: nothing is to be kept beyond this visit, whatever the browser gives. */
  readonly preferred: 'opfs' | 'memory';
  readonly report: ReportFault;
  readonly environment: StoreEnvironment;
}

/** What stands in the way of a storage that the browser has: it refuses, another version has it, or it says nothing. */
type Obstacle = 'refused' | 'newer' | 'silent';

/**
 * Opens the best store that works here: files listed in IndexedDB, else IndexedDB alone, else memory. Each is tried by
 * writing, reading and deleting something, since a property's presence proves nothing. A storage that the browser names
 * and that does not work is reported; one that it does not have is not. What belongs to a newer version of this page is
 * left as it is. Never rejects for a fault of the storage, and waits no longer than 5 s for each.
 */
export async function openStore(options: OpenStoreOptions): Promise<EntryStore> {
  const { preferred, report, environment } = options;
  const memory = (words: string): EntryStore => new MemoryStore({ words, report, environment });
  if (preferred === 'memory') return memory('Kept in memory for this visit only, as this page asks.');

  const { getDirectory, indexedDB, secure } = environment;
  let obstacle: Obstacle = 'refused';
  if (getDirectory !== null && indexedDB !== null) {
    const words = 'Kept in this browser (file storage).';
    const opened = await tried(report, 'File storage', () =>
      OpfsStore.open({ ...options, words, getDirectory, indexedDB }),
    );
    if (typeof opened !== 'string') return opened;
    obstacle = opened;
  }
  if (indexedDB !== null) {
    const words = `Kept in this browser (database storage: ${withoutFiles(obstacle, secure)}).`;
    const opened = await tried(report, 'Database storage', () => IndexedDbStore.open({ ...options, words, indexedDB }));
    if (typeof opened !== 'string') return opened;
    obstacle = opened;
  }
  return memory(`Kept in memory for this visit only: ${withoutStorage(obstacle)}.`);
}

function withoutFiles(obstacle: Obstacle, secure: boolean): string {
  switch (obstacle) {
    case 'newer':
      return 'the files here belong to a newer version of this page; reload it to get that version';
    case 'silent':
      return 'file storage does not answer; close other tabs of this page, then reload it';
    case 'refused':
      return secure
        ? 'this browser gives no file storage here'
        : 'browsers give file storage only to pages opened over https';
  }
}

function withoutStorage(obstacle: Obstacle): string {
  switch (obstacle) {
    case 'newer':
      return 'what is stored here belongs to a newer version of this page; reload it to get that version';
    case 'silent':
      return 'the storage here does not answer; close other tabs of this page, then reload it';
    case 'refused':
      return 'this browser gives no storage here';
  }
}

async function tried<Store>(report: ReportFault, name: string, open: () => Promise<Store>): Promise<Store | Obstacle> {
  try {
    return await open();
  } catch (error) {
    const what = `${name} was tried and does not work here`;
    const obstacle = obstacleOf(error);
    if (obstacle === 'refused') {
      const remedy = 'Private windows and blocked site data do this: allow this page to store data, and reload it.';
      report({ kind: 'storage_unavailable', key: null, detail: `${what} (${failureWords(error)}). ${remedy}` });
    } else report(storageFault(what, error));
    return obstacle;
  }
}

function obstacleOf(error: unknown): Obstacle {
  switch (failureName(error)) {
    case 'VersionError':
      return 'newer';
    case SILENT:
      return 'silent';
    default:
      return 'refused';
  }
}
