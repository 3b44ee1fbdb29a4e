import type { Expr } from './ast.ts';

/** Rebuilds an expression: `replacement` gives what stands for a node, or undefined to keep it and look inside. */
export function rewrite(expr: Expr, replacement: (expr: Expr) => Expr | undefined): Expr {
  const replaced = replacement(expr);
  if (replaced !== undefined) return replaced;
  const inside = (each: Expr) => rewrite(each, replacement);
  switch (expr.kind) {
    case 'literal':
    case 'name':
      return expr;
    case 'call':
      return { ...expr, args: expr.args.map(inside) };
    case 'negate':
    case 'not':
      return { ...expr, operand: inside(expr.operand) };
    case 'arithmetic':
    case 'compare':
      return { ...expr, left: inside(expr.left), right: inside(expr.right) };
    case 'and':
    case 'or':
      return { ...expr, operands: expr.operands.map(inside) };
  }
}
