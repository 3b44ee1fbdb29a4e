import type { Page } from 'playwright-core';

/** What may happen to a stored file between two visits. */
export type Damage = 'other bytes' | 'cut short' | 'missing';

/** Damages every stored file of this origin whose path matches, as another program might; tells how many there were. */
export function damageFiles(page: Page, damage: Damage, pattern: RegExp): Promise<number> {
  return page.evaluate(
    async ([damage, source]) => {
      const pattern = new RegExp(source);
      let damaged = 0;
      const hurt = async (folder: FileSystemDirectoryHandle, name: string) => {
        if (damage === 'missing') return folder.removeEntry(name);
        const handle = await folder.getFileHandle(name);
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        const middle = Math.floor(bytes.length / 2);
        const writable = await handle.createWritable();
        if (damage === 'cut short') await writable.write(bytes.subarray(0, middle));
        else await writable.write(bytes.with(middle, (bytes[middle] ?? 0) ^ 0xff));
        await writable.close();
      };
      const visit = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
        const found: [string, FileSystemHandle][] = [];
        for await (const entry of folder.entries()) found.push(entry);
        for (const [name, handle] of found) {
          const below = `${path}/${name}`;
          if (handle instanceof FileSystemDirectoryHandle) await visit(handle, below);
          else if (pattern.test(below)) {
            await hurt(folder, name);
            damaged += 1;
          }
        }
      };
      await visit(await navigator.storage.getDirectory(), '');
      return damaged;
    },
    [damage, pattern.source] as const,
  );
}
