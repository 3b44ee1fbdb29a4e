import { expect, test } from 'vitest';
import type { CountedUse, EntryUse } from '../../../src/engine/entry.ts';
import { HeldEntries } from '../../../src/engine/held-entries.ts';
import { metricRow, someBytes } from '../../support/store-contract.ts';

const ROW = metricRow('asked', someBytes(10));
const UNWRITTEN = { ...ROW, path: '' };

function used(accessCount: number): CountedUse {
  return { key: ROW.key, lastAccess: accessCount, accessCount, millisecondsSaved: 2 * accessCount };
}

function stored(accessCount: number, pinned = false): EntryUse {
  return { ...used(accessCount), pinned };
}

test('what others have counted is added to what the store has not been told of here', () => {
  const held = new HeldEntries();
  held.add(ROW, stored(10));
  held.count(used(3));
  held.add(ROW, stored(15, true));
  expect(held.get(ROW.key)?.use).toEqual({ ...stored(18, true), lastAccess: 15 });
});

test('what the store was told counts once, whether it had arrived or not when it was asked', () => {
  const held = new HeldEntries();
  held.add(ROW, stored(10));
  held.count(used(2));
  held.count(used(1));
  expect(held.tellCounted()).toEqual([{ ...used(3), lastAccess: 2 }]);
  expect(held.tellCounted()).toEqual([]);
  for (const count of [10, 13]) {
    held.add(ROW, stored(count));
    expect(held.get(ROW.key)?.use.accessCount).toBe(13);
  }
});

test('uses of an entry that is being written are told once it is written, and go with an entry that goes', () => {
  const held = new HeldEntries();
  held.add(UNWRITTEN, stored(0));
  held.count(used(4));
  expect(held.tellCounted()).toEqual([]);
  held.complete(ROW);
  expect(held.get(ROW.key)?.use.accessCount).toBe(4);
  expect(held.tellCounted()).toEqual([used(4)]);
  held.count(used(5));
  held.drop(ROW.key);
  held.count(used(6));
  held.add(ROW, stored(0));
  expect(held.tellCounted()).toEqual([]);
});
