import { oneOf, type Span } from '../../canon/issue.ts';
import { type LogicalType, printType } from '../../columns/logical-type.ts';
import type { Expr } from '../../frameql/ast.ts';
import { printExpr } from '../../frameql/printer.ts';
import { typingIn } from '../../frameql/typing/type-expression.ts';
import type { TypeFault } from '../../frameql/typing/typing.ts';

/** The type of an expression: NULL has every type; a date literal takes the level it is compared with. */
export type ExpressionType = LogicalType | { readonly kind: 'null' } | { readonly kind: 'dateLiteral' };

/** What is wrong with an expression, where. */
export type ExpressionProblem =
  | { readonly kind: 'call'; readonly span: Span; readonly operator: string }
  | { readonly kind: 'type'; readonly span: Span; readonly problem: string; readonly remedy: string };

/** Where names get their types, and where problems go. A name without a type has been reported already. */
export interface ExpressionScope {
  readonly typeOf: (name: string, span: Span) => LogicalType | undefined;
  readonly report: (problem: ExpressionProblem) => void;
}

/**
 * Type of an expression of a collection: scalar functions may stand there, operators, windows and `@` may not.
 * Undefined where something in it has been reported.
 */
export function expressionType(expr: Expr, scope: ExpressionScope): ExpressionType | undefined {
  if (expr.kind === 'literal' && expr.value.kind === 'null') return { kind: 'null' };
  if (expr.kind === 'literal' && expr.value.kind === 'date') return { kind: 'dateLiteral' };
  const report = (operator: string, span: Span) => {
    scope.report({ kind: 'call', span, operator });
    return undefined;
  };
  const typing = typingIn({
    name: ({ name, span }) => {
      const type = scope.typeOf(name, span);
      return type && { kind: 'column', name, type };
    },
    call: ({ callee, star, span }) => report(star ? 'COUNT(*)' : callee, span),
    at: ({ span }) => report('@', span),
    fault: (fault) => scope.report(problemOf(fault)),
  });
  return typing.typed(expr)?.type;
}

/** A type as messages say it. */
export function words(type: ExpressionType): string {
  if (type.kind === 'null') return 'NULL';
  return type.kind === 'dateLiteral' ? 'a date' : printType(type);
}

function problemOf(fault: TypeFault): ExpressionProblem {
  switch (fault.kind) {
    case 'undefined': {
      const { operator, subject, type, accepts, span } = fault;
      const problem = `${operator} is not defined for ${type}: \`${printExpr(subject)}\``;
      return { kind: 'type', span, problem, remedy: `Write ${oneOf(accepts)}.` };
    }
    case 'mismatch': {
      const { name, type, literal, whole } = fault;
      const problem = `\`${printExpr(name)}\` is ${type}; ${literal} is not a value of that type`;
      return { kind: 'type', span: whole, problem, remedy: 'Compare values of one type.' };
    }
    case 'arguments': {
      const { call, expected, hint } = fault;
      return { kind: 'type', span: call.span, problem: hint.replace(/\.$/, ''), remedy: `Write ${expected}.` };
    }
  }
}
