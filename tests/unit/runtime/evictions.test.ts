import { expect, test } from 'vitest';
import type { EvictionSummary } from '../../../src/runtime/api.ts';
import { openInNode, valueIn } from '../../support/node-session.ts';
import { SHOP_COLLECTION, SHOP_FILES, shopInstallation } from '../../support/shop.ts';

/** Room for a few of the shop's entries, beside what is known of its data. */
const BUDGET = 3500;

const QUESTIONS = [
  ['SELECT amount AT (store, day)', 4],
  ['SELECT amount AT day', 3],
  ['SELECT amount AT region', 2],
  ['SELECT MAX(target) AS most AT store', 3],
  ['SELECT target AT store', 3],
  ['SELECT MIN(amount) AS least AT (store, day)', 4],
  ['SELECT MAX(amount) AS most AT (store, day)', 4],
  ['SELECT COUNT(amount) AS n AT (store, day)', 4],
  ['SELECT AVG(amount) AS mean AT day', 3],
] as const;

test('entries that went to make room are told with what they cost, and their answers come again', async () => {
  const installation = shopInstallation().replace('enabled: true', `enabled: true, max_bytes_per_ac: ${BUDGET}`);
  expect(installation).toContain(String(BUDGET));
  const session = await openInNode({
    installation,
    collections: { 'shop/': SHOP_COLLECTION },
    files: SHOP_FILES,
    warmUp: 'off',
  });
  const told: EvictionSummary[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [text, rows] of QUESTIONS) {
      expect(await session.query(text)).toMatchObject({ row_count: rows });
      const entries = valueIn(await session.service.entries());
      const bytes = entries.reduce((sum, each) => sum + each.bytes, 0);
      expect(bytes).toBeLessThanOrEqual(BUDGET);
      expect(valueIn(await session.service.statistics())).toMatchObject({ bytes, budget: BUDGET });
      const evictions = valueIn(await session.service.evictions());
      // The latest first, and what was told before stays.
      const news = evictions.slice(0, evictions.length - told.length).toReversed();
      expect(evictions.slice(news.length).toReversed()).toEqual(told);
      told.push(...news);
      for (const { key } of news) expect(entries.map((each) => each.key)).not.toContain(key);
    }
  }
  expect(told.length).toBeGreaterThan(3);
  for (const { bytes, milliseconds, reason, at, accessCount, state } of told) {
    expect(bytes).toBeGreaterThan(0);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(accessCount).toBeGreaterThan(0);
    expect(at).toBeGreaterThan(0);
    expect(reason).toBe('budget');
    expect(state).not.toBe('');
  }
  await session.close();
});
