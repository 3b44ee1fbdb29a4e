import type { Comparison, Expr, Literal } from '../question.ts';
import { combined, doubleOf, type Numeric, negated } from './number.ts';
import { compareValues, type Value } from './value.ts';

/** What names and calls are worth, and who is told of a comparison that the tolerance of doubles leaves open. */
export interface Scope {
  readonly valueFor: (expr: Extract<Expr, { kind: 'name' | 'call' }>) => Value;
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
    case 'call':
      return scope.valueFor(expr);
    case 'negate': {
      const operand = evaluate(expr.operand, scope);
      return operand === null ? null : negated(numeric(operand));
    }
    case 'arithmetic': {
      const [left, right] = [evaluate(expr.left, scope), evaluate(expr.right, scope)];
      if (left === null || right === null) return null;
      const [a, b] = [numeric(left), numeric(right)];
      const isDoubled = scope.dividesDoubles === true && expr.sign === '/';
      const value = combined(expr.sign, isDoubled ? { double: doubleOf(a), slack: 0 } : a, b);
      if (value !== null) scope.onNumber?.(value);
      return value;
    }
    case 'compare': {
      const [left, right] = [evaluate(expr.left, scope), evaluate(expr.right, scope)];
      if (left === null || right === null) return null;
      const order = compareValues(left, right);
      if (order === undefined) scope.onTie();
      return holds(expr.comparison, order ?? 0);
    }
    case 'not': {
      const operand = truth(expr.operand, scope);
      return operand === null ? null : !operand;
    }
    case 'and':
    case 'or': {
      const decisive = expr.kind === 'or';
      const operands = expr.operands.map((each) => truth(each, scope));
      if (operands.includes(decisive)) return decisive;
      return operands.includes(null) ? null : !decisive;
    }
  }
}

/** The value of a condition; null is unknown. */
export function truth(expr: Expr, scope: Scope): boolean | null {
  const value = evaluate(expr, scope);
  if (value === null || typeof value === 'boolean') return value;
  throw new TypeError('reference: a value where a condition stands');
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
