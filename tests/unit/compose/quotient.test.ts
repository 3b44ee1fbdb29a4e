import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotient } from '../../../src/compose/quotient.ts';
import { nearestDouble } from './rational.ts';

describe('quotient', () => {
  it.each([
    [0n, 7n, 0],
    [1n, 3n, 1 / 3],
    [-1n, 3n, -1 / 3],
    [30n, 200n, 0.15],
    [2n ** 53n + 1n, 1n, 2 ** 53],
    [2n ** 53n + 3n, 1n, 2 ** 53 + 4],
    // Halfway between two doubles, and a hair above it: only a division that sees the remainder tells them apart.
    [(2n ** 53n + 1n) * 10n ** 30n, 10n ** 30n, 2 ** 53],
    [(2n ** 53n + 1n) * 10n ** 30n + 1n, 10n ** 30n, 2 ** 53 + 2],
    [2n ** 127n, -(2n ** 20n), -(2 ** 107)],
    [1n, 10n ** 40n, 1e-40],
  ])('%s / %s = %s', (numerator, denominator, expected) => {
    expect(quotient(numerator, denominator)).toBe(expected);
  });

  it('is the double nearest to the exact ratio', () => {
    const integer = fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n });
    fc.assert(
      fc.property(integer, integer, (numerator, denominator) => {
        fc.pre(denominator !== 0n);
        expect(quotient(numerator, denominator)).toBe(nearestDouble(numerator, denominator));
      }),
      { numRuns: 2000 },
    );
  });

  it('is `/` where both are safe integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (numerator, denominator) => {
        fc.pre(denominator !== 0);
        expect(quotient(BigInt(numerator), BigInt(denominator))).toBe(numerator / denominator + 0);
      }),
      { numRuns: 2000 },
    );
  });
});
