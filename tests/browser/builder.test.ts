import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, QueryPage } from './support/query-page.ts';
import { pageSession } from './support/session.ts';

const REGION = 'SELECT region, SUM(revenue) AS total_revenue AT region';
/** What is built by choices in these tests, as the builder writes it. */
const BUILT = [
  'SELECT MAX(revenue), orders',
  '  AT (month, region)',
  "  WHERE category = 'Toys'",
  '  ORDER BY orders DESC',
  '  LIMIT 5',
].join('\n');

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

/** Empties the editor. */
async function clear(shown: QueryPage): Promise<void> {
  await shown.editor.focus();
  await shown.page.keyboard.press('Control+a');
  await shown.page.keyboard.press('Delete');
}

/** Opens the builder on what stands in the editor. */
async function build(shown: QueryPage) {
  await shown.page.getByTestId('build').click();
  const builder = shown.page.getByTestId('builder');
  await builder.getByRole('group', { name: 'Show' }).waitFor();
  return builder;
}

/** The canonical text of a question, as the page's session tells it. */
async function canonical(shown: QueryPage, text: string): Promise<string> {
  const session = await pageSession(shown.page);
  return session.evaluate(async (each, asked) => {
    const diagnosis = await each.check(asked);
    return diagnosis.ok ? diagnosis.preview.canonical : diagnosis.refusal.message;
  }, text);
}

describe('a question is built', () => {
  test('by mouse, and its rows are those of the same text typed', () =>
    inPage({ question: REGION }, async (shown) => {
      const { page } = shown;
      await clear(shown);
      const builder = await build(shown);
      await builder.getByText('Choose what to show, then where').waitFor();
      const add = async (menu: string, item: RegExp) => {
        await builder.getByRole('button', { name: menu, exact: true }).click();
        await builder.getByRole('menuitem', { name: item }).click();
      };
      await add('Add to what is shown', /^revenue/);
      await eventually(() => shown.question()).toBe('SELECT revenue\n  AT ()');
      await builder.getByLabel('Operator of revenue').selectOption('MAX');
      await add('Add to what is shown', /^orders/);
      await add('Add a dimension', /^region/);
      await add('Add a dimension', /^month/);
      await eventually(() => shown.question()).toBe('SELECT MAX(revenue), orders\n  AT (region, month)');
      await builder.getByRole('button', { name: 'month', exact: true }).click();
      await builder.getByRole('menuitem', { name: 'Move earlier' }).click();
      await add('Add a filter', /^category/);
      await page.keyboard.type('Toys');
      await eventually(() => shown.question()).toMatch(/WHERE category = 'Toys'$/);
      await add('Add an order', /^orders/);
      await builder.getByLabel('Rows at most').fill('5');
      // Run waits for what was typed last.
      await shown.run.click();
      await eventually(() => shown.question()).toBe(BUILT);
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('6');
      const rows = await shown.rows();

      await inPage({ question: BUILT }, async (typed) => {
        expect(await typed.rows()).toEqual(rows);
      });
    }));

  test('by keys alone', () =>
    inPage({ question: REGION }, async (shown) => {
      const { page } = shown;
      const { keyboard } = page;
      const focused = () =>
        page.evaluate(() => {
          const at = document.activeElement;
          return at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
        });
      const tabTo = async (name: string) => {
        for (let step = 0; step < 80 && (await focused()) !== name; step++) await keyboard.press('Tab');
        expect(await focused()).toBe(name);
      };
      const choose = async (menu: string, item: string) => {
        await tabTo(menu);
        await keyboard.press('Enter');
        for (let step = 0; step < 60 && !(await focused()).startsWith(item); step++) await keyboard.press('ArrowDown');
        await keyboard.press('Enter');
      };
      await clear(shown);
      await page.evaluate(() => document.querySelector<HTMLElement>('.question-bar button')?.focus());
      await tabTo('Build');
      await keyboard.press('Enter');
      await page.getByTestId('builder').getByRole('group', { name: 'Show' }).waitFor();
      // The form does not take the focus; it is a region of its own.
      expect(await focused()).toBe('Build');
      await choose('Add to what is shown', 'revenue');
      await eventually(() => focused()).toBe('Operator of revenue');
      await keyboard.type('MAX');
      await eventually(() => shown.question()).toBe('SELECT MAX(revenue)\n  AT ()');
      await choose('Add to what is shown', 'orders');
      await choose('Add a dimension', 'region');
      await eventually(() => shown.question()).toMatch(/AT region$/);
      await choose('Add a dimension', 'month');
      await eventually(() => shown.question()).toMatch(/AT \(region, month\)$/);
      await keyboard.press('Shift+Tab');
      await keyboard.press('Shift+Tab');
      expect(await focused()).toBe('month');
      await keyboard.press('Alt+ArrowLeft');
      await eventually(() => shown.question()).toMatch(/AT \(month, region\)$/);
      expect(await focused()).toBe('month');
      await choose('Add a filter', 'category');
      await eventually(() => focused()).toBe('Value of category');
      await keyboard.type('Toys');
      await choose('Add an order', 'orders');
      await tabTo('Rows at most');
      await keyboard.type('5');
      await keyboard.press('Control+Enter');
      await eventually(() => shown.question()).toBe(BUILT);
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('6');
      expect(await focused()).toBe('Rows at most');
    }));

  test('on a phone, in a sheet that shows the text it writes', () =>
    inPage({ question: REGION, width: 390, height: 844 }, async (shown) => {
      const { page } = shown;
      const builder = await build(shown);
      const sheet = page.getByRole('dialog', { name: 'Build the question' });
      expect((await sheet.boundingBox())?.width).toBe(390);
      await builder.getByRole('button', { name: 'Add an order', exact: true }).click();
      await builder.getByRole('menuitem', { name: /^total_revenue/ }).click();
      await eventually(() => sheet.locator('pre').textContent()).toMatch(/ORDER BY total_revenue DESC$/);
      await sheet.getByRole('button', { name: 'Run' }).click();
      await sheet.waitFor({ state: 'hidden' });
      await eventually(async () => (await shown.rows()).map(([region]) => region)).toEqual(['East', 'West', 'Central']);
    }));
});

describe('the text and the choices follow each other', () => {
  const TEXTS = [
    REGION,
    'SELECT profit / revenue AS margin, revenue AT (category, year) HAVING margin > 0.2',
    'SELECT store, store_name, COUNT(*), revenue AT store ORDER BY revenue DESC',
    'SELECT LAG(revenue, 1) AS before, CUMSUM(revenue, reset => year) AS to_date AT (region, month)',
    'SELECT RANK(revenue, within => region) AS place AT (region, store)',
    'SELECT AVG(revenue @ (day)) AS mean, revenue / (revenue @ ()) AS share AT region',
    "SELECT CASE WHEN revenue > 100 THEN 'much' WHEN revenue > 10 THEN 'some' ELSE 'little' END AS size AT store",
    'SELECT revenue AT promotion VIA product_promotions',
    'WITH margin = profit / revenue SELECT margin AS m AT region',
    "SELECT revenue AT region WHERE STARTS_WITH(category, 'B') AND day BETWEEN '2024-01-01' AND '2024-02-29' AND NOT region IN ('East')",
    "SELECT revenue AT region WHERE region = 'East' OR UPPER(region) <> 'WEST'",
    'SELECT QUANTILE(cost, 0.9) AS p90, COUNT_DISTINCT(customer) AS many FROM transactions AT month',
    'SELECT revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 2 PER region',
    'SELECT SUM(revenue - cost) AS won, LAST(stock) AS shelf AT month',
    'SELECT region FROM stores AT region',
  ];
  test('texts of every construct are the same after a choice is made and taken back', () =>
    inPage({ question: REGION }, async (shown) => {
      const builder = await build(shown);
      const limit = builder.getByLabel('Rows at most');
      for (const text of TEXTS) {
        const asked = await canonical(shown, text);
        await shown.type(text);
        // Choices made before the text was read are none of its own, and not taken.
        await eventually(async () => {
          await limit.fill('7');
          await limit.blur();
          return shown.question();
        }).toMatch(/LIMIT 7/);
        const had = /LIMIT (\d+)/.exec(text)?.[1] ?? '';
        const limited = had === '' ? `${asked} LIMIT 7` : asked.replace(/LIMIT \d+/, 'LIMIT 7');
        expect(await canonical(shown, await shown.question())).toBe(limited);
        await limit.fill(had);
        await limit.blur();
        await eventually(async () => canonical(shown, await shown.question())).toBe(asked);
      }
    }));

  test('typing changes the choices; undo takes a choice back; the focus stays where it is', () =>
    inPage({ question: REGION }, async (shown) => {
      const { page } = shown;
      const builder = await build(shown);
      const points = () => builder.locator('[data-testid=builder-point] > button:first-child').allTextContents();
      expect(await points()).toEqual(['region']);
      await shown.type('SELECT cost AT (month, category)');
      await eventually(points).toEqual(['month', 'category']);
      expect(await shown.editor.evaluate((box) => box.contains(document.activeElement))).toBe(true);

      await builder.getByRole('button', { name: 'Remove month' }).click();
      await eventually(() => shown.question()).toBe('SELECT cost\n  AT category');
      await shown.editor.focus();
      await page.keyboard.press('Control+z');
      await eventually(() => shown.question()).toBe('SELECT cost AT (month, category)');
      await eventually(points).toEqual(['month', 'category']);
    }));

  test('what cannot be chosen says why', () =>
    inPage({ question: REGION }, async (shown) => {
      await shown.type('SELECT stock AT region');
      const builder = await build(shown);
      await builder.getByRole('button', { name: 'Add a dimension', exact: true }).click();
      const category = builder.getByRole('menuitem', { name: /^category/ });
      await category.waitFor();
      expect(await category.isDisabled()).toBe(true);
      expect(await category.textContent()).toContain('Nothing leads there from store_monthly_inventory.');
      expect(await builder.getByRole('menuitem', { name: /^month/ }).isEnabled()).toBe(true);
    }));

  test('a value that is none is told where it stands, and the text is left as it was', () =>
    inPage({ question: REGION }, async (shown) => {
      await shown.type('SELECT revenue AT region HAVING revenue >= 10');
      const builder = await build(shown);
      const value = builder.getByLabel('Value of revenue');
      await value.fill('many');
      await builder.getByText('many is not a number').waitFor();
      expect(await shown.question()).toBe('SELECT revenue AT region HAVING revenue >= 10');
      await value.fill('20');
      await eventually(() => shown.question()).toMatch(/HAVING revenue >= 20$/);
    }));

  test('a text that is no question is told, and SQL is offered in Frame-QL', () =>
    inPage({ question: REGION }, async (shown) => {
      const builder = await build(shown);
      await shown.type('SELECT region, SUM(revenue) GROUP BY region');
      const notice = shown.page.getByTestId('builder-refusal');
      await notice.waitFor();
      await notice.getByRole('button').click();
      await eventually(() => shown.question()).toMatch(/AT region/);
      await builder.getByRole('group', { name: 'Show' }).waitFor();
    }));
});
