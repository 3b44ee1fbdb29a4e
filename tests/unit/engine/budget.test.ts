import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, TEXT } from '../../../src/columns/logical-type.ts';
import { budgetOf, toEvict } from '../../../src/engine/budget.ts';
import type { EntryRow, EntryUse, MetricRow } from '../../../src/engine/entry.ts';
import type { Access } from '../../../src/resolution/access.ts';
import { metricRow, qmRow, someBytes } from '../../support/store-contract.ts';

const NOW = 1_800_000_000_000;
const ONE_DAY = 86_400_000;
const NONE = someBytes(0);

interface Held {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

/** An entry of 100 bytes that took 10 ms and was used once, just now; each of a state of its own. */
function entry(name: string, row: Partial<MetricRow> = {}, use: Partial<EntryUse> = {}): Held {
  return {
    row: {
      ...metricRow(name, NONE),
      key: name,
      stateKey: name,
      bytes: 100,
      computeMilliseconds: 10,
      hinted: false,
      ...row,
    },
    use: { key: name, lastAccess: NOW, accessCount: 1, millisecondsSaved: 0, pinned: false, ...use },
  };
}

function quasiMetadata(name: string, bytes: number): Held {
  return { row: { ...qmRow(name, NONE), key: name, bytes, computeMilliseconds: 0.1 }, use: entry(name).use };
}

function keysToEvict(...asked: Parameters<typeof toEvict>): readonly string[] {
  return toEvict(...asked).map(({ key }) => key);
}

/** Evicts as if the budget were what the entries take, so that `needed` bytes are what must go. */
function evicted(held: readonly Held[], needed: number, inUse: readonly string[] = []): readonly string[] {
  const budget = held.reduce((sum, { row }) => sum + row.bytes, 0);
  return keysToEvict(held, { needed, budget, now: NOW, inUse: new Set(inUse) });
}

describe('budgetOf', () => {
  test.each([
    { maxBytes: 100, quota: null, budget: 100 },
    { maxBytes: 100, quota: 1000, budget: 100 },
    { maxBytes: 1000, quota: 100, budget: 50 },
    { maxBytes: 1000, quota: 101, budget: 50 },
    { maxBytes: 1000, quota: 0, budget: 0 },
  ])('$maxBytes allowed, $quota granted: $budget', ({ maxBytes, quota, budget }) => {
    expect(budgetOf(maxBytes, quota)).toBe(budget);
  });
});

describe('toEvict: of two entries the one goes that', () => {
  test.each<{ readonly because: string; readonly goes: Held; readonly stays: Held }>([
    {
      because: 'was computed faster',
      goes: entry('a', { computeMilliseconds: 9 }),
      stays: entry('b', { computeMilliseconds: 10 }),
    },
    { because: 'is larger', goes: entry('a', { bytes: 101 }), stays: entry('b', { bytes: 100 }) },
    {
      because: 'has not been used for longer',
      goes: entry('a', {}, { lastAccess: NOW - 2 * ONE_DAY }),
      stays: entry('b', {}, { lastAccess: NOW - ONE_DAY }),
    },
    {
      because: 'was used less often',
      goes: entry('a', {}, { accessCount: 3 }),
      stays: entry('b', {}, { accessCount: 4 }),
    },
    {
      because: 'costs less to be without in all: 20 ms every other day, twice the size',
      goes: entry('a', { computeMilliseconds: 20, bytes: 200 }, { lastAccess: NOW - ONE_DAY }),
      stays: entry('b', { computeMilliseconds: 10, bytes: 100 }),
    },
    {
      because: 'has no hint, however dear it was',
      goes: entry('a', { computeMilliseconds: 5000 }, { accessCount: 900 }),
      stays: entry('b', { hinted: true, computeMilliseconds: 1 }, { accessCount: 0, lastAccess: 0 }),
    },
    {
      because: 'is no map of an edge',
      goes: entry('a', { computeMilliseconds: 5000 }),
      stays: quasiMetadata('b', 100),
    },
    { because: 'is a map of an edge, not hinted', goes: quasiMetadata('a', 100), stays: entry('b', { hinted: true }) },
    { because: 'has the lower key, all else being equal', goes: entry('a'), stays: entry('b') },
    {
      because: 'was last used in the past, not the future',
      goes: entry('a'),
      stays: entry('b', {}, { lastAccess: NOW + ONE_DAY, accessCount: 2 }),
    },
  ])('$because', ({ goes, stays }) => {
    expect(evicted([stays, goes], 50)).toEqual([goes.row.key]);
    expect(evicted([goes, stays], 50)).toEqual([goes.row.key]);
  });
});

describe('toEvict: what never goes', () => {
  test.each([
    { name: 'pinned', held: entry('a', { computeMilliseconds: 0 }, { pinned: true }), inUse: [] },
    { name: 'in use', held: entry('a', { computeMilliseconds: 0 }), inUse: ['a'] },
    { name: 'without bytes yet', held: entry('a', { computeMilliseconds: 0, bytes: 0 }), inUse: [] },
  ])('$name', ({ held, inUse }) => {
    expect(evicted([held, entry('b')], 100, inUse)).toEqual(['b']);
  });
});

describe('toEvict: how much goes', () => {
  const held = ['a', 'b', 'c', 'd'].map((name, i) => entry(name, { computeMilliseconds: 10 + i }));

  test.each([
    { needed: 0, budget: 400, goes: [] },
    { needed: 100, budget: 500, goes: [] },
    { needed: 101, budget: 500, goes: ['a'] },
    { needed: 100, budget: 400, goes: ['a'] },
    { needed: 101, budget: 400, goes: ['a', 'b'] },
    { needed: 400, budget: 400, goes: ['a', 'b', 'c', 'd'] },
    // More than the budget can ever hold: it would be for nothing.
    { needed: 401, budget: 400, goes: [] },
    // Over the budget as it is.
    { needed: 0, budget: 250, goes: ['a', 'b'] },
    { needed: 1000, budget: 250, goes: ['a', 'b'] },
  ])('$needed bytes in $budget: $goes', ({ needed, budget, goes }) => {
    expect(keysToEvict(held, { needed, budget, now: NOW, inUse: new Set() })).toEqual(goes);
  });

  test('what cannot make room for the entry is spared, for pinned ones take too much', () => {
    const pinned = entry('p', { bytes: 300 }, { pinned: true });
    expect(keysToEvict([pinned, entry('a')], { needed: 150, budget: 400, now: NOW, inUse: new Set() })).toEqual([]);
  });

  test('a small one is spared where the large one that follows it is enough', () => {
    const small = entry('small', { bytes: 10, computeMilliseconds: 0.1 });
    const large = entry('large', { bytes: 1000, computeMilliseconds: 1000 });
    expect(evicted([small, large], 500)).toEqual(['large']);
    expect(evicted([small, large], 5)).toEqual(['small']);
  });
});

describe('toEvict: what an entry that stays gives again goes before what must be computed', () => {
  const store: Access = { column: 'store_id', columnType: TEXT, steps: [] };
  const day: Access = { column: 'day', columnType: DAY, steps: [] };
  const month: Access = { ...day, steps: [{ kind: 'calendar', edge: 'day→month', from: 'day', to: 'month' }] };
  const region: Access = {
    ...store,
    steps: [
      {
        kind: 'lookup',
        edge: 'store→region',
        schema: 'stores',
        source: 'stores',
        childColumn: 'store_id',
        parentColumn: 'region',
        childType: TEXT,
        type: TEXT,
      },
    ],
  };
  const anchorOf = (names: Readonly<Record<string, Access>>) =>
    Object.entries(names).map(([name, access]) => ({ name, type: TEXT, access }));
  const termOn = (name: string) => ({
    key: `${name} is not null`,
    expression: { kind: 'column', name, type: TEXT } as const,
    names: [name],
  });
  const finer = {
    stateKey: 'revenue',
    anchor: anchorOf({ day, store }),
    rows: 1000,
    computeMilliseconds: 100,
  } as const;
  const coarser = {
    stateKey: 'revenue',
    anchor: anchorOf({ month, region }),
    rows: 30,
    computeMilliseconds: 100,
  } as const;

  // The other entry took 50 ms: it goes first, unless the coarser one can be had in a few.
  test.each<{
    readonly name: string;
    readonly finer?: Partial<MetricRow>;
    readonly coarser?: Partial<MetricRow>;
    readonly isGiven: boolean;
  }>([
    { name: 'by climbing', isGiven: true },
    { name: 'by dropping a dimension', coarser: { anchor: anchorOf({ day }) }, isGiven: true },
    { name: 'the grand total', coarser: { anchor: [] }, isGiven: true },
    { name: 'with a filter on a dimension that the finer has', coarser: { filter: [termOn('day')] }, isGiven: true },
    { name: 'with a filter on its own dimension', coarser: { filter: [termOn('region')] }, isGiven: true },
    {
      name: 'both filtered alike',
      finer: { filter: [termOn('sku')] },
      coarser: { filter: [termOn('sku')] },
      isGiven: true,
    },
    { name: 'not: a filter on what the finer lacks', coarser: { filter: [termOn('sku')] }, isGiven: false },
    { name: 'not: the finer is filtered', finer: { filter: [termOn('day')] }, isGiven: false },
    { name: 'not: another state', finer: { stateKey: 'cost' }, isGiven: false },
    {
      name: 'not: the state does not roll up',
      finer: { notFurtherRollable: true },
      coarser: { notFurtherRollable: true },
      isGiven: false,
    },
    {
      name: 'not: another dimension',
      coarser: { anchor: anchorOf({ sku: { ...store, column: 'sku' } }) },
      isGiven: false,
    },
    {
      name: 'not: the finer is the coarser',
      finer: { anchor: anchorOf({ month, store }) },
      coarser: { anchor: anchorOf({ day }) },
      isGiven: false,
    },
    {
      name: 'not: other bytes of the lookup',
      finer: { sourceHashes: { stores: 'before' } },
      coarser: { sourceHashes: { stores: 'after' } },
      isGiven: false,
    },
    { name: 'not: the roll-up takes as long', finer: { rows: 10_000_000 }, isGiven: false },
  ])('$name', ({ finer: overFiner = {}, coarser: overCoarser = {}, isGiven }) => {
    const held = [
      entry('finer', { ...finer, ...overFiner }, { accessCount: 1000 }),
      entry('coarser', { ...coarser, ...overCoarser }),
      entry('other', { computeMilliseconds: 50 }),
    ];
    expect(evicted(held, 100)).toEqual([isGiven ? 'coarser' : 'other']);
  });

  test('but not when that entry has gone as well', () => {
    const held = [
      entry('finer', { ...finer, bytes: 1_000_000 }),
      entry('coarser', coarser, { accessCount: 99 }),
      entry('other', { computeMilliseconds: 50 }),
    ];
    // The finer goes for its size; then the coarser would have to be computed, and the other is the cheaper.
    expect(evicted(held, 1_000_100)).toEqual(['finer', 'other']);
  });
});

describe('toEvict: laws', () => {
  const anyEntry = fc.record({
    bytes: fc.nat(1000),
    computeMilliseconds: fc.nat(500),
    state: fc.nat(3),
    hinted: fc.boolean(),
    pinned: fc.boolean(),
    isQm: fc.boolean(),
    accessCount: fc.nat(10),
    age: fc.nat(30),
  });
  const anyHeld = fc.array(anyEntry, { maxLength: 12 }).map((entries) =>
    entries.map(({ bytes, computeMilliseconds, state, hinted, pinned, isQm, accessCount, age }, i) => {
      const use = { lastAccess: NOW - age * ONE_DAY, accessCount, pinned };
      const held = entry(`k${i}`, { bytes, computeMilliseconds, hinted, stateKey: `s${state}` }, use);
      return isQm ? { ...held, row: { ...qmRow('q', NONE), key: `k${i}`, bytes, computeMilliseconds } } : held;
    }),
  );
  const bytesOf = (held: readonly Held[]): number => held.reduce((sum, { row }) => sum + row.bytes, 0);

  test('enough goes, nothing too much, nothing that must not, hints only when nothing else is enough', () => {
    fc.assert(
      fc.property(anyHeld, fc.nat(3000), fc.nat(6000), fc.nat(11), (held, needed, budget, used) => {
        const inUse = new Set([`k${used}`]);
        const keys = keysToEvict(held, { needed, budget, now: NOW, inUse });
        const gone = held.filter(({ row }) => keys.includes(row.key));
        const mayGo = held.filter(({ row, use }) => !use.pinned && !inUse.has(row.key));
        const total = bytesOf(held);
        const canHold = total - bytesOf(mayGo) + needed <= budget;
        const excess = Math.max(0, canHold ? total + needed - budget : total - budget);
        const freed = bytesOf(gone);

        expect(new Set(keys).size).toBe(keys.length);
        expect(gone.every((each) => mayGo.includes(each))).toBe(true);
        expect(freed).toBeGreaterThanOrEqual(Math.min(excess, bytesOf(mayGo)));
        for (const { row } of gone) expect(freed - row.bytes).toBeLessThan(excess);
        const isHinted = ({ row }: Held): boolean => row.domain === 'metric' && row.hinted;
        if (gone.some(isHinted)) expect(bytesOf(mayGo.filter((each) => !isHinted(each)))).toBeLessThan(excess);
      }),
    );
  });

  test('the order in which entries are listed makes no difference', () => {
    fc.assert(
      fc.property(anyHeld, fc.nat(3000), (held, needed) => {
        const options = { needed, budget: bytesOf(held), now: NOW, inUse: new Set<string>() };
        expect(keysToEvict(held.toReversed(), options)).toEqual(keysToEvict(held, options));
      }),
    );
  });
});
