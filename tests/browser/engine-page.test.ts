import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { EntrySummary } from '../../src/runtime/api.ts';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, QueryPage } from './support/query-page.ts';
import { askForRows, pageSession, type SessionHandle } from './support/session.ts';
import { focusedName, spokenName } from './support/spoken-name.ts';
import { ageRow, copyRow, storedFileBytes } from './support/stored-rows.ts';

/** Steps 3 and 4 of the walkthrough. */
const WALK = [
  'SELECT day, SUM(revenue) AS r AT day',
  'SELECT day, SUM(revenue) AS r AT day',
  'SELECT region, store, SUM(revenue) AS r FROM transactions AT (region, store)',
  'SELECT region, store, SUM(revenue) AS r FROM transactions AT (region, store)',
] as const;

const FIELDS = ['min_hits', 'min_age_days', 'min_hits_per_day'] as const;

let browser: TestBrowser;
/** A profile in which the walkthrough was walked. */
let visited: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  visited = await browser.freshPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await visited.openPage();
  const session = await pageSession(visited.page);
  for (const question of WALK) await askForRows(session, question);
  await session.evaluate((each) => each.engine.entries());
});

afterAll(async () => {
  await browser?.close();
});

/** Opens a tab of the Engine page once warm-up has ended; expects that the page reported no error. */
async function onTab(
  tab: string,
  work: (page: Page, session: SessionHandle) => Promise<void>,
  { width = 1440, height = 900 }: { readonly width?: number; readonly height?: number } = {},
): Promise<void> {
  const shown = await QueryPage.open(visited.context, `${visited.url}#/engine?tab=${tab}`, { width, height });
  await shown.page.getByText(/^Ready in/).waitFor({ state: 'attached' });
  await work(shown.page, await pageSession(shown.page));
  expect(shown.errors).toEqual([]);
  await shown.page.close();
}

async function metricsOf(session: SessionHandle): Promise<readonly EntrySummary[]> {
  return (await session.evaluate((each) => each.engine.entries())).filter(({ domain }) => domain === 'metric');
}

function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

function field(page: Page, name: (typeof FIELDS)[number]): Locator {
  return page.locator(`input[name=${name}]`);
}

describe('recommendations', () => {
  test('none at the defaults, and what would have to happen; what is typed wrong is named; at zero those of the walkthrough', () =>
    onTab('recommendations', async (page, session) => {
      await page
        .getByText(/^Nothing to recommend\. .* asked for at least 100 times, be stored for at least 7 days/)
        .waitFor();
      expect(await session.evaluate((each) => each.engine.recommendations())).toEqual([]);

      await field(page, 'min_hits').fill('many');
      await field(page, 'min_age_days').fill('-1');
      await field(page, 'min_hits_per_day').fill('');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').allTextContents()).toEqual([
        'Hits “many” is no number.',
        'Age in days cannot be negative: give 0 or more.',
        'Hits a day is empty: give a number of 0 or more.',
      ]);
      expect(await field(page, 'min_hits').evaluate((box) => box === document.activeElement)).toBe(true);
      expect(await field(page, 'min_hits').getAttribute('aria-invalid')).toBe('true');

      for (const name of FIELDS) await field(page, name).fill('0');
      await page.getByRole('button', { name: 'Apply' }).click();
      const all = page.getByTestId('recommendations');
      await eventually(async () => (await all.getByRole('heading').allTextContents()).sort()).toEqual([
        'revenue @ (day)',
        'revenue @ (region, store)',
      ]);
      expect(await page.getByRole('alert').count()).toBe(0);
      const stores = all.getByRole('article', { name: 'revenue @ (region, store)' });
      expect(await stores.textContent()).toMatch(/Asked2\shits in less than a day/);
      await stores.getByRole('button', { name: 'Copy the YAML of revenue @ (region, store)' }).click();
      await stores.getByText('Copied').waitFor();
      const yaml = await page.evaluate(() => navigator.clipboard.readText());
      expect(parse(yaml)).toEqual({
        cache_hint: { materialize_at: [['day', 'region'], ['region'], ['region', 'store']] },
      });
      expect(yaml).toContain('# 2 hits / less than 1 day = 2 a day');
    }));

  test('a threshold that is no number of 0 or more is refused to scripts, too', () =>
    onTab('entries', async (_, session) => {
      const refused = await session.evaluate((each) =>
        each.engine.recommendations({ min_age_days: -1 }).catch((error: unknown) => String(error)),
      );
      expect(refused).toBe('RangeError: recommendations: min_age_days is -1; it must be a number of 0 or more');
    }));

  test('an anchor that was asked for 150 times in 10 days is there at the defaults', async () => {
    await onTab('entries', async (page, session) => {
      const day = (await metricsOf(session)).find(({ anchor }) => anchor.join() === 'day');
      await ageRow(page, day?.key ?? '', { days: 10, accesses: 150 });
    });
    await onTab('recommendations', async (page) => {
      const told = page.getByTestId('hint-yaml');
      await eventually(() => told.count()).toBe(1);
      expect(await told.textContent()).toContain('- [day] # 150 hits / 10 days = 15 a day');
    });
  });
});

describe('the list of entries', () => {
  test('is filtered, sorted by its heads, and keeps the focus where the work is', () =>
    onTab('entries', async (page, session) => {
      const entries = await metricsOf(session);
      const lines = page.getByTestId('entries').locator('tbody tr');
      await eventually(() => lines.count()).toBe(entries.length);
      const head = page.getByRole('columnheader', { name: 'bytes' });
      await head.getByRole('button').focus();
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('descending');
      const keys = () => lines.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key')));
      const bytesOf = (key: string | null) => entries.find((entry) => entry.key === key)?.bytes ?? Number.NaN;
      const inOrder = (await keys()).map(bytesOf);
      expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
      await page.keyboard.press('Enter');
      expect(await head.getAttribute('aria-sort')).toBe('ascending');
      expect((await keys()).map(bytesOf)).toEqual([...inOrder].reverse());

      const box = page.getByRole('searchbox', { name: /^Filter entries/ });
      await box.fill('STORE rev');
      await eventually(() => lines.count()).toBe(1);
      expect(await page.getByTestId('entry-count').textContent()).toBe(`1\u00a0entry of ${entries.length}`);
      await box.fill('nothing like it');
      await page.getByText('No entry has nothing like it').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await eventually(() => lines.count()).toBe(entries.length);
      expect(await focusedName(page)).toMatch(/^Filter entries/);

      // Pinning asks for the list again: the button that was pressed is the same, and still has the focus.
      const pin = page.getByRole('button', { name: 'Pin revenue @ (region, store)' });
      await pin.focus();
      await page.keyboard.press('Enter');
      await eventually(() => pin.getAttribute('aria-pressed')).toBe('true');
      expect(await focusedName(page)).toBe('Pin revenue @ (region, store)');
      await page.keyboard.press('Enter');
      await eventually(() => pin.getAttribute('aria-pressed')).toBe('false');
      await page.getByTestId('findings').click();
      await page.getByText(/^map of an edge store→region via stores 13\srows, /).waitFor();
    }));

  test('gives an entry as the Parquet file that is stored', () =>
    onTab('entries', async (page, session) => {
      const stored = (await metricsOf(session)).find(({ anchor }) => anchor.join() === 'region,store');
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download revenue @ (region, store)' }).click();
      expect((await coming).suggestedFilename()).toBe(stored?.path.split('/').pop());
    }));

  test('tells a budget that agrees with the files, before an eviction and after', () =>
    onTab('entries', async (page, session) => {
      const agrees = async () => {
        const { bytes } = await session.evaluate((each) => each.engine.statistics());
        const files = await storedFileBytes(page);
        expect(Math.abs(bytes - files)).toBeLessThanOrEqual(files / 100);
        const shown = `${(files / 1024).toFixed(1)}\u00a0KB`;
        await eventually(() => page.getByText(/ of 1\sGB \(/).textContent()).toBe(
          `${shown} of 1\u00a0GB (<\u00a00.1\u00a0%)`,
        );
        return files;
      };
      const before = await agrees();
      const evict = page.getByRole('button', { name: 'Evict revenue @ (day)', exact: true });
      await evict.click();
      await evict.waitFor({ state: 'detached' });
      expect(await agrees()).toBeLessThan(before);
    }));
});

test('how answers were served stands in a chart, and in a table with the same figures', async () => {
  await onTab('entries', (page) => page.getByText(/^Nothing was served in this session yet/).waitFor());
  // The page in which the walkthrough was walked: warm-up and four questions.
  const { page } = visited;
  await page.goto(`${visited.url}#/engine`);
  await page.getByRole('button', { name: 'Refresh' }).click();
  const table = page.getByTestId('served-over-time');
  await page.getByText('As a table').click();
  await table.waitFor();
  const session = await pageSession(page);
  const { hits, misses, served } = await session.evaluate((each) => each.engine.statistics());
  const sum = (path: 'exact' | 'rollup' | 'backend') => served.buckets.reduce((all, each) => all + each[path], 0);
  expect([sum('exact'), sum('rollup'), sum('backend')]).toEqual([hits.exact, hits.rollup, misses]);
  expect([hits.rollup, misses]).toEqual([2, 3]);
  await eventually(() => table.locator('tbody tr').allTextContents()).toEqual(
    served.buckets.map(({ exact, rollup, backend }) => expect.stringMatching(`${exact}${rollup}${backend}$`)),
  );
  expect(visited.errors).toEqual([]);
});

test('the lattice shows what was made from what; keys walk it and open an entry', () =>
  onTab('lattice', async (page, session) => {
    await page.getByTestId('lattice').waitFor();
    await askForRows(session, WALK[0]);
    await page.getByRole('button', { name: 'Refresh' }).click();
    const entries = await metricsOf(session);
    const lattice = page.getByTestId('lattice');
    await lattice.getByRole('combobox', { name: 'Show' }).selectOption({ index: 0 });
    await eventually(() => lattice.locator('[data-kind=entry]').count()).toBe(entries.length);
    expect(await lattice.locator('[data-kind=backend]').count()).toBe(1);
    await lattice.getByRole('button', { name: 'backend DuckDB' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await focusedName(page)).toMatch(/, from DuckDB$/);
    const day = lattice.getByRole('button', { name: /^sum of revenue at \(day\), 443 rows, / });
    expect(await spokenName(day)).toMatch(/, from revenue @ \(day, region\)$/);
    await day.focus();
    await eventually(() => page.getByTestId('graph-node').textContent()).toBe(
      'DuckDB → revenue @ (day, region) → revenue @ (day)',
    );
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('region', { name: 'Entry revenue @ (day)' });
    await drawer.waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    expect(await focusedName(page)).toMatch(/^sum of revenue at \(day\)/);
  }));

test.each([
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
])('at $width nothing of any tab stands beside the page, and every act of an entry is in reach', ({ width, height }) =>
  onTab(
    'entries',
    async (page) => {
      const evict = page.getByRole('button', { name: /^Evict revenue @/ }).first();
      await evict.waitFor();
      await evict.scrollIntoViewIfNeeded();
      const right = await evict.evaluate((each) => each.getBoundingClientRect().right);
      expect(right).toBeLessThan(width);
      for (const tab of ['Recommendations', 'Lattice', 'Backends', 'Faults', 'Entries']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('tabpanel', { name: tab }).locator('> *').first().waitFor();
        expect(await sideways(page), tab).toBe(0);
      }
    },
    { width, height },
  ),
);

test('with the engine off every tab says so in words', async () => {
  const { context, url } = await browser.freshPage();
  await context.route('**/installation.yaml', async (route) => {
    const text = await (await route.fetch()).text();
    await route.fulfill({ body: text.replace('enabled: true', 'enabled: false'), contentType: 'text/yaml' });
  });
  const { page, errors } = await QueryPage.open(context, `${url}#/engine?tab=recommendations`);
  await page
    .getByText(/^The engine is off: /)
    .first()
    .waitFor();
  await page.getByText(/^Nothing to recommend while the engine is off/).waitFor();
  await page.getByRole('tab', { name: 'Lattice' }).click();
  await page.getByText(/^No lattice while the engine is off/).waitFor();
  await page.getByRole('tab', { name: 'Entries' }).click();
  await page.getByText(/^Nothing is stored while the engine is off/).waitFor();
  expect(errors).toEqual([]);
  await context.close();
});

test('5,000 entries: a page of them is drawn, and filter and order are of all', async () => {
  await onTab('entries', async (page, session) => {
    const [first] = await metricsOf(session);
    await copyRow(page, first?.key ?? '', 5000);
  });
  await onTab('entries', async (page, session) => {
    const count = await session.evaluate(
      async (each) => (await each.engine.entries()).filter(({ domain }) => domain === 'metric').length,
    );
    expect(count).toBeGreaterThan(5000);
    const lines = page.getByTestId('entries').locator('tbody tr');
    await eventually(() => page.getByTestId('entry-count').textContent()).toBe(
      `${count.toLocaleString('en')}\u00a0entries`,
    );
    expect(await lines.count()).toBe(50);
    await page.getByRole('columnheader', { name: 'rows' }).getByRole('button').click();
    await eventually(() => lines.first().locator('[data-label=rows]').textContent()).toBe('4,999');
    await page.getByRole('button', { name: 'Last', exact: true }).click();
    await eventually(() => page.getByTestId('page-range').textContent()).toMatch(
      new RegExp(`–${count.toLocaleString('en')} of ${count.toLocaleString('en')}$`),
    );
    await page.getByRole('searchbox', { name: /^Filter entries/ }).fill('(region, store)');
    await eventually(() => lines.count()).toBe(1);
    await page.getByRole('tab', { name: 'Lattice' }).click();
    await eventually(() => page.getByTestId('lattice').locator('[data-kind=entry]').count()).toBe(40);
  });
});
