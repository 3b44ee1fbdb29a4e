import type { Span } from '../../canon/issue.ts';
import { BOOL, isNumeric, type LogicalType, sameType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { ComparisonOperator, Expression } from '../../operators/expression.ts';
import { absent, allHold, compared, literal, opposite } from '../../operators/functions/build.ts';
import type { Expr } from '../ast.ts';
import { printExpr } from '../printer.ts';
import { literalAs, valueAs } from './literal.ts';
import type { LiteralExpr, Typing } from './typing.ts';
import { typeWords } from './words.ts';

/** `left operator right`; a literal takes the type of what it is compared with. */
export function typeComparison(
  operator: ComparisonOperator,
  left: Expr,
  right: Expr,
  whole: Span,
  typing: Typing,
): Expression | undefined {
  const sides = typedSides(left, right, whole, typing);
  if (sides === undefined) return undefined;
  if (comparable(sides[0].type, sides[1].type)) return compared(operator, sides[0], sides[1]);
  return mismatch(left, sides[0].type, right, sides[1].type, whole, typing);
}

/** `operand BETWEEN low AND high`: both ends are in. */
export function typeBetween(expr: Extract<Expr, { kind: 'between' }>, typing: Typing): Expression | undefined {
  const once = knowing(expr.operand, typing);
  const ends = once && [
    typeComparison('>=', expr.operand, expr.low, expr.span, once),
    typeComparison('<=', expr.operand, expr.high, expr.span, once),
  ];
  const between = ends && allTyped(ends);
  return between && negatedIf(expr.negated, allHold(between));
}

/** The typing with one expression typed already, so that its faults are told once. Undefined where it has one. */
export function knowing(expr: Expr, typing: Typing): Typing | undefined {
  if (expr.kind === 'literal') return typing;
  const known = typing.typed(expr);
  return known && { ...typing, typed: (each) => (each === expr ? known : typing.typed(each)) };
}

/** `operand IS NULL` */
export function typeNullness(expr: Extract<Expr, { kind: 'isNull' }>, typing: Typing): Expression | undefined {
  const operand = typing.typed(expr.operand);
  return operand && negatedIf(expr.negated, absent(operand));
}

/**
 * `operand IN (values)`: one value is an equality, several values of the operand's own type a set; what is none of its
 * own type, or no literal, is compared apart, and so is NULL, which leaves what is not in the list unknown.
 */
export function typeMembership(expr: Extract<Expr, { kind: 'in' }>, typing: Typing): Expression | undefined {
  const parts = expr.operand.kind === 'literal' ? equalities(expr, typing) : members(expr, typing);
  if (parts === undefined) return undefined;
  const [only, ...others] = parts;
  const isIn: Expression =
    only !== undefined && others.length === 0 ? only : { kind: 'or', operands: parts, type: BOOL };
  return negatedIf(expr.negated, isIn);
}

function equalities(expr: Extract<Expr, { kind: 'in' }>, typing: Typing): readonly Expression[] | undefined {
  const parts = expr.values.map((value) => typeComparison('=', expr.operand, value, expr.span, typing));
  return allTyped(parts);
}

function members(expr: Extract<Expr, { kind: 'in' }>, typing: Typing): readonly Expression[] | undefined {
  const operand = typing.typed(expr.operand);
  if (operand === undefined) return undefined;
  const sides = allTyped(expr.values.map((value) => memberSide(expr, operand, value, typing)));
  if (sides === undefined) return undefined;
  const values = new Set<Scalar>();
  const apart: Expression[] = [];
  for (const side of sides) {
    const isValue = side.kind === 'literal' && side.value !== null;
    const value = isValue ? valueAs(side.value, side.type, operand.type) : undefined;
    if (value === undefined) apart.push(compared('=', operand, side));
    else values.add(value);
  }
  const [first] = values;
  if (first === undefined) return apart;
  const known: Expression =
    values.size === 1
      ? compared('=', operand, literal(first, operand.type))
      : { kind: 'in', operand, values: [...values], type: BOOL };
  return [known, ...apart];
}

function memberSide(
  expr: Extract<Expr, { kind: 'in' }>,
  operand: Expression,
  value: Expr,
  typing: Typing,
): Expression | undefined {
  if (value.kind === 'literal') return typedLiteral(value, expr.operand, operand.type, expr.span, typing);
  const side = typing.typed(value);
  if (side === undefined || comparable(operand.type, side.type)) return side;
  return mismatch(expr.operand, operand.type, value, side.type, expr.span, typing);
}

/** A literal where a value of the type of `other` stands. */
export function typedLiteral(
  expr: LiteralExpr,
  other: Expr,
  wanted: LogicalType,
  whole: Span,
  typing: Typing,
): Expression | undefined {
  const typed = literalAs(expr.value, wanted);
  if (typed !== undefined) return literal(typed.value, typed.type);
  typing.fault({
    kind: 'mismatch',
    name: other,
    type: typeWords(wanted),
    other: expr,
    literal: printExpr(expr),
    span: expr.span,
    whole,
  });
  return undefined;
}

/** Tells that two values that must be of one type are not. */
export function mismatch(
  name: Expr,
  type: LogicalType,
  other: Expr,
  otherType: LogicalType,
  whole: Span,
  typing: Typing,
): undefined {
  typing.fault({
    kind: 'mismatch',
    name,
    type: typeWords(type),
    other,
    literal: `${printExpr(other)} (${typeWords(otherType)})`,
    span: whole,
    whole,
  });
}

/** All of them, where each could be typed. */
export function allTyped(each: readonly (Expression | undefined)[]): readonly Expression[] | undefined {
  const typed = each.filter((expression) => expression !== undefined);
  return typed.length === each.length ? typed : undefined;
}

/** Whose type a side takes: NULL that of anything, a literal that of a date literal or of what is no literal. */
function weight(expr: Expr): number {
  if (expr.kind !== 'literal') return 3;
  return expr.value.kind === 'null' ? 0 : expr.value.kind === 'date' ? 2 : 1;
}

function typedSides(
  leftExpr: Expr,
  rightExpr: Expr,
  whole: Span,
  typing: Typing,
): readonly [Expression, Expression] | undefined {
  if (rightExpr.kind === 'literal' && weight(leftExpr) > weight(rightExpr)) {
    const left = typing.typed(leftExpr);
    const right = left && typedLiteral(rightExpr, leftExpr, left.type, whole, typing);
    return left && right && [left, right];
  }
  if (leftExpr.kind === 'literal' && weight(rightExpr) > weight(leftExpr)) {
    const right = typing.typed(rightExpr);
    const left = right && typedLiteral(leftExpr, rightExpr, right.type, whole, typing);
    return left && right && [left, right];
  }
  const left = typing.typed(leftExpr);
  const right = typing.typed(rightExpr);
  return left && right && [left, right];
}

function comparable(left: LogicalType, right: LogicalType): boolean {
  return (isNumeric(left) && isNumeric(right)) || sameType(left, right);
}

function negatedIf(isNegated: boolean, condition: Expression): Expression {
  return isNegated ? opposite(condition) : condition;
}
