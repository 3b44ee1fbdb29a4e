import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';
import type { CallExpression, Expression } from '../../operators/expression.ts';
import { functionTable, type MapExpression } from '../function-table.ts';
import type { Dialect, Integers, RealFunction } from './dialect.ts';
import {
  type BranchSql,
  caseSql,
  chosen,
  combined,
  fits,
  floored,
  INT64_BOUND,
  type IntegerSql,
  remainder,
  rescaled,
  wideSql,
} from './integer-sql.ts';

type CaseExpression = Extract<Expression, { kind: 'case' }>;

/**
 * What an expression is printed against: the dialect, each named column: its SQL as it is stored, and its magnitude, and
 * where the tables of functions are looked up.
 */
export interface ExpressionScope {
  readonly dialect: Dialect;
  readonly column: (name: string) => string;
  /** Upper bound on the magnitude of an exact column; undefined: it is only known to fit 64 bits. */
  readonly magnitude: (name: string) => bigint | undefined;
  /** The value of a function that is given by its table; wide integers stand there in the wide form. */
  readonly map: (map: MapExpression) => string;
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** What is not an exact number, and counts. */
export const SAFE: Integers = { each: 'safe', total: 'safe' };

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
      return integerSql(expression, digitsOf(expression), scope).sql;
    case 'double':
      return doubleSql(expression, scope);
    case 'bool':
      return truthSql(expression, scope);
    case 'date':
      return plainSql(expression, scope);
  }
}

/** What a state aggregates: a column as it is stored, everything else as `expressionSql` prints it. */
export function stateInputSql(
  expression: Expression,
  scope: ExpressionScope,
  rowCount: number | undefined,
): { readonly sql: string; readonly integers: Integers } {
  const digits = exactDigits(expression.type);
  if (digits === undefined) return { sql: storedSql(expression, scope), integers: SAFE };
  const { sql, isWide, bound } = integerSql(expression, digits, scope);
  const total = rowCount === undefined ? undefined : bound * BigInt(rowCount);
  return {
    sql,
    integers: {
      each: isWide ? 'wide' : isSafeBound(bound) ? 'safe' : 'int64',
      total: total === undefined || !fits(total) ? 'beyond' : isSafeBound(total) ? 'safe' : 'int64',
    },
  };
}

/**
 * What is grouped by: exact numbers as integers in their form, doubles finite or NULL and without −0. `isSafe`: it is no
 * exact number beyond 2^53 − 1.
 */
export function groupedSql(
  expression: Expression,
  scope: ExpressionScope,
): { readonly sql: string; readonly isSafe: boolean } {
  const digits = exactDigits(expression.type);
  if (digits !== undefined) {
    const { sql, isWide, bound } = integerSql(expression, digits, scope);
    return { sql, isSafe: !isWide && isSafeBound(bound) };
  }
  if (expression.type.kind !== 'double') return { sql: expressionSql(expression, scope), isSafe: true };
  return { sql: scope.dialect.finite(looseDoubleSql(expression, scope)), isSafe: true };
}

/** Whether values up to a bound are held exactly by doubles; undefined: it is not known. */
export function isSafeBound(bound: bigint | undefined): boolean {
  return bound !== undefined && bound <= MAX_SAFE;
}

function storedSql(expression: Expression, scope: ExpressionScope): string {
  return expression.kind === 'column' ? scope.column(expression.name) : expressionSql(expression, scope);
}

function textSql(expression: Expression, scope: ExpressionScope): string {
  const sql = plainSql(expression, scope);
  return expression.kind === 'column' ? scope.dialect.text(sql) : sql;
}

/** Columns, literals and what gives one of several values: the only expressions of text and dates. */
function plainSql(expression: Expression, scope: ExpressionScope): string {
  const { dialect, column } = scope;
  switch (expression.kind) {
    case 'column':
      return column(expression.name);
    case 'literal':
      return dialect.literal(expression.value, expression.type);
    case 'case':
      return choiceSql(expression, scope, (value) => expressionSql(value, scope));
    case 'map':
      return scope.map(expression);
    default:
      throw unprintable(expression);
  }
}

function choiceSql(
  { branches, otherwise, type }: CaseExpression,
  scope: ExpressionScope,
  print: (value: Expression) => string,
): string {
  // A NULL is one of the result's type, whatever type it was written with.
  const value = (each: Expression | null) =>
    each === null || isNullLiteral(each) ? scope.dialect.literal(null, type) : print(each);
  const printed = branches.map(({ when, then }): BranchSql<string> => [truthSql(when, scope), value(then)]);
  return caseSql(printed, value(otherwise));
}

/**
 * An exact number at a number of digits ≥ its own. It is computed in 64 bits where what is known of its columns proves that
 * no result on the way passes them, else in the wide form.
 */
export function integerSql(expression: Expression, digits: number, scope: ExpressionScope): IntegerSql {
  const { dialect } = scope;
  const own = digitsOf(expression);
  switch (expression.kind) {
    case 'column': {
      const bound = scope.magnitude(expression.name) ?? INT64_BOUND;
      return rescaled({ sql: scope.column(expression.name), isWide: false, bound }, digits - own, dialect);
    }
    case 'literal': {
      if (expression.value === null) return { sql: dialect.literal(null, expression.type), isWide: false, bound: 0n };
      const value = integerOf(expression.value, expression.type) * 10n ** BigInt(digits - own);
      const bound = value < 0n ? -value : value;
      return fits(bound)
        ? { sql: dialect.literal(integerScalar(value), expression.type), isWide: false, bound, literal: value }
        : { sql: dialect.wide.literal(value), isWide: true, bound };
    }
    case 'negate': {
      const operand = integerSql(expression.operand, digits, scope);
      if (fits(operand.bound) && !operand.isWide)
        return { sql: dialect.negate(operand.sql), isWide: false, bound: operand.bound };
      return { sql: dialect.wide.negate(wideSql(operand, dialect)), isWide: true, bound: operand.bound };
    }
    case 'arithmetic': {
      const { operator, left, right } = expression;
      if (operator === '/') throw unprintable(expression);
      if (operator !== '*') {
        return combined(operator, integerSql(left, digits, scope), integerSql(right, digits, scope), dialect);
      }
      const [a, b] = [integerSql(left, digitsOf(left), scope), integerSql(right, digitsOf(right), scope)];
      return rescaled(combined('*', a, b, dialect), digits - own, dialect);
    }
    case 'case': {
      const nothing = { sql: dialect.literal(null, expression.type), isWide: false, bound: 0n };
      const value = (each: Expression | null) =>
        each === null || isNullLiteral(each) ? nothing : integerSql(each, digits, scope);
      const branches = expression.branches.map(
        ({ when, then }): BranchSql<IntegerSql> => [truthSql(when, scope), value(then)],
      );
      return chosen(branches, value(expression.otherwise), dialect);
    }
    case 'call':
      return rescaled(exactCall(expression, scope), digits - own, dialect);
    case 'map': {
      const bound = functionTable(expression).largest;
      return rescaled({ sql: scope.map(expression), isWide: !fits(bound), bound }, digits - own, dialect);
    }
    default:
      throw unprintable(expression);
  }
}

/** FLOOR and MOD of exact numbers, at the digits of their type. */
function exactCall(expression: CallExpression, scope: ExpressionScope): IntegerSql {
  const [left, right] = expression.args;
  if (left !== undefined && right === undefined && expression.function === 'FLOOR') {
    const digits = digitsOf(left);
    return floored(integerSql(left, digits, scope), digits, scope.dialect);
  }
  if (left !== undefined && right !== undefined && expression.function === 'MOD') {
    const digits = Math.max(digitsOf(left), digitsOf(right));
    return remainder(integerSql(left, digits, scope), integerSql(right, digits, scope), scope.dialect);
  }
  throw unprintable(expression);
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
  if (digits !== undefined) {
    const { sql, isWide } = integerSql(expression, digits, scope);
    return isWide ? dialect.wide.toDouble(sql, digits) : dialect.toDouble(sql, digits);
  }
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
    case 'case':
      return choiceSql(expression, scope, (value) => doubleSql(value, scope));
    case 'call':
      return dialect.real[realFunction(expression)](...expression.args.map((argument) => doubleSql(argument, scope)));
    case 'map':
      return scope.map(expression);
    default:
      throw unprintable(expression);
  }
}

function realFunction(expression: CallExpression): RealFunction {
  switch (expression.function) {
    case 'FLOOR':
    case 'SQRT':
    case 'EXP':
    case 'LN':
    case 'LOG10':
    case 'POWER':
      return expression.function;
    default:
      throw unprintable(expression);
  }
}

function truthSql(expression: Expression, scope: ExpressionScope): string {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return plainSql(expression, scope);
    case 'compare':
      return comparisonSql(expression, scope);
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
      return `(${storedSql(expression.operand, scope)} IS NULL)`;
    case 'in':
      return membershipSql(expression.operand, expression.values, scope);
    case 'case':
      return choiceSql(expression, scope, (value) => truthSql(value, scope));
    case 'map':
      return scope.map(expression);
    default:
      throw unprintable(expression);
  }
}

/** Two operands in one form: exact numbers at the larger digits, anything with a double as doubles. */
function comparisonSql(
  { operator, left, right }: Extract<Expression, { kind: 'compare' }>,
  scope: ExpressionScope,
): string {
  const { dialect } = scope;
  const plain = (a: string, b: string) => `(${a} ${operator} ${b})`;
  const leftDigits = exactDigits(left.type);
  const rightDigits = exactDigits(right.type);
  if (leftDigits !== undefined && rightDigits !== undefined) {
    const digits = Math.max(leftDigits, rightDigits);
    const [a, b] = [integerSql(left, digits, scope), integerSql(right, digits, scope)];
    if (!a.isWide && !b.isWide) return plain(a.sql, b.sql);
    return dialect.wide.compare(operator, wideSql(a, dialect), wideSql(b, dialect));
  }
  if (left.type.kind === 'double' || right.type.kind === 'double') {
    return plain(doubleSql(left, scope), doubleSql(right, scope));
  }
  return plain(expressionSql(left, scope), expressionSql(right, scope));
}

function membershipSql(operand: Expression, values: readonly Scalar[], scope: ExpressionScope): string {
  const { dialect } = scope;
  const digits = exactDigits(operand.type);
  const integer = digits === undefined ? undefined : integerSql(operand, digits, scope);
  const sql = integer?.sql ?? expressionSql(operand, scope);
  // SQL has no empty list; NULL is unknown to be in any.
  if (values.length === 0) return `(${sql} <> ${sql})`;
  return dialect.isAmong(sql, values, operand.type, integer?.isWide === true);
}

function integerOf(value: Scalar, { kind }: LogicalType): bigint {
  if (typeof value === 'bigint' || Number.isInteger(value)) return BigInt(value);
  throw new RangeError(`literal: ${String(value)} (${typeof value}) is no value of type ${kind}`);
}

function digitsOf(expression: Expression): number {
  const digits = exactDigits(expression.type);
  if (digits === undefined) throw unprintable(expression);
  return digits;
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

function unprintable(expression: { readonly kind: string; readonly type: LogicalType }): RangeError {
  return new RangeError(`expression: ${expression.kind} of type ${expression.type.kind} has no SQL here`);
}
