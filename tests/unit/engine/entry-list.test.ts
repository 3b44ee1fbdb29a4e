import { expect, test } from 'vitest';
import { sha256Hex } from '../../../src/canon/fingerprint.ts';
import { INT64 } from '../../../src/columns/logical-type.ts';
import { toEvict } from '../../../src/engine/budget.ts';
import type { EngineFault } from '../../../src/engine/entry.ts';
import { EntryList } from '../../../src/engine/entry-list.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../../src/engine/store/memory-store.ts';
import type { ReportFault } from '../../../src/engine/store/store.ts';
import { metricRow, someBytes } from '../../support/store-contract.ts';
import { nodeStoreEnvironment } from '../../support/store-node.ts';
import { atomOf } from '../compose/plans.ts';

/** The list of one tab over a shelf that all tabs share. */
function openTab(
  shelf: MemoryShelf,
  report: ReportFault = (fault) => expect.unreachable(JSON.stringify(fault)),
): Promise<EntryList> {
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

test('a file that is whole and holds nothing that can be read is a miss, counted, and its entry goes', async () => {
  const shelf = emptyShelf();
  const bytes = someBytes(10);
  const [row, sound] = [metricRow('of another version', bytes), metricRow('sound', bytes)];
  for (const each of [row, sound]) {
    shelf.rows.set(each.key, each);
    shelf.files.set(each.path, bytes);
  }
  const faults: EngineFault[] = [];
  const list = await openTab(shelf, (fault) => faults.push(fault));
  const decode = (): never => {
    throw new RangeError('it was not written as an entry');
  };
  expect(await list.decoded(row, decode)).toBeUndefined();
  expect(faults).toEqual([
    { kind: 'file_unreadable', key: row.key, detail: expect.stringContaining('it was not written as an entry') },
  ]);
  expect(list.has(row.key)).toBe(false);
  expect(await list.decoded(sound, (found) => found.length)).toBe(10);
  expect((await openTab(shelf)).all().map((each) => each.row.key)).toEqual([sound.key]);
});
