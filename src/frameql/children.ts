import type { Expr } from './ast.ts';

/** The expressions directly inside one, in text order; values of named arguments count. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'call':
      return [...expr.args, ...expr.named.map((each) => each.value)];
    case 'negate':
    case 'not':
    case 'isNull':
    case 'at':
      return [expr.operand];
    case 'arithmetic':
    case 'compare':
      return [expr.left, expr.right];
    case 'and':
    case 'or':
      return expr.operands;
    case 'in':
      return [expr.operand, ...expr.values];
    case 'between':
      return [expr.operand, expr.low, expr.high];
    case 'case': {
      const branches = expr.branches.flatMap(({ when, then }) => [when, then]);
      return [expr.operand, ...branches, expr.otherwise].filter((each) => each !== null);
    }
  }
}
