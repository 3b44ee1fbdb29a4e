import type { Page } from 'playwright-core';

/** The demo's entry list, as the page keeps it. */
const DATABASE = 'coframe/opfs/retail-demo/retail_full';

/** Bytes of all stored files of the demo's collection, as the browser's file storage tells them. */
export function storedFileBytes(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const sizeBelow = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let sum = 0;
      for await (const [, handle] of folder.entries()) {
        if (handle instanceof FileSystemDirectoryHandle) sum += await sizeBelow(handle);
        else if (handle instanceof FileSystemFileHandle) sum += (await handle.getFile()).size;
      }
      return sum;
    };
    let folder = await navigator.storage.getDirectory();
    for (const name of ['retail-demo', '.coframe', 'metric_engine', 'retail_full', 'data'])
      folder = await folder.getDirectoryHandle(name);
    return sizeBelow(folder);
  });
}

/** Adds rows to the entry list: copies of an entry under other keys, as if so much had been asked. Their files are not there. */
export function copyRow(page: Page, key: string, copies: number): Promise<void> {
  return page.evaluate(
    async ([name, key, copies]) => {
      const database = await opened(name);
      const row = await settled(database.transaction('entries').objectStore('entries').get(key));
      const writing = database.transaction(['entries', 'uses'], 'readwrite');
      for (let i = 0; i < copies; i++) {
        const copy = i.toString(16).padStart(64, '0');
        const age = { createdAt: row.createdAt - i * 1000, rows: i, computeMilliseconds: i };
        writing.objectStore('entries').put({ ...row, ...age, key: copy, stateKey: copy, path: `data/${copy}.parquet` });
        const use = {
          key: copy,
          lastAccess: row.createdAt - i,
          accessCount: i % 7,
          millisecondsSaved: 0,
          pinned: false,
        };
        writing.objectStore('uses').put(use);
      }
      await new Promise((resolve, reject) => {
        writing.oncomplete = resolve;
        writing.onabort = () => reject(writing.error);
      });
      database.close();

      function opened(name: string): Promise<IDBDatabase> {
        return settled(indexedDB.open(name));
      }
      function settled<T>(request: IDBRequest<T>): Promise<T> {
        return new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      }
    },
    [DATABASE, key, copies] as const,
  );
}

/** Makes an entry one that was made some days ago and asked for so often. */
export function ageRow(page: Page, key: string, { days, accesses }: { days: number; accesses: number }): Promise<void> {
  return page.evaluate(
    async ([name, key, days, accesses]) => {
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await settled(indexedDB.open(name));
      const writing = database.transaction(['entries', 'uses'], 'readwrite');
      const [entries, uses] = [writing.objectStore('entries'), writing.objectStore('uses')];
      const [row, use] = [await settled(entries.get(key)), await settled(uses.get(key))];
      await settled(entries.put({ ...row, createdAt: Date.now() - days * 86_400_000 }));
      await settled(uses.put({ ...use, accessCount: accesses }));
      database.close();
    },
    [DATABASE, key, days, accesses] as const,
  );
}
