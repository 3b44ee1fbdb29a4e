import type { Span } from '../../canon/issue.ts';
import { dayNumber, parsePeriod, printPeriod } from '../../columns/calendar.ts';
import {
  BOOL,
  DOUBLE,
  decimal,
  INT64,
  isNumeric,
  type LogicalType,
  printType,
  TEXT,
} from '../../columns/logical-type.ts';
import type { Expr, LiteralValue } from '../../frameql/ast.ts';
import { arithmeticType, MAX_DIGITS } from '../../operators/arithmetic.ts';

/** The day whose periods messages show. */
const EXAMPLE_DAY = dayNumber(2024, 1, 31);

/** The type of an expression: NULL has every type; a date literal takes the level it is compared with. */
export type ExpressionType = LogicalType | { readonly kind: 'null' } | { readonly kind: 'dateLiteral' };

/** What is wrong with an expression, where. */
export type ExpressionProblem =
  | { readonly kind: 'call'; readonly span: Span; readonly operator: string }
  | { readonly kind: 'type'; readonly span: Span; readonly problem: string; readonly remedy: string };

/** Where names get their types, and where problems go. A name without a type has been reported already. */
export interface ExpressionScope {
  readonly typeOf: (name: string, span: Span) => ExpressionType | undefined;
  readonly report: (problem: ExpressionProblem) => void;
}

/** Type of an expression of a collection (no operator calls). Undefined where something in it has been reported. */
export function expressionType(expr: Expr, scope: ExpressionScope): ExpressionType | undefined {
  const fail = (problem: string, remedy: string) => {
    scope.report({ kind: 'type', span: expr.span, problem, remedy });
    return undefined;
  };
  switch (expr.kind) {
    case 'literal':
      return literalType(expr.value);
    case 'name':
      return scope.typeOf(expr.name, expr.span);
    case 'call':
      scope.report({ kind: 'call', span: expr.span, operator: expr.star ? 'COUNT(*)' : expr.operator });
      return undefined;
    case 'negate': {
      const operand = expressionType(expr.operand, scope);
      if (operand === undefined || isNumber(operand)) return operand;
      return fail(`− takes a number, found ${words(operand)}`, 'Negate a number.');
    }
    case 'arithmetic': {
      const left = expressionType(expr.left, scope);
      const right = expressionType(expr.right, scope);
      if (left === undefined || right === undefined) return undefined;
      if (!isNumber(left) || !isNumber(right)) {
        return fail(`${expr.operator} takes numbers, found ${words(left)} and ${words(right)}`, 'Use numbers.');
      }
      if (left.kind === 'null' || right.kind === 'null') return left.kind === 'null' ? right : left;
      const type = arithmeticType(expr.operator, left, right);
      if (type !== undefined) return type;
      return fail(`the product would need more than ${MAX_DIGITS} digits after the point`, 'Multiply fewer decimals.');
    }
    case 'compare': {
      const left = expressionType(expr.left, scope);
      const right = expressionType(expr.right, scope);
      if (left === undefined || right === undefined) return undefined;
      const problem = comparisonProblem(left, expr.left, right, expr.right);
      return problem === null ? BOOL : fail(problem, 'Compare values of one type.');
    }
    case 'and':
    case 'or': {
      const types = expr.operands.map((operand) => [operand, expressionType(operand, scope)] as const);
      return types.every(([operand, type]) => isTruth(operand, type, expr.kind.toUpperCase(), scope))
        ? BOOL
        : undefined;
    }
    case 'not':
      return isTruth(expr.operand, expressionType(expr.operand, scope), 'NOT', scope) ? BOOL : undefined;
  }
}

/** A type as messages say it. */
export function words(type: ExpressionType): string {
  if (type.kind === 'null') return 'NULL';
  return type.kind === 'dateLiteral' ? 'a date' : printType(type);
}

function literalType(value: LiteralValue): ExpressionType {
  switch (value.kind) {
    case 'exact':
      if (value.digits > MAX_DIGITS) return DOUBLE;
      return value.digits === 0 ? INT64 : decimal(value.digits);
    case 'double':
      return DOUBLE;
    case 'text':
      return TEXT;
    case 'date':
      return { kind: 'dateLiteral' };
    case 'bool':
      return BOOL;
    case 'null':
      return { kind: 'null' };
  }
}

function isNumber(type: ExpressionType): type is LogicalType | { readonly kind: 'null' } {
  return type.kind === 'null' || (type.kind !== 'dateLiteral' && isNumeric(type));
}

function isTruth(expr: Expr, type: ExpressionType | undefined, taker: string, scope: ExpressionScope): boolean {
  if (type === undefined) return false;
  if (type.kind === 'bool' || type.kind === 'null') return true;
  const problem = `${taker} takes conditions, found ${words(type)}`;
  scope.report({ kind: 'type', span: expr.span, problem, remedy: 'Write a comparison.' });
  return false;
}

/** Why two sides cannot be compared; null where they can. */
function comparisonProblem(
  left: ExpressionType,
  leftExpr: Expr,
  right: ExpressionType,
  rightExpr: Expr,
): string | null {
  if (left.kind === 'date' && right.kind !== 'date') return dateProblem(left, right, rightExpr);
  if (right.kind === 'date' && left.kind !== 'date') return dateProblem(right, left, leftExpr);
  const comparable =
    left.kind === 'null' ||
    right.kind === 'null' ||
    (isNumber(left) && isNumber(right)) ||
    (left.kind === right.kind && !(left.kind === 'date' && right.kind === 'date' && left.level !== right.level));
  return comparable ? null : `${words(left)} cannot be compared with ${words(right)}`;
}

/** A date compares with a literal of its own level: `2024-01`, an ISO first day, and a year with an integer too. */
function dateProblem(
  date: Extract<LogicalType, { kind: 'date' }>,
  other: ExpressionType,
  literal: Expr,
): string | null {
  if (other.kind === 'null') return null;
  const { level } = date;
  if (literal.kind === 'literal') {
    const { value } = literal;
    const text = value.kind === 'text' || value.kind === 'date' ? value.value : undefined;
    const year = value.kind === 'exact' && value.digits === 0 && level === 'year' ? value.units : undefined;
    const written = text ?? year;
    if (written !== undefined && parsePeriod(written, level) !== undefined) return null;
    if (text !== undefined) return `'${text}' is no ${level} such as '${printPeriod(EXAMPLE_DAY, level)}'`;
  }
  return `a ${level} cannot be compared with ${words(other)}`;
}
