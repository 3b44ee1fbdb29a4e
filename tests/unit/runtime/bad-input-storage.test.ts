import { afterEach, expect, test } from 'vitest';
import { type NodeInstallation, type NodeSession, openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

const TOTAL = 'SELECT amount AT ()';
const STORES = 'SELECT store, amount AT store';
const FULL = {
  code: 'storage_full',
  critical: false,
  message: expect.stringMatching(/not kept\. Evict entries on the /),
};

let session: NodeSession | undefined;
afterEach(() => session?.close());

async function openShop(given: Partial<NodeInstallation>): Promise<NodeSession> {
  session = await openInNode({
    installation: shopInstallation(),
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
    ...given,
  });
  return session;
}

/** How many states are kept, once what answers left to be written is written or refused. */
async function keptEntries(shop: NodeSession): Promise<number> {
  return valueIn(await shop.service.entries()).filter(({ domain }) => domain === 'metric').length;
}

test('a budget that holds nothing: every answer is right, and says from the first on that it is not kept', async () => {
  const installation = shopInstallation().replace('{enabled: true}', '{enabled: true, max_bytes_per_ac: 1}');
  const shop = await openShop({ installation });
  for (const time of ['first', 'again']) {
    expect(await keptEntries(shop), time).toBe(0);
    expect(await shop.query(TOTAL), time).toMatchObject({
      rows: [[65]],
      served_from: 'engine_backend',
      mood: 'disclose',
      disclosures: [FULL],
    });
  }
});

test('a storage that refuses: the answers are right and say so, until there is room again', async () => {
  let free = 0;
  const admit = (bytes: number) => {
    if (bytes > free) throw new DOMException('no room', 'QuotaExceededError');
  };
  const shop = await openShop({ admit });
  expect(await shop.query(TOTAL)).toMatchObject({ rows: [[65]] });
  expect(await keptEntries(shop)).toBe(0);
  expect(await shop.query(TOTAL)).toMatchObject({ rows: [[65]], served_from: 'engine_backend', disclosures: [FULL] });
  expect(valueIn(await shop.service.statistics()).faults).toContainEqual({
    kind: 'quota_exceeded',
    count: expect.any(Number),
    message: expect.stringMatching(/storage was full \d+ times?; answers came all the same/),
  });

  expect(await keptEntries(shop)).toBe(0);
  free = 1_000_000;
  expect(await shop.query(STORES)).toMatchObject({ row_count: 3 });
  expect(await keptEntries(shop)).toBe(1);
  expect(await shop.query(TOTAL)).toMatchObject({ rows: [[65]], served_from: 'engine_cache', disclosures: [] });
});
