import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRounded, nearestUnits } from '../../../src/sources/nearest-units.ts';

/** The exact decimal expansion of a double, from its bits read as text: independent of the arithmetic under test. */
function exactUnits(value: number, digits: number): bigint {
  // A double of at least 2^-60 has at most 113 binary digits after the point, so toString(2) prints it exactly.
  const [whole = '0', fraction = ''] = Math.abs(value).toString(2).split('.');
  const numerator = BigInt(`0b${whole}${fraction}`) * 10n ** BigInt(digits);
  const denominator = 1n << BigInt(fraction.length);
  const twice = (2n * numerator + denominator) / (2n * denominator);
  return value < 0 ? -twice : twice;
}

describe('nearestUnits', () => {
  test.each([
    [0.5, 0, 1],
    [-0.5, 0, -1],
    [1.5, 0, 2],
    [2.5, 0, 3],
    [0.49999999999999994, 0, 0],
    [0.125, 2, 13],
    [-0.125, 2, -13],
    [1.005, 2, 100],
    [0.285, 2, 28],
    [8.345, 2, 835],
    [0.1, 1, 1],
    [-0, 2, 0],
    [-0.001, 2, 0],
    [2251799813685249.5, 0, 2251799813685250],
    [2251799813685248.5, 0, 2251799813685249],
  ])('%s with %s digits is %s', (value, digits, expected) => {
    expect(nearestUnits(value, digits)).toBe(expected);
  });

  test('beyond 2^53 the units of the exact double', () => {
    expect(nearestUnits(1e17, 2)).toBe(10n ** 19n);
    expect(nearestUnits(-(2 ** 60), 1)).toBe(-(10n * 2n ** 60n));
  });

  test('agrees with exact arithmetic', () => {
    const value = fc.oneof(
      fc.double({ min: -1e17, max: 1e17, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 2 ** -60),
      fc.tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 })).map(([n, d]) => (n % 2 ** 40) / 10 ** d),
      fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 8 })).map(([n, d]) => n / 2 ** d),
    );
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 6 }), (x, digits) => {
        expect(BigInt(nearestUnits(x, digits))).toBe(exactUnits(x, digits));
      }),
      { numRuns: 2000 },
    );
  });

  test('a number of n digits comes back as written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 49), max: 2 ** 49 }), fc.integer({ min: 0, max: 6 }), (units, digits) => {
        const value = Number(`${units}e-${digits}`);
        expect(nearestUnits(value, digits)).toBe(units + 0);
        expect(isRounded(value, units, digits)).toBe(false);
      }),
    );
  });
});

test.each([
  [1.23, 123, false],
  [1.2300000001, 123, false],
  [1.23001, 123, true],
  [1.235, 124, true],
  [12345678901.23, 1234567890123, false],
  [2 ** 53, 2n ** 53n * 100n, false],
  [2 ** 53 + 2, (2n ** 53n + 2n) * 100n, true],
])('%s kept as %s hundredths is rounded: %s', (value, units, expected) => {
  expect(isRounded(value, units, 2)).toBe(expected);
});
