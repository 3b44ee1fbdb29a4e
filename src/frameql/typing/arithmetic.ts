import { exactDigits, isNumeric, type LogicalType, printType, sameType } from '../../columns/logical-type.ts';
import { arithmeticType, MAX_DIGITS } from '../../operators/arithmetic.ts';
import type { Expression } from '../../operators/expression.ts';
import { arithmetic, literal, negated } from '../../operators/functions/build.ts';
import { distance, shifted } from '../../operators/functions/date-rows.ts';
import type { Expr } from '../ast.ts';
import { mismatch, typedLiteral } from './comparison.ts';
import type { Typing } from './typing.ts';

type ArithmeticExpr = Extract<Expr, { kind: 'arithmetic' }>;

const NUMBERS = ['int64', 'decimal', 'double'];

/** `−operand`; of a literal the negative literal. */
export function typeNegation(expr: Extract<Expr, { kind: 'negate' }>, typing: Typing): Expression | undefined {
  const operand = typing.typed(expr.operand);
  if (operand === undefined) return undefined;
  if (!isNumeric(operand.type)) return notDefined('−', expr.operand, operand.type, NUMBERS, typing);
  if (operand.kind !== 'literal' || typeof operand.value === 'boolean' || typeof operand.value === 'string') {
    return negated(operand);
  }
  return literal(operand.value === null || operand.value === 0 ? operand.value : -operand.value, operand.type);
}

/** Arithmetic on numbers; `date ± n` and `date − date` in periods of the date's level. */
export function typeArithmetic(expr: ArithmeticExpr, typing: Typing): Expression | undefined {
  const left = typing.typed(expr.left);
  const right = typing.typed(expr.right);
  if (left === undefined || right === undefined) return undefined;
  if (left.type.kind === 'date' || right.type.kind === 'date') return dateArithmetic(expr, left, right, typing);
  if (!isNumeric(left.type)) return notDefined(expr.operator, expr.left, left.type, NUMBERS, typing);
  if (!isNumeric(right.type)) return notDefined(expr.operator, expr.right, right.type, NUMBERS, typing);
  if (arithmeticType(expr.operator, left.type, right.type) !== undefined) return arithmetic(expr.operator, left, right);
  typing.fault({
    kind: 'undefined',
    operator: expr.operator,
    subject: expr,
    type: `a product of ${printType(left.type)} and ${printType(right.type)}`,
    accepts: [`at most ${MAX_DIGITS} digits after the point`],
    span: expr.span,
  });
  return undefined;
}

function dateArithmetic(
  expr: ArithmeticExpr,
  left: Expression,
  right: Expression,
  typing: Typing,
): Expression | undefined {
  const { operator } = expr;
  if (operator === '*' || operator === '/') {
    const [date, type] = left.type.kind === 'date' ? [expr.left, left.type] : [expr.right, right.type];
    return notDefined(operator, date, type, NUMBERS, typing);
  }
  if (exactDigits(right.type) === 0) return shifted(operator, left, right);
  if (operator === '+') {
    if (exactDigits(left.type) === 0) return shifted('+', right, left);
    const [other, type] = left.type.kind === 'date' ? [expr.right, right.type] : [expr.left, left.type];
    return notDefined('+', other, type, ['a number of periods (int64)'], typing);
  }
  return difference(expr, left, right, typing);
}

/** `date − date` of one level; a literal takes the level of the other. */
function difference(expr: ArithmeticExpr, left: Expression, right: Expression, typing: Typing): Expression | undefined {
  const isOpen = (side: Expr) => side.kind === 'literal' && (side.value.kind === 'text' || side.value.kind === 'date');
  if (expr.right.kind === 'literal' && isOpen(expr.right) && left.type.kind === 'date') {
    const day = typedLiteral(expr.right, expr.left, left.type, expr.span, typing);
    return day && distance(left, day);
  }
  if (expr.left.kind === 'literal' && isOpen(expr.left) && right.type.kind === 'date') {
    const day = typedLiteral(expr.left, expr.right, right.type, expr.span, typing);
    return day && distance(day, right);
  }
  if (sameType(left.type, right.type)) return distance(left, right);
  if (left.type.kind === 'date' && right.type.kind === 'date') {
    return mismatch(expr.left, left.type, expr.right, right.type, expr.span, typing);
  }
  const [other, type] = left.type.kind === 'date' ? [expr.right, right.type] : [expr.left, left.type];
  return notDefined('-', other, type, ['a date', 'a number of periods (int64)'], typing);
}

function notDefined(
  operator: string,
  subject: Expr,
  type: LogicalType,
  accepts: readonly string[],
  typing: Typing,
): undefined {
  typing.fault({ kind: 'undefined', operator, subject, type: printType(type), accepts, span: subject.span });
}
