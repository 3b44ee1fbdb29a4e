import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactFormatter } from '../../../../src/ui/format/exact.ts';

const cases: readonly [units: number | bigint, digits: number, locale: string, text: string][] = [
  [386863636, 2, 'en-US', '3,868,636.36'],
  [-386863636, 2, 'en-US', '−3,868,636.36'],
  [0, 2, 'en-US', '0.00'],
  [-0, 2, 'en-US', '0.00'],
  [5, 2, 'en-US', '0.05'],
  [-5, 2, 'en-US', '−0.05'],
  [1, 4, 'en-US', '0.0001'],
  [1329, 0, 'en-US', '1,329'],
  [-1, 0, 'en-US', '−1'],
  [9_223_372_036_854_775_807n, 0, 'en-US', '9,223,372,036,854,775,807'],
  [-9_223_372_036_854_775_808n, 0, 'en-US', '−9,223,372,036,854,775,808'],
  [9_223_372_036_854_775_807n, 18, 'en-US', '9.223372036854775807'],
  [386863636, 2, 'de-DE', '3.868.636,36'],
  [123456789, 2, 'hi-IN', '12,34,567.89'],
  [1234, 2, 'es-ES', '12,34'],
  [123456, 2, 'es-ES', '1.234,56'],
];

describe('exact numbers', () => {
  it.each(cases)('%s units of %s digits in %s are %s', (units, digits, locale, text) => {
    expect(exactFormatter(digits, locale)(units)).toBe(text);
  });

  it('loses no digit of any 64-bit integer', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 18 }),
        (units, digits) => {
          const shown = exactFormatter(digits, 'en-US')(units);
          const plain = shown.replaceAll(',', '').replace('−', '-');
          const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
          expect(fraction).toHaveLength(digits);
          expect(BigInt(whole + fraction) * (plain.startsWith('-') ? -1n : 1n)).toBe(units);
        },
      ),
    );
  });
});
