import type { Span } from '../canon/issue.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { isNumberFunction } from '../operators/functions.ts';
import type { QueryContext } from './query-context.ts';

/**
 * Text and date functions of rows are evaluated on the distinct values of what they read, so each reads one dimension or
 * attribute. True: one reads several, and a cause was added.
 */
export function tellMixedFunction(
  { causes }: Pick<QueryContext, 'causes'>,
  expression: Expression,
  subject: string,
  span: Span,
): boolean {
  const mixed = mixedFunction(expression);
  if (mixed === undefined) return false;
  const parameters = {
    operator: mixed.function,
    subject,
    type: `${columnsOf(mixed).length} columns`,
    accepts: ['one column'],
  };
  causes.add('NOT_DEFINED_FOR_TYPE', parameters, span);
  return true;
}

function mixedFunction(expression: Expression): Extract<Expression, { kind: 'call' }> | undefined {
  switch (expression.kind) {
    case 'column':
    case 'literal':
    case 'map':
      return undefined;
    case 'negate':
    case 'not':
    case 'isNull':
    case 'in':
      return mixedFunction(expression.operand);
    case 'arithmetic':
    case 'compare':
      return mixedFunction(expression.left) ?? mixedFunction(expression.right);
    case 'and':
    case 'or':
      return first(expression.operands);
    case 'case': {
      const parts = expression.branches.flatMap(({ when, then }) => [when, then]);
      return first(expression.otherwise === null ? parts : [...parts, expression.otherwise]);
    }
    case 'call':
      if (!isNumberFunction(expression.function) && columnsOf(expression).length > 1) return expression;
      return first(expression.args);
  }
}

function first(expressions: readonly Expression[]): ReturnType<typeof mixedFunction> {
  for (const each of expressions) {
    const found = mixedFunction(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
