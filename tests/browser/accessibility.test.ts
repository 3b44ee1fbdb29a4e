import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { QueryPage } from './support/query-page.ts';
import { askForRows, pageSession } from './support/session.ts';

const SERVED = 'SELECT region, SUM(revenue) AS total_revenue AT region';
/** With a choice of every kind in the builder, and a node of every kind in the plan. */
const BUILT = [
  'SELECT region, MAX(revenue), LAG(revenue, 1) AS before, AVG(orders @ (day)) AS daily, revenue / (revenue @ ()) AS share',
  "AT (region, month) WHERE category IN ('Toys', 'Books') AND region <> 'East' HAVING share > 0.01",
  'ORDER BY region, share DESC LIMIT 5 PER region',
].join(' ');
const REFUSED = 'SELECT region, revenue AT region WHERE revenue > 4000000';

/** Findings of these impacts are not let through. */
const SERIOUS: readonly string[] = ['serious', 'critical'];

let browser: TestBrowser;
/** A profile that has seen the demo, in each colour scheme. */
const visited = new Map<'light' | 'dark', FreshPage>();
let script: string;

beforeAll(async () => {
  script = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  browser = await TestBrowser.launch();
  for (const colorScheme of ['light', 'dark'] as const) {
    const fresh = await browser.freshPage({ colorScheme });
    await fresh.openPage();
    visited.set(colorScheme, fresh);
  }
});

afterAll(async () => {
  await browser?.close();
});

const STATES = [
  { state: 'served', question: SERVED, sign: 'served-from' },
  { state: 'refused', question: REFUSED, sign: 'refusal' },
] as const;

function profileOf(theme: 'light' | 'dark'): FreshPage {
  const fresh = visited.get(theme);
  if (fresh === undefined) throw new Error(`there is no ${theme} profile`);
  return fresh;
}

describe.each([
  { theme: 'light', width: 1440, height: 900 },
  { theme: 'light', width: 390, height: 844 },
  { theme: 'dark', width: 1440, height: 900 },
  { theme: 'dark', width: 390, height: 844 },
] as const)('$theme, $width wide: nothing serious', ({ theme, width, height }) => {
  test.each(STATES)('Query page, $state', async ({ question, sign }) => {
    const { context, url } = profileOf(theme);
    const shown = await QueryPage.open(context, url, { question, width, height });
    const { page } = shown;
    await page.getByTestId(sign).waitFor();
    await shown.upgraded();
    await page.getByText(/^Ready in/).waitFor({ state: 'attached' });
    expect(await findings(page)).toEqual([]);
    await page.close();
  });

  test('Query page, a question explained and built', async () => {
    const { context, url } = profileOf(theme);
    const { page } = await QueryPage.open(context, url, { question: BUILT, width, height });
    await page.getByTestId('served-from').waitFor();
    await page.getByTestId('explain').click();
    await page.getByTestId('explanation').waitFor();
    await page.getByTestId('explained-atom').first().locator('summary').click();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('build').click();
    await page.getByTestId('builder').getByTestId('builder-where').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.close();
  });

  test('Engine page: the profile of a table, its values opened', async () => {
    const { context, url } = profileOf(theme);
    const { page } = await QueryPage.open(context, `${url}#/engine?tab=profile`, { width, height });
    await page
      .getByTestId('profile')
      .getByRole('link', { name: /^stores/ })
      .waitFor();
    expect(await findings(page)).toEqual([]);
    await page
      .getByTestId('profile')
      .getByRole('link', { name: /^store_monthly_inventory/ })
      .click();
    await page.getByTestId('profile-columns').locator('summary').first().click();
    await page.getByTestId('profile-dependencies').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.close();
  });

  test('Engine page: every tab, and an entry opened', async () => {
    const { context, url } = profileOf(theme);
    const { page } = await QueryPage.open(context, `${url}#/engine`, { width, height });
    await page.getByTestId('entries').waitFor();
    await page.getByText(/^Ready in/).waitFor({ state: 'attached' });
    await askForRows(await pageSession(page), 'SELECT store, revenue AT store');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByTestId('served-over-time').waitFor({ state: 'attached' });
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Recommendations' }).click();
    for (const box of ['Hits questions', 'Hits a day']) await page.getByRole('textbox', { name: box }).fill('0');
    await page.getByRole('textbox', { name: /^Age/ }).fill('-1');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: /^Age/ }).fill('0');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByTestId('recommendations').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Lattice' }).click();
    await page
      .getByTestId('lattice')
      .getByRole('button', { name: /revenue/ })
      .first()
      .click();
    await page.getByRole('region', { name: /^Entry / }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Backends' }).click();
    await page.getByTestId('backend').first().waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('tab', { name: /^Faults/ }).click();
    await page.getByText(/^No faults/).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.close();
  });

  test('the palette over the page', async () => {
    const { context, url } = profileOf(theme);
    const { page } = await QueryPage.open(context, url, { question: SERVED, width, height });
    await page.getByTestId('served-from').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.close();
  });
});

test.each([
  { theme: 'light', width: 1440, height: 900 },
  { theme: 'dark', width: 390, height: 844 },
] as const)('$theme, $width wide: nothing serious on the Query page, the answer cross-checked', async (shape) => {
  const { context, url } = profileOf(shape.theme);
  const { page } = await QueryPage.open(context, url, { question: SERVED, ...shape });
  await page.getByTestId('cross-check').click();
  await page.getByTestId('agreement').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.close();
});

/** What axe finds in the page, serious and worse: rule, and the elements. */
async function findings(
  page: QueryPage['page'],
): Promise<readonly { readonly rule: string; readonly at: readonly string[] }[]> {
  await page.evaluate(script);
  const violations = await page.evaluate(async () => {
    const { run }: typeof axe = Reflect.get(globalThis, 'axe');
    return (await run(document, { resultTypes: ['violations'] })).violations.map(({ id, impact, nodes }) => ({
      rule: id,
      impact: impact ?? '',
      at: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
    }));
  });
  return violations.filter(({ impact }) => SERIOUS.includes(impact)).map(({ rule, at }) => ({ rule, at }));
}
