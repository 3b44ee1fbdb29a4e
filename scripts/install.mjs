import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';
import { countText } from './figures.mjs';
import { PROJECT } from './project.mjs';

/**
 * One package of a lock file.
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 */

/**
 * Installs what the lock file names, unless exactly that is installed already.
 * @param {{ log: (line: string) => void }} options
 * @returns {Promise<string>} for example `124 packages, unchanged`
 */
export async function install({ log }) {
  const wanted = await packagesOf(join(PROJECT, 'package-lock.json'));
  if (!wanted)
    throw new Error('package-lock.json is missing or unreadable. Restore it: git checkout package-lock.json');
  // npm leaves a lock file of its own beside what it installed.
  const present = await packagesOf(join(PROJECT, 'node_modules', '.package-lock.json'));
  const amount = `${countText(wanted.size)} packages`;
  if (present && isInstalled(wanted, present)) return `${amount}, unchanged`;
  const [file, args] = npmCommand();
  await run(file, [...args, 'ci'], { log, shown: 'npm ci' });
  return amount;
}

/**
 * Whether every package that is wanted is present in the same version with the same content, and nothing else is.
 * Optional packages may be absent: they are built for other systems.
 * @param {ReadonlyMap<string, LockedPackage>} wanted
 * @param {ReadonlyMap<string, LockedPackage>} present
 */
export function isInstalled(wanted, present) {
  for (const path of present.keys()) if (!wanted.has(path)) return false;
  for (const [path, { version, integrity, optional }] of wanted) {
    const found = present.get(path);
    if (!found && optional) continue;
    if (found?.version !== version || found?.integrity !== integrity) return false;
  }
  return true;
}

/**
 * @param {string} file a lock file
 * @returns {Promise<Map<string, LockedPackage> | undefined>} its packages by path, undefined when it cannot be read
 */
async function packagesOf(file) {
  try {
    /** @type {{ packages: Record<string, LockedPackage> }} */
    const { packages } = JSON.parse(await readFile(file, 'utf8'));
    return new Map(Object.entries(packages).filter(([path]) => path !== ''));
  } catch {
    return undefined;
  }
}

/**
 * How to start npm without a shell: Windows cannot start `npm.cmd` otherwise.
 * @returns {[file: string, args: string[]]}
 */
function npmCommand() {
  const node = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(node, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(node, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find((path) => path.endsWith('npm-cli.js') && existsSync(path));
  return script === undefined ? ['npm', []] : [process.execPath, [script]];
}
