import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, linkTo, QueryPage } from './support/query-page.ts';

const REGION = 'SELECT region, SUM(revenue) AS total_revenue AT region';
const REVENUE = [
  ['Central', '3,868,636.36'],
  ['East', '5,153,604.81'],
  ['West', '4,001,406.56'],
];
const PROFIT = "SELECT region, profit AT region WHERE region = 'Central'";
const CENTRAL_PROFIT = [['Central', '1,157,806.16']];
/** Refused: a metric family cannot be a filter of rows. */
const REFUSED = 'SELECT region, revenue AT region WHERE revenue > 4000000';
/** Asks back: two schemas have days. */
const CLARIFY = 'SELECT day, COUNT(*) AS n AT day';

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

/** Opens a further page of the profile for a test, and expects that it reported no error. */
async function inPage(
  options: { readonly question?: string; readonly width?: number; readonly height?: number },
  work: (shown: QueryPage) => Promise<void>,
): Promise<void> {
  const shown = await QueryPage.open(visited.context, visited.url, options);
  await work(shown);
  expect(shown.errors).toEqual([]);
  await shown.page.close();
}

describe('by keyboard alone', () => {
  test('a question is typed and run, and its rows are walked through', () =>
    inPage({}, async (shown) => {
      const { keyboard } = shown.page;
      await shown.showsRows(REVENUE);
      await shown.upgraded();
      await keyboard.press('Tab');
      expect(await focused(shown)).toBe('To the question');
      await keyboard.press('Enter');
      await keyboard.press('Control+a');
      await keyboard.type('SELECT region, store, cost AT (region, store) ');
      await keyboard.press('Control+Enter');
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('14');
      await eventually(async () => (await shown.rows())[0]?.length).toBe(3);

      await keyboard.press('F6');
      await eventually(() => focused(shown)).toBe('Central');
      await keyboard.press('ArrowDown');
      await keyboard.press('ArrowRight');
      await eventually(() => focusedCell(shown)).toEqual({ row: '3', column: '2' });
      await keyboard.press('Control+End');
      await eventually(() => focusedCell(shown)).toEqual({ row: '14', column: '3' });
      await keyboard.press('Control+Home');
      await keyboard.press('ArrowUp');
      await keyboard.press('End');
      await eventually(() => focusedCell(shown)).toEqual({ row: '1', column: '3' });
      await keyboard.press('Enter');
      await eventually(() => shown.grid.getByRole('columnheader', { name: /^cost/ }).getAttribute('aria-sort')).toBe(
        'ascending',
      );
      const costs = (await shown.rows()).map((row) => Number(row[2]?.replaceAll(',', '')));
      expect(costs).toEqual([...costs].sort((a, b) => a - b));

      await keyboard.press('ArrowDown');
      await keyboard.press('Shift+ArrowDown');
      await eventually(() => shown.grid.locator('[aria-selected=true]').count()).toBe(2);
      await keyboard.press('Control+c');
      await eventually(() => shown.page.evaluate(() => navigator.clipboard.readText())).toBe(
        costs
          .slice(0, 2)
          .map((each) => each.toFixed(2))
          .join('\n'),
      );
      await keyboard.press('i');
      await eventually(() => focused(shown)).toMatch(/^cost/);
    }));

  test('a refusal has its remedies at Ctrl-., and one of them runs', () =>
    inPage({}, async (shown) => {
      await shown.showsRows(REVENUE);
      await shown.upgraded();
      await shown.type(REFUSED);
      await shown.page.keyboard.press('Control+Enter');
      await shown.page.getByTestId('refusal').waitFor();
      await shown.page.keyboard.press('Control+.');
      await eventually(() => shown.page.evaluate(() => document.activeElement?.getAttribute('role') ?? '')).toBe(
        'menuitem',
      );
      await shown.page.keyboard.press('Enter');
      await shown.showsRows([
        ['East', '5,153,604.81'],
        ['West', '4,001,406.56'],
      ]);
      expect(await shown.question()).toMatch(/HAVING revenue > 4000000/);
    }));

  test('g e and g q go from page to page, ? lists the keys, Ctrl-K searches', () =>
    inPage({}, async (shown) => {
      const { page } = shown;
      await shown.showsRows(REVENUE);
      await page.getByText(/^Ready in/).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('e');
      await page.getByRole('heading', { name: 'Engine of retail_full' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('q');
      await shown.showsRows(REVENUE);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('three best stores');
      await page.keyboard.press('Enter');
      await eventually(() => shown.rows()).toHaveLength(9);
    }));
});

describe('the address', () => {
  test('a link to a question restores it and runs it', () =>
    inPage({ question: PROFIT }, async (shown) => {
      await shown.showsRows(CENTRAL_PROFIT);
      await eventually(() => shown.question()).toBe(PROFIT);
    }));

  test('every run is a place to come back to: Back, Forward and reload restore question and answer', () =>
    inPage({ question: REGION }, async (shown) => {
      await shown.showsRows(REVENUE);
      await shown.upgraded();
      await shown.type(PROFIT);
      await shown.page.keyboard.press('Control+Enter');
      await shown.showsRows(CENTRAL_PROFIT);
      expect(shown.page.url()).toBe(linkTo(visited.url, PROFIT));
      await shown.page.goBack();
      await shown.showsRows(REVENUE);
      await eventually(() => shown.question()).toBe(REGION);
      await shown.page.goForward();
      await shown.showsRows(CENTRAL_PROFIT);
      await shown.page.reload();
      await shown.showsRows(CENTRAL_PROFIT);
      await eventually(() => shown.question()).toBe(PROFIT);
    }));
});

describe('history', () => {
  test('is in its menu and at Alt-Up, newest first, in the next visit too', async () => {
    await inPage({ question: REGION }, (shown) => shown.showsRows(REVENUE));
    await inPage({ question: PROFIT }, (shown) => shown.showsRows(CENTRAL_PROFIT));
    await inPage({ question: 'SELECT profit AT ()' }, async (shown) => {
      await eventually(() => shown.rows()).toHaveLength(1);
      await shown.upgraded();
      await shown.editor.focus();
      await shown.page.keyboard.press('Control+Home');
      await shown.page.keyboard.press('Alt+ArrowUp');
      await eventually(() => shown.question()).toBe('SELECT profit AT ()');
      await shown.page.keyboard.press('Control+Home');
      await shown.page.keyboard.press('Alt+ArrowUp');
      await eventually(() => shown.question()).toBe(PROFIT);
      await shown.page.getByRole('button', { name: 'History' }).click();
      await shown.page.getByRole('menuitem', { name: REGION }).first().click();
      await shown.showsRows(REVENUE);
    });
  });
});

describe('how a question can end', () => {
  test('refused: the code, the place, what can be asked instead', () =>
    inPage({ question: REFUSED }, async (shown) => {
      const panel = shown.page.getByTestId('refusal');
      await panel.getByRole('heading', { name: 'No right answer to this question' }).waitFor();
      expect(await panel.getByTestId('refusal-code').textContent()).toBe('FAMILY_IN_WHERE');
      expect(await panel.getByText('at revenue').count()).toBe(1);
      expect(await shown.page.getByTestId('mood').textContent()).toBe('Refused');
      await eventually(() => shown.page.getByTestId('announcement').textContent()).toMatch(/^Refused: .* 1\sremedy$/);
      await shown.upgraded();
      await eventually(() => shown.page.locator('.cm-lintRange').allTextContents()).toEqual(['revenue']);
      await panel.getByRole('button', { name: /^Ask instead: / }).click();
      await eventually(() => shown.rows()).toHaveLength(2);
      expect(await panel.count()).toBe(0);
    }));

  test('asked back: choices as buttons, the first at hand', () =>
    inPage({ question: CLARIFY }, async (shown) => {
      const panel = shown.page.getByTestId('refusal');
      await panel.getByRole('heading', { name: 'Which one do you mean?' }).waitFor();
      expect(await shown.page.getByTestId('mood').textContent()).toBe('Asks back');
      await eventually(() => focused(shown)).toMatch(/transactions|region_daily_summary/);
      const choices = panel.getByRole('button').filter({ hasText: 'FROM' });
      expect(await choices.count()).toBeGreaterThan(1);
      await choices.filter({ hasText: 'FROM transactions' }).click();
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('444');
    }));

  test('0 rows: what keeps none, and the nearest value as a button', () =>
    inPage({ question: "SELECT region, revenue AT region WHERE region = 'Wst'" }, async (shown) => {
      await eventually(() => shown.page.getByTestId('zero-rows').textContent()).toMatch(
        /^No rows: the filter region = 'Wst' keeps 0 of [\d,]+ \w+\.$/,
      );
      expect(await shown.page.getByTestId('row-count').textContent()).toMatch(/^0\srows$/);
      await shown.page.getByRole('button', { name: 'West', exact: true }).click();
      await shown.showsRows([['West', '4,001,406.56']]);
      expect(await shown.question()).toMatch(/region = 'West'/);
    }));

  test('served: rows, badge, level and where it came from', () =>
    inPage({ question: REGION }, async (shown) => {
      await shown.showsRows(REVENUE);
      expect(await shown.page.getByTestId('row-count').textContent()).toMatch(/^3\srows$/);
      expect(await shown.page.getByTestId('served-from').textContent()).toBe('Engine cache');
      expect(await shown.page.getByTestId('level').textContent()).toBe('AAA');
      const pane = shown.page.getByRole('complementary', { name: 'Where this came from' });
      await pane.getByTestId('origin').waitFor();
      expect(await pane.getByTestId('series').count()).toBe(1);
      await shown.page.getByTestId('level').click();
      await pane.getByText('each store has one region').waitFor();
    }));

  test('many rows: drawn as they are scrolled to, counted in full', () =>
    inPage({ question: 'SELECT region, day, revenue AT (region, day)' }, async (shown) => {
      await eventually(() => shown.grid.getAttribute('aria-rowcount')).toBe('1330');
      expect((await shown.rows()).length).toBeLessThan(100);
      await shown.page.getByText(/^1,329 rows · showing 1–\d+$/).waitFor();
      await shown.grid.getByRole('gridcell').first().focus();
      await shown.page.keyboard.press('Control+End');
      await eventually(async () => (await shown.rows()).at(-1)?.slice(0, 2)).toEqual(['West', '2024-12-16']);
    }));
});

test('a word of the product says what it means where the pointer rests on it', () =>
  inPage({}, async (shown) => {
    await shown.showsRows(REVENUE);
    const heading = shown.page.getByRole('heading', { name: /^Sources/ });
    await shown.page.locator('#tip').waitFor({ state: 'attached' });
    await heading.scrollIntoViewIfNeeded();
    await heading.hover();
    await eventually(() => shown.page.getByRole('tooltip').textContent()).toBe(
      'A file of data; read once, identified by its hash.',
    );
  }));

describe('the Engine page', () => {
  test('lists the entries, opens one, pins it, and tells that nothing broke', () =>
    inPage({}, async (shown) => {
      const { page } = shown;
      await page.getByText(/^Ready in/).waitFor();
      await page.getByRole('link', { name: 'Engine', exact: true }).first().click();
      const rows = page.getByTestId('entries').locator('tbody tr');
      for (const [family, anchor] of [
        ['revenue', '(region)'],
        ['revenue', '(day, region)'],
        ['cost', '(region)'],
      ] as const) {
        const row = rows
          .filter({ has: page.getByText(anchor, { exact: true }) })
          .filter({ hasText: family })
          .filter({ hasText: 'hint' });
        await eventually(() => row.count()).toBe(1);
      }
      await rows
        .filter({ hasText: 'cost' })
        .first()
        .getByRole('button', { name: /^Pin cost/ })
        .click();
      await rows.filter({ hasText: 'cost' }).filter({ hasText: 'pinned' }).waitFor();
      await rows.filter({ hasText: 'cost' }).getByRole('button', { name: 'cost', exact: true }).first().click();
      const drawer = page.getByRole('region', { name: /^Entry cost/ });
      await drawer.getByText('AAA').waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      await page.getByRole('tab', { name: /^Faults/ }).click();
      expect(page.url()).toBe(`${visited.url}#/engine?tab=faults`);
      await page.getByText('No faults: every stored file that was read matched its checksum.').waitFor();
    }));
});

describe('narrow screens', () => {
  test('390 wide: one column, nothing beside the page, fields in a sheet, rows and origin beneath', () =>
    inPage({ question: REGION, width: 390, height: 844 }, async (shown) => {
      const { page } = shown;
      await shown.showsRows(REVENUE);
      expect(await sideways(shown)).toBe(0);
      await page.getByRole('complementary', { name: 'Where this came from' }).getByTestId('origin').waitFor();
      await page.getByRole('button', { name: 'Fields' }).click();
      const sheet = page.getByRole('dialog', { name: 'Fields' });
      await sheet.getByText('revenue').first().waitFor();
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      const bar = page.getByRole('navigation', { name: 'Pages' }).last();
      await bar.getByRole('link', { name: 'Engine' }).click();
      await page.getByRole('heading', { name: 'Engine of retail_full' }).waitFor();
      expect(await sideways(shown)).toBe(0);
      await bar.getByRole('link', { name: 'Query' }).click();
      await shown.showsRows(REVENUE);
    }));

  test('1024 wide: rows and origin are two tabs, reached by 1 and 2', () =>
    inPage({ question: REGION, width: 1024, height: 768 }, async (shown) => {
      const { page } = shown;
      await shown.showsRows(REVENUE);
      expect(await sideways(shown)).toBe(0);
      await page.getByRole('tab', { name: 'Rows' }).focus();
      await page.keyboard.press('2');
      await page.getByTestId('origin').waitFor();
      expect(await shown.grid.isVisible()).toBe(false);
      await page.keyboard.press('1');
      await shown.grid.waitFor();
    }));
});

/** The text of what has the focus. */
function focused({ page }: QueryPage): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
}

/** Where the focus is in the grid; row 1 is the header. */
function focusedCell({ page }: QueryPage): Promise<{ row: string | null; column: string | null }> {
  return page.evaluate(() => {
    const cell = document.activeElement;
    return {
      row: cell?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? null,
      column: cell?.getAttribute('aria-colindex') ?? null,
    };
  });
}

/** How far the page can be scrolled sideways, pixels. */
function sideways({ page }: QueryPage): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
