import { printPeriod } from '../columns/calendar.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { printUnits, type Scalar, unitsToDouble } from '../columns/scalar.ts';

/** One value of an answer in its JSON form. */
export type JsonValue = string | number | boolean | null;

/**
 * The JSON form of a value: dates as ISO text and periods printed, integers beyond 2^53 − 1 as text, decimals as the
 * nearest double (as text where their units are beyond 2^53 − 1), −0 as 0, NULL and what is not finite as null.
 */
export function jsonValue(value: Scalar | null, type: LogicalType): JsonValue {
  switch (typeof value) {
    case 'bigint':
      return printUnits(value, type.kind === 'decimal' ? type.digits : 0);
    case 'number':
      if (type.kind === 'date') return printPeriod(value, type.level);
      if (type.kind === 'decimal') return unitsToDouble(value, type.digits) + 0;
      return Number.isFinite(value) ? value + 0 : null;
    case 'string':
    case 'boolean':
    case 'object':
      return value;
  }
}

/** A value as text in a message: decimals with all their digits, NULL as `NULL`. */
export function printScalar(value: Scalar | null, type: LogicalType): string {
  if (value === null) return 'NULL';
  if (type.kind === 'decimal' && (typeof value === 'number' || typeof value === 'bigint')) {
    return printUnits(value, type.digits);
  }
  return String(jsonValue(value, type));
}
