import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { filePath } from '../../src/engine/store/file-name.ts';
import type { EntrySummary } from '../../src/runtime/api.ts';
import { Random } from '../differential/random.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { askForRows, pathsOf, type SessionHandle } from './support/session.ts';
import {
  byCoordinate,
  generatedQuestion,
  generatedSales,
  salesFiles,
  TABS_COLLECTION,
  tabsInstallation,
} from './tabs/sales.ts';
import { askMany, openTab, type SessionTab, storedFiles } from './tabs/tab.ts';

const SEED = Number(process.env.COFRAME_SEED ?? 20_241);
const BACKENDS = ['duckdb', 'sqlite', 'arquero', 'arquero'] as const;

const random = new Random(SEED);
const SALES = generatedSales(random, 2_000);

let browser: TestBrowser;
let fresh: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  fresh = await browser.freshPage();
});

afterAll(async () => {
  await browser?.close();
});

/** Tabs of one installation, each with a backend of its own. */
function openTabs(
  installation: string,
  backends: readonly string[] = BACKENDS,
  maxBytes?: number,
): Promise<readonly SessionTab[]> {
  return Promise.all(
    backends.map((backend) =>
      openTab(fresh.context, inject('baseUrl'), {
        installation: { text: tabsInstallation(installation, backend, maxBytes) },
        collections: { 'sales/': { text: TABS_COLLECTION } },
        files: salesFiles(SALES),
        warmUp: 'off',
      }),
    ),
  );
}

async function closeTabs(tabs: readonly SessionTab[]): Promise<void> {
  await Promise.all(tabs.map(({ session }) => session.evaluate((each) => each.close())));
  await Promise.all(tabs.map(({ page }) => page.close()));
}

function entriesOf(session: SessionHandle): Promise<readonly EntrySummary[]> {
  return session.evaluate((each) => each.engine.entries());
}

async function faultsOf(session: SessionHandle) {
  return (await session.evaluate((each) => each.engine.statistics())).faults;
}

/** After a sweep: every row with its whole file, no file without a row, and every tab with the same rows. */
async function expectConsistent(tabs: readonly SessionTab[], installation: string): Promise<readonly EntrySummary[]> {
  const [first] = tabs;
  if (first === undefined) throw new Error('there are no tabs');
  // Writing ends in every tab before one of them sweeps.
  for (const { session } of tabs) await entriesOf(session);
  await first.session.evaluate((each) => each.engine.refresh());
  const rows = await entriesOf(first.session);
  const files = await storedFiles(first.page, installation, 'sales');
  const listed = rows.map(({ path, bytes, checksum }) => ({ path: filePath(path), bytes, checksum }));
  const byPath = (a: { readonly path: string }, b: { readonly path: string }) => (a.path < b.path ? -1 : 1);
  expect(files.sort(byPath)).toEqual(listed.sort(byPath));
  const keys = rows.map(({ key }) => key).sort();
  for (const { session } of tabs) {
    await expect.poll(async () => (await entriesOf(session)).map(({ key }) => key).sort()).toEqual(keys);
    expect((await faultsOf(session)).filter(({ kind }) => kind !== 'lock_timed_out')).toEqual([]);
  }
  return rows;
}

describe('four tabs over one store', () => {
  test(`answer 400 mixed questions (seed ${SEED}), each state computed once`, async () => {
    const tabs = await openTabs('four-tabs');
    const pool = Array.from({ length: 80 }, () => generatedQuestion(random, SALES));
    // All begin with the same ones, so that the same is missed at the same time; then each goes its own way.
    const lists = tabs.map(() => [...pool.slice(0, 15), ...Array.from({ length: 85 }, () => random.pick(pool))]);
    const answers = await Promise.all(
      tabs.map(({ session }, i) =>
        askMany(
          session,
          (lists[i] ?? []).map(({ text }) => text),
          3,
        ),
      ),
    );
    const computed = new Set<string>();
    lists.forEach((list, tab) => {
      list.forEach(({ text, rows }, i) => {
        const answer = answers[tab]?.[i];
        expect(answer?.refusal, text).toBeNull();
        expect(answer?.rows.toSorted(byCoordinate), text).toEqual(rows);
        for (const { key, path } of answer?.atoms ?? []) if (path === 'backend') computed.add(key);
      });
    });
    const told = await Promise.all(tabs.map(({ session }) => session.evaluate((each) => each.engine.statistics())));
    const faults = told.flatMap((each) => each.faults);
    // On a machine that is slow enough a tab stops to wait for another, says so, and computes what it waited for.
    const notWaitedFor = faults.reduce((sum, { kind, count }) => sum + (kind === 'lock_timed_out' ? count : 0), 0);
    const computations = told.reduce((sum, { misses }) => sum + misses, 0);
    expect(computations - computed.size).toBeLessThanOrEqual(notWaitedFor);
    expect(computed.size).toBeGreaterThan(10);
    const rows = await expectConsistent(tabs, 'four-tabs');
    for (const key of computed) expect(rows.map((row) => row.key)).toContain(key);
    await closeTabs(tabs);
  });

  test('keep within one budget, whoever writes', async () => {
    const budget = 60_000;
    const tabs = await openTabs('small-budget', ['arquero', 'arquero', 'arquero', 'arquero'], budget);
    const lists = tabs.map(() => Array.from({ length: 25 }, () => generatedQuestion(random, SALES)));
    const answers = await Promise.all(
      tabs.map(({ session }, i) =>
        askMany(
          session,
          (lists[i] ?? []).map(({ text }) => text),
          3,
        ),
      ),
    );
    lists.forEach((list, tab) => {
      list.forEach(({ text, rows }, i) => {
        expect(answers[tab]?.[i]?.rows.toSorted(byCoordinate), text).toEqual(rows);
      });
    });
    const rows = await expectConsistent(tabs, 'small-budget');
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(budget);
    expect(rows.length).toBeGreaterThan(5);
    await closeTabs(tabs);
  });
});

describe('what one tab does, another knows without a reload', () => {
  const STORES = 'SELECT store, SUM(amount) AS total AT store';
  const REGIONS = 'SELECT region, SUM(amount) AS total AT region';

  test('an entry made, pinned, evicted, and all evicted', async () => {
    const tabs = await openTabs('two', ['arquero', 'arquero']);
    const [one, other] = tabs;
    if (one === undefined || other === undefined) throw new Error('there are no tabs');
    const stored = async () => (await entriesOf(other.session)).filter(({ domain }) => domain === 'metric');
    expect(pathsOf(await askForRows(one.session, STORES))).toEqual(['backend']);
    await entriesOf(one.session);
    await expect.poll(async () => (await stored()).length).toBe(1);
    // As what another state rolls up from (the map of the edge came from the other tab too), and as it is.
    expect(pathsOf(await askForRows(one.session, REGIONS))).toEqual(['rollup']);
    await entriesOf(one.session);
    await expect.poll(async () => (await stored()).length).toBe(2);
    expect(pathsOf(await askForRows(other.session, 'SELECT SUM(amount) AS total AT ()'))).toEqual(['rollup']);
    expect(pathsOf(await askForRows(other.session, STORES))).toEqual(['exact']);
    expect(pathsOf(await askForRows(other.session, REGIONS))).toEqual(['exact']);
    expect(await other.session.evaluate((each) => each.engine.statistics())).toMatchObject({
      misses: 0,
      backend: { state: 'idle' },
    });

    const key = (await stored()).find(({ anchor }) => anchor.join() === 'store')?.key ?? '';
    await one.session.evaluate((each, key) => each.engine.pin(key, true), key);
    await expect.poll(async () => (await stored()).find((each) => each.key === key)?.pinned).toBe(true);

    await one.session.evaluate((each, key) => each.engine.evict([key]), key);
    await expect.poll(async () => (await stored()).map((each) => each.key)).not.toContain(key);
    await other.session.evaluate((each) => each.engine.evict());
    await expect
      .poll(() => entriesOf(one.session).then((all) => all.filter((each) => each.domain === 'metric')))
      .toEqual([]);
    expect(pathsOf(await askForRows(one.session, REGIONS))).toEqual(['backend']);
    await closeTabs(tabs);
  });
});
