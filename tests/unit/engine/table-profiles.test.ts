import { expect, test } from 'vitest';
import { sha256Hex } from '../../../src/canon/fingerprint.ts';
import { INT64 } from '../../../src/columns/logical-type.ts';
import { toEvict } from '../../../src/engine/budget.ts';
import { EntryList } from '../../../src/engine/entry-list.ts';
import { emptyShelf, type MemoryShelf, MemoryStore } from '../../../src/engine/store/memory-store.ts';
import { type ProfileSubject, profileTable, storedProfile } from '../../../src/engine/table-profiles.ts';
import type { TableProfile } from '../../../src/profiling/profile.ts';
import { nodeStoreEnvironment } from '../../support/store-node.ts';
import { columnOfValues } from '../profiling/columns.ts';
import { profileOf } from '../profiling/profiled.ts';

const HASH = 'a'.repeat(64);
const SUBJECT: ProfileSubject = { table: 'sales', contentHash: HASH, types: { day: 'date (day)' } };

function openList(shelf: MemoryShelf): Promise<EntryList> {
  const report = (fault: unknown) => expect.unreachable(JSON.stringify(fault));
  return EntryList.open({
    store: new MemoryStore({ words: '', report, environment: nodeStoreEnvironment(), shelf }),
    budget: 1e9,
    now: () => 1_700_000_000_000,
    hash: async (bytes) => sha256Hex(bytes),
    later: async () => {},
    onFull: () => {},
    policy: toEvict,
    tabs: null,
    report,
  });
}

async function salesProfile(): Promise<TableProfile> {
  const column = columnOfValues([1, 2, 2, null, 2n ** 60n], INT64);
  return {
    ...(await profileOf({ n: column, m: columnOfValues([1, 2, 2, null, 1], INT64) }, 5)),
    table: 'sales',
    contentHash: HASH,
  };
}

const never = () => expect.unreachable('it is stored');

test('what is stored comes back, in this visit and in the next', async () => {
  const shelf = emptyShelf();
  const profile = await salesProfile();
  const list = await openList(shelf);
  expect(await profileTable(list, SUBJECT, async () => profile)).toEqual({ profile, origin: 'computed' });
  expect(await profileTable(list, SUBJECT, never)).toEqual({ profile, origin: 'stored' });
  expect(await profileTable(await openList(shelf), SUBJECT, never)).toEqual({ profile, origin: 'stored' });
});

test.each<[string, Partial<ProfileSubject>]>([
  ['other bytes', { contentHash: 'b'.repeat(64) }],
  ['other types of its columns', { types: { day: 'date (month)' } }],
])('%s are another profile, and the earlier one goes', async (_, changed) => {
  const list = await openList(emptyShelf());
  const profile = await salesProfile();
  await profileTable(list, SUBJECT, async () => profile);
  const subject = { ...SUBJECT, ...changed };
  const next = { ...profile, contentHash: subject.contentHash };
  expect((await profileTable(list, subject, async () => next)).origin).toBe('computed');
  expect(list.qm('profile', 'sales')).toHaveLength(1);
  expect(await storedProfile(list, SUBJECT)).toBeUndefined();
});

test.each<[string, (profile: TableProfile) => unknown]>([
  ['no JSON', () => undefined],
  ['null', () => null],
  [
    'a kind that there is not',
    (each) => ({
      ...each,
      columns: each.columns.map((column) => ({ ...column, kind: { hint: 'odd', evidence: [] } })),
    }),
  ],
  ['a count that is none', (each) => ({ ...each, rows: -1 })],
  ['a part that is missing', ({ dependencies: _, ...rest }) => rest],
  ['the profile of another table', (each) => ({ ...each, table: 'stores' })],
])('a stored profile with %s is a miss, and is computed anew', async (_, spoil) => {
  const shelf = emptyShelf();
  const list = await openList(shelf);
  const profile = await salesProfile();
  await profileTable(list, SUBJECT, async () => profile);
  const [row] = list.qm('profile', 'sales');
  if (row === undefined) throw new Error('nothing was stored');
  const { bytes: _bytes, checksum: _checksum, path: _path, createdAt: _created, domain: _domain, ...stored } = row;
  const spoilt = spoil(profile);
  const text = spoilt === undefined ? '{' : JSON.stringify(spoilt);
  await list.ingestQm(stored, new TextEncoder().encode(text), 'json');
  expect(await storedProfile(list, SUBJECT)).toBeUndefined();
  expect(await profileTable(list, SUBJECT, async () => profile)).toEqual({ profile, origin: 'computed' });
  expect(await profileTable(list, SUBJECT, never)).toEqual({ profile, origin: 'stored' });
});

test('with nothing to store in, nothing is looked for', async () => {
  const profile = await salesProfile();
  expect(await profileTable(null, SUBJECT, async () => profile)).toEqual({ profile, origin: 'computed' });
});
