import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrappedText } from '../../../../src/ui/graph/wrapped-text.ts';

/** Ten pixels a letter. */
const measure = (text: string) => [...text].length * 10;

describe('a text in a box', () => {
  it.each([
    ['short', 200, 2, ['short']],
    ['sum of revenue', 80, 2, ['sum of', 'revenue']],
    ['sum of revenue by month', 80, 2, ['sum of', 'revenue…']],
    ['unbreakable', 50, 2, ['unbre', 'akab…']],
    ['one line only', 60, 1, ['one l…']],
    ['', 60, 2, []],
  ] as const)('%s', (text, width, lines, expected) => {
    expect(wrappedText(text, width, lines, measure)).toEqual(expected);
  });

  it('never takes more lines or width than it has', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 30, max: 200 }),
        fc.integer({ min: 1, max: 3 }),
        (text, width, lines) => {
          const wrapped = wrappedText(text, width, lines, measure);
          return wrapped.length <= lines && wrapped.every((line) => measure(line) <= width);
        },
      ),
    );
  });
});
