import type { CalendarLevel } from './calendar.ts';

/** The types of Coframe. `decimal` has `digits` digits after the point and is held as an integer of 10^−digits units. */
export type LogicalType =
  | { readonly kind: 'text' }
  | { readonly kind: 'int64' }
  | { readonly kind: 'decimal'; readonly digits: number }
  | { readonly kind: 'double' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'date'; readonly level: CalendarLevel };

export type TypeKind = LogicalType['kind'];

export const TEXT: LogicalType = { kind: 'text' };
export const INT64: LogicalType = { kind: 'int64' };
export const DOUBLE: LogicalType = { kind: 'double' };
export const BOOL: LogicalType = { kind: 'bool' };
export const DAY: LogicalType = { kind: 'date', level: 'day' };

/** `decimal(digits)`. */
export function decimal(digits: number): LogicalType {
  return { kind: 'decimal', digits };
}

/** A date that stands for the periods of a level. */
export function period(level: CalendarLevel): LogicalType {
  return { kind: 'date', level };
}

/** The type as a person writes it: `text`, `int64`, `decimal(2)`, `double`, `bool`, `date` (a level prints as `date`). */
export function printType(type: LogicalType): string {
  return type.kind === 'decimal' ? `decimal(${type.digits})` : type.kind;
}

/** Reads what `printType` prints; a date is a day. `decimal(n)` takes n from 0 to 18. Undefined for anything else. */
export function parseType(text: string): LogicalType | undefined {
  const match = /^decimal\((0|[1-9]\d?)\)$/.exec(text);
  if (match) {
    const digits = Number(match[1]);
    return digits <= 18 ? decimal(digits) : undefined;
  }
  switch (text) {
    case 'text':
      return TEXT;
    case 'int64':
      return INT64;
    case 'double':
      return DOUBLE;
    case 'bool':
      return BOOL;
    case 'date':
      return DAY;
    default:
      return undefined;
  }
}

/** Whether two types are the same, digits and level included. */
export function sameType(a: LogicalType, b: LogicalType): boolean {
  if (a.kind === 'decimal') return b.kind === 'decimal' && a.digits === b.digits;
  if (a.kind === 'date') return b.kind === 'date' && a.level === b.level;
  return a.kind === b.kind;
}

/** int64, decimal and double. */
export function isNumeric(type: LogicalType): boolean {
  return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
}

/** Digits after the point of an exact number: 0 for int64, n for decimal(n), undefined for every other type. */
export function exactDigits(type: LogicalType): number | undefined {
  if (type.kind === 'int64') return 0;
  return type.kind === 'decimal' ? type.digits : undefined;
}
