import { type Expression, partsOf } from '../operators/expression.ts';

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
