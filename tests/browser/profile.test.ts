import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestBrowser } from './support/browser.ts';
import type { FreshPage } from './support/fresh-page.ts';
import { hold, QueryPage } from './support/query-page.ts';
import { pageSession } from './support/session.ts';

let browser: TestBrowser;
let fresh: FreshPage;

beforeAll(async () => {
  browser = await TestBrowser.launch();
  fresh = await browser.freshPage();
  await fresh.openPage();
});

afterAll(async () => {
  await browser?.close();
});

test('what takes long can be cancelled, and asked for again', async () => {
  const shown = await QueryPage.open(fresh.context, `${fresh.url}#/engine?tab=profile`);
  const { page } = shown;
  const { asked, release } = await hold(fresh.context, /product_promotions\.csv$/);
  await page
    .getByTestId('profile')
    .getByRole('link', { name: /^product_promotions/ })
    .click();
  await asked;
  await page.getByTestId('profile-cancel').click();
  await page.getByTestId('profile-cancelled').waitFor();
  release();
  await page.getByRole('button', { name: 'Profile again' }).click();
  await page.getByTestId('profile-columns').waitFor();
  expect(await page.getByTestId('profile-dependencies').textContent()).toContain('(sku, promotion_id)');
  expect(shown.errors).toEqual([]);
  await page.close();
});

test('a table is profiled by keys alone, and after a reload its profile comes from the store, nothing being read', async () => {
  const { page } = fresh;
  await page.goto(`${fresh.url}#/engine?tab=profile`);
  const link = page.getByTestId('profile').getByRole('link', { name: /^region_daily_summary/ });
  await link.focus();
  await page.keyboard.press('Enter');
  const columns = page.getByTestId('profile-columns');
  await columns.waitFor();
  const region = columns.locator('tr[data-column=region]');
  expect(await region.locator('td').allTextContents()).toEqual([
    expect.stringContaining('dimension'),
    '—',
    '3',
    expect.stringMatching(/^Central.*West/),
    expect.stringMatching(/in 33\.3\s%/),
  ]);
  expect(await page.getByTestId('profile-dependencies').textContent()).toContain('(region, day)');
  const values = columns.locator('tr[data-column=revenue] summary');
  await values.focus();
  await page.keyboard.press('Enter');
  expect(await columns.locator('tr[data-column=revenue] details').getByText('median').isVisible()).toBe(true);
  expect(await columns.getByRole('img', { name: /^Histogram of revenue, / }).count()).toBe(1);
  expect(await page.getByTestId('profile-origin').getAttribute('data-origin')).toBe('computed');

  fresh.requests.length = 0;
  await page.reload();
  await columns.waitFor();
  expect(await page.getByTestId('profile-origin').getAttribute('data-origin')).toBe('stored');
  expect(await region.locator('td').nth(2).textContent()).toBe('3');
  await fresh.ready();
  expect(fresh.requests.filter((address) => /\.parquet$|\.csv$|duckdb/.test(address))).toEqual([]);
  expect(fresh.errors).toEqual([]);
});

test('a table that there is not names the nearest, to the page and to the session', async () => {
  const shown = await QueryPage.open(fresh.context, `${fresh.url}#/engine?tab=profile&table=store`);
  await shown.page
    .getByTestId('profile-failed')
    .getByText(/^Did you mean stores/)
    .waitFor();
  const session = await pageSession(fresh.page);
  const error = await session.evaluate((each) =>
    each
      .profile('store')
      .catch((thrown: unknown) => (thrown instanceof Error ? [thrown.name, thrown.message] : thrown)),
  );
  expect(error).toEqual(['ProfileError', 'There is no table store.']);
  await shown.page.close();
});

test('a source of the field list leads to its profile', async () => {
  const shown = await QueryPage.open(fresh.context, fresh.url);
  await shown.page.getByRole('link', { name: /^stores/ }).click();
  await shown.page.getByTestId('profile-columns').locator('tr[data-column=store_name]').waitFor();
  expect(await shown.page.getByTestId('profile-table').inputValue()).toBe('stores');
  await shown.page.close();
});
