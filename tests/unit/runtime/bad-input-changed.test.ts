import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyShelf, type MemoryShelf } from '../../../src/engine/store/memory-store.ts';
import type { Answer, ArrowAnswer, Refusal } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { NODE_BASE, type NodeInstallation, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import {
  SHOP,
  SHOP_COLLECTION,
  SHOP_FILES,
  SHOP_PATHS,
  sha256,
  shopInstallation,
  targetsParquet,
} from '../../support/shop.ts';
import { Site } from '../../support/site.ts';

/** The shop's sales with another amount of S2: as many rows, as many bytes. */
const OTHER_SALES = SHOP.sales.replace('S2,20', 'S2,70');

let site: Site;
let session: NodeSession | undefined;

beforeEach(() => {
  site = new Site(NODE_BASE, SHOP_FILES);
});
afterEach(async () => {
  await session?.close();
  session = undefined;
});

async function openShop(given: Partial<NodeInstallation> = {}): Promise<NodeSession> {
  session = await openInNode({
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: {},
    fetch: site.fetch,
    warmUp: 'off',
    ...given,
  });
  return session;
}

/** Puts a file whose identity its server vouches for. */
function putWithTag(path: string, body: string | Uint8Array<ArrayBuffer>): void {
  site.put(path, { body, headers: { ETag: `"${sha256(body)}"` } });
}

describe('bytes that are not those of the stated sha256', () => {
  test('SOURCE_CHANGED for what needs them, and the rest answers', async () => {
    const shop = await openShop({ installation: shopInstallation({ hashes: { sales: sha256(SHOP.sales) } }) });
    await shop.close();
    site.put(SHOP_PATHS.sales, { body: OTHER_SALES });
    const other = await openShop({ installation: shopInstallation({ hashes: { sales: sha256(SHOP.sales) } }) });
    const refusal = await other.query('SELECT amount AT ()');
    expect(refusal).toMatchObject({
      mood: 'refuse',
      code: 'SOURCE_CHANGED',
      parameters: { source: 'sales', expected: sha256(SHOP.sales), found: sha256(OTHER_SALES) },
      message: expect.stringMatching(/^The bytes of `sales` are not those .* Restore the file, or update sha256 in /),
    });
    expect(await other.query('SELECT target AT ()')).toMatchObject({ rows: [[600]], mood: 'serve' });
  });

  test('once the file is restored the next question answers', async () => {
    site.put(SHOP_PATHS.sales, { body: OTHER_SALES });
    const shop = await openShop({ installation: shopInstallation({ hashes: { sales: sha256(SHOP.sales) } }) });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ code: 'SOURCE_CHANGED' });
    site.put(SHOP_PATHS.sales, { body: SHOP.sales });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], mood: 'serve' });
  });
});

describe('a source that is missing when the session opens, and there later', () => {
  test('the next question answers, and by the types of the file', async () => {
    site.remove(SHOP_PATHS.targets);
    const shop = await openShop({ warmUp: 'await' });
    expect(await shop.query('SELECT MAX(target) AS most AT ()')).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });

    // As texts, '300' is the greatest of these.
    putWithTag(SHOP_PATHS.targets, targetsParquet([1000, 200, 300]));
    expect(await shop.query('SELECT MAX(target) AS most AT ()')).toMatchObject({ rows: [[1000]], mood: 'serve' });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], mood: 'serve' });
    const { sources } = valueIn(await shop.service.summary());
    expect(sources.map(({ name, state }) => [name, state])).toContainEqual(['targets', 'verified']);
  });
});

describe('bytes that changed, as the server says', () => {
  test.each([
    { what: 'as many rows', body: OTHER_SALES, total: 115, ofS1: 15 },
    { what: 'more rows', body: `${SHOP.sales}e,2024-01-01,S1,1000\n`, total: 1065, ofS1: 1015 },
  ])('$what: after a refresh no number is of the earlier bytes', async ({ body, total, ofS1 }) => {
    putWithTag(SHOP_PATHS.sales, SHOP.sales);
    const shop = await openShop();
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    expect(await shop.query('SELECT region, amount AT region')).toMatchObject({
      rows: [
        ['East', 35],
        ['West', 30],
      ],
    });

    putWithTag(SHOP_PATHS.sales, body);
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[total]], served_from: 'engine_cache' });
    // A column that was not loaded before is not set beside those of the earlier bytes.
    expect(await shop.query("SELECT amount AT () WHERE store = 'S1'")).toMatchObject({ rows: [[ofS1]] });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[total]], served_from: 'engine_cache' });
    expect(await shop.query('SELECT amount AT ()', { engine: false })).toMatchObject({ rows: [[total]] });
  });

  test('another type: the collection is compiled anew', async () => {
    putWithTag(SHOP_PATHS.targets, SHOP.targets);
    const shop = await openShop();
    expect(await shop.query('SELECT target AT ()')).toMatchObject({ rows: [[600]] });
    site.put(SHOP_PATHS.targets, { body: targetsParquet([1.5, 2, 3]), headers: { ETag: '"doubles"' } });
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT target AT ()')).toMatchObject({ rows: [[6.5]] });
    const { families } = valueIn(await shop.service.summary());
    expect(families.find(({ name }) => name === 'target')).toMatchObject({ type: 'double' });
  });

  test('a column that is gone: refused by name, the rest answers, and nothing stored is lost', async () => {
    putWithTag(SHOP_PATHS.sales, SHOP.sales);
    const shop = await openShop();
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    putWithTag(SHOP_PATHS.sales, csv('sale,day,store,sum', 'a,2024-01-01,S1,10'));
    const refreshed = await shop.service.refresh();
    expect(refreshed).toMatchObject({
      ok: false,
      error: { kind: 'collection', issues: [{ code: 'UNKNOWN_COLUMN', line: 11 }] },
    });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({
      code: 'SOURCE_UNREADABLE',
      parameters: { source: 'sales' },
    });
    expect(await shop.query('SELECT target AT ()')).toMatchObject({ rows: [[600]] });

    putWithTag(SHOP_PATHS.sales, SHOP.sales);
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], served_from: 'engine_cache' });
  });

  test('a source that is missing for a while keeps its entries', async () => {
    const shop = await openShop();
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    site.remove(SHOP_PATHS.sales);
    valueIn(await shop.service.refresh());
    const meanwhile = await shop.query('SELECT amount AT ()');
    expect(meanwhile).toMatchObject({ rows: [[65]], served_from: 'engine_cache', mood: 'disclose' });
    site.put(SHOP_PATHS.sales, { body: SHOP.sales });
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], served_from: 'engine_cache' });
  });
});

describe('bytes that changed, and nothing says so: no tag, the same length', () => {
  /** A second visit finds recorded snapshots, and weak evidence that they hold. */
  async function visitAgain(shelf: MemoryShelf, body: string, until = Promise.resolve()): Promise<NodeSession> {
    // A tag where there was none before proves nothing of what was there before.
    site.put(SHOP_PATHS.sales, { body, headers: { ETag: `"${sha256(body)}"` }, until });
    await session?.close();
    return openShop({ shelf });
  }

  test('what is stored serves with the caveat, and the answer is replaced when the bytes are here', async () => {
    const shelf = emptyShelf();
    const first = await openShop({ shelf });
    expect(await first.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]], mood: 'serve' });
    let arrive = () => {};
    const shop = await visitAgain(shelf, OTHER_SALES, new Promise((resolve) => (arrive = resolve)));
    let replace = (_: Answer | ArrowAnswer | Refusal) => {};
    const replaced = new Promise<Answer | ArrowAnswer | Refusal>((resolve) => (replace = resolve));
    const query = { id: 99, text: 'SELECT amount AT ()', format: 'json', backend: null, engine: null } as const;
    expect(valueIn(await shop.service.query(query, null, (answer) => replace(answer)))).toMatchObject({
      rows: [[65]],
      served_from: 'engine_cache',
      mood: 'disclose',
      disclosures: [{ code: 'source_assumed_unchanged', critical: false, parameters: { source: 'sales' } }],
      provenance: { sources: [{ name: 'sales', contentHash: sha256(SHOP.sales), assumed: true }] },
    });
    arrive();
    expect(await replaced).toMatchObject({
      rows: [[115]],
      mood: 'serve',
      disclosures: [],
      provenance: { sources: [{ name: 'sales', contentHash: sha256(OTHER_SALES), assumed: false }] },
    });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[115]], mood: 'serve' });
  });

  test('what is not stored is computed and kept as of the bytes that were read', async () => {
    const shelf = emptyShelf();
    const first = await openShop({ shelf });
    expect(await first.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    const shop = await visitAgain(shelf, OTHER_SALES);
    const stores = await shop.query('SELECT store, amount AT store');
    const other = [
      ['S1', 15],
      ['S2', 70],
      ['S3', 30],
    ];
    expect(stores).toMatchObject({ rows: other, provenance: { sources: [{ contentHash: sha256(OTHER_SALES) }] } });

    // Nothing was kept of the new bytes under the key of the earlier ones.
    putWithTag(SHOP_PATHS.sales, SHOP.sales);
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT store, amount AT store')).toMatchObject({
      rows: [
        ['S1', 15],
        ['S2', 20],
        ['S3', 30],
      ],
    });
  });

  test('offline: what is stored serves with the caveat', async () => {
    const shop = await openShop();
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    site.offline = true;
    valueIn(await shop.service.refresh());
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({
      rows: [[65]],
      served_from: 'engine_cache',
      disclosures: [{ code: 'source_assumed_unchanged' }],
    });
    site.offline = false;
  });
});
