import { parsePeriod } from '../columns/calendar.ts';
import { BOOL, DOUBLE, decimal, INT64, isNumeric, type LogicalType, TEXT } from '../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../columns/scalar.ts';
import type { LiteralValue } from '../frameql/ast.ts';

export interface TypedLiteral {
  readonly value: Scalar | null;
  readonly type: LogicalType;
}

/** A literal by itself: `0.30` is decimal(2); a date literal is a day; NULL is typed by what it meets. */
export function typeLiteral(literal: LiteralValue): TypedLiteral | undefined {
  switch (literal.kind) {
    case 'exact':
      return {
        value: integerScalar(BigInt(literal.units)),
        type: literal.digits === 0 ? INT64 : decimal(literal.digits),
      };
    case 'double':
      return { value: literal.value === 0 ? 0 : literal.value, type: DOUBLE };
    case 'text':
      return { value: literal.value, type: TEXT };
    case 'bool':
      return { value: literal.value, type: BOOL };
    case 'date': {
      const day = parsePeriod(literal.value, 'day');
      return day === undefined ? undefined : { value: day, type: { kind: 'date', level: 'day' } };
    }
    case 'null':
      return { value: null, type: INT64 };
  }
}

/** A literal where a value of a type stands; undefined where it is none. Numbers keep their own exact type. */
export function literalAs(literal: LiteralValue, wanted: LogicalType): TypedLiteral | undefined {
  if (literal.kind === 'null') return { value: null, type: wanted };
  if (wanted.kind === 'date') {
    if (literal.kind === 'text' || literal.kind === 'date') {
      const start = parsePeriod(literal.value, wanted.level);
      return start === undefined ? undefined : { value: start, type: wanted };
    }
    // A year may be written as an integer.
    if (wanted.level === 'year' && literal.kind === 'exact' && literal.digits === 0) {
      const start = parsePeriod(literal.units.padStart(4, '0'), 'year');
      return start === undefined ? undefined : { value: start, type: wanted };
    }
    return undefined;
  }
  const typed = typeLiteral(literal);
  if (typed === undefined) return undefined;
  if (isNumeric(wanted)) return isNumeric(typed.type) ? typed : undefined;
  return typed.type.kind === wanted.kind ? { value: typed.value, type: wanted } : undefined;
}
