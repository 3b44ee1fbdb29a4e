import type { Expr, Literal, Sign } from './question.ts';
import type { Operator, Type } from './world.ts';

export const INT64: Type = { kind: 'int64' };
export const DOUBLE: Type = { kind: 'double' };
export const BOOL: Type = { kind: 'bool' };
export const TEXT: Type = { kind: 'text' };

export function isNumeric(type: Type): boolean {
  return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
}

/** Digits after the point of an exact number; undefined for what is none. */
export function digitsOf(type: Type): number | undefined {
  if (type.kind === 'int64') return 0;
  return type.kind === 'decimal' ? type.digits : undefined;
}

/** `+ −` give the larger n, int64 with decimal is decimal, `*` adds the n, `/` and a double give double. */
export function arithmeticType(sign: Sign, left: Type, right: Type): Type | undefined {
  const [a, b] = [digitsOf(left), digitsOf(right)];
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  if (sign === '/' || a === undefined || b === undefined) return DOUBLE;
  const digits = sign === '*' ? a + b : Math.max(a, b);
  if (digits > 18) return undefined;
  return left.kind === 'int64' && right.kind === 'int64' ? INT64 : { kind: 'decimal', digits };
}

/** The operators that take a type. */
export function operatorsFor(type: Type): readonly Operator[] {
  if (type.kind === 'bool') return ['COUNT', 'COUNT_DISTINCT'];
  if (!isNumeric(type)) return ['COUNT', 'MIN', 'MAX', 'COUNT_DISTINCT'];
  return ['SUM', 'COUNT', 'MIN', 'MAX', 'AVG', 'MEDIAN', 'COUNT_DISTINCT'];
}

/** Type of an operator's value. */
export function resultType(operator: Operator, input: Type): Type {
  switch (operator) {
    case 'SUM':
    case 'MIN':
    case 'MAX':
      return input;
    case 'COUNT':
    case 'COUNT(*)':
    case 'COUNT_DISTINCT':
      return INT64;
    case 'AVG':
    case 'MEDIAN':
      return DOUBLE;
  }
}

export function literalType(literal: Literal): Type {
  switch (literal.kind) {
    case 'exact':
      return literal.digits === 0 ? INT64 : { kind: 'decimal', digits: literal.digits };
    case 'double':
      return DOUBLE;
    case 'text':
      return TEXT;
    case 'period':
    case 'date':
      return { kind: 'date', level: 'day' };
    case 'bool':
      return BOOL;
    case 'null':
      return INT64;
  }
}

/** Type of an expression over names and calls of known type; undefined where it has none. */
export function typeOf(expr: Expr, known: (expr: Expr) => Type | undefined): Type | undefined {
  switch (expr.kind) {
    case 'literal':
      return literalType(expr.value);
    case 'name':
    case 'call':
      return known(expr);
    case 'negate': {
      const type = typeOf(expr.operand, known);
      return type !== undefined && isNumeric(type) ? type : undefined;
    }
    case 'arithmetic': {
      const [left, right] = [typeOf(expr.left, known), typeOf(expr.right, known)];
      return left && right && arithmeticType(expr.sign, left, right);
    }
    case 'compare':
    case 'not':
    case 'and':
    case 'or':
      return BOOL;
  }
}
