import type { Span } from '../canon/issue.ts';
import { BOOL, isNumeric, type LogicalType, printType, sameType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { arithmeticType } from '../operators/arithmetic.ts';
import type { Expression } from '../operators/expression.ts';
import { literalAs, typeLiteral } from './literal.ts';
import { type Cause, cause, type RefusalCode, type RefusalParameters, type Remedy, type Witness } from './refusal.ts';

export type NameExpr = Extract<Expr, { kind: 'name' }>;
export type CallExpr = Extract<Expr, { kind: 'call' }>;
type LiteralExpr = Extract<Expr, { kind: 'literal' }>;

/** Collects causes; resolution goes on after one, so that all are listed. */
export class Causes {
  readonly list: Cause[] = [];

  add<Code extends RefusalCode>(
    code: Code,
    parameters: RefusalParameters[Code],
    span: Span,
    remedies: readonly Remedy[] = [],
    witness: Witness | null = null,
  ): undefined {
    this.list.push(cause(code, parameters, span, remedies, witness));
    return undefined;
  }
}

/** What names and calls mean where an expression stands; undefined after a cause was added. */
export interface Scope {
  readonly name: (expr: NameExpr) => Expression | undefined;
  readonly call: (expr: CallExpr) => Expression | undefined;
  /** Remedies for a literal that is not of the level or type of the name it is compared with. */
  readonly literalRemedies?: (name: Expr, literal: LiteralExpr) => readonly Remedy[];
}

/** Types an expression. Every fault becomes a cause; undefined then. */
export function typeExpression(expr: Expr, scope: Scope, causes: Causes): Expression | undefined {
  switch (expr.kind) {
    case 'name':
      return scope.name(expr);
    case 'call':
      return scope.call(expr);
    case 'literal': {
      const typed = typeLiteral(expr.value);
      if (typed !== undefined) return { kind: 'literal', ...typed };
      return causes.add(
        'DIMENSION_TYPE_MISMATCH',
        { name: printExpr(expr), type: 'a date', literal: printExpr(expr) },
        expr.span,
      );
    }
    case 'negate':
      return negate(expr, scope, causes);
    case 'arithmetic':
      return arithmetic(expr, scope, causes);
    case 'compare':
      return compare(expr, scope, causes);
    case 'and':
    case 'or': {
      const operands = expr.operands.map((operand) => condition(operand, scope, causes));
      return operands.every((each) => each !== undefined)
        ? { kind: expr.kind, operands: operands.filter((each) => each !== undefined), type: BOOL }
        : undefined;
    }
    case 'not': {
      const operand = condition(expr.operand, scope, causes);
      return operand && { kind: 'not', operand, type: BOOL };
    }
  }
}

/** Types an expression that must be a condition (bool). */
export function condition(expr: Expr, scope: Scope, causes: Causes): Expression | undefined {
  const typed = typeExpression(expr, scope, causes);
  if (typed === undefined || typed.type.kind === 'bool') return typed;
  return causes.add(
    'NOT_DEFINED_FOR_TYPE',
    { operator: 'A condition', subject: printExpr(expr), type: printType(typed.type), accepts: ['a comparison'] },
    expr.span,
  );
}

function negate(expr: Extract<Expr, { kind: 'negate' }>, scope: Scope, causes: Causes): Expression | undefined {
  const operand = typeExpression(expr.operand, scope, causes);
  if (operand === undefined) return undefined;
  if (!isNumeric(operand.type)) return notNumeric('−', expr.operand, operand.type, causes);
  if (operand.kind === 'literal' && typeof operand.value !== 'boolean' && typeof operand.value !== 'string') {
    return { ...operand, value: operand.value === null || operand.value === 0 ? operand.value : -operand.value };
  }
  return { kind: 'negate', operand, type: operand.type };
}

function arithmetic(expr: Extract<Expr, { kind: 'arithmetic' }>, scope: Scope, causes: Causes): Expression | undefined {
  const left = typeExpression(expr.left, scope, causes);
  const right = typeExpression(expr.right, scope, causes);
  if (left === undefined || right === undefined) return undefined;
  if (!isNumeric(left.type)) return notNumeric(expr.operator, expr.left, left.type, causes);
  if (!isNumeric(right.type)) return notNumeric(expr.operator, expr.right, right.type, causes);
  const type = arithmeticType(expr.operator, left.type, right.type);
  if (type !== undefined) return { kind: 'arithmetic', operator: expr.operator, left, right, type };
  return causes.add(
    'NOT_DEFINED_FOR_TYPE',
    {
      operator: expr.operator,
      subject: printExpr(expr),
      type: `a product of ${printType(left.type)} and ${printType(right.type)}`,
      accepts: ['at most 18 digits after the point'],
    },
    expr.span,
  );
}

function notNumeric(operator: string, operand: Expr, type: LogicalType, causes: Causes): undefined {
  return causes.add(
    'NOT_DEFINED_FOR_TYPE',
    { operator, subject: printExpr(operand), type: printType(type), accepts: ['int64', 'decimal', 'double'] },
    operand.span,
  );
}

function compare(expr: Extract<Expr, { kind: 'compare' }>, scope: Scope, causes: Causes): Expression | undefined {
  const sides = comparedSides(expr.left, expr.right, scope, causes);
  if (sides === undefined) return undefined;
  const [left, right] = sides;
  if (comparable(left.type, right.type)) {
    return { kind: 'compare', operator: expr.operator, left, right, type: BOOL };
  }
  return causes.add(
    'DIMENSION_TYPE_MISMATCH',
    {
      name: printExpr(expr.left),
      type: describe(left.type),
      literal: `${printExpr(expr.right)} (${describe(right.type)})`,
    },
    expr.span,
  );
}

/** Types both sides of a comparison; a literal takes the type of what it is compared with. */
function comparedSides(
  leftExpr: Expr,
  rightExpr: Expr,
  scope: Scope,
  causes: Causes,
): readonly [Expression, Expression] | undefined {
  if (rightExpr.kind === 'literal' && leftExpr.kind !== 'literal') {
    const left = typeExpression(leftExpr, scope, causes);
    const right = left && literal(rightExpr, leftExpr, left.type, scope, causes);
    return left && right && [left, right];
  }
  if (leftExpr.kind === 'literal' && rightExpr.kind !== 'literal') {
    const right = typeExpression(rightExpr, scope, causes);
    const left = right && literal(leftExpr, rightExpr, right.type, scope, causes);
    return left && right && [left, right];
  }
  const left = typeExpression(leftExpr, scope, causes);
  const right = typeExpression(rightExpr, scope, causes);
  return left && right && [left, right];
}

function literal(
  expr: LiteralExpr,
  other: Expr,
  wanted: LogicalType,
  scope: Scope,
  causes: Causes,
): Expression | undefined {
  const typed = literalAs(expr.value, wanted);
  if (typed !== undefined) return { kind: 'literal', ...typed };
  return causes.add(
    'DIMENSION_TYPE_MISMATCH',
    { name: printExpr(other), type: describe(wanted), literal: printExpr(expr) },
    expr.span,
    scope.literalRemedies?.(other, expr) ?? [],
  );
}

function comparable(left: LogicalType, right: LogicalType): boolean {
  return (isNumeric(left) && isNumeric(right)) || sameType(left, right);
}

const PERIOD_EXAMPLES = {
  day: "'2024-01-31'",
  week: "'2024-W05'",
  month: "'2024-01'",
  quarter: "'2024-Q1'",
  year: '2024',
} as const;

/** A type in a message: `text`, `a month like '2024-01'`. */
function describe(type: LogicalType): string {
  return type.kind === 'date' ? `a ${type.level} like ${PERIOD_EXAMPLES[type.level]}` : printType(type);
}
