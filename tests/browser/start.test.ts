import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, hold, linkTo, QueryPage } from './support/query-page.ts';

const REVENUE = [
  ['Central', '3,868,636.36'],
  ['East', '5,153,604.81'],
  ['West', '4,001,406.56'],
];

const PROFIT = 'SELECT region, profit AT region';
const CENTRAL_PROFIT = ['Central', '1,157,806.16'];

/** The script that the static page waits for, and the chunk of the code editor. */
const SCRIPT = /\/assets\/index-[\w-]+\.js$/;
const CODE_EDITOR = /\/assets\/code-editor-[\w-]+\.js$/;
const DATABASE = /duckdb/i;
const DATABASE_WASM = /\/assets\/duckdb-eh-[\w-]+\.wasm$/;

let browser: TestBrowser;
/** A profile that has seen the demo. */
let visited: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  visited = await browser.freshPage();
  await visited.openPage();
});

afterAll(async () => {
  await browser?.close();
});

/** A further visit of the profile; `begin` runs before the page is asked for. */
async function visit(begin: (context: BrowserContext) => Promise<unknown> = async () => {}): Promise<QueryPage> {
  const context = visited.context;
  await context.unrouteAll();
  await begin(context);
  return new QueryPage(await context.newPage());
}

describe('the first visit', () => {
  test('shows the true plan while the database comes, then the answer in its place, and nothing jumps', async () => {
    const fresh = await browser.freshPage({ viewport: { width: 1440, height: 900 } });
    const database = await hold(fresh.context, DATABASE_WASM);
    const shown = new QueryPage(fresh.page);
    await fresh.page.goto(fresh.url);
    await database.asked;
    await fresh.page.getByRole('heading', { name: 'What will happen' }).waitFor();
    const plan = fresh.page.getByRole('list').filter({ hasText: '523,023 rows' }).first();
    await plan.getByText('region_daily_summary').or(plan.getByText('transactions')).first().waitFor();
    await fresh.page.getByRole('navigation', { name: 'Fields' }).getByText('revenue').first().waitFor();
    expect(await shown.rows()).toEqual([]);
    database.release();
    await shown.showsRows(REVENUE);
    await fresh.ready();
    await fresh.page.getByText(/^Ready in .* · 6\ssources · 3\sentries$/).waitFor();
    const shift = await fresh.page.evaluate(() => {
      let sum = 0;
      const observer = new PerformanceObserver(() => {});
      observer.observe({ type: 'layout-shift', buffered: true });
      for (const entry of observer.takeRecords()) sum += Number(Reflect.get(entry, 'value'));
      return sum;
    });
    expect(shift).toBeLessThan(0.01);
    expect(shown.errors).toEqual([]);
    await fresh.close();
  });

  test('Run pressed at once, while nothing is ready, yields an answer', async () => {
    const fresh = await browser.freshPage();
    const shown = new QueryPage(fresh.page);
    const script = await hold(fresh.context, SCRIPT);
    await fresh.page.goto(linkTo(fresh.url, PROFIT), { waitUntil: 'commit' });
    await shown.run.click();
    script.release();
    await eventually(() => shown.rows()).toContainEqual(CENTRAL_PROFIT);
    expect(shown.errors).toEqual([]);
    await fresh.close();
  });
});

describe('before the scripts are there', () => {
  test.each(['Control+Enter', 'Run'] as const)('a question typed and sent with %s is answered', async (how) => {
    let release = (): void => {};
    const shown = await visit(async (context) => {
      const script = await hold(context, SCRIPT);
      release = script.release;
    });
    await shown.page.goto(visited.url, { waitUntil: 'commit' });
    await shown.editor.fill(PROFIT);
    if (how === 'Run') await shown.run.click();
    else await shown.editor.press(how);
    release();
    await eventually(() => shown.rows()).toContainEqual(CENTRAL_PROFIT);
    expect(await shown.question()).toBe(PROFIT);
    expect(shown.page.url()).toBe(linkTo(visited.url, PROFIT));
    expect(shown.errors).toEqual([]);
    await shown.page.close();
  });
});

describe('when the code editor takes the place of the text box', () => {
  test('nothing that is typed is lost: text, caret, focus and undo stay', async () => {
    let release = (): void => {};
    const shown = await visit(async (context) => {
      const editor = await hold(context, CODE_EDITOR);
      release = editor.release;
    });
    await shown.page.goto(visited.url);
    await shown.editor.focus();
    await shown.page.keyboard.press('Control+a');
    const typed = 'SELECT region, cost AT region ORDER BY region DESC';
    const half = typed.indexOf('ORDER');
    await shown.page.keyboard.type(typed.slice(0, half));
    release();
    // Keys go on coming while the one gives way to the other.
    await shown.page.keyboard.type(typed.slice(half));
    await shown.upgraded();
    expect(await shown.question()).toBe(typed);
    await eventually(() => shown.page.evaluate(() => document.activeElement?.className ?? '')).toMatch(/cm-content/);
    await shown.page.keyboard.type(' LIMIT 1');
    expect(await shown.question()).toBe(`${typed} LIMIT 1`);
    await shown.page.keyboard.press('Escape');
    await shown.page.keyboard.press('Control+Enter');
    await eventually(() => shown.rows()).toHaveLength(1);
    for (let step = 0; step < 20; step++) await shown.page.keyboard.press('Control+z');
    expect(await shown.question()).toBe('SELECT region, SUM(revenue) AS total_revenue\nAT region');
    expect(shown.errors).toEqual([]);
    await shown.page.close();
  });
});

describe('a return visit', () => {
  test('shows the answer from this browser, without a request for the database', async () => {
    const shown = await visit();
    await shown.page.goto(visited.url);
    await shown.showsRows(REVENUE);
    expect(await shown.page.getByTestId('served-from').textContent()).toBe('Engine cache');
    await shown.page.getByText(/^Ready in/).waitFor();
    expect(shown.requests.filter((address) => DATABASE.test(address))).toEqual([]);
    expect(shown.requests.filter((address) => /\.(?:parquet|csv)$/.test(address))).toEqual([]);
    expect(shown.errors).toEqual([]);
    await shown.page.close();
  });

  test('starts the database when a question needs it; Esc lets go of the question, and it can be run again', async () => {
    let release = (): void => {};
    let asked: Promise<void> = Promise.resolve();
    const shown = await visit(async (context) => {
      ({ asked, release } = await hold(context, DATABASE_WASM));
    });
    const text = 'SELECT region, SUM(cost) AS c FROM transactions AT region ORDER BY c DESC LIMIT 1';
    await shown.page.goto(
      linkTo(visited.url, `${text} `.replace('region ORDER', "region WHERE store <> 'none' ORDER")),
    );
    await asked;
    await shown.page.getByTestId('cancel').waitFor();
    await shown.page.keyboard.press('Escape');
    await eventually(() => shown.page.getByTestId('cancelled').textContent()).toMatch(
      /^Cancelled after [\d.]+\ss\. Nothing was kept\.$/,
    );
    await shown.run.waitFor();
    release();
    await shown.page.getByRole('button', { name: 'Run again' }).click();
    await eventually(() => shown.rows()).toHaveLength(1);
    expect(shown.errors).toEqual([]);
    await shown.page.close();
  });
});
