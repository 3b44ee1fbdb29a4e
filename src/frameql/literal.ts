import type { LiteralValue } from './ast.ts';

/**
 * Reads a number token. Digits with or without a point are exact and keep their digits (`0.30` is 30 of 10^−2); an
 * exponent makes a double. Undefined where the double is not finite.
 */
export function readNumber(text: string): LiteralValue | undefined {
  if (/[eE]/.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? { kind: 'double', value } : undefined;
  }
  const [whole = '', fraction = ''] = text.split('.');
  return { kind: 'exact', units: `${whole}${fraction}`.replace(/^0+(?=\d)/, ''), digits: fraction.length };
}

/** The text between the quotes of a string or quoted name; a doubled quote is one. */
export function unquote(text: string): string {
  const quote = text.charAt(0);
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Prints a literal so that `parse` reads the same value of the same type. */
export function printLiteral(value: LiteralValue): string {
  switch (value.kind) {
    case 'exact':
      return printExact(value.units, value.digits);
    case 'double':
      return value.value.toExponential().replace('e+', 'e');
    case 'text':
      return quoteText(value.value);
    case 'date':
      return `DATE ${quoteText(value.value)}`;
    case 'bool':
      return value.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
  }
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Works on the text: the integer may have any number of digits. */
function printExact(units: string, digits: number): string {
  if (digits === 0) return units;
  const sign = units.startsWith('-') ? '-' : '';
  const padded = units.slice(sign.length).padStart(digits + 1, '0');
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}
