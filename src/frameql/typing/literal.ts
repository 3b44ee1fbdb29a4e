import { type CalendarLevel, parsePeriod } from '../../columns/calendar.ts';
import {
  BOOL,
  DOUBLE,
  decimal,
  exactDigits,
  INT64,
  isNumeric,
  type LogicalType,
  period,
  sameType,
  TEXT,
} from '../../columns/logical-type.ts';
import { integerScalar, type Scalar, type TypedScalar, unitsToDouble } from '../../columns/scalar.ts';
import { MAX_DIGITS } from '../../operators/arithmetic.ts';
import type { LiteralValue } from '../ast.ts';

const LEVELS: readonly CalendarLevel[] = ['day', 'month', 'quarter', 'year', 'week'];

/**
 * A literal by itself: `0.30` is decimal(2); a date literal is a day, or the period whose printed form it has; NULL is
 * typed by what it meets. Undefined for a date that does not exist.
 */
export function typeLiteral(literal: LiteralValue): TypedScalar | undefined {
  switch (literal.kind) {
    case 'exact': {
      const units = integerScalar(BigInt(literal.units));
      // More digits than a decimal may have: the nearest double.
      if (literal.digits > MAX_DIGITS) return { value: unitsToDouble(units, literal.digits), type: DOUBLE };
      return { value: units, type: literal.digits === 0 ? INT64 : decimal(literal.digits) };
    }
    case 'double':
      return { value: literal.value === 0 ? 0 : literal.value, type: DOUBLE };
    case 'text':
      return { value: literal.value, type: TEXT };
    case 'bool':
      return { value: literal.value, type: BOOL };
    case 'date':
      return periodOf(literal.value, LEVELS);
    case 'null':
      return { value: null, type: INT64 };
  }
}

/** A literal where a value of a type stands; undefined where it is none. Numbers keep their own exact type. */
export function literalAs(literal: LiteralValue, wanted: LogicalType): TypedScalar | undefined {
  if (literal.kind === 'null') return { value: null, type: wanted };
  if (wanted.kind === 'date') {
    if (literal.kind === 'text' || literal.kind === 'date') return periodOf(literal.value, [wanted.level]);
    // A year may be written as an integer.
    const isYear = wanted.level === 'year' && literal.kind === 'exact' && literal.digits === 0;
    return isYear ? periodOf(literal.units.padStart(4, '0'), ['year']) : undefined;
  }
  const typed = typeLiteral(literal);
  if (typed === undefined) return undefined;
  if (isNumeric(wanted)) return isNumeric(typed.type) ? typed : undefined;
  return typed.type.kind === wanted.kind ? { value: typed.value, type: wanted } : undefined;
}

/** The period that a text names at the first of the levels where it names one. */
export function periodOf(text: string, levels: readonly CalendarLevel[]): TypedScalar | undefined {
  for (const level of levels) {
    const start = parsePeriod(text, level);
    if (start !== undefined) return { value: start, type: period(level) };
  }
  return undefined;
}

/**
 * A value in the form of another type where that changes nothing: an exact number in units of the type's digits, or as
 * the nearest double where a comparison makes it one. Undefined where the type has no such value.
 */
export function valueAs(value: Scalar, from: LogicalType, to: LogicalType): Scalar | undefined {
  if (sameType(from, to)) return value;
  const digits = exactDigits(from);
  if (digits === undefined || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (to.kind === 'double') return unitsToDouble(value, digits);
  const wanted = exactDigits(to);
  if (wanted === undefined) return undefined;
  if (wanted >= digits) return integerScalar(BigInt(value) * 10n ** BigInt(wanted - digits));
  const scale = 10n ** BigInt(digits - wanted);
  return BigInt(value) % scale === 0n ? integerScalar(BigInt(value) / scale) : undefined;
}
