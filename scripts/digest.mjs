import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * All files under a folder in code-point order of their paths; a file stands for itself, nothing for nothing.
 * @param {string} path
 * @returns {Promise<string[]>}
 */
export async function filesUnder(path) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [path];
  const names = (await readdir(path)).sort();
  const lists = await Promise.all(names.map((name) => filesUnder(join(path, name))));
  return lists.flat();
}

/**
 * SHA-256 over the names and contents of files and folders, in hexadecimal: equal exactly when nothing was changed, added,
 * renamed or removed.
 * @param {string} root what the names are relative to
 * @param {readonly string[]} paths files and folders below it
 */
export async function digestOf(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(join(root, path))) {
      const bytes = await readFile(file);
      hash.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
