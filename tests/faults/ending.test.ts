import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultShop } from './fault-shop.ts';
import { expectSound, untilNoneIsLeft } from './outcome.ts';
import { copyStored } from './stored-copy.ts';

let shop: FaultShop;
beforeAll(async () => {
  shop = await FaultShop.open();
  await shop.visit('warm', { questions: [] });
});
afterAll(() => shop?.close());

test.each([
  { what: 'worker is terminated', end: () => shop.terminateWorkers() },
  { what: 'tab crashes', end: () => shop.crashTab() },
  { what: 'browser is killed', end: () => shop.killBrowser() },
])('before each storage operation of a visit the $what', async ({ what, end }) => {
  const points = await untilNoneIsLeft(async (at) => {
    const name = `${what.split(' ')[0]}-${at}`;
    await copyStored(await shop.page(), 'warm', name);
    if ((await shop.visitUntilHalt(name, at)) !== 'halted') return false;
    await end();
    await expectSound(shop, name);
    return true;
  });
  console.log(`before ${points} operations the ${what}`);
  expect(points).toBeGreaterThan(50);
});
