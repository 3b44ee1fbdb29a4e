import { exactDigits, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';
import type { ArithmeticOperator, CallExpression, Expression } from '../../operators/expression.ts';
import { functionTable, type MapExpression } from '../function-table.ts';
import { larger, smaller } from '../magnitudes.ts';

/**
 * What an expression is written against. `column` gives the code of a named column, and the largest magnitude of its
 * units where it is an exact number; `set` the code of a set of values; `map` that of the column that a function's table
 * makes; `truth` the code that is true where a condition is TRUE.
 */
export interface ExpressionScope {
  readonly column: (name: string) => ExactCode;
  readonly set: (values: readonly Scalar[]) => string;
  readonly map: (map: MapExpression) => string;
  readonly truth: (condition: Expression) => string;
}

/** Code of an exact number; where its largest magnitude is beyond 2^53 − 1, its values may be bigints. */
export interface ExactCode {
  readonly code: string;
  readonly largest: bigint;
}

/** NULL among numbers. */
export const NULL_CODE = 'NaN';

const LARGEST_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const ZERO: ExactCode = { code: '0', largest: 0n };

const FUNCTIONS: Readonly<Record<Exclude<ArithmeticOperator, '/'>, string>> = {
  '+': 'op.exact_add',
  '-': 'op.exact_subtract',
  '*': 'op.exact_multiply',
};

/** An exact number at a number of digits ≥ its own: in doubles while they hold every step, whatever the row. */
export function exactCode(expression: Expression, digits: number, scope: ExpressionScope): ExactCode {
  const own = digitsOf(expression);
  switch (expression.kind) {
    case 'column':
      return rescaled(scope.column(expression.name), digits - own);
    case 'literal':
      return exactLiteral(expression.value, digits - own);
    case 'negate':
      return combined('-', { code: '0', largest: 0n }, exactCode(expression.operand, digits, scope));
    case 'arithmetic': {
      const { operator, left, right } = expression;
      if (operator === '/') throw unwritable(expression);
      if (operator !== '*') return combined(operator, exactCode(left, digits, scope), exactCode(right, digits, scope));
      const factors = [left, right].map((factor) => exactCode(factor, digitsOf(factor), scope));
      const [a = ZERO, b = ZERO] = factors;
      return rescaled(combined('*', a, b), digits - own);
    }
    case 'case': {
      let largest = 0n;
      const code = choiceCode(expression, scope, (value) => {
        const each = exactCode(value, digits, scope);
        largest = larger(largest, each.largest);
        return each.code;
      });
      return { code, largest };
    }
    case 'call':
      return rescaled(exactCall(expression, scope), digits - own);
    case 'map':
      return rescaled({ code: scope.map(expression), largest: functionTable(expression).largest }, digits - own);
    default:
      throw unwritable(expression);
  }
}

/** FLOOR and MOD of exact numbers, at the digits of their type. */
function exactCall(expression: CallExpression, scope: ExpressionScope): ExactCode {
  const [left, right] = expression.args;
  if (left !== undefined && right === undefined && expression.function === 'FLOOR') {
    const digits = digitsOf(left);
    const exact = exactCode(left, digits, scope);
    if (digits === 0) return exact;
    return { code: `op.exact_floor(${exact.code}, ${digits})`, largest: exact.largest / 10n ** BigInt(digits) + 1n };
  }
  if (left !== undefined && right !== undefined && expression.function === 'MOD') {
    const digits = Math.max(digitsOf(left), digitsOf(right));
    const [dividend, divisor] = [exactCode(left, digits, scope), exactCode(right, digits, scope)];
    const largest = smaller(dividend.largest, divisor.largest);
    return { code: `op.exact_modulo(${dividend.code}, ${divisor.code})`, largest };
  }
  throw unwritable(expression);
}

/** The value of the first branch that holds. */
function choiceCode(
  { branches, otherwise, type }: Extract<Expression, { kind: 'case' }>,
  scope: ExpressionScope,
  write: (value: Expression) => string,
): string {
  // A NULL is one of the result's type, whatever type it was written with.
  const value = (each: Expression | null) =>
    each === null || (each.kind === 'literal' && each.value === null) ? literalCode(null, type) : write(each);
  return branches.reduceRight(
    (rest, { when, then }) => `(${scope.truth(when)} ? ${value(then)} : ${rest})`,
    value(otherwise),
  );
}

/** Whether doubles hold every value of so large a magnitude. */
export function isSafe(largest: bigint): boolean {
  return largest <= LARGEST_SAFE;
}

/** Any number as a double that is finite or NULL: exact ones are rounded once, when they meet a double. */
export function doubleCode(expression: Expression, scope: ExpressionScope): string {
  const code = looseDoubleCode(expression, scope);
  return mayBeInfinite(expression) ? `op.finite(${code})` : code;
}

function mayBeInfinite(expression: Expression): boolean {
  if (expression.kind === 'negate') return mayBeInfinite(expression.operand);
  return expression.kind === 'arithmetic' && exactDigits(expression.type) === undefined;
}

/** The same, possibly not finite. Only a divisor is checked before it is used, since 1 / ∞ is 0. */
function looseDoubleCode(expression: Expression, scope: ExpressionScope): string {
  const digits = exactDigits(expression.type);
  if (digits !== undefined) {
    const { code, largest } = exactCode(expression, digits, scope);
    if (!isSafe(largest)) return `op.units_to_double(${code}, ${digits})`;
    return digits === 0 ? code : `(${code} / ${10 ** digits})`;
  }
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return plainCode(expression, scope);
    case 'negate':
      return `(0 - ${looseDoubleCode(expression.operand, scope)})`;
    case 'arithmetic': {
      const { operator, left, right } = expression;
      const divisor = operator === '/' ? doubleCode(right, scope) : looseDoubleCode(right, scope);
      return `(${looseDoubleCode(left, scope)} ${operator} ${divisor})`;
    }
    case 'case':
      return choiceCode(expression, scope, (value) => doubleCode(value, scope));
    case 'call':
      return realCall(expression, scope);
    case 'map':
      return scope.map(expression);
    default:
      throw unwritable(expression);
  }
}

/** A function of doubles, finite or NULL. */
function realCall(expression: CallExpression, scope: ExpressionScope): string {
  const args = expression.args.map((argument) => doubleCode(argument, scope)).join(', ');
  switch (expression.function) {
    case 'FLOOR':
      return `op.floor(${args})`;
    case 'SQRT':
      return `op.finite(op.sqrt(${args}))`;
    case 'EXP':
      return `op.finite(op.exp(${args}))`;
    case 'LN':
      return `op.finite(op.log(${args}))`;
    case 'LOG10':
      return `op.finite(op.log10(${args}))`;
    case 'POWER':
      return `op.finite_power(${args})`;
    default:
      throw unwritable(expression);
  }
}

/** Columns, literals and what gives one of several values: the only expressions of text and dates. */
export function plainCode(expression: Expression, scope: ExpressionScope): string {
  switch (expression.kind) {
    case 'column':
      return scope.column(expression.name).code;
    case 'literal':
      return literalCode(expression.value, expression.type);
    case 'case':
      return choiceCode(expression, scope, (value) => plainCode(value, scope));
    case 'map':
      return scope.map(expression);
    default:
      throw unwritable(expression);
  }
}

/** A value as the language writes it: truth values are 1 and 0, exact numbers beyond 2^53 − 1 bigints. */
export function literalCode(value: Scalar | null, type: LogicalType): string {
  if (value === null) return type.kind === 'text' ? 'undefined' : NULL_CODE;
  if (typeof value === 'string' && type.kind === 'text') return JSON.stringify(value);
  if (typeof value === 'boolean' && type.kind === 'bool') return value ? '1' : '0';
  if (typeof value === 'bigint' && exactDigits(type) !== undefined) return exactLiteral(value, 0).code;
  if (typeof value === 'number' && type.kind !== 'text' && type.kind !== 'bool') {
    // Adding 0 turns −0 into 0.
    return Number.isFinite(value) ? signed(String(value + 0)) : NULL_CODE;
  }
  throw new RangeError(`literal: ${String(value)} (${typeof value}) is no value of type ${type.kind}`);
}

function exactLiteral(value: Scalar | null, power: number): ExactCode {
  if (value === null) return { code: NULL_CODE, largest: 0n };
  if (typeof value !== 'number' && typeof value !== 'bigint') throw new RangeError(`literal: ${value} is no number`);
  const units = BigInt(value) * 10n ** BigInt(power);
  const scalar = integerScalar(units);
  return {
    code: signed(typeof scalar === 'bigint' ? `${scalar}n` : String(scalar)),
    largest: units < 0n ? -units : units,
  };
}

function signed(code: string): string {
  return code.startsWith('-') ? `(${code})` : code;
}

function combined(operator: Exclude<ArithmeticOperator, '/'>, left: ExactCode, right: ExactCode): ExactCode {
  const largest = operator === '*' ? left.largest * right.largest : left.largest + right.largest;
  const holds = [left.largest, right.largest, largest].every(isSafe);
  const code = holds
    ? `(${left.code} ${operator} ${right.code})`
    : `${FUNCTIONS[operator]}(${left.code}, ${right.code})`;
  return { code, largest };
}

function rescaled(exact: ExactCode, power: number): ExactCode {
  return power === 0 ? exact : combined('*', exact, exactLiteral(1, power));
}

/** Digits of an exact number. Throws `RangeError` for any other. */
export function digitsOf(expression: Expression): number {
  const digits = exactDigits(expression.type);
  if (digits === undefined) throw unwritable(expression);
  return digits;
}

/** The defect of an expression that stands where its kind or type cannot. */
export function unwritable(expression: { readonly kind: string; readonly type: LogicalType }): RangeError {
  return new RangeError(`expression: ${expression.kind} of type ${expression.type.kind} cannot be written here`);
}
