import { exactDigits } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { ComparisonOperator, Expression } from '../../operators/expression.ts';
import {
  digitsOf,
  doubleCode,
  type ExpressionScope,
  exactCode,
  literalCode,
  NULL_CODE,
  plainCode,
  unwritable,
} from './number-code.ts';

/** A membership of at most so many values is written as comparisons: of a text column, Arquero makes them ones of codes. */
const FEW_VALUES = 8;

const OPPOSITES: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
};

/** The value of an expression as Arquero's expression language says it; NULL is NaN, or undefined for text. */
export function valueCode(expression: Expression, scope: ExpressionScope): string {
  switch (expression.type.kind) {
    case 'int64':
    case 'decimal':
      return exactCode(expression, digitsOf(expression), scope).code;
    case 'double':
      return doubleCode(expression, scope);
    case 'text':
    case 'date':
      return plainCode(expression, scope);
    case 'bool': {
      const isPlain = expression.kind === 'column' || expression.kind === 'literal' || expression.kind === 'map';
      if (isPlain) return plainCode(expression, scope);
      return `(${truthCode(expression, true, scope)} ? 1 : ${truthCode(expression, false, scope)} ? 0 : ${NULL_CODE})`;
    }
  }
}

/**
 * Code that is true where the condition is TRUE (`wanted`), or where it is FALSE; NULL is neither. What is asked of a
 * condition is asked of its parts, so that three-valued logic becomes plain `&&` and `||` of comparisons, each of which
 * is false where an operand is NULL.
 */
export function truthCode(expression: Expression, wanted: boolean, scope: ExpressionScope): string {
  switch (expression.kind) {
    case 'column':
    case 'literal':
    case 'map':
      return `(${plainCode(expression, scope)} === ${wanted ? 1 : 0})`;
    case 'case': {
      const value = (each: Expression | null) => (each === null ? 'false' : truthCode(each, wanted, scope));
      return expression.branches.reduceRight(
        (rest, { when, then }) => `(${truthCode(when, true, scope)} ? ${value(then)} : ${rest})`,
        value(expression.otherwise),
      );
    }
    case 'not':
      return truthCode(expression.operand, !wanted, scope);
    case 'and':
    case 'or': {
      const all = (expression.kind === 'and') === wanted;
      const terms = expression.operands.map((operand) => truthCode(operand, wanted, scope));
      // Of no operands: AND is true, OR is false.
      return terms.length === 0 ? String(all) : `(${terms.join(all ? ' && ' : ' || ')})`;
    }
    case 'isNull':
      return nullCode(expression.operand, wanted, scope);
    case 'in':
      return membershipCode(expression.operand, expression.values, wanted, scope);
    case 'compare': {
      const operator = wanted ? expression.operator : OPPOSITES[expression.operator];
      return comparisonCode(expression.left, operator, expression.right, scope);
    }
    default:
      throw unwritable(expression);
  }
}

function nullCode(operand: Expression, wanted: boolean, scope: ExpressionScope): string {
  const code = valueCode(operand, scope);
  if (operand.type.kind === 'text') return `(${code} ${wanted ? '===' : '!=='} undefined)`;
  // Only NaN differs from itself.
  return `(${code} ${wanted ? '!==' : '==='} ${code})`;
}

function comparisonCode(
  left: Expression,
  operator: ComparisonOperator,
  right: Expression,
  scope: ExpressionScope,
): string {
  if (isNullLiteral(left) || isNullLiteral(right)) return 'false';
  if (left.type.kind === 'text' || right.type.kind === 'text') return textComparison(left, operator, right, scope);
  const [a, b] = comparable(left, right, scope);
  // NaN is unequal to everything, and neither less nor greater.
  if (operator === '<>') return `(${a} < ${b} || ${a} > ${b})`;
  return `(${a} ${operator === '=' ? '===' : operator} ${b})`;
}

function textComparison(
  left: Expression,
  operator: ComparisonOperator,
  right: Expression,
  scope: ExpressionScope,
): string {
  const [a, b] = [plainCode(left, scope), plainCode(right, scope)];
  const isPlain = left.kind === 'literal' || right.kind === 'literal';
  if (isPlain && operator === '=') return `(${a} === ${b})`;
  if (isPlain && operator === '<>') {
    return `(${a} !== ${b} && ${left.kind === 'literal' ? b : a} !== undefined)`;
  }
  const order = `op.compare_texts(${a}, ${b})`;
  if (operator === '<>') return `(${order} < 0 || ${order} > 0)`;
  return `(${order} ${operator === '=' ? '===' : operator} 0)`;
}

/** Two operands of a comparison in one form: exact numbers at the larger digits, anything with a double as doubles. */
function comparable(left: Expression, right: Expression, scope: ExpressionScope): readonly [string, string] {
  const leftDigits = exactDigits(left.type);
  const rightDigits = exactDigits(right.type);
  if (leftDigits !== undefined && rightDigits !== undefined) {
    const digits = Math.max(leftDigits, rightDigits);
    // Numbers and bigints compare exactly, and equal integers are written alike.
    return [exactCode(left, digits, scope).code, exactCode(right, digits, scope).code];
  }
  if (left.type.kind === 'double' || right.type.kind === 'double') {
    return [doubleCode(left, scope), doubleCode(right, scope)];
  }
  return [valueCode(left, scope), valueCode(right, scope)];
}

function membershipCode(
  operand: Expression,
  values: readonly Scalar[],
  wanted: boolean,
  scope: ExpressionScope,
): string {
  const code = valueCode(operand, scope);
  const isFew = operand.kind === 'column' && values.length <= FEW_VALUES;
  const members = isFew
    ? values.map((value) => `${code} === ${literalCode(value, operand.type)}`).join(' || ') || 'false'
    : `op.has(${scope.set(values.map((value) => (typeof value === 'boolean' ? Number(value) : value)))}, ${code})`;
  return wanted ? `(${members})` : `(!(${members}) && ${nullCode(operand, false, scope)})`;
}

function isNullLiteral(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.value === null;
}
