import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareScalars, integerScalar, printUnits, type Scalar, unitsToDouble } from '../../../src/columns/scalar.ts';

const SAFE = 2n ** 53n - 1n;

test.each<[bigint, number | bigint]>([
  [0n, 0],
  [SAFE, 9007199254740991],
  [-SAFE, -9007199254740991],
  [SAFE + 1n, 9007199254740992n],
  [-SAFE - 1n, -9007199254740992n],
])('the one form of %s', (value, expected) => {
  expect(integerScalar(value)).toBe(expected);
});

test.each<[Scalar, Scalar, number]>([
  ['a', 'b', -1],
  ['～', '😀', -1],
  [false, true, -1],
  [1, 2n ** 60n, -1],
  [2n ** 60n, 2n ** 60n + 1n, -1],
  [2 ** 53 - 1, 2n ** 53n, -1],
  [-(2n ** 60n), -5, -1],
  [5, 5, 0],
])('%s compared with %s', (left, right, expected) => {
  expect(Math.sign(compareScalars(left, right))).toBe(expected);
  expect(Math.sign(compareScalars(right, left))).toBe(expected === 0 ? 0 : 1);
});

test.each<[number | bigint, number, string]>([
  [-1230, 2, '-12.30'],
  [5, 2, '0.05'],
  [-5, 2, '-0.05'],
  [0, 2, '0.00'],
  [-0, 0, '0'],
  [7, 0, '7'],
  [2n ** 100n, 4, '126765060022822940149670320.5376'],
])('%s units of %s digits print as %s', (units, digits, expected) => {
  expect(printUnits(units, digits)).toBe(expected);
});

describe('unitsToDouble', () => {
  test('is the double that the decimal text means', () => {
    const units = fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }).map(integerScalar));
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 18 }), (value, digits) => {
        expect(unitsToDouble(value, digits)).toBe(Number(`${value}e-${digits}`));
      }),
    );
  });
});
