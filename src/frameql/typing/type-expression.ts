import { BOOL, printType } from '../../columns/logical-type.ts';
import type { Expression } from '../../operators/expression.ts';
import { literal, opposite } from '../../operators/functions/build.ts';
import { functionNamed } from '../../operators/functions/scalar-functions.ts';
import type { Expr } from '../ast.ts';
import { printExpr } from '../printer.ts';
import { typeCase } from './alternatives.ts';
import { typeArithmetic, typeNegation } from './arithmetic.ts';
import { allTyped, typeBetween, typeComparison, typeMembership, typeNullness } from './comparison.ts';
import { typeFunctionCall } from './function-call.ts';
import { typeLiteral } from './literal.ts';
import type { CallExpr, LiteralExpr, Typing, TypingScope } from './typing.ts';

/** The typing of expressions in a scope. Every fault is told to the scope; the expression is undefined then. */
export function typingIn(scope: TypingScope): Typing {
  const typing: Typing = {
    ...scope,
    typed: (expr) => typeIn(expr, typing),
    condition: (expr) => conditionIn(expr, typing),
  };
  return typing;
}

function typeIn(expr: Expr, typing: Typing): Expression | undefined {
  switch (expr.kind) {
    case 'name':
      return typing.name(expr);
    case 'at':
      return typing.at(expr);
    case 'call':
      return typeCall(expr, typing);
    case 'literal':
      return typeOwnLiteral(expr, typing);
    case 'negate':
      return typeNegation(expr, typing);
    case 'arithmetic':
      return typeArithmetic(expr, typing);
    case 'compare':
      return typeComparison(expr.operator, expr.left, expr.right, expr.span, typing);
    case 'and':
    case 'or': {
      const operands = allTyped(expr.operands.map((operand) => typing.condition(operand)));
      return operands && { kind: expr.kind, operands, type: BOOL };
    }
    case 'not': {
      const operand = typing.condition(expr.operand);
      return operand && opposite(operand);
    }
    case 'isNull':
      return typeNullness(expr, typing);
    case 'in':
      return typeMembership(expr, typing);
    case 'between':
      return typeBetween(expr, typing);
    case 'case':
      return typeCase(expr, typing);
  }
}

function typeCall(expr: CallExpr, typing: Typing): Expression | undefined {
  const called = functionNamed(expr.callee);
  return called === undefined ? typing.call(expr) : typeFunctionCall(expr, called, typing);
}

function typeOwnLiteral(expr: LiteralExpr, typing: Typing): Expression | undefined {
  const typed = typeLiteral(expr.value);
  if (typed !== undefined) return literal(typed.value, typed.type);
  const { span } = expr;
  typing.fault({
    kind: 'mismatch',
    name: expr,
    type: 'a date',
    other: expr,
    literal: printExpr(expr),
    span,
    whole: span,
  });
  return undefined;
}

function conditionIn(expr: Expr, typing: Typing): Expression | undefined {
  if (expr.kind === 'literal' && expr.value.kind === 'null') return literal(null, BOOL);
  const typed = typing.typed(expr);
  if (typed === undefined || typed.type.kind === 'bool') return typed;
  typing.fault({
    kind: 'undefined',
    operator: 'A condition',
    subject: expr,
    type: printType(typed.type),
    accepts: ['a comparison'],
    span: expr.span,
  });
  return undefined;
}
