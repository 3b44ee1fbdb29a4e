import type { Expression } from '../operators/expression.ts';

/** The compound parts that stand in more than one place of an expression as one object. */
export function sharedParts(expression: Expression): ReadonlySet<Expression> {
  const seen = new Set<Expression>();
  const shared = new Set<Expression>();
  const visit = (part: Expression): void => {
    if (part.kind === 'column' || part.kind === 'literal') return;
    if (seen.has(part)) {
      shared.add(part);
      return;
    }
    seen.add(part);
    for (const inner of partsOf(part)) visit(inner);
  };
  visit(expression);
  return shared;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return [];
    case 'negate':
    case 'not':
    case 'isNull':
    case 'in':
    case 'map':
      return [expression.operand];
    case 'arithmetic':
    case 'compare':
      return [expression.left, expression.right];
    case 'and':
    case 'or':
      return expression.operands;
    case 'call':
      return expression.args;
    case 'case':
      return [
        ...expression.branches.flatMap(({ when, then }) => [when, then]),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ];
  }
}
