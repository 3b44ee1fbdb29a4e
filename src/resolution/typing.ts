import type { Span } from '../canon/issue.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { typingIn } from '../frameql/typing/type-expression.ts';
import type { AtExpr, CallExpr, LiteralExpr, NameExpr, TypeFault, Typing } from '../frameql/typing/typing.ts';
import type { Expression } from '../operators/expression.ts';
import { type Cause, cause, type RefusalCode, type RefusalParameters, type Remedy, type Witness } from './refusal.ts';

export type { AtExpr, CallExpr, LiteralExpr, NameExpr } from '../frameql/typing/typing.ts';

/** Collects causes; resolution goes on after one, so that all are listed. */
export class Causes {
  readonly list: Cause[] = [];

  add<Code extends RefusalCode>(
    code: Code,
    parameters: RefusalParameters[Code],
    span: Span,
    remedies: readonly Remedy[] = [],
    witness: Witness | null = null,
  ): undefined {
    this.list.push(cause(code, parameters, span, remedies, witness));
    return undefined;
  }
}

/** What names, calls and `@` mean where an expression stands; undefined after a cause was added. */
export interface Scope {
  readonly name: (expr: NameExpr) => Expression | undefined;
  /** A call of anything but a scalar function. */
  readonly call: (expr: CallExpr) => Expression | undefined;
  readonly at: (expr: AtExpr) => Expression | undefined;
  /** Remedies for a literal that is not of the level or type of the name it is compared with. */
  readonly literalRemedies?: (compared: Expr, literal: LiteralExpr, type: string) => readonly Remedy[];
}

/** Types an expression. Every fault becomes a cause; undefined then. */
export function typeExpression(expr: Expr, scope: Scope, causes: Causes): Expression | undefined {
  return typingOf(scope, causes).typed(expr);
}

/** Types an expression that must be a condition (bool). */
export function condition(expr: Expr, scope: Scope, causes: Causes): Expression | undefined {
  return typingOf(scope, causes).condition(expr);
}

function typingOf({ name, call, at, literalRemedies }: Scope, causes: Causes): Typing {
  return typingIn({ name, call, at, fault: (fault) => addFault(fault, literalRemedies, causes) });
}

function addFault(fault: TypeFault, remediesOf: Scope['literalRemedies'], causes: Causes): void {
  switch (fault.kind) {
    case 'undefined': {
      const { operator, type, accepts } = fault;
      causes.add('NOT_DEFINED_FOR_TYPE', { operator, subject: printExpr(fault.subject), type, accepts }, fault.span);
      return;
    }
    case 'mismatch': {
      const { name, type, literal, other } = fault;
      const remedies = other.kind === 'literal' ? (remediesOf?.(name, other, type) ?? []) : [];
      causes.add('DIMENSION_TYPE_MISMATCH', { name: printExpr(name), type, literal }, fault.span, remedies);
      return;
    }
    case 'arguments': {
      const { call, expected, hint } = fault;
      causes.add('SYNTAX', { found: printExpr(call), expected: [expected], hint }, call.span);
    }
  }
}
