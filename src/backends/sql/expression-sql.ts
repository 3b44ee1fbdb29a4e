import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';
import type { Expression } from '../../operators/expression.ts';
import type { Dialect } from './dialect.ts';

/** What an expression is printed against: the dialect, and the SQL of each named column, as it is stored. */
export interface ExpressionScope {
  readonly dialect: Dialect;
  readonly column: (name: string) => string;
}

/**
 * Prints an expression in the form that is compared: text by code point, exact numbers as integers of their own digits,
 * doubles finite or NULL, dates, truth values three-valued.
 */
export function expressionSql(expression: Expression, scope: ExpressionScope): string {
  switch (expression.type.kind) {
    case 'text':
      return textSql(expression, scope);
    case 'int64':
    case 'decimal':
      return integerSql(expression, exactDigits(expression.type) ?? 0, scope);
    case 'double':
      return doubleSql(expression, scope);
    case 'bool':
      return truthSql(expression, scope);
    case 'date':
      return plainSql(expression, scope);
  }
}

/** Prints what a state aggregates: a column as it is stored, everything else as `expressionSql` does. */
export function stateInputSql(expression: Expression, scope: ExpressionScope): string {
  return expression.kind === 'column' ? scope.column(expression.name) : expressionSql(expression, scope);
}

function textSql(expression: Expression, scope: ExpressionScope): string {
  const sql = plainSql(expression, scope);
  return expression.kind === 'column' ? scope.dialect.text(sql) : sql;
}

/** Columns and literals: the only expressions of text and dates. */
function plainSql(expression: Expression, { dialect, column }: ExpressionScope): string {
  switch (expression.kind) {
    case 'column':
      return column(expression.name);
    case 'literal':
      return dialect.literal(expression.value, expression.type);
    default:
      throw unprintable(expression);
  }
}

/** An exact number at a number of digits ≥ its own; wide only where it has to be. */
function integerSql(expression: Expression, digits: number, scope: ExpressionScope): string {
  const own = digitsOf(expression);
  if (expression.kind === 'column' && own === digits) return scope.column(expression.name);
  if (expression.kind === 'literal') {
    return scope.dialect.literal(scaled(expression.value, digits - own), expression.type);
  }
  return wideSql(expression, digits, scope);
}

/** The same, wide: operands of arithmetic. */
function wideSql(expression: Expression, digits: number, scope: ExpressionScope): string {
  const { dialect } = scope;
  const own = digitsOf(expression);
  switch (expression.kind) {
    case 'column':
    case 'literal': {
      const sql = dialect.wide(integerSql(expression, expression.kind === 'column' ? own : digits, scope));
      return expression.kind === 'column' && digits > own ? dialect.rescale(sql, digits - own) : sql;
    }
    case 'negate':
      return dialect.negate(wideSql(expression.operand, digits, scope));
    case 'arithmetic': {
      const { operator, left, right } = expression;
      if (operator === '*') {
        const product = dialect.arithmetic('*', ownWide(left, scope), ownWide(right, scope));
        return digits > own ? dialect.rescale(product, digits - own) : product;
      }
      return dialect.arithmetic(operator, wideSql(left, digits, scope), wideSql(right, digits, scope));
    }
    default:
      throw unprintable(expression);
  }
}

function ownWide(expression: Expression, scope: ExpressionScope): string {
  return wideSql(expression, digitsOf(expression), scope);
}

/** Any number as a double that is finite or NULL: exact ones are rounded once, when they meet a double. */
function doubleSql(expression: Expression, scope: ExpressionScope): string {
  const sql = looseDoubleSql(expression, scope);
  return mayBeInfinite(expression) ? scope.dialect.finite(sql) : sql;
}

function mayBeInfinite(expression: Expression): boolean {
  if (expression.kind === 'negate') return mayBeInfinite(expression.operand);
  return expression.kind === 'arithmetic' && exactDigits(expression.type) === undefined;
}

/**
 * The same, possibly not finite: sums, differences and products of such values never become finite again, so that one
 * check at the end is enough. Only a divisor is checked before it is used, since 1 / ∞ is 0.
 */
function looseDoubleSql(expression: Expression, scope: ExpressionScope): string {
  const { dialect } = scope;
  const digits = exactDigits(expression.type);
  if (digits !== undefined) return dialect.toDouble(integerSql(expression, digits, scope), digits);
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return plainSql(expression, scope);
    case 'negate':
      return dialect.negate(looseDoubleSql(expression.operand, scope));
    case 'arithmetic': {
      const { operator, left, right } = expression;
      const divisor = operator === '/' ? doubleSql(right, scope) : looseDoubleSql(right, scope);
      return dialect.arithmetic(operator, looseDoubleSql(left, scope), divisor);
    }
    default:
      throw unprintable(expression);
  }
}

function truthSql(expression: Expression, scope: ExpressionScope): string {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return plainSql(expression, scope);
    case 'compare': {
      const [left, right] = comparable(expression.left, expression.right, scope);
      return `(${left} ${expression.operator} ${right})`;
    }
    case 'and':
    case 'or': {
      // Of no operands: AND is true, OR is false.
      const terms = expression.operands.map((operand) => truthSql(operand, scope));
      if (terms.length === 0) return scope.dialect.literal(expression.kind === 'and', expression.type);
      return `(${terms.join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    }
    case 'not':
      return `(NOT ${truthSql(expression.operand, scope)})`;
    case 'isNull':
      return `(${stateInputSql(expression.operand, scope)} IS NULL)`;
    case 'in':
      return membershipSql(expression.operand, expression.values, scope);
    default:
      throw unprintable(expression);
  }
}

/** Two operands of a comparison in one form: exact numbers at the larger digits, anything with a double as doubles. */
function comparable(left: Expression, right: Expression, scope: ExpressionScope): readonly [string, string] {
  const leftDigits = exactDigits(left.type);
  const rightDigits = exactDigits(right.type);
  if (leftDigits !== undefined && rightDigits !== undefined) {
    const digits = Math.max(leftDigits, rightDigits);
    return [integerSql(left, digits, scope), integerSql(right, digits, scope)];
  }
  if (left.type.kind === 'double' || right.type.kind === 'double') {
    return [doubleSql(left, scope), doubleSql(right, scope)];
  }
  return [expressionSql(left, scope), expressionSql(right, scope)];
}

function membershipSql(operand: Expression, values: readonly Scalar[], scope: ExpressionScope): string {
  const sql = expressionSql(operand, scope);
  // SQL has no empty list; NULL is unknown to be in any.
  if (values.length === 0) return `(${sql} <> ${sql})`;
  return `(${sql} IN (${values.map((value) => scope.dialect.literal(value, operand.type)).join(', ')}))`;
}

function scaled(value: Scalar | null, digits: number): Scalar | null {
  if (value === null || digits === 0) return value;
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new RangeError(`literal: ${value} is no number`);
  return integerScalar(BigInt(value) * 10n ** BigInt(digits));
}

function digitsOf(expression: Expression): number {
  const digits = exactDigits(expression.type);
  if (digits === undefined) throw unprintable(expression);
  return digits;
}

function unprintable(expression: { readonly kind: string; readonly type: LogicalType }): RangeError {
  return new RangeError(`expression: ${expression.kind} of type ${expression.type.kind} has no SQL here`);
}
