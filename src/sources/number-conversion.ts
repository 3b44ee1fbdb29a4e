import { type CalendarLevel, dayNumber, periodStart, printDay } from '../columns/calendar.ts';
import { type BigIntColumn, type NumberColumn, valueAt } from '../columns/column.ts';
import { exactDigits, type LogicalType, printType, TEXT } from '../columns/logical-type.ts';
import { integerScalar, printUnits, type Scalar, unitsToDouble } from '../columns/scalar.ts';
import { TextColumnBuilder } from '../columns/text-column.ts';
import { readCellText } from './cell-text.ts';
import { type ColumnPlace, type Converted, cellAt, incompatible } from './column-place.ts';
import { isRounded, nearestUnits } from './nearest-units.ts';
import { sourceError } from './source-error.ts';

type Numbers = NumberColumn | BigIntColumn;

const FIRST_DAY = dayNumber(0, 1, 1);
const LAST_DAY = dayNumber(9999, 12, 31);

/**
 * Numbers, booleans and dates as the declared type: exact numbers rescale exactly or are refused; doubles go to the
 * nearest decimal and are refused as int64 where they are not whole; everything but a double prints as text; an int64
 * may be a year.
 */
export function convertNumbers(raw: Numbers, wanted: LogicalType, place: ColumnPlace): Converted {
  const { kind } = raw.type;
  const digits = exactDigits(raw.type);
  const wantedDigits = exactDigits(wanted);
  if (wanted.kind === 'text' && kind !== 'double') return printAll(raw);
  if (wantedDigits !== undefined) {
    if (digits !== undefined) return rescale(raw, digits, wanted, wantedDigits, place);
    if (kind === 'double') return toUnits(raw, wanted, wantedDigits, place);
  }
  if (wanted.kind === 'double') {
    if (kind === 'double') return finite(raw);
    if (digits !== undefined) return toDoubles(raw, digits, wanted);
  }
  if (wanted.kind === 'date') {
    if (kind === 'date') return checkPeriods(raw, wanted, wanted.level, place);
    if (kind === 'int64' && wanted.level === 'year') return readYears(raw, wanted, place);
  }
  if (wanted.kind === 'bool' && kind === 'bool') return { column: { ...raw, type: wanted }, notFinite: 0, rounded: 0 };
  throw incompatible(place, raw.type, wanted);
}

function isNull(raw: Numbers, row: number): boolean {
  return raw.valid !== null && raw.valid[row] === 0;
}

/** Collects converted rows: doubles while they are safe integers, bigints from the first that is not. */
class ExactBuilder {
  readonly #values: Float64Array;
  #large: Map<number, bigint> | null = null;

  constructor(rows: number) {
    this.#values = new Float64Array(rows);
  }

  set(row: number, value: number | bigint): void {
    if (typeof value === 'number') this.#values[row] = value + 0;
    else {
      this.#large ??= new Map();
      this.#large.set(row, value);
    }
  }

  column(type: LogicalType, valid: Uint8Array | null): Numbers {
    if (this.#large === null) return { form: 'number', type, values: this.#values, valid };
    const values = Array.from(this.#values, BigInt);
    for (const [row, value] of this.#large) values[row] = value;
    return { form: 'bigint', type, values, valid };
  }
}

/** Exact numbers of one number of digits as exact numbers of another. */
function rescale(
  raw: Numbers,
  digits: number,
  wanted: LogicalType,
  wantedDigits: number,
  place: ColumnPlace,
): Converted {
  const builder = new ExactBuilder(raw.values.length);
  const up = 10n ** BigInt(Math.max(0, wantedDigits - digits));
  const down = 10n ** BigInt(Math.max(0, digits - wantedDigits));
  const factor = Number(up);
  for (let row = 0; row < raw.values.length; row++) {
    if (isNull(raw, row)) continue;
    const value = raw.values[row] ?? 0;
    if (typeof value === 'number' && down === 1n && Number.isSafeInteger(value * factor)) {
      builder.set(row, value * factor);
      continue;
    }
    const exact = BigInt(value) * up;
    const units = exact / down;
    if (exact % down !== 0n) {
      throw sourceError('TOO_MANY_DIGITS', { ...cellAt(place, row, printUnits(value, digits)), digits: wantedDigits });
    }
    requireInt64(units, wanted, place, row, () => printUnits(value, digits));
    builder.set(row, integerScalar(units));
  }
  return { column: builder.column(wanted, raw.valid), notFinite: 0, rounded: 0 };
}

function toUnits(raw: Numbers, wanted: LogicalType, digits: number, place: ColumnPlace): Converted {
  const builder = new ExactBuilder(raw.values.length);
  const { valid, notFinite } = finiteRows(raw);
  let rounded = 0;
  for (let row = 0; row < raw.values.length; row++) {
    if (valid !== null && valid[row] === 0) continue;
    const value = Number(raw.values[row] ?? 0);
    const units = nearestUnits(value, digits);
    const isOff = isRounded(value, units, digits);
    // A fraction is no integer, and a double beyond 2^53 may have lost the digits of one.
    if (wanted.kind === 'int64' && (isOff || typeof units === 'bigint')) {
      throw sourceError('WRONG_CELL', { ...cellAt(place, row, String(value)), expected: 'a whole number within 2^53' });
    }
    requireInt64(units, wanted, place, row, () => String(value));
    builder.set(row, units);
    if (isOff) rounded++;
  }
  return { column: builder.column(wanted, valid), notFinite, rounded };
}

function requireInt64(
  units: number | bigint,
  wanted: LogicalType,
  place: ColumnPlace,
  row: number,
  print: () => string,
): void {
  if (typeof units === 'number' || BigInt.asIntN(64, units) === units) return;
  throw sourceError('OUT_OF_RANGE', {
    ...cellAt(place, row, print()),
    expected: `the 64 bits of ${printType(wanted)}`,
  });
}

function toDoubles(raw: Numbers, digits: number, wanted: LogicalType): Converted {
  const values = new Float64Array(raw.values.length);
  let rounded = 0;
  for (let row = 0; row < values.length; row++) {
    if (isNull(raw, row)) continue;
    const value = raw.values[row] ?? 0;
    values[row] = unitsToDouble(typeof value === 'bigint' ? integerScalar(value) : value, digits) + 0;
    if (digits === 0 && typeof value === 'bigint' && BigInt(values[row] ?? 0) !== value) rounded++;
  }
  return { column: { form: 'number', type: wanted, values, valid: raw.valid }, notFinite: 0, rounded };
}

/** Doubles with NaN and ±Infinity as NULL and −0 as 0. */
function finite(raw: Numbers): Converted {
  const { valid, notFinite } = finiteRows(raw);
  const values = new Float64Array(raw.values.length);
  for (let row = 0; row < values.length; row++) {
    // + 0 makes −0 the one zero.
    if (valid === null || valid[row] !== 0) values[row] = Number(raw.values[row]) + 0;
  }
  return { column: { form: 'number', type: raw.type, values, valid }, notFinite, rounded: 0 };
}

/** The validity of doubles once NaN and ±Infinity are NULL, and how many of them there are. */
function finiteRows(raw: Numbers): { readonly valid: Uint8Array | null; readonly notFinite: number } {
  let valid = raw.valid;
  let notFinite = 0;
  for (let row = 0; row < raw.values.length; row++) {
    if (isNull(raw, row) || Number.isFinite(Number(raw.values[row]))) continue;
    if (notFinite === 0) valid = raw.valid === null ? new Uint8Array(raw.values.length).fill(1) : raw.valid.slice();
    if (valid !== null) valid[row] = 0;
    notFinite++;
  }
  return { valid, notFinite };
}

/** Dates that must be the first days of their periods, and of a year that four digits print. */
function checkPeriods(raw: Numbers, wanted: LogicalType, level: CalendarLevel, place: ColumnPlace): Converted {
  for (let row = 0; row < raw.values.length; row++) {
    if (isNull(raw, row)) continue;
    const days = Number(raw.values[row]);
    if (!(days >= FIRST_DAY && days <= LAST_DAY)) {
      throw sourceError('OUT_OF_RANGE', { ...cellAt(place, row, printDay(days)), expected: 'the years 0000 to 9999' });
    }
    if (periodStart(days, level) !== days) {
      throw sourceError('NOT_A_PERIOD', { ...cellAt(place, row, printDay(days)), level });
    }
  }
  return { column: { ...raw, type: wanted }, notFinite: 0, rounded: 0 };
}

function readYears(raw: Numbers, wanted: LogicalType, place: ColumnPlace): Converted {
  const values = new Float64Array(raw.values.length);
  for (let row = 0; row < values.length; row++) {
    if (isNull(raw, row)) continue;
    const text = String(raw.values[row]);
    const reading = readCellText(text, wanted);
    if (reading.is !== 'value') throw sourceError('NOT_A_PERIOD', { ...cellAt(place, row, text), level: 'year' });
    values[row] = Number(reading.value);
  }
  return { column: { form: 'number', type: wanted, values, valid: raw.valid }, notFinite: 0, rounded: 0 };
}

/** Exact numbers, booleans and dates as they print. */
function printAll(raw: Numbers): Converted {
  const builder = new TextColumnBuilder();
  for (let row = 0; row < raw.values.length; row++) {
    const value = valueAt(raw, row);
    builder.push(value === null ? null : printValue(value, raw.type));
  }
  return { column: { ...builder.column(), type: TEXT }, notFinite: 0, rounded: 0 };
}

function printValue(value: Scalar, type: LogicalType): string {
  const digits = exactDigits(type);
  if (digits !== undefined && (typeof value === 'number' || typeof value === 'bigint'))
    return printUnits(value, digits);
  return type.kind === 'date' && typeof value === 'number' ? printDay(value) : String(value);
}
