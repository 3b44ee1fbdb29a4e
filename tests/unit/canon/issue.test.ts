import { expect, test } from 'vitest';
import { oneOf } from '../../../src/canon/issue.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('lists %j as %j', (names, expected) => {
  expect(oneOf(names)).toBe(expected);
});
