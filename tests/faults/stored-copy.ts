import type { Page } from 'playwright-core';

/** Copies what an installation of the shop has stored, files and list, to a name that has nothing yet. */
export function copyStored(page: Page, from: string, to: string): Promise<void> {
  return page.evaluate(
    async ([from, to]) => {
      const copyFolder = async (
        source: FileSystemDirectoryHandle,
        target: FileSystemDirectoryHandle,
      ): Promise<void> => {
        for await (const [name, handle] of source.entries()) {
          if (handle instanceof FileSystemDirectoryHandle) {
            await copyFolder(handle, await target.getDirectoryHandle(name, { create: true }));
          } else if (handle instanceof FileSystemFileHandle) {
            const writable = await (await target.getFileHandle(name, { create: true })).createWritable();
            await writable.write(await handle.getFile());
            await writable.close();
          }
        }
      };
      const openDatabase = (name: string) =>
        new Promise<IDBDatabase>((resolve, reject) => {
          const request = indexedDB.open(name, 1);
          request.onupgradeneeded = () => {
            for (const store of ['entries', 'uses']) request.result.createObjectStore(store, { keyPath: 'key' });
          };
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const root = await navigator.storage.getDirectory();
      await copyFolder(await root.getDirectoryHandle(from), await root.getDirectoryHandle(to, { create: true }));
      const [source, target] = [
        await openDatabase(`coframe/opfs/${from}/shop`),
        await openDatabase(`coframe/opfs/${to}/shop`),
      ];
      for (const name of ['entries', 'uses']) {
        const rows = await new Promise<readonly unknown[]>((resolve, reject) => {
          const request: IDBRequest<unknown[]> = source.transaction(name).objectStore(name).getAll();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        await new Promise<void>((resolve, reject) => {
          const transaction = target.transaction(name, 'readwrite');
          for (const row of rows) transaction.objectStore(name).put(row);
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error);
        });
      }
      source.close();
      target.close();
    },
    [from, to] as const,
  );
}

/** How many files an installation has stored; those by which storage is tried are none of them. */
export function storedFiles(page: Page, name: string): Promise<number> {
  return page.evaluate(async (name) => {
    const count = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let files = 0;
      for await (const handle of folder.values()) {
        files += handle instanceof FileSystemDirectoryHandle ? await count(handle) : 1;
      }
      return files;
    };
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(name, { create: true });
    return count(folder);
  }, name);
}

/** Takes away what an installation has stored, from one of the two places where it lies. */
export function wipe(page: Page, what: 'files' | 'list', name: string): Promise<void> {
  return page.evaluate(
    async ([what, name]) => {
      if (what === 'files') {
        const root = await navigator.storage.getDirectory();
        return root.removeEntry(name, { recursive: true });
      }
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(`coframe/opfs/${name}/shop`);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      });
    },
    [what, name] as const,
  );
}
