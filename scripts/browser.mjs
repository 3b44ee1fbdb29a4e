import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { attempt, run, toolOf } from './command.mjs';

/** Names under which Chromium and its kin are installed. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];

const isRoot = process.getuid?.() === 0;

/** Arguments for every browser that is started here: no requests of its own, and no sandbox where root forbids one. */
export const LAUNCH_ARGUMENTS = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {{ executablePath: string, args: string[], headless: true, version: string }} Browser
 * The first three are launch options of Playwright.
 */

/**
 * Finds a Chromium, and installs one where there is none: `CHROMIUM_PATH`, else one on the PATH, else one that Playwright
 * downloaded before, else Debian's package where apt and root are there, else Playwright's own download.
 * @param {{ log: (line: string) => void }} options `log` receives every command that installs something, before it runs
 * @returns {Promise<Browser>}
 * @throws when `CHROMIUM_PATH` names no working browser, or nothing could be installed
 */
export async function findBrowser({ log }) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    const found = await probe(named);
    if (found) return found;
    throw new Error(`CHROMIUM_PATH is ${named}, which does not start. Set it to a Chromium, or unset it.`);
  }
  return (await firstOf(onPath())) ?? (await downloaded()) ?? (await fromDebian(log)) ?? (await fromPlaywright(log));
}

/** @returns {string[]} every candidate on the PATH, in the order of `NAMES` */
function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).filter((path) =>
    existsSync(path),
  );
}

/**
 * @param {readonly string[]} paths
 * @returns {Promise<Browser | undefined>}
 */
async function firstOf(paths) {
  for (const path of paths) {
    const found = await probe(path);
    if (found) return found;
  }
  return undefined;
}

/**
 * Starts a browser just to print its version: a file of the right name may be a stub that only explains itself.
 * @param {string} executablePath
 * @returns {Promise<Browser | undefined>}
 */
async function probe(executablePath) {
  /** @param {string} version */
  const browser = (version) => ({
    executablePath,
    args: LAUNCH_ARGUMENTS,
    headless: /** @type {const} */ (true),
    version,
  });
  if (!existsSync(executablePath)) return undefined;
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return browser('Chromium');
  const { code, output } = await attempt(executablePath, ['--version'], { quiet: true }).catch(() => ({
    code: 1,
    output: '',
  }));
  const version = /^.*\d+\.\d+.*$/m.exec(output)?.[0];
  return code === 0 && version !== undefined ? browser(version.trim()) : undefined;
}

/** @returns {Promise<Browser | undefined>} what Playwright downloaded before */
async function downloaded() {
  const { chromium } = await import('playwright-core');
  return probe(chromium.executablePath());
}

/**
 * Debian's own package. Other systems that have apt carry a stub under the same name.
 * @param {(line: string) => void} log
 * @returns {Promise<Browser | undefined>}
 */
async function fromDebian(log) {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  if (!isRoot || !/^ID="?debian"?$/m.test(release) || !existsSync('/usr/bin/apt-get')) return undefined;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await attempt('apt-get', ['update'], { log, env });
  if (updated.code !== 0) return undefined;
  const installed = await attempt('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { log, env });
  return installed.code === 0 ? firstOf(onPath()) : undefined;
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Browser>}
 */
async function fromPlaywright(log) {
  const system = isRoot && existsSync('/usr/bin/apt-get') ? ['--with-deps'] : [];
  const args = ['install', ...system, 'chromium'];
  await run(process.execPath, [toolOf('playwright-core'), ...args], {
    log,
    shown: ['npx', 'playwright-core', ...args].join(' '),
  });
  const found = await downloaded();
  if (found) return found;
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to it, then run this again.');
}
