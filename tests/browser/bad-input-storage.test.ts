import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { blockedSiteData } from './bad-input/blocked-site-data.ts';
import { BY_DAY, BY_STORE, MOST, ShopVisit, TOTAL } from './bad-input/shop-visit.ts';
import { type Damage, damageFiles } from './bad-input/stored-files.ts';
import { TestBrowser } from './support/browser.ts';

let browser: TestBrowser;
let visit: ShopVisit | undefined;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterEach(async () => {
  await visit?.close();
  visit = undefined;
});
afterAll(() => browser?.close());

const STORED = { rows: BY_STORE.rows, served_from: 'engine_cache', level: 'AAA' };
const IN_MEMORY = 'Kept in memory for this visit only: this browser gives no storage here.';

/** All three kinds of answers are right: stored by warm-up, rolled up from that, and new. */
async function answersRightly(visit: ShopVisit): Promise<void> {
  expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
  expect(await visit.ask(TOTAL.query)).toMatchObject({ rows: TOTAL.rows });
  expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows });
  await visit.settled();
}

/** On a later visit what was asked before is there, without a database engine; or it is computed again. */
async function comesBackTo(visit: ShopVisit, from: 'engine_cache' | 'engine_backend'): Promise<void> {
  await visit.comeBack();
  expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, served_from: from });
  const { state } = (await visit.statistics()).backend;
  expect(state).toBe(from === 'engine_cache' ? 'idle' : 'ready');
}

/** The Engine page tells where entries are kept. */
async function tellsOnEnginePage(visit: ShopVisit, words: string): Promise<void> {
  await visit.goto('#/engine');
  await visit.page.getByText(words, { exact: true }).waitFor();
}

describe('what a browser does not give: every answer is right, and the page says where entries are kept', () => {
  const WITHOUT_FILES = 'delete StorageManager.prototype.getDirectory;';
  const WITHOUT_DATABASE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });";
  test.each([
    {
      what: 'no file storage',
      before: WITHOUT_FILES,
      kind: 'indexeddb',
      words: 'Kept in this browser (database storage: this browser gives no file storage here).',
      later: 'engine_cache' as const,
    },
    {
      what: 'no database storage',
      before: WITHOUT_DATABASE,
      kind: 'memory',
      words: IN_MEMORY,
      later: null,
    },
    {
      what: 'neither',
      before: WITHOUT_FILES + WITHOUT_DATABASE,
      kind: 'memory',
      words: IN_MEMORY,
      later: null,
    },
  ])('$what', async ({ before, kind, words, later }) => {
    visit = await ShopVisit.prepare(browser);
    visit.host.precede(/engine\.worker-[^/]*\.js$/, before);
    await visit.comeBack();
    await answersRightly(visit);
    expect(await visit.statistics()).toMatchObject({ store: { kind, words }, faults: [] });
    if (later !== null) await comesBackTo(visit, later);
    await tellsOnEnginePage(visit, words);
  });

  test('an address that is not secure: no files, no locks, no crypto.subtle', async () => {
    const rules = 'MAP coframe.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';
    const insecure = await TestBrowser.launch({ args: [`--host-resolver-rules=${rules}`] });
    try {
      visit = await ShopVisit.open(insecure, { hostname: 'coframe.test' });
      expect(
        await visit.page.evaluate(() => [
          isSecureContext,
          typeof navigator.storage,
          typeof navigator.locks,
          typeof crypto.subtle,
        ]),
      ).toEqual([false, 'undefined', 'undefined', 'undefined']);
      await visit.page.getByText('This address is not secure').waitFor();
      await answersRightly(visit);
      const words =
        'Kept in this browser (database storage: browsers give file storage only to pages opened over https).';
      expect(await visit.statistics()).toMatchObject({
        store: { kind: 'indexeddb', words },
        faults: [],
        foreignRequests: 0,
      });
      await comesBackTo(visit, 'engine_cache');
      await tellsOnEnginePage(visit, words);
    } finally {
      await visit?.close();
      visit = undefined;
      await insecure.close();
    }
  });

  test('site data that a person has blocked', async () => {
    const blocked = await blockedSiteData();
    try {
      visit = await ShopVisit.prepare(blocked);
      await visit.comeBack();
      const refused = await visit.page.evaluate(() => navigator.storage.getDirectory().catch(String));
      expect(refused).toMatch(/^SecurityError/);
      await answersRightly(visit);
      const { store, faults } = await visit.statistics();
      expect(store).toEqual({ kind: 'memory', words: IN_MEMORY });
      // Files, the database, and the locks by which tabs wait for each other: each is told once.
      expect(faults).toEqual([
        { kind: 'storage_unavailable', count: 3, message: expect.stringMatching(/where entries are kept/) },
      ]);
      await tellsOnEnginePage(visit, IN_MEMORY);
    } finally {
      await visit?.close();
      visit = undefined;
      await blocked.close();
    }
  });

  test('a private window keeps what it stored while it is open, and for itself', async () => {
    visit = await ShopVisit.open(browser);
    await answersRightly(visit);
    expect(await visit.statistics()).toMatchObject({ store: { kind: 'opfs' }, faults: [] });
    await comesBackTo(visit, 'engine_cache');
    const other = await browser.freshPage({ url: visit.fresh.url });
    await other.openPage('?installation=shop/installation.yaml');
    expect(await other.page.evaluate((text) => globalThis.coframe?.query(text), BY_DAY.query)).toMatchObject({
      rows: BY_DAY.rows,
      served_from: 'engine_backend',
    });
    await other.close();
  });
});

describe('a sandboxed frame', () => {
  test('that may read its scripts: answers are right, and kept in memory', async () => {
    visit = await ShopVisit.prepare(browser, { cors: true });
    const frame = await visit.gotoSandbox(BY_DAY.query);
    await frame.waitForFunction(() => globalThis.coframe?.session !== undefined);
    expect(await frame.evaluate(() => globalThis.origin)).toBe('null');
    for (const { query, rows } of [BY_STORE, TOTAL, BY_DAY]) {
      expect(await frame.evaluate((text) => globalThis.coframe?.query(text), query)).toMatchObject({ rows });
    }
    expect(await frame.evaluate(() => globalThis.coframe?.session?.engine.statistics())).toMatchObject({
      store: { kind: 'memory', words: IN_MEMORY },
      foreignRequests: 0,
    });
    await frame.getByRole('gridcell', { name: '2024-01-03', exact: true }).waitFor();
    expect(await frame.locator('.frame-ground:visible').count()).toBe(0);
  });

  test('that may not: the page says what to do', async () => {
    visit = await ShopVisit.prepare(browser);
    const frame = await visit.gotoSandbox(BY_DAY.query);
    await frame.getByText("This frame may not read the page's own scripts").waitFor();
    expect(await frame.locator('.frame-ground:visible').allTextContents()).toEqual([
      expect.stringMatching(/Give it allow-same-origin, or open the page in a\s+tab of its own/),
    ]);
  });
});

test('stored files that are not what they were: computed again, counted, told in words; the others serve', async () => {
  visit = await ShopVisit.open(browser);
  await answersRightly(visit);
  const { page } = visit;
  // A page that shows nothing of the shop, so that nothing is stored while files are damaged.
  await page.goto(`${visit.fresh.url}favicon.svg`);
  const damages: readonly [damage: Damage, files: RegExp][] = [
    ['other bytes', /\/metric\/sales\/store\//],
    ['cut short', /\/metric\/sales\/day\//],
    ['missing', /\/metric\/sales\/\(\)\//],
    ['other bytes', /\/qm\/attestation\//],
  ];
  for (const [damage, files] of damages) expect(await damageFiles(page, damage, files), String(files)).toBe(1);

  await visit.comeBack();
  // The page itself has asked for the total.
  expect(await visit.ask(TOTAL.query)).toMatchObject({ rows: TOTAL.rows, mood: 'serve' });
  for (const { query, rows } of [BY_DAY, BY_STORE]) {
    expect(await visit.ask(query)).toMatchObject({ rows, mood: 'serve', served_from: 'engine_backend' });
  }
  expect(await visit.ask('SELECT store, target AT store')).toMatchObject({ served_from: 'engine_cache' });
  const { faults } = await visit.statistics();
  expect([...faults].sort((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    {
      kind: 'file_corrupt',
      count: 2,
      message: expect.stringMatching(/^2 stored files did not match their checksums; /),
    },
    { kind: 'file_missing', count: 1, message: expect.stringMatching(/^1 stored file was missing; /) },
    { kind: 'file_truncated', count: 1, message: expect.stringMatching(/^1 stored file was cut short; /) },
  ]);
  await page.getByRole('link', { name: 'Engine', exact: true }).first().click();
  await page.getByRole('tab', { name: 'Faults 3' }).click();
  for (const { message } of faults) await page.getByTestId('faults').getByText(message).waitFor();

  // What was computed again is stored again.
  await visit.settled();
  await comesBackTo(visit, 'engine_cache');
  expect((await visit.statistics()).faults).toEqual([]);
});

test('a storage that is full: answers come all the same and say so; with room again they are kept', async () => {
  visit = await ShopVisit.open(browser);
  const tools = await visit.fresh.context.newCDPSession(visit.page);
  const { origin } = new URL(visit.fresh.url);
  await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, served_from: 'engine_backend' });
  await visit.settled();
  expect((await visit.statistics()).faults).toEqual([
    { kind: 'quota_exceeded', count: expect.any(Number), message: expect.stringMatching(/storage was full/) },
  ]);
  const full = { code: 'storage_full', critical: false, message: expect.stringMatching(/Evict entries on the Engine/) };
  expect(await visit.ask(MOST.query)).toMatchObject({ rows: MOST.rows, mood: 'disclose', disclosures: [full] });
  expect(await visit.ask(BY_STORE.query)).toMatchObject({ ...STORED, mood: 'serve' });

  await visit.settled();
  await tools.send('Storage.overrideQuotaForOrigin', { origin });
  await visit.comeBack();
  expect(await visit.ask(BY_DAY.query)).toMatchObject({
    rows: BY_DAY.rows,
    served_from: 'engine_backend',
    mood: 'serve',
  });
  await visit.settled();
  await comesBackTo(visit, 'engine_cache');
});
