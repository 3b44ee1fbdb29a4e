import { MINUS } from './exact.ts';

const SIGNIFICANT = 6;
const LARGEST_PLAIN = 1e15;
const SMALLEST_PLAIN = 1e-4;

/**
 * Writer of doubles of one column. All values get one number of fraction digits, so that points align: as many as the
 * largest magnitude leaves of six significant digits, and no more than the values need. What is too large or too small
 * for that is written as `1.234e−7`; a value that is not zero never prints as zero.
 */
export function doubleFormatter(values: Iterable<number>, locale: string): (value: number) => string {
  const digits = fractionDigits(values);
  const plain = new Intl.NumberFormat(locale, {
    useGrouping: 'always',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (value) => {
    const magnitude = Math.abs(value);
    const sign = value < 0 ? MINUS : '';
    if (magnitude === 0) return plain.format(0);
    const vanishes = magnitude < 0.5 * 10 ** -digits;
    if (magnitude >= LARGEST_PLAIN || magnitude < SMALLEST_PLAIN || vanishes) return `${sign}${exponential(magnitude)}`;
    return `${sign}${plain.format(magnitude)}`;
  };
}

/** Fraction digits that suit every plain value of a column. */
export function fractionDigits(values: Iterable<number>): number {
  let largest = 0;
  let needed = 0;
  for (const value of values) {
    const magnitude = Math.abs(value);
    if (magnitude >= LARGEST_PLAIN || magnitude < SMALLEST_PLAIN) continue;
    largest = Math.max(largest, magnitude);
    needed = Math.max(needed, fractionOf(magnitude));
  }
  const integerDigits = largest < 1 ? 0 : Math.floor(Math.log10(largest)) + 1;
  return Math.min(needed, Math.max(0, SIGNIFICANT - integerDigits));
}

/** Fraction digits of a value written with six significant digits, trailing zeros left out. */
function fractionOf(magnitude: number): number {
  const rounded = Number(magnitude.toPrecision(SIGNIFICANT)).toString();
  const point = rounded.indexOf('.');
  return point < 0 ? 0 : rounded.length - point - 1;
}

function exponential(magnitude: number): string {
  const [mantissa = '0', exponent = '0'] = Number(magnitude.toPrecision(4)).toExponential().split('e');
  const power = Number(exponent);
  return `${mantissa}e${power < 0 ? MINUS : ''}${Math.abs(power)}`;
}
