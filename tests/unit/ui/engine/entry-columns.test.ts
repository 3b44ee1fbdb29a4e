import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ENTRY_COLUMNS,
  FIRST_ORDER,
  matchingEntries,
  orderAfter,
  sortedEntries,
} from '../../../../src/ui/engine/entry-columns.ts';
import { byKeyOf, summaryOf } from './summaries.ts';

describe('the filter of entries', () => {
  const entries = [
    summaryOf('a', { family: 'revenue', anchor: ['day', 'region'] }),
    summaryOf('b', { family: 'cost', anchor: ['store'], filter: "region = 'West'" }),
    summaryOf('c', { family: null, state: 'rows', anchor: [] }),
  ];

  it.each([
    ['', ['a', 'b', 'c']],
    ['  ', ['a', 'b', 'c']],
    ['REGION', ['a', 'b']],
    ['region day', ['a']],
    ['(day, region)', ['a']],
    ['west cost', ['b']],
    ['rows', ['c']],
    ['sum', ['a', 'b']],
    ['revenue store', []],
  ])('%o finds %o', (text, keys) => {
    expect(matchingEntries(entries, text).map(({ key }) => key)).toEqual(keys);
  });
});

describe('the order of entries', () => {
  const entry = fc
    .record({
      key: fc.uuid(),
      family: fc.option(fc.constantFrom('cost', 'revenue')),
      rows: fc.nat(5),
      bytes: fc.nat(5),
      accessCount: fc.nat(3),
      lastAccess: fc.nat(5),
      createdAt: fc.nat(5),
      millisecondsSaved: fc.nat(5),
    })
    .map(({ key, ...about }) => summaryOf(key, about));
  const all = fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 12 });

  it.each(
    ENTRY_COLUMNS.flatMap(({ key }) =>
      (['ascending', 'descending'] as const).map((direction) => ({ by: key, direction })),
    ),
  )('by $by, $direction, keeps every entry and does not depend on how they were listed', (order) => {
    fc.assert(
      fc.property(all, (entries) => {
        const sorted = sortedEntries(entries, order, byKeyOf(entries));
        expect(sorted.map(({ key }) => key).sort()).toEqual(entries.map(({ key }) => key).sort());
        expect(sortedEntries([...entries].reverse(), order, byKeyOf(entries))).toEqual(sorted);
      }),
    );
  });

  it.each([
    ['rows', 'rows', 1],
    ['bytes', 'bytes', 1],
    ['asked', 'accessCount', 1],
    ['saved', 'millisecondsSaved', 1],
    ['lastAsked', 'lastAccess', -1],
    ['age', 'createdAt', -1],
  ] as const)('by %s goes by %s', (by, field, sign) => {
    fc.assert(
      fc.property(all, (entries) => {
        const values = sortedEntries(entries, { by, direction: 'ascending' }, byKeyOf(entries)).map(
          (each) => sign * each[field],
        );
        expect(values).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });

  it('turns round at a second press, and begins with what tells most', () => {
    expect(orderAfter(FIRST_ORDER, 'lastAsked')).toEqual({ by: 'lastAsked', direction: 'descending' });
    expect(orderAfter(FIRST_ORDER, 'bytes')).toEqual({ by: 'bytes', direction: 'descending' });
    expect(orderAfter({ by: 'bytes', direction: 'descending' }, 'bytes')).toEqual({
      by: 'bytes',
      direction: 'ascending',
    });
    expect(orderAfter(FIRST_ORDER, 'family')).toEqual({ by: 'family', direction: 'ascending' });
  });
});
