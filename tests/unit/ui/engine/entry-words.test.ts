import { describe, expect, it } from 'vitest';
import type { EntrySummary, EvictionSummary } from '../../../../src/runtime/api.ts';
import { ancestry, entryOrigin, entryTitle, evictionWords } from '../../../../src/ui/engine/entry-words.ts';

function entry(key: string, anchor: readonly string[], derivedFrom: string): EntrySummary {
  return {
    key,
    domain: 'metric',
    family: 'revenue',
    state: 'sum',
    anchor,
    schema: 'sales',
    filter: null,
    rows: 1,
    bytes: 1,
    checksum: '',
    path: '',
    createdAt: 0,
    lastAccess: 0,
    accessCount: 0,
    computeMilliseconds: 0,
    millisecondsSaved: 0,
    verificationLevel: 'AAA',
    notFurtherRollable: false,
    derivedFrom,
    hinted: false,
    pinned: false,
    sourceHashes: {},
  };
}

describe('entries', () => {
  const fine = entry('1', ['day', 'region'], 'duckdb');
  const middle = entry('2', ['day'], '1');
  const coarse = entry('3', [], '2');
  const byKey = (...entries: readonly EntrySummary[]) => new Map(entries.map((each) => [each.key, each]));
  const all = byKey(fine, middle, coarse);

  it('are named by family and anchor', () => {
    expect(entryTitle(fine)).toBe('revenue @ (day, region)');
    expect(entryTitle({ ...coarse, family: null })).toBe('sum @ ()');
  });

  it('say what they were made from', () => {
    expect(entryOrigin(fine, all)).toBe('DuckDB');
    expect(entryOrigin(coarse, all)).toBe('revenue @ (day)');
    expect(entryOrigin(coarse, byKey(coarse))).toBe('an entry since evicted');
  });

  it('know their line of descent, and survive a circle', () => {
    expect(ancestry(coarse, all).map(({ key }) => key)).toEqual(['2', '1']);
    const a = entry('a', [], 'b');
    const b = entry('b', [], 'a');
    expect(ancestry(a, byKey(a, b)).map(({ key }) => key)).toEqual(['b', 'a']);
  });
});

describe('what went to make room', () => {
  const gone: EvictionSummary = {
    key: '1',
    family: 'revenue',
    state: 'sum',
    anchor: ['day', 'store'],
    filter: null,
    bytes: 2048,
    milliseconds: 23,
    from: null,
    accessCount: 3,
    lastAccess: 0,
    at: 60_000,
    reason: 'budget',
  };

  it.each([
    [gone, '2 KB: no room in the budget; asked 3 times, last 5 min ago; computed again in 23 ms'],
    [
      { ...gone, accessCount: 1, from: ['day', 'product', 'store'], reason: 'storage' as const },
      '2 KB: no room in what the browser gives; asked 1 time, last 5 min ago; rolled up from (day, product, store) in 23 ms',
    ],
  ])('says why, how it was used, and what it costs to be without it', (eviction, words) => {
    // Figures and their units do not come apart.
    expect(evictionWords(eviction, 'en', 300_000).replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ')).toBe(words);
  });
});
