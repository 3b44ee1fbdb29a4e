import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicyOf } from '../../scripts/content-security-policy.mjs';
import { PROJECT } from '../../scripts/project.mjs';
import { serve } from '../../scripts/server.mjs';
import { contractOf } from '../support/store-contract.ts';
import type { StoreTab } from './store/store-tab.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';

/** A name of this machine that browsers do not take for a secure origin. */
const INSECURE_HOST = 'insecure.test';

const HTML =
  '<!doctype html><title>store</title><link rel="icon" href="data:,"><script type="module" src="./page.js"></script>';

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let browser: TestBrowser;
let fresh: FreshPage;
let collections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coframe-store-'));
  const entry = (name: string): string => join(PROJECT, `tests/browser/store/${name}.ts`);
  await build({
    configFile: false,
    root: PROJECT,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      lib: { entry: { page: entry('page'), worker: entry('worker') }, formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  });
  await writeFile(join(folder, 'index.html'), HTML);
  await writeFile(
    join(folder, 'sandbox.html'),
    `<!doctype html><title>sandbox</title><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="./index.html"></iframe>`,
  );
  server = await serve({
    root: folder,
    cors: true,
    headers: { 'Content-Security-Policy': contentSecurityPolicyOf(HTML) },
  });
  browser = await TestBrowser.launch({
    args: [`--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`],
  });
  fresh = await browser.freshPage({ url: server.url });
  await fresh.page.goto(server.url);
});

afterAll(async () => {
  await fresh?.close();
  await browser?.close();
  await server?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** Calls the tab that a page is. */
function call<Name extends keyof StoreTab>(
  page: Page | Frame,
  name: Name,
  ...args: Parameters<StoreTab[Name]>
): Promise<Awaited<ReturnType<StoreTab[Name]>>> {
  const given: readonly unknown[] = args;
  return page.evaluate(({ name, given }) => Reflect.get(globalThis, 'tab')[name](...given), { name, given });
}

function nextCollection(): string {
  collections += 1;
  return `case-${collections}`;
}

describe.each(['opfs', 'indexeddb', 'memory'] as const)('%s store', (kind) => {
  test.each(contractOf(kind).map(({ name }) => name))('%s', async (name) => {
    await call(fresh.page, 'runCase', kind, name, nextCollection());
    expect(fresh.errors).toEqual([]);
  });
});

describe('the best store that works', () => {
  const FILES = 'Kept in this browser (file storage).';
  const DATABASE = 'Kept in this browser (database storage: this browser gives no file storage here).';
  const MEMORY = 'Kept in memory for this visit only: this browser gives no storage here.';

  test.each([
    { lacks: [], kind: 'opfs', words: FILES, faults: [] },
    { lacks: ['locks'], kind: 'opfs', words: FILES, faults: [] },
    { lacks: ['subtle'], kind: 'opfs', words: FILES, faults: [] },
    { lacks: ['getDirectory'], kind: 'indexeddb', words: DATABASE, faults: [] },
    { lacks: ['working files'], kind: 'indexeddb', words: DATABASE, faults: ['File storage'] },
    { lacks: ['indexedDB'], kind: 'memory', words: MEMORY, faults: [] },
    { lacks: ['getDirectory', 'indexedDB'], kind: 'memory', words: MEMORY, faults: [] },
    { lacks: ['working database'], kind: 'memory', words: MEMORY, faults: ['File storage', 'Database storage'] },
    { lacks: ['getDirectory', 'working database'], kind: 'memory', words: MEMORY, faults: ['Database storage'] },
  ] as const)('without $lacks: $kind', async ({ lacks, kind, words, faults }) => {
    const opened = await call(fresh.page, 'openLacking', nextCollection(), lacks);
    expect(opened).toMatchObject({ kind, words, outcome: 'kept', isReadBack: true });
    expect(opened.faults.map((fault) => fault.kind)).toEqual(faults.map(() => 'storage_unavailable'));
    for (const [i, name] of faults.entries())
      expect(opened.faults[i]?.detail).toMatch(new RegExp(`^${name} was tried`));
  });

  test('on an insecure origin: the database, which keeps every promise', async () => {
    const insecure = await browser.freshPage({ url: `http://${INSECURE_HOST}:${server.port}/` });
    await insecure.page.goto(insecure.url);
    expect(await insecure.page.evaluate(() => globalThis.isSecureContext)).toBe(false);
    expect(await call(insecure.page, 'openLacking', nextCollection(), [])).toEqual({
      kind: 'indexeddb',
      words: 'Kept in this browser (database storage: browsers give file storage only to pages opened over https).',
      outcome: 'kept',
      isReadBack: true,
      faults: [],
    });
    for (const { name } of contractOf('indexeddb')) {
      await call(insecure.page, 'runCase', 'indexeddb', name, nextCollection());
    }
    expect(insecure.errors).toEqual([]);
    await insecure.close();
  });

  test('in a sandboxed frame: memory', async () => {
    const outer = await browser.freshPage({ url: server.url });
    await outer.page.goto(new URL('sandbox.html', server.url).href);
    const [frame] = outer.page.mainFrame().childFrames();
    if (frame === undefined) throw new Error('sandbox.html has no frame');
    await frame.waitForFunction(() => 'tab' in globalThis);
    const opened = await call(frame, 'openLacking', nextCollection(), []);
    expect(opened).toMatchObject({ kind: 'memory', words: MEMORY, outcome: 'kept', isReadBack: true });
    expect(opened.faults.map(({ kind }) => kind)).toEqual(['storage_unavailable']);
    const asked = call(frame, 'ask', 'key', null);
    await expect.poll(() => call(frame, 'flightState')).toMatchObject({ computations: 1 });
    await call(frame, 'finishWith', 'computed');
    expect(await asked).toBe('computed');
    expect(await call(frame, 'flightState')).toMatchObject({ faults: [] });
    await outer.close();
  });
});

describe.each(['opfs', 'indexeddb'] as const)('%s store, in the world', (kind) => {
  test('a tab that is killed while it writes leaves nothing half listed', async () => {
    const collection = nextCollection();
    const killed = await browser.freshPage({ url: server.url });
    await killed.page.goto(server.url);
    for (const enough of [3, 10, 20]) {
      await call(killed.page, 'putForEver', kind, collection);
      await expect.poll(() => call(killed.page, 'keptCount'), { interval: 1 }).toBeGreaterThan(enough);
      await killed.page.evaluate(() => Reflect.get(globalThis, 'restart')());
      const stock = await call(killed.page, 'takeStock', kind, collection);
      expect(stock.listed).toBeGreaterThan(enough);
      expect(stock).toEqual({ listed: stock.listed, readable: stock.listed, files: stock.listed, faults: [] });
    }
    await killed.close();
  });

  test('a browser without room says full, and keeps what it has', async () => {
    const collection = nextCollection();
    const small = await browser.freshPage({ url: server.url });
    await small.page.goto(server.url);
    const session = await small.context.newCDPSession(small.page);
    const { origin } = new URL(server.url);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 6_000_000 });
    const filled = await call(small.page, 'putUntilFull', kind, collection, 1_000_000, 20);
    expect(filled).toMatchObject({ outcome: 'full', faults: ['quota_exceeded'] });
    expect(filled.kept).toBeGreaterThan(1);
    const stock = await call(small.page, 'takeStock', kind, collection);
    expect(stock).toEqual({ listed: filled.kept, readable: filled.kept, files: filled.kept, faults: [] });
    await call(small.page, 'keepOpen', kind, collection);
    expect(await call(small.page, 'putAndRead', 'refused', 1_000_000)).toMatchObject({ outcome: 'full' });
    await call(small.page, 'removeSome', 2);
    expect(await call(small.page, 'putAndRead', 'small', 1000)).toEqual({ outcome: 'kept', isReadBack: true });
    await small.close();
  });

  test('a database that another tab holds is not waited for, and used again when that lets go', async () => {
    expect(await call(fresh.page, 'useWhileHeld', kind, nextCollection())).toEqual({
      put: 'failed',
      listed: 0,
      found: undefined,
      // A file is read without its list.
      isRead: kind === 'opfs',
      swept: 0,
      faults: ['storage_silent'],
    });
    await expect.poll(() => call(fresh.page, 'listedCount')).toBe(1);
    expect(await call(fresh.page, 'putAndRead', 'later', 1000)).toEqual({ outcome: 'kept', isReadBack: true });
    expect(await call(fresh.page, 'listedCount')).toBe(2);
  });

  test('what the site keeps can be cleared under an open store, which goes on', async () => {
    const collection = nextCollection();
    const cleared = await browser.freshPage({ url: server.url });
    await cleared.page.goto(server.url);
    await call(cleared.page, 'keepOpen', kind, collection);
    expect(await call(cleared.page, 'putAndRead', 'one', 3000)).toEqual({ outcome: 'kept', isReadBack: true });
    const session = await cleared.context.newCDPSession(cleared.page);
    const { origin } = new URL(server.url);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    expect(await call(cleared.page, 'listedCount')).toBe(0);
    expect(await call(cleared.page, 'putAndRead', 'two', 3000)).toEqual({ outcome: 'kept', isReadBack: true });
    expect(await call(cleared.page, 'listedCount')).toBe(1);
    await cleared.close();
  });
});

describe('opfs store, where a full disk is told by what a write returns', () => {
  test.each([
    { browser: 'Firefox: the bytes that found room', returned: 400 },
    { browser: 'Chromium: FILE_ERROR_NO_SPACE, unsigned', returned: 4_294_967_288 },
  ])('$browser', async ({ returned }) => {
    const put = await call(fresh.page, 'putWhileWriteReturns', nextCollection(), returned);
    expect(put).toEqual({ outcome: 'full', files: 0, listed: 0, faults: ['quota_exceeded'] });
  });

  test('another number is a write that failed', async () => {
    const put = await call(fresh.page, 'putWhileWriteReturns', nextCollection(), 4_294_967_295);
    expect(put).toEqual({ outcome: 'failed', files: 0, listed: 0, faults: ['write_failed'] });
  });
});

test('opfs store: a sweep spares the file that is listed just before it takes its lock', async () => {
  const swept = await call(fresh.page, 'sweepWhatIsBeingListed', nextCollection());
  expect(swept).toEqual({ swept: 0, isReadBack: true });
});

describe('two tabs that ask for one key', () => {
  let one: FreshPage;
  let other: Page;

  beforeAll(async () => {
    one = await browser.freshPage({ url: server.url });
    await one.page.goto(server.url);
    other = await one.context.newPage();
    await other.goto(server.url);
  });

  afterAll(async () => {
    await one?.close();
  });

  /** `one` computes, and `other` waits for it. */
  async function waiting(key: string, stored: string | null) {
    const before = await call(one.page, 'flightState');
    const first = call(one.page, 'ask', key, null);
    // A tab that is killed never answers; its promise ends with the page.
    first.catch(() => {});
    await expect.poll(() => call(one.page, 'flightState')).toMatchObject({ computations: before.computations + 1 });
    const second = call(other, 'ask', key, stored);
    await expect.poll(() => call(other, 'flightState')).toMatchObject({ waiting: 1 });
    return { first, second };
  }

  test('compute it once: the one waits as long as the other answers, then finds it stored', async () => {
    const { first, second } = await waiting('shared', 'found');
    for (const _ of ['first', 'second', 'third']) {
      // Silence of 1.5 s each; 4.5 s without an answer would have ended the waiting.
      const { heard } = await call(other, 'flightState');
      for (const _ of [500, 1000, 1500]) await call(other, 'tick');
      await expect.poll(() => call(other, 'flightState')).toMatchObject({ heard: heard + 3, waiting: 1 });
    }
    await call(one.page, 'finishWith', 'computed');
    expect(await Promise.all([first, second])).toEqual(['computed', 'found']);
    expect(await call(other, 'flightState')).toMatchObject({ computations: 0, waiting: 0, faults: [] });
  });

  test('the one computes alone when the other has been silent for 2 s', async () => {
    const { first, second } = await waiting('frozen', null);
    await call(one.page, 'freeze');
    await expect.poll(() => call(other, 'tick'), { interval: 1 }).toBe(0);
    await expect.poll(() => call(other, 'flightState')).toMatchObject({ computations: 1, faults: ['lock_timed_out'] });
    await call(other, 'finishWith', 'alone');
    expect(await second).toBe('alone');
    await call(one.page, 'finishWith', 'late');
    expect(await first).toBe('late');
  });

  test('the one takes over when the other is killed', async () => {
    const { second } = await waiting('killed', 'found');
    await one.page.evaluate(() => Reflect.get(globalThis, 'restart')());
    expect(await second).toBe('found');
    expect(await call(other, 'flightState')).toMatchObject({ waiting: 0, faults: ['lock_timed_out'] });
  });
});
