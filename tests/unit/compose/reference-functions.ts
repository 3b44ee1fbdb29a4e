import { exactDigits, type LogicalType } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { CallExpression } from '../../../src/operators/expression.ts';
import { nearestDouble } from './rational.ts';
import type { Cell } from './table.ts';

const MILLISECONDS = 86_400_000;

/** A function of the core on cells that are not NULL, by other roads than the code: BigInt, the platform's calendar, code points. */
export function referenceFunction(call: CallExpression, args: readonly Scalar[]): Cell {
  const [first = 0, second = 0, third] = args;
  const types = call.args.map((argument) => argument.type);
  switch (call.function) {
    case 'FLOOR':
      return call.type.kind === 'double' ? finite(Math.floor(Number(first))) : floor(first, types[0]);
    case 'MOD': {
      const [dividend, divisor] = [inUnits(first, types[0], call.type), inUnits(second, types[1], call.type)];
      if (divisor === 0n) return null;
      return whole(dividend - divisor * (dividend / divisor));
    }
    case 'SQRT':
      return finite(Math.sqrt(real(first, types[0])));
    case 'EXP':
      return finite(Math.exp(real(first, types[0])));
    case 'LN':
      return finite(Math.log(real(first, types[0])));
    case 'LOG10':
      return finite(Math.log10(real(first, types[0])));
    case 'POWER':
      return finite(real(first, types[0]) ** real(second, types[1]));
    case 'UPPER':
      return Array.from(String(first), (character) => character.toUpperCase()).join('');
    case 'LOWER':
      return Array.from(String(first), (character) => character.toLowerCase()).join('');
    case 'TRIM':
      return String(first).replace(/^\s+|\s+$/gu, '');
    case 'LENGTH':
      return String(first).match(/./gsu)?.length ?? 0;
    case 'SUBSTR':
      return substring(String(first), Number(second), third === undefined ? null : Number(third));
    case 'REPLACE':
      return second === '' ? first : String(first).replaceAll(String(second), () => String(third));
    case 'CONCAT':
      return args.reduce<string>((text, part) => `${text}${String(part)}`, '');
    case 'CONTAINS':
      return String(first).indexOf(String(second)) >= 0;
    case 'STARTS_WITH':
      return String(first).slice(0, String(second).length) === second;
    case 'ENDS_WITH':
      return String(second) === '' || String(first).slice(-String(second).length) === second;
    case 'YEAR':
      return date(first).getUTCFullYear();
    case 'QUARTER':
      return [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][date(first).getUTCMonth()] ?? null;
    case 'MONTH':
      return date(first).getUTCMonth() + 1;
    case 'WEEK':
      return weekNumber(Number(first));
    case 'DAY':
      return date(first).getUTCDate();
    case 'WEEKDAY':
      return date(first).getUTCDay() || 7;
    case 'PERIOD':
      return start(Number(first), call.type);
    case 'SHIFT':
      return shifted(Number(first), Number(second), types[0]);
    case 'PERIOD_INDEX':
      return index(Number(first), types[0]);
  }
}

function floor(units: Scalar, type: LogicalType | undefined): Cell {
  const scale = 10n ** BigInt(type === undefined ? 0 : (exactDigits(type) ?? 0));
  const rest = ((BigInt(units) % scale) + scale) % scale;
  return whole((BigInt(units) - rest) / scale);
}

function inUnits(value: Scalar, from: LogicalType | undefined, to: LogicalType): bigint {
  const digits = (type: LogicalType | undefined) => (type === undefined ? 0 : (exactDigits(type) ?? 0));
  return BigInt(value) * 10n ** BigInt(digits(to) - digits(from));
}

function real(value: Scalar, type: LogicalType | undefined): number {
  const digits = type === undefined ? undefined : exactDigits(type);
  return digits === undefined ? Number(value) : nearestDouble(BigInt(value), 10n ** BigInt(digits));
}

/** Position by position. */
function substring(text: string, from: number, length: number | null): Cell {
  if (length !== null && length < 0) return null;
  let taken = '';
  let position = 1;
  for (const character of text) {
    if (position >= from && (length === null || position < from + length)) taken += character;
    position++;
  }
  return taken;
}

function date(day: Scalar): Date {
  return new Date(Number(day) * MILLISECONDS);
}

/** The number of Thursdays of the year up to that of the week. */
function weekNumber(day: number): number {
  const weekday = date(day).getUTCDay() || 7;
  const thursday = day - weekday + 4;
  const year = date(thursday).getUTCFullYear();
  let count = 0;
  for (let each = thursday; date(each).getUTCFullYear() === year; each -= 7) count++;
  return count;
}

function start(day: number, type: LogicalType): number {
  const [year, month] = [date(day).getUTCFullYear(), date(day).getUTCMonth()];
  switch (type.kind === 'date' ? type.level : 'day') {
    case 'day':
      return day;
    case 'week':
      return day - (date(day).getUTCDay() || 7) + 1;
    case 'month':
      return Date.UTC(year, month, 1) / MILLISECONDS;
    case 'quarter':
      return Date.UTC(year, month - (month % 3), 1) / MILLISECONDS;
    case 'year':
      return Date.UTC(year, 0, 1) / MILLISECONDS;
  }
}

function shifted(day: number, count: number, type: LogicalType | undefined): Cell {
  const months = { day: null, week: null, month: 1, quarter: 3, year: 12 }[type?.kind === 'date' ? type.level : 'day'];
  if (months === null) return day + count * (type?.kind === 'date' && type.level === 'week' ? 7 : 1);
  const to = date(day);
  const dayOfMonth = to.getUTCDate();
  to.setUTCMonth(to.getUTCMonth() + months * count);
  return to.getUTCDate() === dayOfMonth ? to.getTime() / MILLISECONDS : null;
}

function index(day: number, type: LogicalType | undefined): number {
  const months = (date(day).getUTCFullYear() - 1970) * 12 + date(day).getUTCMonth();
  switch (type?.kind === 'date' ? type.level : 'day') {
    case 'day':
      return day;
    case 'week':
      // Monday, 29 December 1969, begins week 0.
      return (start(day, { kind: 'date', level: 'week' }) + 3) / 7;
    case 'month':
      return months;
    case 'quarter':
      return Math.floor(months / 3);
    case 'year':
      return date(day).getUTCFullYear() - 1970;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}

function whole(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
