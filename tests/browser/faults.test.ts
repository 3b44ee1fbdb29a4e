import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FaultShop, QUESTIONS } from '../faults/fault-shop.ts';
import { expectRight, expectSound, expectTold } from '../faults/outcome.ts';
import { endsOn, type NamedOperation, newerVersion } from '../faults/storage-operations.ts';
import { copyStored, storedFiles, wipe } from '../faults/stored-copy.ts';

let shop: FaultShop;
/** Storage operations of a visit that finds what warm-up stores. */
let operations: readonly string[];
beforeAll(async () => {
  shop = await FaultShop.open();
  await shop.visit('warm', { questions: [] });
  await copyStored(await shop.page(), 'warm', 'counted');
  ({ operations } = await shop.visit('counted', { plan: { at: 0, how: 'fail', error: '' } }));
});
afterAll(() => shop?.close());

/** A name under which everything is stored that warm-up stores. */
async function warmed(name: string): Promise<string> {
  await copyStored(await shop.page(), 'warm', name);
  return name;
}

/**
 * An operation of a name that every such visit has: one from the middle. At the end, uses are recorded in more or fewer
 * turns.
 */
function oneOf(name: string): NamedOperation {
  const count = operations.filter((each) => each === name).length;
  expect(count, name).toBeGreaterThan(2);
  return { name, nth: Math.ceil(count / 2) };
}

// All operations: npm run faults.
describe('a sample of storage operations', () => {
  test.each(['FileSystemFileHandle.createSyncAccessHandle', 'FileSystemSyncAccessHandle.flush', 'IDBObjectStore.put'])(
    '%s fails: the answer is right, the fault is counted in words, the next visit finds nothing broken',
    async (operation) => {
      const name = await warmed(`fails ${operation}`.replace(/\W/g, '-').toLowerCase());
      const visited = await shop.visit(name, { plan: { at: oneOf(operation), how: 'fail', error: 'UnknownError' } });
      expectRight(visited);
      expectTold(visited);
      expect(visited.faults).toEqual([
        {
          kind: expect.any(String),
          count: 1,
          message: expect.stringMatching(/^1 result could not be stored|^The browser refused/),
        },
      ]);
      await expectSound(shop, name);
    },
  );

  test.each([
    { operation: 'FileSystemSyncAccessHandle.write', what: 'worker is terminated', end: () => shop.terminateWorkers() },
    { operation: 'IDBDatabase.transaction', what: 'tab crashes', end: () => shop.crashTab() },
    { operation: 'IDBObjectStore.put', what: 'browser is killed', end: () => shop.killBrowser() },
  ])('before $operation the $what: nothing is half there afterwards', async ({ operation, end }) => {
    const name = await warmed(`ends-${operation}`.replace(/\W/g, '-').toLowerCase());
    expect(await shop.visitUntilHalt(name, oneOf(operation))).toBe('halted');
    await end();
    await expectSound(shop, name);
  });

  test('one that never says that it is done is waited for 5 s, then told', async () => {
    const name = await warmed('stalls');
    const at = { name: 'IDBObjectStore.getAll', nth: 1 };
    const visited = await shop.visit(name, { plan: { at, how: 'stall', error: '' } });
    expectRight(visited);
    expect(visited.faults).toMatchObject([
      { kind: 'storage_silent', message: expect.stringMatching(/did not answer/) },
    ]);
    await expectSound(shop, name);
  });
});

test('an entry is written in this order: file, flush, close, then the row; one that goes loses its row first', async () => {
  const { operations } = await shop.visit('ordered', { plan: { at: 0, how: 'fail', error: '' }, sweeps: true });
  const after = (at: number) => operations.slice(at, at + 8).map((name) => name.replace(/^\w+(?:\.| )/, ''));
  const written = operations.lastIndexOf('FileSystemSyncAccessHandle.truncate');
  expect(after(written)).toEqual(['truncate', 'write', 'flush', 'getSize', 'close', 'transaction', 'put', 'complete']);
  const removed = operations.lastIndexOf('FileSystemDirectoryHandle.removeEntry');
  const before = operations.slice(0, removed);
  expect(before.lastIndexOf('IDBTransaction complete')).toBeGreaterThan(before.lastIndexOf('IDBObjectStore.delete'));
  expect(before.lastIndexOf('IDBObjectStore.delete')).toBeGreaterThan(0);
});

test('a file that a killed tab has left without a row goes by itself, a moment after the next visit has begun', async () => {
  const name = await warmed('abandoned');
  const page = await shop.page();
  const listed = await storedFiles(page, name);
  expect(await shop.visitUntilHalt(name, { name: 'IDBObjectStore.put', nth: 1 })).toBe('halted');
  await shop.terminateWorkers();
  await expect.poll(() => storedFiles(page, name)).toBe(listed + 1);
  expect(await shop.visit(name, { questions: [], staysOpen: true })).toMatchObject({ listed, faults: [] });
  await expect.poll(() => storedFiles(page, name)).toBe(listed);
  await shop.visit(name);
});

describe('what is stored, wiped between two visits', () => {
  test.each([
    { what: 'files', faults: ['file_missing'] },
    { what: 'list', faults: [] },
  ] as const)('the $what alone: computed again, and stored again', async ({ what, faults }) => {
    const name = await warmed(`wiped-${what}`);
    await wipe(await shop.page(), what, name);
    const visited = await shop.visit(name, { sweeps: true });
    expectRight(visited);
    expect(visited.faults.map(({ kind }) => kind)).toEqual(faults);
    if (faults.length > 0) expectTold(visited);
    await expectSound(shop, name);
  });
});

describe('versions of the page', () => {
  const before = newerVersion();
  const LESSER =
    'Kept in this browser (database storage: the files here belong to a newer version of this page; reload it to get that version).';

  test('a newer one takes over what an older one has stored; the older one leaves that alone and says so', async () => {
    const name = await warmed('downgraded');
    const newer = await shop.visit(name, { before });
    expectRight(newer);
    expect(newer).toMatchObject({ store: 'opfs', faults: [], misses: 1, readable: newer.listed });
    const older = await shop.visit(name);
    expectRight(older);
    expectTold(older);
    expect(older).toMatchObject({
      store: 'indexeddb',
      words: LESSER,
      faults: [
        { kind: 'store_newer', count: 1, message: expect.stringMatching(/belongs to a newer version of this page/) },
      ],
    });
    // What the older one stored beside it serves it again.
    expect(await shop.visit(name)).toMatchObject({ store: 'indexeddb', misses: 0 });
    const again = await shop.visit(name, { before });
    expect(again).toMatchObject({ store: 'opfs', faults: [], misses: 0, listed: newer.listed, readable: newer.listed });
  });

  test('a newer one opens while an older one is open: neither waits, both are right', async () => {
    const name = await warmed('upgraded');
    expectRight(await shop.visit(name, { staysOpen: true }));
    const other = await shop.newPage();
    const newer = await shop.visit(name, { before, page: other });
    expectRight(newer);
    expect(newer).toMatchObject({ store: 'opfs', faults: [], misses: 0 });
    const older = await shop.visit(name);
    expectRight(older);
    expect(older.faults.map(({ kind }) => kind)).toEqual(['store_newer']);
    await other.close();
  });
});

test('an engine worker that the browser ends: every question that waits is told, and the next session has all', async () => {
  const name = await warmed('lost');
  const channel = 'end of the worker';
  expectRight(await shop.visit(name, { before: endsOn(channel), staysOpen: true }));
  const told = await (await shop.page()).evaluate(
    async ([channel, query]) => {
      const session = Reflect.get(globalThis, 'kept');
      Object.assign(globalThis, { kept: undefined });
      new BroadcastChannel(channel).postMessage('end');
      for (;;) {
        try {
          await session.query(query);
        } catch (error) {
          return String(error);
        }
      }
    },
    [channel, QUESTIONS[0].query] as const,
  );
  expect(told).toBe('WorkerLostError: The engine worker was lost: the browser has ended it.');
  await expectSound(shop, name);
});
