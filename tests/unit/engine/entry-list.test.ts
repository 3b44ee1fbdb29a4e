import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../src/canon/fingerprint.ts';
import { INT64 } from '../../../src/columns/logical-type.ts';
import { toEvict } from '../../../src/engine/budget.ts';
import type { EngineFault } from '../../../src/engine/entry.ts';
import { EntryList } from '../../../src/engine/entry-list.ts';
import { OtherTabs } from '../../../src/engine/other-tabs.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../../src/engine/store/memory-store.ts';
import type { ReportFault } from '../../../src/engine/store/store.ts';
import { Air, type AirChannel, OriginLocks } from '../../support/origin.ts';
import { metricRow, someBytes } from '../../support/store-contract.ts';
import { nodeStoreEnvironment } from '../../support/store-node.ts';
import { atomOf } from '../compose/plans.ts';

/** What tabs of one browser share: files and rows, locks, and a channel. */
class Origin {
  readonly shelf: MemoryShelf = emptyShelf();
  readonly air = new Air<unknown>();
  private readonly locks = new OriginLocks();

  async tab(budget = 1e9): Promise<Tab> {
    const channel = this.air.tab();
    const tabs = new OtherTabs('store', this.locks, channel);
    return { list: await openTab(this.shelf, { tabs, budget }), channel };
  }

  /** What is stored, by key. */
  get stored(): readonly string[] {
    return [...this.shelf.rows.keys()].sort();
  }
}

interface Tab {
  readonly list: EntryList;
  readonly channel: AirChannel<unknown>;
}

/** The list of one tab over a shelf that all tabs share. */
function openTab(
  shelf: MemoryShelf,
  {
    tabs = null,
    budget = 1e9,
    report = (fault) => expect.unreachable(JSON.stringify(fault)),
  }: { readonly tabs?: OtherTabs | null; readonly budget?: number; readonly report?: ReportFault } = {},
): Promise<EntryList> {
  return EntryList.open({
    store: new MemoryStore({ words: '', report, environment: nodeStoreEnvironment(), shelf }),
    tabs,
    budget,
    policy: toEvict,
    now: () => 1_700_000_000_000,
    hash: async (bytes) => sha256Hex(bytes),
    later: async () => {},
    onFull: () => {},
    report,
  });
}

/** Keeps a state in a list, and returns its key. */
function keep(list: EntryList, name: string, rows: readonly number[] = [3]): string {
  const made = atomOf(
    name,
    'count',
    {},
    [{ name: 'count', type: INT64 }],
    rows.map((each) => [each]),
  );
  list.ingest(made.atom, made.states.batch, { derivedFrom: 'duckdb', milliseconds: 5, hinted: false, question: null });
  return made.atom.key;
}

const keysOf = (list: EntryList): readonly string[] =>
  list
    .all()
    .map(({ row }) => row.key)
    .sort();

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

test('what several tabs count is added up', async () => {
  const shelf = emptyShelf();
  const row = { ...metricRow('asked', someBytes(10)), computeMilliseconds: 10 };
  shelf.rows.set(row.key, row);
  const [one, other] = [await openTab(shelf), await openTab(shelf)];
  for (const list of [one, other, one]) {
    list.used(row.key, 4);
    list.readTogether([row.key, row.key]);
  }
  await Promise.all([one.settled(), other.settled()]);
  one.used(row.key, 4);
  await one.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use).toMatchObject({ accessCount: 4, besideCount: 3, millisecondsSaved: 24 });
});

test('what was counted of an entry goes with it: made anew, it begins anew', async () => {
  const shelf = emptyShelf();
  const list = await openTab(shelf);
  const key = keep(list, 'total');
  await list.settled();
  for (let i = 0; i < 50; i++) list.used(key, 0);
  await list.evict([key]);
  list.used(key, 0);
  expect(keep(list, 'total')).toBe(key);
  await list.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use.accessCount).toBe(1);
  expect(list.all()[0]?.use).toEqual(found?.use);
});

test('an entry that is still being written can be pinned', async () => {
  const shelf = emptyShelf();
  const list = await openTab(shelf);
  const key = keep(list, 'total');
  await list.pin(key, true);
  await list.settled();
  const [found] = (await openTab(shelf)).all();
  expect(found?.use.pinned).toBe(true);
});

test('that an entry was asked for when it was made is known after a reload too', async () => {
  const shelf = emptyShelf();
  const list = await openTab(shelf);
  keep(list, 'total');
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

describe('tabs that share a store', () => {
  test('each knows of what the other stores, and can read it', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const key = keep(one.list, 'total');
    expect(keysOf(other.list)).toEqual([]);
    await one.list.settled();
    await other.list.settled();
    expect(keysOf(other.list)).toEqual([key]);
    const row = other.list.metric(key);
    expect(row && (await other.list.read(row))?.byteLength).toBe(row?.bytes);
    expect([...other.list.withState(row?.stateKey ?? '')]).toEqual([row]);
  });

  test('an entry that one evicts is gone in the other, and from its memory', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const key = keep(one.list, 'total');
    await one.list.settled();
    await other.list.settled();
    const gone: string[] = [];
    other.list.whenGone((keys) => gone.push(...keys));
    await one.list.evict([key]);
    await other.list.settled();
    expect(keysOf(other.list)).toEqual([]);
    expect(gone).toEqual([key]);
  });

  test('an entry that one pins is pinned in the other', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const key = keep(one.list, 'total');
    await one.list.settled();
    await other.list.settled();
    await one.list.pin(key, true);
    await other.list.settled();
    expect(other.list.all()).toMatchObject([{ use: { pinned: true } }]);
    await other.list.pin(key, false);
    await one.list.settled();
    expect(one.list.all()).toMatchObject([{ use: { pinned: false } }]);
  });

  test('what a tab has counted is not forgotten over what another says of the entry', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const [first, second] = [keep(one.list, 'first'), keep(one.list, 'second')];
    await one.list.settled();
    await other.list.settled();
    for (const key of [first, second]) other.list.used(key, 1);
    other.list.readTogether([first, second]);
    await one.list.pin(second, true);
    await other.list.settled();
    // Of the second the other has looked up what the one had counted when it made it.
    expect(other.list.all().map(({ use: { lastAccess, ...use } }) => use)).toEqual([
      { key: first, accessCount: 1, millisecondsSaved: 4, pinned: false },
      { key: second, accessCount: 2, millisecondsSaved: 4, pinned: true, besideCount: 1 },
    ]);
  });

  test('a tab that was frozen takes what is gone for a miss, and has caught up once it goes on', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const lost = keep(one.list, 'lost');
    await one.list.settled();
    await other.list.settled();
    const goOn = other.channel.freeze();
    await one.list.evict([lost]);
    const kept = keep(one.list, 'kept');
    await one.list.settled();
    const row = other.list.metric(lost);
    expect(row && (await other.list.read(row))).toBeUndefined();
    expect(keysOf(other.list)).toEqual([]);
    goOn();
    await other.list.settled();
    expect(keysOf(other.list)).toEqual([kept]);
  });

  test('of a message only the keys are believed', async () => {
    const origin = new Origin();
    const { list } = await origin.tab();
    const key = keep(list, 'total');
    await list.settled();
    const stranger: AirChannel<unknown> = origin.air.tab();
    for (const said of [
      { kind: 'changed', keys: [key, 'no entry'] },
      { kind: 'changed', keys: 'total' },
      { kind: 'changed', keys: [1] },
      { kind: 'gone', keys: [key] },
      null,
    ])
      stranger.postMessage(said);
    await list.settled();
    expect(keysOf(list)).toEqual([key]);
  });

  test('what a tab is writing is not dropped for not being listed yet', async () => {
    const origin = new Origin();
    const { list } = await origin.tab();
    const key = keep(list, 'total');
    origin.air.tab().postMessage({ kind: 'changed', keys: [key] });
    await Promise.resolve();
    expect(keysOf(list)).toEqual([key]);
    await list.settled();
    expect(keysOf(list)).toEqual([key]);
    expect(list.metric(key)?.path).not.toBe('');
  });

  test('a file that another tab has written anew under the same key is read', async () => {
    const origin = new Origin();
    const [one, other] = [await origin.tab(), await origin.tab()];
    const key = keep(one.list, 'total', [3]);
    await one.list.settled();
    await other.list.settled();
    const before = other.list.metric(key);
    other.channel.freeze();
    await one.list.evict([key]);
    keep(one.list, 'total', [3, 4]);
    await one.list.settled();
    const now = one.list.metric(key);
    expect(now?.path).not.toBe(before?.path);
    expect(before && (await other.list.read(before))?.byteLength).toBe(now?.bytes);
  });

  test('the budget holds over all of them, and what another has pinned stays', async () => {
    const one = await new Origin().tab();
    keep(one.list, 'first');
    await one.list.settled();
    const size = one.list.bytes;

    const origin = new Origin();
    // Room for six entries and a half.
    const budget = Math.floor(size * 6.5);
    const first = await origin.tab(budget);
    const tabs = [first, await origin.tab(budget), await origin.tab(budget), await origin.tab(budget)];
    const pinned = keep(first.list, 'pinned');
    await first.list.settled();
    // The others hear nothing of what is stored, nor that it is pinned.
    for (const { channel } of tabs) channel.freeze();
    await first.list.pin(pinned, true);
    await Promise.all(
      tabs.map(async ({ list }, i) => {
        for (let j = 0; j < 5; j++) {
          keep(list, `entry ${i} ${j}`);
          await list.settled();
        }
      }),
    );
    const rows = [...origin.shelf.rows.values()];
    const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
    expect(bytes).toBeLessThanOrEqual(budget);
    expect(bytes).toBeGreaterThan(budget / 2);
    expect(origin.stored).toContain(pinned);
    expect([...origin.shelf.files.keys()].sort()).toEqual(rows.map(({ path }) => path).sort());
  });
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
  const list = await openTab(shelf, { report: (fault) => faults.push(fault) });
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
