import type { LogicalType } from '../columns/logical-type.ts';
import type { Expr, Statement } from '../frameql/ast.ts';
import { OPERATORS, type OperatorDefinition } from '../operators/catalog.ts';
import type { Remedy } from './refusal.ts';
import { nameAt, queryWith } from './rewrite.ts';
import type { CallExpr } from './typing.ts';

/** What `combine =>` may name: how rows of one period merge. */
export const MERGING = ['SUM', 'MIN', 'MAX'] as const;

/** The merging operators that take values of a type, for an operator that orders its rows; none for any other. */
export function mergingNames(
  { isOrdered }: OperatorDefinition,
  type: LogicalType,
): readonly (typeof MERGING)[number][] {
  return isOrdered ? MERGING.filter((name) => OPERATORS[name].accepts.includes(type.kind)) : [];
}

/** The question with rows of one period merged; `call` stands where `expr` is written. */
export function mergedBy(statement: Statement, expr: Expr, call: CallExpr, name: (typeof MERGING)[number]): Remedy {
  const value = nameAt(name, expr);
  const named = [...call.named.filter((each) => each.name !== 'combine'), { name: 'combine', value, span: expr.span }];
  return { label: `Merge rows of one period by ${name}`, query: queryWith(statement, expr, { ...call, named }) };
}
