import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { eventually, QueryPage } from './support/query-page.ts';

const REVENUE = [
  ['Central', '3,868,636.36'],
  ['East', '5,153,604.81'],
  ['West', '4,001,406.56'],
];

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

/** Opens a further page of the profile with an empty editor that has the focus, and expects that it reported no error. */
async function inEditor(
  work: (shown: QueryPage) => Promise<void>,
  size: { readonly width?: number; readonly height?: number } = {},
): Promise<void> {
  const shown = await QueryPage.open(visited.context, visited.url, size);
  await shown.showsRows(REVENUE);
  await shown.upgraded();
  await shown.editor.focus();
  await shown.page.keyboard.press('Control+a');
  await shown.page.keyboard.press('Delete');
  await work(shown);
  expect(shown.errors).toEqual([]);
  await shown.page.close();
}

/**
 * Waits until the list of completions has this item selected, and has had it for a few looks: just after it has opened,
 * Enter is still a new line.
 */
async function selected({ page }: QueryPage, label: string): Promise<void> {
  const item = page.locator('.cm-tooltip-autocomplete li[aria-selected] .cm-completionLabel');
  let looks = 0;
  const seen = async () => {
    const found = await item.textContent({ timeout: 500 }).catch(() => null);
    looks = found === label ? looks + 1 : 0;
    return looks > 3 ? label : found === label ? 'not for long yet' : found;
  };
  await eventually(seen).toBe(label);
}

/** What the boxes beside the text say. */
function box({ page }: QueryPage, name: 'describe' | 'signature' | 'declaration' | 'notice' | 'fixes') {
  return page.locator(`.cm-${name}`);
}

/** Types a question as a whole, and puts away the list that it opened. */
async function write(shown: QueryPage, text: string): Promise<void> {
  await shown.page.keyboard.insertText(text);
  await eventually(() => shown.question()).toBe(text);
}

describe('a question is written by choosing', () => {
  test('from SELECT to its rows by keyboard alone', () =>
    inEditor(async (shown) => {
      const { keyboard } = shown.page;
      await keyboard.type('sel');
      await selected(shown, 'SELECT');
      await keyboard.press('Enter');
      await keyboard.type('regi');
      await selected(shown, 'region');
      await keyboard.press('Enter');
      await keyboard.type(', su');
      await selected(shown, 'SUM');
      await keyboard.press('Enter');
      // The brackets are there, and what SUM accepts is offered between them.
      await eventually(() => shown.question()).toBe('SELECT region, SUM()');
      await selected(shown, 'cost');
      await keyboard.type('rev');
      await selected(shown, 'revenue');
      await keyboard.press('Tab');
      await keyboard.type(') AS total ');
      await keyboard.type('a');
      await selected(shown, 'AT');
      await keyboard.press('Enter');
      // What SELECT lists comes first.
      await selected(shown, 'region');
      await keyboard.press('Enter');
      await eventually(() => shown.question()).toBe('SELECT region, SUM(revenue) AS total AT region');
      await keyboard.press('Control+Enter');
      await shown.showsRows(REVENUE);
    }));

  test('dates come from the sources, and AT brings what SELECT lists', () =>
    inEditor(async (shown) => {
      const { keyboard } = shown.page;
      await write(shown, 'SELECT region, revenue AT ');
      await keyboard.press('Control+Space');
      await selected(shown, 'region');
      await keyboard.type('quar');
      await selected(shown, 'quarter');
      await keyboard.press('Enter');
      await keyboard.type(' WHERE quarter = ');
      await selected(shown, "'2024-Q4'");
      await keyboard.press('Enter');
      await eventually(() => shown.question()).toBe(
        "SELECT region, revenue AT (region, quarter) WHERE quarter = '2024-Q4'",
      );
      await keyboard.press('Control+Enter');
      await eventually(async () => (await shown.rows()).map((row) => row.slice(0, 2))).toEqual([
        ['2024-Q4', 'Central'],
        ['2024-Q4', 'East'],
        ['2024-Q4', 'West'],
      ]);
    }));

  test('with a finger, where an item is chosen by a tap', async () => {
    const fresh = await browser.freshPage({
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    await fresh.openPage();
    const shown = new QueryPage(fresh.page);
    await shown.upgraded();
    await shown.editor.tap();
    await fresh.page.keyboard.press('Control+a');
    await fresh.page.keyboard.type('SELECT stock AT ');
    const items = fresh.page.locator('.cm-tooltip-autocomplete li');
    await items.first().waitFor();
    const { width = 0, x = -1 } = (await items.first().boundingBox()) ?? {};
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(390);
    expect((await items.first().boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await items.filter({ hasText: 'region' }).tap();
    await eventually(() => shown.question()).toBe('SELECT stock AT region');
    expect(fresh.errors).toEqual([]);
    await fresh.close();
  });
});

describe('a question explains itself', () => {
  test('the word under the pointer', () =>
    inEditor(async (shown) => {
      await write(shown, 'SELECT region, profit AT region');
      await shown.page.locator('.cm-line .fq-family').hover();
      await box(shown, 'describe').waitFor();
      await eventually(() => box(shown, 'describe').textContent()).toMatch(
        /profit[\s\S]*Revenue less cost\.[\s\S]*revenue - cost/,
      );
    }));

  test('the call around the caret, with the argument there; Esc puts it away', () =>
    inEditor(async (shown) => {
      const { keyboard } = shown.page;
      await keyboard.type('SELECT ROUND(revenue');
      const marked = box(shown, 'signature').locator('mark');
      const list = shown.page.locator('.cm-tooltip-autocomplete');
      await eventually(() => marked.textContent()).toBe('x');
      // The list of completions, over the help, goes first.
      await list.waitFor();
      await keyboard.press('Escape');
      await list.waitFor({ state: 'detached' });
      await keyboard.type(', 1');
      await eventually(() => marked.textContent()).toBe('n');
      await list.waitFor({ state: 'detached' });
      await keyboard.press('Escape');
      await box(shown, 'signature').waitFor({ state: 'detached' });
      await keyboard.type(')');
      expect(await box(shown, 'signature').count()).toBe(0);
    }));

  test('where a name is declared, by F12 and by a click with Ctrl', () =>
    inEditor(async (shown) => {
      const { page } = shown;
      await write(shown, 'SELECT region, profit AT region');
      await page.keyboard.press('Home');
      for (let step = 0; step < 17; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('F12');
      await eventually(() => box(shown, 'declaration').textContent()).toMatch(/ac\.yaml:105:5[\s\S]*- name: profit/);
      await page.keyboard.press('Enter');
      await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(
        /^# ac\.yaml:105:5\n {2}- name: profit\n/,
      );
      await page.keyboard.press('Escape');
      await box(shown, 'declaration').waitFor({ state: 'detached' });
      // The focus is in the text again.
      await page.keyboard.press('End');
      await page.keyboard.type(' ');
      await eventually(() => shown.question()).toBe('SELECT region, profit AT region ');
      await page
        .locator('.cm-line .fq-dimension')
        .first()
        .click({ modifiers: ['Control'] });
      await eventually(() => box(shown, 'declaration').textContent()).toMatch(/ac\.yaml:21:7[\s\S]*region:/);
      await page.locator('header').first().click();
      await box(shown, 'declaration').waitFor({ state: 'detached' });
    }));
});

describe('a question is put right', () => {
  test('formatted by Shift Alt F in one step, and by its button; comments are not lost', () =>
    inEditor(async (shown) => {
      const { page } = shown;
      const typed = 'select region, revenue at region order by revenue desc';
      const formatted = 'SELECT region, revenue\n  AT region\n  ORDER BY revenue DESC';
      await write(shown, typed);
      await page.keyboard.press('Shift+Alt+F');
      await eventually(() => shown.question()).toBe(formatted);
      await page.keyboard.press('Control+z');
      await eventually(() => shown.question()).toBe(typed);
      await page.getByTestId('format').click();
      await eventually(() => shown.question()).toBe(formatted);
      await page.keyboard.press('End');
      await page.keyboard.type(' -- kept');
      await page.keyboard.press('Shift+Alt+F');
      await eventually(() => box(shown, 'notice').textContent()).toMatch(/lose the comments/);
      await eventually(() => shown.question()).toBe(`${formatted} -- kept`);
    }));

  test('a fix by Ctrl-. before it is run, and by one click', () =>
    inEditor(async (shown) => {
      const { page } = shown;
      const wrong = 'SELECT region, profit AT region WHERE profit > 1200000';
      const mended = 'SELECT region, profit AT region HAVING profit > 1200000';
      await write(shown, wrong);
      await page.locator('.cm-lintRange').waitFor();
      await page.keyboard.press('Control+.');
      await box(shown, 'fixes').getByRole('menuitem').first().waitFor();
      await page.keyboard.press('Enter');
      await eventually(() => shown.question()).toBe(mended);
      await page.keyboard.press('Control+z');
      await eventually(() => shown.question()).toBe(wrong);
      await page.locator('.cm-lintRange').hover();
      await page.locator('.cm-diagnosticAction').first().click();
      await eventually(() => shown.question()).toBe(mended);
    }));

  test('every cause is underlined, and F8 goes from one to the next', () =>
    inEditor(async (shown) => {
      const { page } = shown;
      await write(shown, 'SELECT revenu, regoin AT store');
      await eventually(() => page.locator('.cm-lintRange').allTextContents()).toEqual(['revenu', 'regoin']);
      await page.keyboard.press('Control+Home');
      const chosen = () => page.evaluate(() => document.getSelection()?.toString() ?? '');
      await page.keyboard.press('F8');
      await eventually(chosen).toBe('revenu');
      await page.keyboard.press('F8');
      await eventually(chosen).toBe('regoin');
      await page.keyboard.press('Shift+F8');
      await eventually(chosen).toBe('revenu');
    }));
});
