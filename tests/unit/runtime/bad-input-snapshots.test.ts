import { describe, expect, test } from 'vitest';
import { NODE_BASE, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP, SHOP_COLLECTION, SHOP_FILES, sha256, shopInstallation } from '../../support/shop.ts';
import { Site } from '../../support/site.ts';

const HASHES = { sales: sha256(SHOP.sales), stores: sha256(SHOP.stores), targets: sha256(SHOP.targets) };

/** What a snapshots.json says of the shop's sales when it tells the truth. */
const SALES = {
  name: 'sales',
  kind: 'csv',
  location: 'sales.csv',
  contentHash: HASHES.sales,
  bytes: SHOP.sales.length,
  rowCount: 4,
  columns: ['sale', 'day', 'store', 'amount'].map((name) => ({ name, type: 'text', nullable: true })),
  statistics: [{ column: 'day', min: '2024-01-01', max: '2024-01-03', nullCount: 0, distinctCount: 3 }],
};

function openShop(snapshots: string): Promise<NodeSession> {
  const site = new Site(NODE_BASE, {
    'installation.yaml': shopInstallation({ hashes: HASHES }),
    'shop/ac.yaml': SHOP_COLLECTION,
    'snapshots.json': snapshots,
    ...SHOP_FILES,
  });
  const address = `${NODE_BASE}installation.yaml`;
  return openInNode({ installation: '', address, collections: {}, files: {}, fetch: site.fetch, warmUp: 'off' });
}

/** What the session says of the sales once their bytes are read. */
const FOUND = { state: 'verified', rows: 4, bytes: SHOP.sales.length, contentHash: HASHES.sales };

describe('a snapshots.json beside the installation that is of no use: the sources themselves are read', () => {
  test.each([
    { what: 'no JSON', body: '<!doctype html><title>Not found</title>' },
    { what: 'cut short', body: JSON.stringify([SALES]).slice(0, 100) },
    { what: 'no list', body: JSON.stringify({ sales: SALES }) },
    { what: 'a list of something else', body: '[null, 1, "sales", {}, []]' },
    { what: 'of other bytes', body: JSON.stringify([{ ...SALES, contentHash: '0'.repeat(64), rowCount: 9 }]) },
    { what: 'without columns', body: JSON.stringify([{ ...SALES, columns: [null, {}, 'day'] }]) },
    {
      what: 'with columns of no type',
      body: JSON.stringify([{ ...SALES, columns: [{ name: 'sale', type: 'blob' }] }]),
    },
    { what: 'with statistics of nothing', body: JSON.stringify([{ ...SALES, statistics: [null, 7] }]) },
    { what: 'of no kind', body: JSON.stringify([{ ...SALES, kind: 'spreadsheet' }]) },
    { what: 'with a count that is none', body: JSON.stringify([{ ...SALES, rowCount: -1, bytes: 'many' }]) },
  ])('$what', async ({ body }) => {
    const session = await openShop(body);
    const { sources } = valueIn(await session.service.summary());
    expect(sources.find(({ name }) => name === 'sales')).toMatchObject(FOUND);
    await session.close();
  });
});

test('a count that is not so is put right when the bytes are read', async () => {
  const session = await openShop(JSON.stringify([{ ...SALES, rowCount: 5 }]));
  const sales = async () => {
    const { sources } = valueIn(await session.service.summary());
    return sources.find(({ name }) => name === 'sales');
  };
  expect(await sales()).toMatchObject({ state: 'published', rows: 5 });
  expect(await session.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], mood: 'serve' });
  expect(await sales()).toMatchObject(FOUND);
  await session.close();
});
