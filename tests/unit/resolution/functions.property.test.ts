import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOUBLE, decimal, exactDigits, INT64 } from '../../../src/columns/logical-type.ts';
import { printUnits } from '../../../src/columns/scalar.ts';
import { answer } from './typed.ts';

const units = fc.oneof(
  fc.integer({ min: -2_000_000, max: 2_000_000 }).map(BigInt),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const digits = fc.integer({ min: 0, max: 18 });

function scalar(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** value ÷ 10^places in whole numbers: half away from zero, or towards zero. */
function divided(value: bigint, places: number, isRounded: boolean): bigint {
  const scale = 10n ** BigInt(places);
  const magnitude = value < 0n ? -value : value;
  const cut = magnitude / scale + (isRounded && 2n * (magnitude % scale) >= scale ? 1n : 0n);
  return value < 0n ? -cut : cut;
}

describe('rounding', () => {
  test.each([
    ['ROUND', true],
    ['TRUNC', false],
  ])('%s of an exact number is exact', (name, isRounded) => {
    fc.assert(
      fc.property(units, digits, digits, (value, has, asked) => {
        const kept = Math.min(has, asked);
        const type = has === 0 ? INT64 : decimal(has);
        const expected = divided(value, has - kept, isRounded);
        const word = kept === 0 ? 'int64' : `decimal(${kept})`;
        expect(answer(`${name}(x, ${asked})`, { x: [type, scalar(value)] })).toBe(
          `${printUnits(expected, kept)} ${word}`,
        );
        expect(exactDigits(type)).toBe(has);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a double it goes to the nearest whole number, half away from zero', () => {
    const double = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -2_000_001, max: 2_000_001 }).map((twice) => twice / 2),
      fc.double({ min: -4, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(double, (value) => {
        const x = value + 0;
        const whole = Math.trunc(x);
        const away = Math.abs(x - whole) >= 0.5 ? whole + Math.sign(x) : whole;
        expect(answer('ROUND(x)', { x: [DOUBLE, x] })).toBe(`${away + 0} double`);
        expect(answer('TRUNC(x)', { x: [DOUBLE, x] })).toBe(`${whole + 0} double`);
        expect(answer('CEIL(x)', { x: [DOUBLE, x] })).toBe(`${Math.ceil(x) + 0} double`);
      }),
      { numRuns: 1000 },
    );
  });

  test('digits after the point of a double are those of the nearest decimal', () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.integer({ min: 0, max: 3 }), (thousandths, n) => {
        const x = thousandths / 1000;
        // Far from a half the product by 10^n does not reach the other side of it.
        fc.pre(Math.abs(thousandths) % 10 ** (3 - n) !== 5 * 10 ** (2 - n));
        const expected = Number(divided(BigInt(thousandths), 3 - n, true)) / 10 ** n + 0;
        expect(answer(`ROUND(x, ${n})`, { x: [DOUBLE, x] })).toBe(`${expected} double`);
      }),
    );
  });
});
