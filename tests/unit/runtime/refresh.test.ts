import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyShelf, type MemoryShelf } from '../../../src/engine/store/memory-store.ts';
import type { EntrySummary, Progress } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { NODE_BASE, type NodeInstallation, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP, SHOP_COLLECTION, SHOP_FILES, SHOP_PATHS, sha256, shopInstallation } from '../../support/shop.ts';
import { Site } from '../../support/site.ts';

/** The shop's sales with 70 of S2 in place of 20. */
const OTHER_SALES = SHOP.sales.replace('S2,20', 'S2,70');

let site: Site;
let shelf: MemoryShelf;
let session: NodeSession | undefined;

beforeEach(() => {
  site = new Site(NODE_BASE, SHOP_FILES);
  for (const [path, body] of Object.entries(SHOP_FILES)) put(path, body);
  shelf = emptyShelf();
});
afterEach(async () => {
  await session?.close();
  session = undefined;
});

/** Puts a file whose identity its server vouches for. */
function put(path: string, body: string | Uint8Array<ArrayBuffer>): void {
  site.put(path, { body, headers: { ETag: `"${sha256(body)}"` } });
}

async function visit(given: Partial<NodeInstallation> = {}): Promise<NodeSession> {
  await session?.close();
  session = await openInNode({
    installation: shopInstallation().replace('duckdb', 'arquero'),
    collections: { 'shop/': SHOP_COLLECTION },
    files: {},
    fetch: site.fetch,
    warmUp: 'off',
    shelf,
    ...given,
  });
  return session;
}

async function metricsOf(shop: NodeSession): Promise<readonly EntrySummary[]> {
  return valueIn(await shop.service.entries()).filter(({ domain }) => domain === 'metric');
}

const keysOf = async (shop: NodeSession) => (await metricsOf(shop)).map(({ key }) => key).sort();

const QUESTIONS = [
  ['SELECT amount AT ()', [[65]], [[115]]],
  [
    'SELECT region, amount AT region',
    [
      ['East', 35],
      ['West', 30],
    ],
    [
      ['East', 85],
      ['West', 30],
    ],
  ],
  [
    'SELECT store, amount AT store',
    [
      ['S1', 15],
      ['S2', 20],
      ['S3', 30],
    ],
    [
      ['S1', 15],
      ['S2', 70],
      ['S3', 30],
    ],
  ],
  ["SELECT amount AT () WHERE store = 'S2'", [[20]], [[70]]],
  ['SELECT SUM(amount * 2) AS twice AT ()', [[130]], [[230]]],
  ['SELECT AVG(amount) AS mean AT ()', [[16.25]], [[28.75]]],
  ['SELECT MAX(amount @ (store)) AS most AT ()', [[30]], [[70]]],
  ['SELECT target AT ()', [[600]], [[600]]],
] as const;

describe('a refresh', () => {
  test('makes anew what rests on bytes that changed, finest first, and says so', async () => {
    const shop = await visit();
    for (const [text, rows] of QUESTIONS) expect(await shop.query(text)).toMatchObject({ rows });
    const before = await metricsOf(shop);
    const [pinned] = before.filter(({ anchor, family }) => family === 'amount' && anchor.join() === 'region');
    valueIn(await shop.service.pin(pinned?.key ?? '', true));
    put(SHOP_PATHS.sales, OTHER_SALES);
    const steps: Progress[] = [];
    const report = valueIn(await shop.service.refresh(0, (event) => steps.push(event)));
    expect(report.sources).toEqual([
      { name: 'sales', state: 'changed' },
      { name: 'stores', state: 'same' },
      { name: 'targets', state: 'same' },
    ]);
    const stale = before.filter(({ schema }) => schema === 'sales').map(({ key }) => key);
    expect(report.dropped.map(({ key }) => key).sort()).toEqual(stale.sort());
    expect(report.notRecomputed).toEqual([]);
    const amounts = report.recomputed.filter(({ family, state }) => family === 'amount' && state === 'sum');
    expect(amounts.map(({ anchor, filter, path }) => [anchor.join(), filter, path])).toEqual([
      ['store', null, 'backend'],
      ['region', null, 'rollup'],
      ['', null, 'rollup'],
      // Twice the amounts are another state.
      ['', null, 'backend'],
      ['', "store = 'S2'", 'rollup'],
    ]);
    const { misses } = valueIn(await shop.service.statistics());
    for (const [text, , rows] of QUESTIONS)
      expect(await shop.query(text)).toMatchObject({ rows, served_from: 'engine_cache', disclosures: [] });
    expect(valueIn(await shop.service.statistics()).misses).toBe(misses);
    const after = await metricsOf(shop);
    expect(after.length).toBe(before.length);
    expect(after.filter((each) => each.pinned).map(({ anchor }) => anchor)).toEqual([['region']]);
    expect(steps.at(-1)).toMatchObject({ id: 'refresh', phase: 'refresh', state: 'done', done: stale.length });
  });

  test('of a lookup makes anew only what climbs it', async () => {
    const shop = await visit();
    for (const [text] of QUESTIONS) await shop.query(text);
    put(SHOP_PATHS.stores, csv('store,region', 'S1,West', 'S2,East', 'S3,East'));
    const report = valueIn(await shop.service.refresh());
    expect(report.dropped.map(({ anchor }) => anchor)).toEqual([['region']]);
    expect(report.recomputed.map(({ anchor, path }) => [anchor, path])).toEqual([[['region'], 'rollup']]);
    expect(await shop.query('SELECT region, amount AT region')).toMatchObject({
      rows: [
        ['East', 50],
        ['West', 15],
      ],
      served_from: 'engine_cache',
    });
  });

  test('with nothing changed drops nothing', async () => {
    const shop = await visit();
    for (const [text] of QUESTIONS) await shop.query(text);
    const before = await keysOf(shop);
    expect(valueIn(await shop.service.refresh())).toMatchObject({ dropped: [], recomputed: [], notRecomputed: [] });
    expect(await keysOf(shop)).toEqual(before);
  });

  test('says what it could not make anew, and why', async () => {
    const first = await visit();
    await first.query('SELECT store, amount AT store');
    expect((await metricsOf(first)).length).toBe(1);
    const [row] = [...shelf.rows.values()].filter((each) => each.domain === 'metric');
    if (row?.domain !== 'metric') throw new Error('nothing was stored');
    await first.close();
    shelf.rows.set(row.key, { ...row, question: null });
    const shop = await visit();
    await shop.query('SELECT amount AT ()');
    put(SHOP_PATHS.sales, SHOP.sales.replace('S2,20', 'S2,many'));
    const report = valueIn(await shop.service.refresh());
    expect(report.recomputed).toEqual([]);
    expect(report.notRecomputed).toMatchObject([
      { anchor: ['store'], reason: expect.stringMatching(/is not recorded; it is computed when it is next asked for/) },
      { anchor: [], reason: expect.stringMatching(/sales.*many/) },
    ]);
    expect(await metricsOf(shop)).toEqual([]);
  });

  test('that is cancelled keeps what it has made, and the rest is computed when asked', async () => {
    const shop = await visit();
    for (const [text] of QUESTIONS) await shop.query(text);
    put(SHOP_PATHS.sales, OTHER_SALES);
    const cancelled = await shop.service.refresh(5, ({ done }) => {
      if (done === 2) shop.service.cancel(5);
    });
    expect(cancelled).toMatchObject({ ok: false, error: { kind: 'aborted' } });
    expect((await metricsOf(shop)).length).toBeGreaterThan(1);
    for (const [text, , rows] of QUESTIONS) expect(await shop.query(text)).toMatchObject({ rows, disclosures: [] });
  });

  test('makes nothing where the engine is off, and still says what the sources are', async () => {
    const shop = await visit({ engine: false });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[65]] });
    put(SHOP_PATHS.sales, OTHER_SALES);
    expect(valueIn(await shop.service.refresh())).toMatchObject({
      sources: [{ state: 'changed' }, {}, {}],
      dropped: [],
    });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[115]] });
  });
});

describe('a collection opened again', () => {
  const asked = QUESTIONS.map(([text]) => text);

  async function stored(): Promise<readonly string[]> {
    const shop = await visit();
    for (const text of asked) await shop.query(text);
    return keysOf(shop);
  }

  test.each([
    ['comments', (yaml: string) => `# A shop.\n${yaml.replace('schemas:', '# its tables\nschemas:')}`],
    ['descriptions', (yaml: string) => yaml.replace('name: shop', 'name: shop\ndescription: three stores')],
    [
      'the order of its columns and families',
      (yaml: string) => {
        const [head = '', ...families] = yaml.split('  - name: ').map((part) => part);
        const amount = families.find((each) => each.startsWith('amount')) ?? '';
        const target = families.find((each) => each.startsWith('target\n    family_root')) ?? '';
        const rest = families.filter((each) => each !== amount && each !== target);
        return [head, ...rest, target, amount].join('  - name: ');
      },
    ],
  ])('with other %s keeps and serves every entry', async (_, changed) => {
    const before = await stored();
    const shop = await visit({ collections: { 'shop/': changed(SHOP_COLLECTION) } });
    for (const [text, rows] of QUESTIONS)
      expect(await shop.query(text)).toMatchObject({ rows, served_from: 'engine_cache' });
    expect(valueIn(await shop.service.refresh())).toMatchObject({ dropped: [] });
    expect(await keysOf(shop)).toEqual(before);
  });

  test('with a family under another name keeps its entries', async () => {
    const before = await stored();
    const renamed = SHOP_COLLECTION.replace('- name: amount', '- name: takings');
    const shop = await visit({ collections: { 'shop/': renamed } });
    expect(await shop.query('SELECT store, takings AT store')).toMatchObject({ served_from: 'engine_cache' });
    expect(valueIn(await shop.service.refresh())).toMatchObject({ dropped: [] });
    expect(await keysOf(shop)).toEqual(before);
  });

  test.each([
    ['condition', '{schema: sales, column: amount, where: "amount >= 20"}', [[50]]],
    ['type', '{schema: sales, column: amount}', [[65]]],
  ])('with another %s at one root never serves its entries, and drops only them', async (what, root, rows) => {
    await stored();
    const other = SHOP_COLLECTION.replace('{schema: sales, column: amount}', root);
    const typed = what === 'type' ? other.replace('amount: {type: int64}', 'amount: {type: decimal(1)}') : other;
    const shop = await visit({ collections: { 'shop/': typed } });
    const before = await metricsOf(shop);
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows, served_from: 'engine_backend' });
    expect(await shop.query('SELECT target AT ()')).toMatchObject({ rows: [[600]], served_from: 'engine_cache' });
    const report = valueIn(await shop.service.refresh());
    const ofRoot = before.filter(({ schema }) => schema === 'sales').map(({ key }) => key);
    expect(report.dropped.map(({ key }) => key).sort()).toEqual(ofRoot.sort());
    expect(await shop.query('SELECT store, amount AT store')).toMatchObject({ served_from: 'engine_cache' });
  });

  test('with another column at one root never serves its entries, and drops only them', async () => {
    const [head = '', ...sales] = SHOP.sales.trim().split('\n');
    put(SHOP_PATHS.sales, csv(`${head},tax`, ...sales.map((row, i) => `${row},${i + 1}`)));
    const taxed = SHOP_COLLECTION.replace('amount: {type: int64}', 'amount: {type: int64}\n      tax: {type: int64}');
    const first = await visit({ collections: { 'shop/': taxed } });
    for (const text of asked) await first.query(text);
    const before = await metricsOf(first);
    const other = taxed.replace('{schema: sales, column: amount}', '{schema: sales, column: tax}');
    const shop = await visit({ collections: { 'shop/': other } });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ rows: [[10]], served_from: 'engine_backend' });
    expect(await shop.query('SELECT target AT ()')).toMatchObject({ rows: [[600]], served_from: 'engine_cache' });
    const dropped = valueIn(await shop.service.refresh()).dropped.map(({ key }) => key);
    const ofRoot = before.filter(({ schema }) => schema === 'sales').map(({ key }) => key);
    expect(ofRoot.length).toBeGreaterThan(0);
    expect(dropped.toSorted()).toEqual(ofRoot.toSorted());
  });

  test('with other reducers drops nothing', async () => {
    const before = await stored();
    const reducers = SHOP_COLLECTION.replace(
      'ip_reducers: [{operator: SUM, a_block: []}]\n',
      'ip_reducers: [{operator: SUM, a_block: []}, {operator: MIN, a_block: []}]\n',
    );
    const shop = await visit({ collections: { 'shop/': reducers } });
    for (const [text, rows] of QUESTIONS)
      expect(await shop.query(text)).toMatchObject({ rows, served_from: 'engine_cache' });
    expect(valueIn(await shop.service.refresh())).toMatchObject({ dropped: [] });
    expect(await keysOf(shop)).toEqual(before);
  });

  test('with a block declared keeps every entry, and rolls none up across it', async () => {
    const before = await stored();
    const blocked = SHOP_COLLECTION.replace(
      'ip_reducers: [{operator: SUM, a_block: []}]\n',
      'ip_reducers: [{operator: SUM, a_block: [geography]}]\n',
    );
    const shop = await visit({ collections: { 'shop/': blocked } });
    expect(await shop.query('SELECT store, amount AT store')).toMatchObject({ served_from: 'engine_cache' });
    // Entries of both anchors are there, and finer ones that would roll up to them.
    expect(await shop.query('SELECT region, amount AT region')).toMatchObject({ code: 'BLOCKED_REDUCTION' });
    expect(await shop.query('SELECT amount AT ()')).toMatchObject({ code: 'BLOCKED_REDUCTION' });
    expect(valueIn(await shop.service.refresh())).toMatchObject({ dropped: [] });
    expect(await keysOf(shop)).toEqual(before);
  });
});
