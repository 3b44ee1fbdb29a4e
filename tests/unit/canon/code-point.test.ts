import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from '../../../src/canon/code-point.ts';

test.each([
  ['a', 'b'],
  ['', 'a'],
  ['a', 'aa'],
  ['Z', 'a'],
  ['z', 'é'],
  ['\ud7ff', '\ue000'],
  ['～', '😀'],
  ['\uffff', '\u{10000}'],
  ['a😀', 'a😁'],
])('%j before %j', (before, after) => {
  expect(compareCodePoints(before, after)).toBeLessThan(0);
  expect(compareCodePoints(after, before)).toBeGreaterThan(0);
});

test('agrees with comparing code point by code point', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const left = Array.from(a, (character) => character.codePointAt(0) ?? 0);
      const right = Array.from(b, (character) => character.codePointAt(0) ?? 0);
      const differing = left.findIndex((code, index) => code !== right[index]);
      const expected =
        differing < 0
          ? Math.sign(left.length - right.length)
          : Math.sign((left[differing] ?? 0) - (right[differing] ?? -1));
      expect(Math.sign(compareCodePoints(a, b))).toBe(expected);
    }),
  );
});
