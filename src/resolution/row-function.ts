import type { Span } from '../canon/issue.ts';
import { type CallExpression, columnsOf, type Expression, partsOf } from '../operators/expression.ts';
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

function mixedFunction(expression: Expression): CallExpression | undefined {
  const isMixed =
    expression.kind === 'call' && !isNumberFunction(expression.function) && columnsOf(expression).length > 1;
  if (isMixed) return expression;
  for (const part of partsOf(expression)) {
    const found = mixedFunction(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
