import type { Comparison, Expr, Literal } from '../expr.ts';
import { digitsOf, FUNCTIONS } from '../logical-type.ts';
import type { Type } from '../world.ts';
import { dateLevel, functionValue, laterBy, periodsBetween } from './functions.ts';
import { approximate, combined, doubleOf, isExact, type Numeric, negated, unitsAt } from './number.ts';
import { LAST_BITS, Undecided } from './undecided.ts';
import { compareValues, isUnsettled, type Value } from './value.ts';

/** What names, calls and replicas are worth, and who is told of a comparison that the tolerance of doubles leaves open. */
export interface Scope {
  readonly valueFor: (expr: Extract<Expr, { kind: 'name' | 'call' | 'at' }>) => Value;
  readonly typeOf: (expr: Expr) => Type | undefined;
  readonly onTie: () => void;
  /** Sees every number that arithmetic gives on the way. */
  readonly onNumber?: (value: Numeric) => void;
  /** Divides exact numbers that have been made doubles one by one, as backends do with rows. */
  readonly dividesDoubles?: boolean;
}

/** The value of an expression: NULL in gives NULL out of arithmetic and comparisons; AND, OR and NOT are three-valued. */
export function evaluate(expr: Expr, scope: Scope): Value {
  switch (expr.kind) {
    case 'literal':
      return literalValue(expr.value);
    case 'name':
    case 'at':
      return scope.valueFor(expr);
    case 'call':
      return FUNCTIONS[expr.callee] === undefined ? scope.valueFor(expr) : called(expr, scope);
    case 'negate': {
      const operand = evaluate(expr.operand, scope);
      return operand === null ? null : negated(numeric(operand));
    }
    case 'arithmetic':
      return arithmetic(expr, scope);
    case 'compare':
      return compared(expr.comparison, evaluate(expr.left, scope), evaluate(expr.right, scope), scope);
    case 'not':
      return opposite(truth(expr.operand, scope));
    case 'and':
    case 'or':
      return joined(
        expr.kind,
        expr.operands.map((each) => truth(each, scope)),
      );
    case 'isNull':
      return (settled(evaluate(expr.operand, scope)) === null) !== expr.negated;
    case 'in': {
      const operand = evaluate(expr.operand, scope);
      const matches = expr.values.map((each) => compared('=', operand, evaluate(each, scope), scope));
      const isIn = joined('or', matches);
      return expr.negated ? opposite(isIn) : isIn;
    }
    case 'between': {
      const operand = evaluate(expr.operand, scope);
      const [low, high] = [evaluate(expr.low, scope), evaluate(expr.high, scope)];
      const isInside = joined('and', [compared('>=', operand, low, scope), compared('<=', operand, high, scope)]);
      return expr.negated ? opposite(isInside) : isInside;
    }
    case 'case': {
      const operand = expr.operand === null ? null : { value: evaluate(expr.operand, scope) };
      const chosen = expr.branches.find(({ when }) =>
        operand === null
          ? truth(when, scope) === true
          : compared('=', operand.value, evaluate(when, scope), scope) === true,
      );
      const value = chosen?.value ?? expr.otherwise;
      return value === null || value === undefined ? null : as(scope.typeOf(expr), evaluate(value, scope));
    }
  }
}

/** The value of a condition; null is unknown. */
export function truth(expr: Expr, scope: Scope): boolean | null {
  const value = evaluate(expr, scope);
  if (value === null || typeof value === 'boolean') return value;
  throw new TypeError('reference: a value where a condition stands');
}

/** A number as one of a type: an exact one with its digits, or the nearest double. */
export function as(type: Type | undefined, value: Value): Value {
  if (type === undefined || value === null || typeof value !== 'object') return value;
  const digits = digitsOf(type);
  if (!isExact(value)) return value;
  return digits === undefined ? approximate(doubleOf(value)) : { units: unitsAt(value, digits), digits };
}

function called(expr: Extract<Expr, { kind: 'call' }>, scope: Scope): Value {
  const { callee, args } = expr;
  const type = scope.typeOf(expr);
  if (type === undefined) throw new TypeError(`reference: ${callee} without a type`);
  const values = args.map((each) => evaluate(each, scope));
  if (callee === 'COALESCE') return as(type, values.map(settled).find((each) => each !== null) ?? null);
  if (callee === 'NULLIF') {
    const [a = null, b = null] = values;
    return compared('=', a, b, scope) === true ? null : a;
  }
  const present = values.filter((each) => each !== null);
  if (present.length < values.length) return null;
  if (callee === 'GREATEST' || callee === 'LEAST') {
    const direction = callee === 'GREATEST' ? '>' : '<';
    return as(
      type,
      present.reduce((best, each) => (compared(direction, each, best, scope) === true ? each : best)),
    );
  }
  const types = args.map((each) => scope.typeOf(each) ?? { kind: 'text' as const });
  const value = functionValue(callee, present, types, type);
  if (value !== null && typeof value === 'object') scope.onNumber?.(value);
  return value;
}

function arithmetic(expr: Extract<Expr, { kind: 'arithmetic' }>, scope: Scope): Value {
  const [left, right] = [evaluate(expr.left, scope), evaluate(expr.right, scope)];
  if (left === null || right === null) return null;
  if (typeof left === 'string' || typeof right === 'string') return onDates(expr, left, right, scope);
  const [a, b] = [numeric(left), numeric(right)];
  const isDoubled = scope.dividesDoubles === true && expr.sign === '/';
  const value = combined(expr.sign, isDoubled ? { double: doubleOf(a), slack: 0 } : a, b);
  if (value !== null) scope.onNumber?.(value);
  return value;
}

/** `date ± n` and `date − date` in periods of the date's level. */
function onDates(
  { sign, left: leftExpr, right: rightExpr }: Extract<Expr, { kind: 'arithmetic' }>,
  left: Exclude<Value, null>,
  right: Exclude<Value, null>,
  scope: Scope,
): Value {
  if (typeof left === 'string' && typeof right === 'string') {
    return periodsBetween(left, right, dateLevel(scope.typeOf(leftExpr)));
  }
  const [date, count, of] = typeof left === 'string' ? [left, right, leftExpr] : [right, left, rightExpr];
  const number = numeric(count);
  if (typeof date !== 'string' || !isExact(number)) throw new TypeError('reference: no date and whole number');
  return laterBy(date, dateLevel(scope.typeOf(of)), Number(number.units) * (sign === '-' ? -1 : 1));
}

function compared(comparison: Comparison, left: Value, right: Value, scope: Scope): boolean | null {
  if (left === null || right === null) return null;
  if (scope.onNumber !== undefined) for (const each of rescaled(left, right)) scope.onNumber(each);
  const order = compareValues(besideYear(left, right), besideYear(right, left));
  if (order === undefined) scope.onTie();
  return holds(comparison, order ?? 0);
}

/** Exact numbers in the units in which they are compared. */
function rescaled(left: Exclude<Value, null>, right: Exclude<Value, null>): readonly Numeric[] {
  if (typeof left !== 'object' || typeof right !== 'object' || !isExact(left) || !isExact(right)) return [];
  const digits = Math.max(left.digits, right.digits);
  return [left, right].map((each) => ({ units: unitsAt(each, digits), digits }));
}

/** The value, if it is settled whether it is NULL. */
function settled(value: Value): Value {
  if (isUnsettled(value)) throw new Undecided(LAST_BITS);
  return value;
}

/** A year may be written as an integer. */
function besideYear(value: Exclude<Value, null>, other: Exclude<Value, null>): Exclude<Value, null> {
  if (typeof value !== 'object' || typeof other !== 'string') return value;
  return isExact(value) ? String(value.units).padStart(4, '0') : value;
}

function joined(kind: 'and' | 'or', operands: readonly (boolean | null)[]): boolean | null {
  const decisive = kind === 'or';
  if (operands.includes(decisive)) return decisive;
  return operands.includes(null) ? null : !decisive;
}

function opposite(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

function literalValue(literal: Literal): Value {
  switch (literal.kind) {
    case 'exact':
      return { units: literal.units, digits: literal.digits };
    case 'double':
      return { double: literal.value, slack: 0 };
    case 'text':
    case 'period':
    case 'date':
      return literal.text;
    case 'bool':
      return literal.value;
    case 'null':
      return null;
  }
}

function numeric(value: Exclude<Value, null>) {
  if (typeof value === 'object') return value;
  throw new TypeError(`reference: a ${typeof value} where a number stands`);
}

function holds(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
