import { describe, expect, it } from 'vitest';
import { doubleFormatter, fractionDigits } from '../../../../src/ui/format/double.ts';

const columns: readonly [name: string, values: readonly number[], shown: readonly string[]][] = [
  ['one digit count for the column', [7.396816, 12.5, 0.25], ['7.3968', '12.5000', '0.2500']],
  ['whole numbers stay whole', [1, 20, 300], ['1', '20', '300']],
  ['six significant digits of the largest', [123456.789, 1.5], ['123,457', '2']],
  ['no more than the values need', [0.5, 1.25], ['0.50', '1.25']],
  ['ratios', [0.25, 0.75], ['0.25', '0.75']],
  ['thirds', [1 / 3, 2 / 3], ['0.333333', '0.666667']],
  ['a value that would vanish', [123456, 0.01], ['123,456', '1e−2']],
  ['very large', [1e15, 1.5], ['1e15', '1.5']],
  ['very small', [1.2344e-7, -1.2344e-7], ['1.234e−7', '−1.234e−7']],
  ['negative', [-1.5, 2.25], ['−1.50', '2.25']],
  ['zero and minus zero', [0, -0, 0.5], ['0.0', '0.0', '0.5']],
];

describe('doubles', () => {
  it.each(columns)('%s', (_name, values, shown) => {
    const format = doubleFormatter(values, 'en-US');
    expect(values.map(format)).toEqual(shown);
  });

  it('takes no digits from values that are written with an exponent', () => {
    expect(fractionDigits([1e-9, 1e20, 3])).toBe(0);
  });
});
