import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultShop } from './fault-shop.ts';
import { expectRight, expectSound, expectTold, untilNoneIsLeft } from './outcome.ts';
import { copyStored } from './stored-copy.ts';

let shop: FaultShop;
beforeAll(async () => {
  shop = await FaultShop.open();
  await shop.visit('warm', { questions: [] });
});
afterAll(() => shop?.close());

/** Operations whose failure changes nothing: without locks tabs compute what another computes; nobody says the quota. */
const HARMLESS = /^(?:LockManager\.request|StorageManager\.estimate|IDBTransaction complete)$/;

test('each storage operation of a visit fails, one at a time', async () => {
  const points = await untilNoneIsLeft(async (at) => {
    const name = `fails-${at}`;
    await copyStored(await shop.page(), 'warm', name);
    const visited = await shop.visit(name, { plan: { at, how: 'fail', error: 'UnknownError' } });
    expectRight(visited);
    const operation = visited.operations[at - 1];
    if (operation === undefined) return false;
    if (!HARMLESS.test(operation)) expectTold(visited);
    await expectSound(shop, name, visited);
    return true;
  });
  console.log(`${points} operations of a visit failed, one at a time`);
  expect(points).toBeGreaterThan(50);
});

test('every seventh storage operation of a first visit, which stores everything, fails, one at a time', async () => {
  const points = await untilNoneIsLeft(async (nth) => {
    const at = nth * 7 - 6;
    const name = `first-${at}`;
    const visited = await shop.visit(name, { plan: { at, how: 'fail', error: 'UnknownError' } });
    expectRight(visited);
    const operation = visited.operations[at - 1];
    if (operation === undefined) return false;
    if (!HARMLESS.test(operation)) expectTold(visited);
    // One that opens the store fails, and the visit takes the next best one: the best has nothing yet.
    if (visited.store === 'opfs') await expectAfterFirst(name);
    return true;
  });
  console.log(`${points} operations of a first visit failed, one at a time`);
  expect(points).toBeGreaterThan(40);
});

test('each storage operation of a visit finds the storage full, one at a time', async () => {
  const points = await untilNoneIsLeft(async (at) => {
    const name = `full-${at}`;
    await copyStored(await shop.page(), 'warm', name);
    const visited = await shop.visit(name, { plan: { at, how: 'fail', error: 'QuotaExceededError' } });
    expectRight(visited);
    const operation = visited.operations[at - 1];
    if (operation === undefined) return false;
    await expectSound(shop, name, visited);
    return true;
  });
  console.log(`${points} operations of a visit found the storage full, one at a time`);
  expect(points).toBeGreaterThan(50);
});

/** What could not be stored is computed again; nothing else is amiss. */
async function expectAfterFirst(name: string): Promise<void> {
  const next = await shop.visit(name);
  expectRight(next);
  expect(next).toMatchObject({ store: 'opfs', faults: [], readable: next.listed });
}
