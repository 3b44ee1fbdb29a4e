import { describe, expect, it } from 'vitest';
import type { EvictionSummary } from '../../../../src/runtime/api.ts';
import { ancestry, entryOrigin, entryTitle, evictionWords } from '../../../../src/ui/engine/entry-words.ts';
import { byKeyOf, summaryOf } from './summaries.ts';

describe('entries', () => {
  const fine = summaryOf('1', { anchor: ['day', 'region'] });
  const middle = summaryOf('2', { anchor: ['day'], derivedFrom: '1' });
  const coarse = summaryOf('3', { derivedFrom: '2' });
  const all = byKeyOf([fine, middle, coarse]);

  it('are named by family and anchor', () => {
    expect(entryTitle(fine)).toBe('revenue @ (day, region)');
    expect(entryTitle({ ...coarse, family: null })).toBe('sum @ ()');
  });

  it('say what they were made from', () => {
    expect(entryOrigin(fine, all)).toBe('DuckDB');
    expect(entryOrigin(coarse, all)).toBe('revenue @ (day)');
    expect(entryOrigin(coarse, byKeyOf([coarse]))).toBe('an entry since evicted');
  });

  it('know their line of descent, and survive a circle', () => {
    expect(ancestry(coarse, all).map(({ key }) => key)).toEqual(['2', '1']);
    const a = summaryOf('a', { derivedFrom: 'b' });
    const b = summaryOf('b', { derivedFrom: 'a' });
    expect(ancestry(a, byKeyOf([a, b])).map(({ key }) => key)).toEqual(['b', 'a']);
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
