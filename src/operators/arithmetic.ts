import { DOUBLE, decimal, exactDigits, INT64, isNumeric, type LogicalType, sameType } from '../columns/logical-type.ts';
import type { ArithmeticOperator } from './expression.ts';

/** Largest number of digits after the point that a decimal may have; products beyond it are not typed. */
export const MAX_DIGITS = 18;

/**
 * Type of `left operator right`: `+ −` give the larger number of digits, `*` adds them, `/` and anything with a double
 * give double. Undefined where an operand is not numeric or a product would need more than `MAX_DIGITS` digits.
 */
export function arithmeticType(
  operator: ArithmeticOperator,
  left: LogicalType,
  right: LogicalType,
): LogicalType | undefined {
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  const leftDigits = exactDigits(left);
  const rightDigits = exactDigits(right);
  if (operator === '/' || leftDigits === undefined || rightDigits === undefined) return DOUBLE;
  const digits = operator === '*' ? leftDigits + rightDigits : Math.max(leftDigits, rightDigits);
  if (digits > MAX_DIGITS) return undefined;
  return left.kind === 'int64' && right.kind === 'int64' ? INT64 : decimal(digits);
}

/**
 * The one type of values that stand for each other (branches of CASE, arguments of COALESCE): of exact numbers the one
 * with the most digits, double where one is; else their own type. Undefined of none, and where they have nothing in common.
 */
export function commonType(types: readonly LogicalType[]): LogicalType | undefined {
  const [first, ...others] = types;
  if (first === undefined) return undefined;
  return others.reduce<LogicalType | undefined>((common, type) => common && commonOf(common, type), first);
}

function commonOf(left: LogicalType, right: LogicalType): LogicalType | undefined {
  if (isNumeric(left) && isNumeric(right)) return arithmeticType('+', left, right);
  return sameType(left, right) ? left : undefined;
}
