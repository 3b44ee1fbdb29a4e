import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, QueryPage } from './support/query-page.ts';
import { pageSession } from './support/session.ts';
import { focusedName } from './support/spoken-name.ts';

const REGION = 'SELECT region, SUM(revenue) AS total_revenue AT region';
/** A series over states of every kind: a window, an inner anchor, a repeated value, a function of texts. */
const RICH = [
  'SELECT profit, LAG(revenue, 1) AS before, revenue / (revenue @ ()) AS share, AVG(orders @ (day)) AS daily',
  "AT (region, month) WHERE STARTS_WITH(category, 'B')",
].join(' ');

let browser: TestBrowser;
/** A profile that has seen the demo. */
let visited: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  visited = await browser.freshPage({ permissions: ['clipboard-read', 'clipboard-write'] });
  await visited.openPage();
});

afterAll(async () => {
  await browser?.close();
});

async function inPage(
  options: { readonly question: string; readonly width?: number; readonly height?: number },
  work: (shown: QueryPage) => Promise<void>,
): Promise<void> {
  const shown = await QueryPage.open(visited.context, visited.url, options);
  await shown.page.getByTestId('served-from').waitFor();
  await shown.upgraded();
  await work(shown);
  expect(shown.errors).toEqual([]);
  await shown.page.close();
}

/** Statements that backends have run in the page's session. */
async function statementsRun({ page }: QueryPage): Promise<number> {
  const session = await pageSession(page);
  return session.evaluate(async (each) => (await each.engine.statistics()).backendStatements);
}

describe('the explanation', () => {
  test('says what would happen without doing it, and one click does it', () =>
    inPage({ question: REGION }, async (shown) => {
      const { page } = shown;
      await shown.type(RICH);
      const before = await statementsRun(shown);
      await page.getByTestId('explain').click();
      const told = page.getByTestId('explanation');
      await told.getByRole('heading', { name: 'What would happen now. Nothing was read.' }).waitFor();
      expect(await statementsRun(shown)).toBe(before);
      expect(await told.textContent()).toMatch(/4\sstates would be needed; DuckDB would compute them/);
      expect(await page.getByText('Result of the previous question').isVisible()).toBe(false);

      const kinds = await told
        .locator('[data-kind]')
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-kind')));
      for (const kind of ['series', 'window', 'reduction', 'replica', 'atom', 'schema']) expect(kinds).toContain(kind);
      expect(kinds.filter((kind) => kind === 'atom')).toHaveLength(4);
      await told.getByText('The plan as a list').click();
      expect(await told.getByTestId('plan-list').textContent()).toMatch(/window LAG .*: from sum of revenue @/);

      const atom = told.getByTestId('explained-atom').first();
      await atom.locator('summary').click();
      const words = await atom.textContent();
      expect(words).toContain('DuckDB would compute it from transactions');
      expect(words).toContain('not region_daily_summary: does not reach category');
      expect(words).toContain('no entry at exactly this anchor and filter');
      expect(words).toContain('yes, for next time');

      const statements = told.getByTestId('statements');
      expect(await statements.textContent()).toContain('GROUP BY');
      expect(await statements.textContent()).toContain('the distinct values of category are read first');
      await statements.getByRole('tab', { name: 'Arquero' }).click();
      expect(await statements.textContent()).toContain('.groupby("month", "region")');
      await statements.getByRole('button', { name: 'Copy the statement for Arquero' }).first().click();
      await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toContain('transactions\n  .');
      expect(await told.getByTestId('proofs').textContent()).toMatch(
        /store → region via stores holds · attested on the data/,
      );

      await page.getByTestId('run-explained').click();
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('46');
      expect(await shown.question()).toBe(RICH);

      // Now that it was asked, it would come from what was stored.
      await page.getByTestId('explain').click();
      await told.getByText('all from stored entries: no database would run').waitFor();
      expect(await told.locator('[data-kind=schema]').count()).toBe(0);
    }));

  test('is asked for by its keys, and by EXPLAIN before the question', () =>
    inPage({ question: REGION }, async (shown) => {
      const { page } = shown;
      await shown.editor.focus();
      await page.keyboard.press('Control+Shift+e');
      await page.getByTestId('explanation').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('served-from').waitFor();

      await shown.type(`EXPLAIN ${REGION}`);
      await page.keyboard.press('Control+Enter');
      await page.getByTestId('explanation').waitFor();
      await page.getByTestId('run-explained').click();
      await page.getByTestId('served-from').waitFor();
      expect(await shown.question()).toBe(REGION);
      expect(await shown.rows()).toHaveLength(3);
    }));

  test.each([
    { width: 1440, height: 900, next: 'ArrowRight', back: 'ArrowLeft', beside: 'ArrowDown' },
    { width: 390, height: 844, next: 'ArrowDown', back: 'ArrowUp', beside: 'ArrowRight' },
  ])('$width wide: the graph is walked by keys, and told box by box', ({ width, height, next, back, beside }) =>
    inPage({ question: REGION, width, height }, async (shown) => {
      const { page } = shown;
      await shown.type('SELECT revenue, cost AT region');
      await page.getByTestId('explain').click();
      const told = page.getByTestId('explanation');
      await told.waitFor();
      // One stop for Tab.
      expect(await told.locator('[data-node][tabindex="0"]').count()).toBe(1);
      await told.locator('[data-node][tabindex="0"]').focus();
      expect(await focusedName(page)).toMatch(/^shown revenue, from sum of revenue @ \(region\)/);
      await page.keyboard.press(next);
      expect(await focusedName(page)).toMatch(/^state sum of revenue @ \(region\)/);
      await page.keyboard.press(back);
      await page.keyboard.press(beside);
      expect(await focusedName(page)).toMatch(/^shown cost/);
      await eventually(() => page.getByTestId('graph-node').textContent()).toMatch(/^shown cost/);
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(await overflow()).toBe(0);
    }),
  );

  test('of a refused question there is the refusal', () =>
    inPage({ question: REGION }, async (shown) => {
      await shown.type('SELECT revenue AT nowhere');
      await shown.page.getByTestId('explain').click();
      await shown.page.getByTestId('refusal').waitFor();
    }));
});
