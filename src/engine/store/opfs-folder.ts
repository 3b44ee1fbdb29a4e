import type { Patience } from './patience.ts';
import { failureName, quotaExceeded } from './storage-failure.ts';

/** What Chromium's `write` returns, instead of throwing, when the disk is full: its FILE_ERROR_NO_SPACE (−8) unsigned. */
const NO_SPACE = 0xffff_fff8;

/**
 * Files in a folder of the origin's private file system. Paths are relative to it, with slashes, and made of names that
 * can be taken as they are. Reading takes no lock: it never stands in the way of another tab. Whatever the browser does
 * not answer in time rejects with `SilentStorageError`.
 */
export class OpfsFolder {
  private readonly getRoot: () => Promise<FileSystemDirectoryHandle>;
  private readonly path: string;
  private readonly patience: Patience;
  /** Handles of folders by path: walking to a file costs more than reading it. */
  private readonly folders = new Map<string, Promise<FileSystemDirectoryHandle>>();

  /** `path` leads from the root of the origin's files to the folder, which is made when the first file is written. */
  constructor(getRoot: () => Promise<FileSystemDirectoryHandle>, path: string, patience: Patience) {
    this.getRoot = getRoot;
    this.path = path;
    this.patience = patience;
  }

  /** The bytes of a file, as they are when it is asked for. Rejects with `NotFoundError` where there is none. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.onFreshHandles(async () => {
      const file = await (await this.file(path, { create: false })).getFile();
      return new Uint8Array(await file.arrayBuffer());
    });
  }

  /** The length of a file in bytes; undefined where there is none. */
  async size(path: string): Promise<number | undefined> {
    try {
      return await this.patience.wait(async () => (await (await this.file(path, { create: false })).getFile()).size);
    } catch (error) {
      if (failureName(error) === 'NotFoundError') return undefined;
      throw error;
    }
  }

  /**
   * Writes a whole file, flushes it to the disk and closes it. Of what finds no room nothing is left under the name. Rejects
   * with `QuotaExceededError` where there is no room, with `NoModificationAllowedError` where another tab is writing it.
   */
  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.onFreshHandles(async (abandoned) => {
      const handle = await (await this.file(path, { create: true })).createSyncAccessHandle();
      // By now another tab may have written the file.
      if (abandoned.aborted) return handle.close();
      try {
        fill(handle, bytes);
        handle.close();
      } catch (error) {
        await this.discard(path, handle);
        throw error;
      }
    });
  }

  /** Deletes a file; it may be gone already. */
  async delete(path: string): Promise<void> {
    try {
      const { folder, name } = split(path);
      await this.patience.wait(async () => (await this.folder(folder, { create: false })).removeEntry(name));
    } catch (error) {
      if (failureName(error) !== 'NotFoundError') throw error;
    }
  }

  /** The paths of all files below a folder. */
  async paths(folder: string): Promise<readonly string[]> {
    try {
      return await this.pathsBelow(await this.patience.wait(() => this.folder(folder, { create: false })), folder);
    } catch (error) {
      if (failureName(error) === 'NotFoundError') return [];
      throw error;
    }
  }

  /** Leaves nothing under a name, as far as that can be done: what is left is named by no row. */
  private async discard(path: string, handle: FileSystemSyncAccessHandle): Promise<void> {
    try {
      handle.close();
      await this.delete(path);
    } catch {
      // Why the write failed is what is to be told.
    }
  }

  /** Folder by folder: there may be so many files that to list them all takes longer than a storage may. */
  private async pathsBelow(folder: FileSystemDirectoryHandle, path: string): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const [name, handle] of await this.patience.wait(() => childrenOf(folder))) {
      const below = path === '' ? name : `${path}/${name}`;
      if (handle instanceof FileSystemDirectoryHandle) paths.push(...(await this.pathsBelow(handle, below)));
      else paths.push(below);
    }
    return paths;
  }

  private async file(path: string, options: { readonly create: boolean }): Promise<FileSystemFileHandle> {
    const { folder, name } = split(path);
    return (await this.folder(folder, options)).getFileHandle(name, options);
  }

  private folder(path: string, options: { readonly create: boolean }): Promise<FileSystemDirectoryHandle> {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const whole = path === '' ? this.path : `${this.path}/${path}`;
    const found = whole
      .split('/')
      .reduce(async (parent, name) => (await parent).getDirectoryHandle(name, options), this.getRoot());
    this.folders.set(path, found);
    found.catch(() => {
      if (this.folders.get(path) === found) this.folders.delete(path);
    });
    return found;
  }

  /** Handles outlive their folders when the person clears the site's data; a file not found is looked for once more. */
  private async onFreshHandles<T>(work: (abandoned: AbortSignal) => Promise<T>): Promise<T> {
    const hadHandles = this.folders.size > 0;
    try {
      return await this.patience.wait(work);
    } catch (error) {
      if (!hadHandles || failureName(error) !== 'NotFoundError') throw error;
      this.folders.clear();
      return this.patience.wait(work);
    }
  }
}

function fill(handle: FileSystemSyncAccessHandle, bytes: Uint8Array): void {
  handle.truncate(0);
  const written = handle.write(bytes, { at: 0 });
  // Firefox says how many bytes found room, Chromium says NO_SPACE; neither throws.
  if (written < bytes.byteLength || written === NO_SPACE) {
    throw quotaExceeded(`no room for ${bytes.byteLength} bytes in the browser's files`);
  }
  handle.flush();
  const size = handle.getSize();
  if (size !== bytes.byteLength) throw new Error(`${bytes.byteLength} bytes were written, the file has ${size}`);
}

function split(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

async function childrenOf(
  folder: FileSystemDirectoryHandle,
): Promise<readonly (readonly [string, FileSystemHandle])[]> {
  const children: (readonly [string, FileSystemHandle])[] = [];
  for await (const child of folder.entries()) children.push(child);
  return children;
}
