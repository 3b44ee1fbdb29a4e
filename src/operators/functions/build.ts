import { BOOL, INT64, type LogicalType } from '../../columns/logical-type.ts';
import { integerScalar, type Scalar } from '../../columns/scalar.ts';
import { arithmeticType } from '../arithmetic.ts';
import type { ArithmeticOperator, CallExpression, ComparisonOperator, Expression } from '../expression.ts';
import type { FunctionName } from '../functions.ts';

/** What functions are made of. The parts have been typed: a combination that has no type is a defect (`TypeError`). */

export function literal(value: Scalar | null, type: LogicalType): Expression {
  return { kind: 'literal', value, type };
}

/** An int64 literal. */
export function integer(value: number | bigint): Expression {
  return literal(typeof value === 'bigint' ? integerScalar(value) : value, INT64);
}

export function negated(operand: Expression): Expression {
  return { kind: 'negate', operand, type: operand.type };
}

export function arithmetic(operator: ArithmeticOperator, left: Expression, right: Expression): Expression {
  const type = arithmeticType(operator, left.type, right.type);
  if (type === undefined) throw new TypeError(`expression: ${left.type.kind} ${operator} ${right.type.kind}`);
  return { kind: 'arithmetic', operator, left, right, type };
}

export function compared(operator: ComparisonOperator, left: Expression, right: Expression): Expression {
  return { kind: 'compare', operator, left, right, type: BOOL };
}

/** AND of one or more conditions. */
export function allHold(operands: readonly Expression[]): Expression {
  const [only, ...others] = operands;
  return only !== undefined && others.length === 0 ? only : { kind: 'and', operands, type: BOOL };
}

export function absent(operand: Expression): Expression {
  return { kind: 'isNull', operand, type: BOOL };
}

export function opposite(operand: Expression): Expression {
  return { kind: 'not', operand, type: BOOL };
}

export interface Branch {
  readonly when: Expression;
  readonly then: Expression;
}

export function branch(when: Expression, then: Expression): Branch {
  return { when, then };
}

/** CASE; `otherwise` null: NULL. */
export function choice(branches: readonly Branch[], otherwise: Expression | null, type: LogicalType): Expression {
  return { kind: 'case', branches, otherwise, type };
}

export function call(name: FunctionName, args: readonly Expression[], type: LogicalType): CallExpression {
  return { kind: 'call', function: name, args, type };
}
