import { parsePeriod } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';

/** What a cell's text is in a type. */
export type CellReading =
  | { readonly is: 'value'; readonly value: Scalar }
  | { readonly is: 'notFinite' }
  | { readonly is: 'wrong'; readonly expected: string }
  | { readonly is: 'tooManyDigits'; readonly digits: number }
  | { readonly is: 'outOfRange' }
  | { readonly is: 'notAPeriod' };

const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;
const DOUBLE = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity)$/i;
/** An ISO 8601 timestamp; its day is the civil date that it prints, whatever its offset. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/;
/** Digits that make a safe integer, whatever they are. */
const SAFE_DIGITS = 15;

/**
 * Reads a cell as a type. Nothing is trimmed: a space is part of the text, and makes a number or a date wrong. Numbers
 * are plain digits with a point (int64: no point; double: an exponent too); NaN and Infinity are not finite; booleans are
 * `true` and `false` in any case; dates and periods as `parsePeriod` reads them, or a timestamp that begins with one.
 */
export function readCellText(text: string, type: LogicalType): CellReading {
  switch (type.kind) {
    case 'text':
      return { is: 'value', value: text };
    case 'int64':
      return readExact(text, 0, 'a whole number');
    case 'decimal':
      return readExact(text, type.digits, 'a number');
    case 'double':
      return readDouble(text);
    case 'bool':
      if (/^true$/i.test(text)) return { is: 'value', value: true };
      return /^false$/i.test(text) ? { is: 'value', value: false } : { is: 'wrong', expected: 'true or false' };
    case 'date': {
      const days = parsePeriod(TIMESTAMP.exec(text)?.[1] ?? text, type.level);
      if (days !== undefined) return { is: 'value', value: days };
      return type.level === 'day' ? { is: 'wrong', expected: 'a date as 2024-01-31' } : { is: 'notAPeriod' };
    }
  }
}

function readExact(text: string, digits: number, expected: string): CellReading {
  const match = DECIMAL.exec(text);
  if (match === null) return NOT_FINITE.test(text) ? { is: 'notFinite' } : { is: 'wrong', expected };
  const [, sign = '', whole = '', afterWhole = '', alone = ''] = match;
  const fraction = afterWhole + alone;
  if (digits === 0 && text.includes('.')) return { is: 'wrong', expected };
  if (fraction.length > digits) return { is: 'tooManyDigits', digits };
  const units = whole + fraction.padEnd(digits, '0');
  if (units.length <= SAFE_DIGITS) {
    const value = Number(units);
    return { is: 'value', value: sign === '-' && value !== 0 ? -value : value };
  }
  const value = sign === '-' ? -BigInt(units) : BigInt(units);
  return BigInt.asIntN(64, value) === value ? { is: 'value', value: integerScalar(value) } : { is: 'outOfRange' };
}

function readDouble(text: string): CellReading {
  if (!DOUBLE.test(text)) return NOT_FINITE.test(text) ? { is: 'notFinite' } : { is: 'wrong', expected: 'a number' };
  const value = Number(text);
  // + 0 makes −0 the one zero.
  return Number.isFinite(value) ? { is: 'value', value: value + 0 } : { is: 'notFinite' };
}
