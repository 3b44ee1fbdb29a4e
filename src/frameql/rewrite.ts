import type { Expr } from './ast.ts';

/** Rebuilds an expression: `replacement` gives what stands for a node, or undefined to keep it and look inside. */
export function rewrite(expr: Expr, replacement: (expr: Expr) => Expr | undefined): Expr {
  return replacement(expr) ?? rewriteInside(expr, (each) => rewrite(each, replacement));
}

/** The node itself with each expression directly inside it replaced; values of named arguments count. */
export function rewriteInside(expr: Expr, inside: (expr: Expr) => Expr): Expr {
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return expr;
    case 'call': {
      const named = expr.named.map((each) => ({ ...each, value: inside(each.value) }));
      return { ...expr, args: expr.args.map(inside), named };
    }
    case 'negate':
    case 'not':
    case 'isNull':
    case 'at':
      return { ...expr, operand: inside(expr.operand) };
    case 'arithmetic':
    case 'compare':
      return { ...expr, left: inside(expr.left), right: inside(expr.right) };
    case 'and':
    case 'or':
      return { ...expr, operands: expr.operands.map(inside) };
    case 'in':
      return { ...expr, operand: inside(expr.operand), values: expr.values.map(inside) };
    case 'between':
      return { ...expr, operand: inside(expr.operand), low: inside(expr.low), high: inside(expr.high) };
    case 'case':
      return {
        ...expr,
        operand: expr.operand && inside(expr.operand),
        branches: expr.branches.map((branch) => {
          const [when, then] = [inside(branch.when), inside(branch.then)];
          return { when, then };
        }),
        otherwise: expr.otherwise && inside(expr.otherwise),
      };
  }
}
