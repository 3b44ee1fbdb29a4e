import { printUnits } from '../../columns/scalar.ts';

/** The minus of the screen, U+2212; what is copied has `-`. */
export const MINUS = '\u2212';

/**
 * Writer of exact numbers of one column: units of 10^−digits → text with exactly `digits` fraction digits, digits
 * grouped and spelt as the locale does. No double stands in between, so nothing is rounded.
 */
export function exactFormatter(digits: number, locale: string): (units: number | bigint) => string {
  const whole = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 0 });
  const fraction = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: Math.max(1, digits) });
  const point = decimalPoint(locale);
  return (units) => {
    const text = printUnits(units, digits);
    const negative = text.startsWith('-');
    const magnitude = negative ? text.slice(1) : text;
    const [integer = '0', decimals = ''] = magnitude.split('.');
    const sign = negative && /[1-9]/.test(magnitude) ? MINUS : '';
    const tail = decimals === '' ? '' : `${point}${fraction.format(BigInt(decimals))}`;
    return `${sign}${whole.format(BigInt(integer))}${tail}`;
  };
}

/** What the locale writes between whole and fraction. */
export function decimalPoint(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find((part) => part.type === 'decimal')?.value ?? '.';
}
