import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultShop, PATIENCE } from './fault-shop.ts';
import { expectRight, expectSound, expectTold, untilNoneIsLeft } from './outcome.ts';
import { newerVersion } from './storage-operations.ts';
import { copyStored } from './stored-copy.ts';

let shop: FaultShop;
beforeAll(async () => {
  shop = await FaultShop.open();
  await shop.visit('warm', { questions: [] });
});
afterAll(() => shop?.close());

test('a tab stands still before each of its storage operations: another one goes on without it', async () => {
  const other = await shop.newPage();
  let slowest = 0;
  const points = await untilNoneIsLeft(async (at) => {
    const name = `still-${at}`;
    await copyStored(other, 'warm', name);
    if ((await shop.visitUntilHalt(name, at)) !== 'halted') return false;
    const started = performance.now();
    const visited = await shop.visit(name, { page: other });
    slowest = Math.max(slowest, performance.now() - started);
    expectRight(visited);
    if (visited.faults.length > 0) expectTold(visited);
    await shop.terminateWorkers();
    await expectSound(shop, name, visited);
    return true;
  });
  console.log(`a tab stood still before ${points} operations; the other took ${Math.round(slowest)} ms at most`);
  expect(points).toBeGreaterThan(50);
  expect(slowest).toBeLessThan(PATIENCE / 2);
});

test('a tab is closed while it holds whatever it holds before each of its operations: the one that waits goes on', async () => {
  const other = await shop.newPage();
  const points = await untilNoneIsLeft(async (at) => {
    const name = `closed-${at}`;
    await copyStored(other, 'warm', name);
    if ((await shop.visitUntilHalt(name, at)) !== 'halted') return false;
    const visiting = shop.visit(name, { page: other });
    await shop.terminateWorkers();
    const visited = await visiting;
    expectRight(visited);
    await expectSound(shop, name, visited);
    return true;
  });
  console.log(`a tab was closed before ${points} operations`);
});

test('each storage operation is done and never says so: answers come within bounds', async () => {
  let slowest = 0;
  let stalled = 0;
  const points = await untilNoneIsLeft(async (at) => {
    const name = `stall-${at}`;
    await copyStored(await shop.page(), 'warm', name);
    const started = performance.now();
    const visited = await shop.visit(name, { plan: { at, how: 'stall', error: '' } });
    slowest = Math.max(slowest, performance.now() - started);
    expectRight(visited);
    if (visited.operations.length < at) return false;
    if (visited.faults.length > 0) {
      stalled += 1;
      expectTold(visited);
    }
    await expectSound(shop, name, visited);
    return true;
  });
  console.log(
    `${points} operations never said that they were done; ${stalled} were told, ${Math.round(slowest)} ms at most`,
  );
});

test.each([
  { version: 'the same', before: '' },
  { version: 'an older', before: newerVersion() },
])('a frozen tab of $version version has all open: another one goes on', async ({ version, before }) => {
  const name = before === '' ? 'frozen' : 'frozen-older';
  const frozen = await shop.newPage();
  await copyStored(frozen, 'warm', name);
  expectRight(await shop.visit(name, { page: frozen, staysOpen: true }));
  const tools = await frozen.context().newCDPSession(frozen);
  await tools.send('Page.setWebLifecycleState', { state: 'frozen' });
  const started = performance.now();
  const visited = await shop.visit(name, { before });
  expectRight(visited);
  if (visited.store !== 'opfs') expectTold(visited);
  console.log(
    `beside a frozen tab of ${version} version: ${visited.store}, ${Math.round(performance.now() - started)} ms`,
  );
  await frozen.close();
  expect(await shop.visit(name, { before })).toMatchObject({ store: 'opfs', faults: [], misses: 0 });
});

test('a tab of an older version stands still before each operation: a newer one goes on, and has all once it is gone', async () => {
  const other = await shop.newPage();
  const before = newerVersion();
  let lesser = 0;
  const points = await untilNoneIsLeft(async (nth) => {
    const at = nth * 12 - 11;
    const name = `older-${at}`;
    await copyStored(other, 'warm', name);
    if ((await shop.visitUntilHalt(name, at)) !== 'halted') return false;
    const visited = await shop.visit(name, { page: other, before });
    expectRight(visited);
    if (visited.store !== 'opfs') {
      expectTold(visited);
      lesser += 1;
    }
    await shop.terminateWorkers();
    const next = await shop.visit(name, { page: other, before });
    expectRight(next);
    expect(next).toMatchObject({ store: 'opfs', faults: [], readable: next.listed });
    return true;
  });
  console.log(
    `an older tab stood still before ${points} operations; ${lesser} times the newer one took a lesser store`,
  );
});
