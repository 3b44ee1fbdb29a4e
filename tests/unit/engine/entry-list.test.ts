import { expect, test } from 'vitest';
import { sha256Hex } from '../../../src/canon/fingerprint.ts';
import { INT64 } from '../../../src/columns/logical-type.ts';
import { toEvict } from '../../../src/engine/budget.ts';
import { EntryList } from '../../../src/engine/entry-list.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../../src/engine/store/memory-store.ts';
import { metricRow, someBytes } from '../../support/store-contract.ts';
import { nodeStoreEnvironment } from '../../support/store-node.ts';
import { atomOf } from '../compose/plans.ts';

/** The list of one tab over a shelf that all tabs share. */
function openTab(shelf: MemoryShelf): Promise<EntryList> {
  const report = (fault: unknown) => expect.unreachable(JSON.stringify(fault));
  return EntryList.open({
    store: new MemoryStore({ words: '', report, environment: nodeStoreEnvironment(), shelf }),
    budget: 1e9,
    policy: toEvict,
    now: () => 1_700_000_000_000,
    hash: async (bytes) => sha256Hex(bytes),
    later: async () => {},
    onFull: () => {},
    report,
  });
}

test('what one tab pins, another that does not know of it does not let go by counting uses', async () => {
  const shelf = emptyShelf();
  const row = metricRow('pinned', someBytes(10));
  shelf.rows.set(row.key, row);
  const [one, other] = [await openTab(shelf), await openTab(shelf)];
  await one.pin(row.key, true);
  other.used(row.key, 1);
  await other.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use).toMatchObject({ pinned: true, accessCount: 1 });
});

test('an entry that is still being written can be pinned', async () => {
  const shelf = emptyShelf();
  const list = await openTab(shelf);
  const { atom, states } = atomOf('total', 'count', {}, [{ name: 'count', type: INT64 }], [[3]]);
  list.ingest(atom, states.batch, { derivedFrom: 'duckdb', milliseconds: 5, hinted: false }, () => {});
  await list.pin(atom.key, true);
  await list.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use.pinned).toBe(true);
});

test('that an entry was asked for when it was made is known after a reload too', async () => {
  const shelf = emptyShelf();
  const list = await openTab(shelf);
  const { atom, states } = atomOf('total', 'count', {}, [{ name: 'count', type: INT64 }], [[3]]);
  list.ingest(atom, states.batch, { derivedFrom: 'duckdb', milliseconds: 5, hinted: false }, () => {});
  await list.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use.accessCount).toBe(1);
});

test('accesses beside another state of the question are told apart, and kept', async () => {
  const shelf = emptyShelf();
  const rows = ['a', 'b', 'c'].map((name) => metricRow(name, someBytes(10)));
  for (const row of rows) shelf.rows.set(row.key, row);
  const list = await openTab(shelf);
  for (const { key } of rows) list.used(key, 1);
  list.readTogether(rows.map(({ key }) => key));
  await list.settled();
  const beside = (await openTab(shelf)).all().map(({ use }) => use.besideCount ?? 0);
  // The rows of one family, anchor and filter are one question.
  expect(beside).toEqual([0, 1, 1]);
});
