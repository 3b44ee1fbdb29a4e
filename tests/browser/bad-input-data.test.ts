import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SHOP, SHOP_COLLECTION, SHOP_PATHS, sha256 } from '../support/shop.ts';
import { BY_DAY, BY_STORE, MOST, ShopVisit, TOTAL } from './bad-input/shop-visit.ts';
import { TestBrowser } from './support/browser.ts';

const STORED = { rows: BY_STORE.rows, served_from: 'engine_cache', mood: 'serve' };
/** The shop's sales with another amount of S2: as many rows, as many bytes. */
const OTHER_SALES = SHOP.sales.replace('S2,20', 'S2,70');

let browser: TestBrowser;
let visit: ShopVisit;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterEach(() => visit.close());
afterAll(() => browser?.close());

test('YAML that cannot be used: the page tells every line, and mending it brings back what was stored', async () => {
  visit = await ShopVisit.open(browser);
  const { page, site } = visit;
  const panel = page.getByTestId('defect');
  const lines = SHOP_COLLECTION.split('\n');
  const documents: readonly { readonly text: string; readonly says: readonly RegExp[] }[] = [
    { text: lines.with(5, '    grain: [sale').join('\n'), says: [/ac\.yaml:7:\d+/, /YAML_SYNTAX/] },
    {
      text: lines.with(4, '    source: sale').with(24, '    ip_reducers: [{operator: TOTAL, a_block: []}]').join('\n'),
      says: [/ac\.yaml:5:13/, /UNKNOWN_SOURCE/, /ac\.yaml:25:30/, /UNKNOWN_OPERATOR/],
    },
    { text: '<!doctype html><title>Sign in</title>', says: [/ac\.yaml:1:1/] },
  ];
  for (const { text, says } of documents) {
    site.put('shop/ac.yaml', { body: text });
    await visit.goto();
    await panel.getByText('The collection cannot be compiled').waitFor();
    const told = await panel.textContent();
    for (const each of says) expect(told).toMatch(each);
    expect(told).toMatch(/everything stored/);
    expect(await visit.openInVain()).toMatchObject({ name: 'CollectionError' });
  }
  site.remove('shop/ac.yaml');
  await visit.goto();
  await panel
    .getByText(/shop\/ac\.yaml answered 404/)
    .first()
    .waitFor();

  site.put('shop/ac.yaml', { body: SHOP_COLLECTION });
  await panel.getByRole('button', { name: 'Reload' }).click();
  await visit.fresh.ready();
  expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
  expect((await visit.statistics()).backend.state).toBe('idle');
});

test('sources that cannot be read: the page refuses what needs them, answers the rest, and tries again when asked', async () => {
  visit = await ShopVisit.prepare(browser);
  const { page, site } = visit;
  site.remove(SHOP_PATHS.targets);
  site.put(SHOP_PATHS.stores, { body: SHOP.stores, headers: { 'Content-Length': '1000' } });
  await visit.goto(visit.linkTo(MOST.query));
  await visit.fresh.ready();
  const refusal = page.getByTestId('refusal');
  await refusal.getByText(/nothing is at .*targets\.parquet \(status 404\)/).waitFor();
  expect(await refusal.textContent()).toMatch(/Put the file there or correct the source's path\..*SOURCE_UNREADABLE/);
  expect(await visit.ask(TOTAL.query)).toMatchObject({ rows: TOTAL.rows, mood: 'serve' });
  expect(await visit.ask('SELECT region, amount AT region')).toMatchObject({
    code: 'SOURCE_UNREADABLE',
    parameters: { source: 'stores' },
  });
  const fields = page.getByRole('navigation', { name: 'Fields' });
  await fields.getByText('could not be read').nth(1).waitFor();
  expect(await fields.textContent()).toMatch(/stores[^a-z]*could not be read[^a-z]*targets[^a-z]*could not be read/);

  site.put(SHOP_PATHS.targets, { body: SHOP.targets });
  site.put(SHOP_PATHS.stores, { body: SHOP.stores });
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await visit.shows('300');
  expect(await visit.ask('SELECT region, amount AT region')).toMatchObject({
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  });
});

test('bytes that are not those of the stated sha256: what is stored serves, what is new is refused', async () => {
  visit = await ShopVisit.open(browser, { hashes: { sales: sha256(SHOP.sales) } });
  const { page, site } = visit;
  site.put(SHOP_PATHS.sales, { body: OTHER_SALES });
  await visit.goto(visit.linkTo(BY_DAY.query));
  await page.getByTestId('refusal').getByText('SOURCE_CHANGED').waitFor();
  expect(await page.getByTestId('refusal').textContent()).toMatch(/sales.*Restore the file, or update sha256/);
  await visit.fresh.ready();
  expect(await visit.ask(BY_STORE.query)).toMatchObject(STORED);
  expect(await visit.ask(MOST.query)).toMatchObject({ rows: MOST.rows, mood: 'serve' });

  site.put(SHOP_PATHS.sales, { body: SHOP.sales });
  await page.getByRole('button', { name: /^Run/ }).first().click();
  await visit.shows('2024-01-03');
  expect(await visit.ask(BY_DAY.query)).toMatchObject({ rows: BY_DAY.rows, mood: 'serve' });
});

describe('a source whose identity nothing proves', () => {
  test('other bytes of the same length: the page says what it assumes, and replaces the answer', async () => {
    visit = await ShopVisit.open(browser, { proves: false });
    const { page, site } = visit;
    let release = () => {};
    site.put(SHOP_PATHS.sales, {
      body: OTHER_SALES,
      until: new Promise<void>((resolve) => {
        release = resolve;
      }),
    });
    await visit.goto(visit.linkTo(BY_STORE.query));
    await visit.shows('20');
    await page.getByText(/gave no proof that sales is unchanged/).waitFor();
    release();
    await visit.shows('70');
    await page.getByText('A source had changed. This answer was computed from its new bytes').waitFor();
    await visit.fresh.ready();
    expect(await visit.ask(BY_STORE.query)).toMatchObject({
      rows: [
        ['S1', 15],
        ['S2', 70],
        ['S3', 30],
      ],
    });
  });

  test('offline: what is stored serves with that caveat, and what is not is refused by name', async () => {
    visit = await ShopVisit.open(browser, { proves: false });
    const { page, site } = visit;
    // The page and the YAML are here; where the data lie is out of reach.
    for (const path of Object.values(SHOP_PATHS)) site.put(path, { body: '', status: 0 });
    await visit.comeBack();
    expect(await visit.ask(BY_STORE.query)).toMatchObject({
      rows: BY_STORE.rows,
      served_from: 'engine_cache',
      mood: 'disclose',
      disclosures: [{ code: 'source_assumed_unchanged' }],
    });
    expect((await visit.statistics()).backend.state).toBe('idle');
    expect(await visit.ask(BY_DAY.query)).toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringMatching(/could not be fetched .* Check the connection/),
    });

    // A tab that is open goes on when the whole network goes.
    await visit.fresh.context.setOffline(true);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, visit.linkTo(BY_STORE.query));
    await visit.shows('S3');
    await visit.fresh.context.setOffline(false);
  });
});
