import type { EngineFault } from '../../../src/engine/entry.ts';
import { browserEnvironment, type StoreEnvironment } from '../../../src/engine/store/environment.ts';
import { openStore } from '../../../src/engine/store/open-store.ts';
import type { OpenedStore, StoreHarness } from '../../support/store-contract.ts';
import { memoryHarness } from '../../support/store-memory.ts';

/** The installation of all stores that the tests open. */
export const INSTALLATION = 'retail';

/** A harness on the storage of this origin, for the store of a collection that no other test uses. */
export function storageHarness(kind: StoreHarness['kind'], collection: string): StoreHarness {
  switch (kind) {
    case 'memory':
      return memoryHarness(browserEnvironment());
    case 'opfs':
      return { kind, open: opener(kind, collection), ...opfsFiles(collection), database: database(kind, collection) };
    case 'indexeddb':
      return {
        kind,
        open: opener(kind, collection),
        ...databaseFiles(collection),
        database: database(kind, collection),
      };
  }
}

/** Opens a store as the engine does; `overrides` take away what the browser has. */
export async function openHere(collection: string, overrides: Partial<StoreEnvironment>): Promise<OpenedStore> {
  const faults: EngineFault[] = [];
  const store = await openStore({
    installation: INSTALLATION,
    collection,
    preferred: 'opfs',
    report: (fault) => faults.push(fault),
    environment: { ...browserEnvironment(), ...overrides },
  });
  return { store, faults };
}

function opener(kind: 'opfs' | 'indexeddb', first: string): StoreHarness['open'] {
  return async ({ collection, environment = {} } = {}) => {
    const lacking = kind === 'indexeddb' ? { getDirectory: null } : {};
    const opened = await openHere(collection === undefined ? first : `${first} ${collection}`, {
      ...lacking,
      ...environment,
    });
    if (opened.store.kind !== kind) throw new Error(`a store of kind ${kind} was wanted: ${opened.store.words}`);
    return opened;
  };
}

type Files = Pick<StoreHarness, 'paths' | 'readFile' | 'writeFile' | 'deleteFile'>;

/** Files where they should lie, by the platform alone. */
function opfsFiles(collection: string): Files {
  const folderOf = async (names: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> => {
    let folder = await navigator.storage.getDirectory();
    for (const name of [INSTALLATION, '.coframe', 'metric_engine', collection, ...names]) {
      folder = await folder.getDirectoryHandle(name, { create });
    }
    return folder;
  };
  const placed = async (path: string, create: boolean) => {
    const names = path.split('/');
    const name = names.pop() ?? '';
    return { folder: await folderOf(names, create), name };
  };
  return {
    paths: async () => {
      // Made where there is none: a store that kept nothing made no folder.
      const paths = await pathsBelow(await folderOf(['data'], true), 'data');
      return paths.sort();
    },
    readFile: async (path) => {
      const { folder, name } = await placed(path, false);
      return new Uint8Array(await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer());
    },
    writeFile: async (path, bytes) => {
      const { folder, name } = await placed(path, true);
      const handle = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
      handle.truncate(0);
      handle.write(bytes, { at: 0 });
      handle.flush();
      handle.close();
    },
    deleteFile: async (path) => {
      const { folder, name } = await placed(path, false);
      await folder.removeEntry(name);
    },
  };
}

async function pathsBelow(folder: FileSystemDirectoryHandle, path: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const [name, handle] of folder.entries()) {
    const below = `${path}/${name}`;
    if (handle instanceof FileSystemDirectoryHandle) paths.push(...(await pathsBelow(handle, below)));
    else paths.push(below);
  }
  return paths;
}

/** Files in the database of the store that has no other place for them. */
function databaseFiles(collection: string): Files {
  const name = databaseName('indexeddb', collection);
  return {
    paths: async () => (await request(name, 'files', (store) => store.getAllKeys())).map(String).sort(),
    readFile: async (path) => {
      const value: unknown = await request(name, 'files', (store) => store.get(path));
      if (!(value instanceof ArrayBuffer)) throw new Error(`${path}: an ArrayBuffer was expected`);
      return new Uint8Array(value);
    },
    writeFile: async (path, bytes) => {
      await request(name, 'files', (store) => store.put(bytes.slice().buffer, path));
    },
    deleteFile: async (path) => {
      await request(name, 'files', (store) => store.delete(path));
    },
  };
}

function database(kind: 'opfs' | 'indexeddb', collection: string): NonNullable<StoreHarness['database']> {
  return {
    put: async (store, value) => {
      await request(databaseName(kind, collection), store, (rows) => rows.put(value));
    },
  };
}

function databaseName(kind: 'opfs' | 'indexeddb', collection: string): string {
  return `coframe/${kind}/${INSTALLATION}/${collection}`;
}

/** Holds the database of a store, so that nobody else reads or writes there; what it resolves to lets go of it. */
export async function holdDatabase(kind: 'opfs' | 'indexeddb', collection: string): Promise<() => void> {
  const database = await opened(databaseName(kind, collection));
  const entries = database.transaction([...database.objectStoreNames], 'readwrite').objectStore('entries');
  let isHeld = true;
  await new Promise<void>((resolve) => {
    // A transaction lasts as long as something is asked of it.
    const ask = (): void => {
      if (!isHeld) {
        database.close();
        return;
      }
      entries.count().onsuccess = () => {
        resolve();
        ask();
      };
    };
    ask();
  });
  return () => {
    isHeld = false;
  };
}

/** One request in a transaction of its own, on a database that a store has made. */
async function request<T>(name: string, store: string, make: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened(name);
  try {
    const transaction = database.transaction(store, 'readwrite');
    const made = make(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return made.result;
  } finally {
    database.close();
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}
