import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestTexts } from '../../../../src/ui/query/nearest.ts';

describe('nearest values', () => {
  it.each([
    ['Nord', ['Central', 'East', 'North', 'West'], ['North', 'East', 'West']],
    ['east', ['Central', 'East', 'West'], ['East', 'West', 'Central']],
    ['S1', ['S01', 'S02', 'S10'], ['S01', 'S10', 'S02']],
    ['zzzzzz', [], []],
  ])('of %s', (wanted, values, nearest) => {
    expect(nearestTexts(wanted, values, 3)).toEqual(nearest);
  });

  it.each([
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['abc', '', 3],
    ['flaw', 'lawn', 2],
  ])('%s to %s takes %s edits', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is a metric', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
