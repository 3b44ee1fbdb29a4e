import { oneOf } from '../../canon/issue.ts';
import {
  exactDigits,
  INT64,
  isNumeric,
  type LogicalType,
  period,
  printType,
  TEXT,
} from '../../columns/logical-type.ts';
import { MAX_DIGITS } from '../../operators/arithmetic.ts';
import { type Expression, writtenSize } from '../../operators/expression.ts';
import { literal } from '../../operators/functions/build.ts';
import { levelNamed } from '../../operators/functions/date-rows.ts';
import type { ScalarFunction, Takes } from '../../operators/functions/scalar-function.ts';
import type { Expr } from '../ast.ts';
import { typeAlternatives } from './alternatives.ts';
import { allTyped } from './comparison.ts';
import { periodOf } from './literal.ts';
import type { CallExpr, Typing } from './typing.ts';

/** A call of a scalar function, in terms of the core's. */
export function typeFunctionCall(expr: CallExpr, called: ScalarFunction, typing: Typing): Expression | undefined {
  if (!isCalledRight(expr, called, typing)) return undefined;
  const takes = expr.args.map((_, at) => called.parameters[Math.min(at, called.parameters.length - 1)]);
  const isAlike = (at: number) => called.alike && (takes[at]?.kind === 'value' || takes[at]?.kind === 'date');
  const alike = expr.args.filter((_, at) => isAlike(at));
  const alternatives = alike.length === 0 ? [] : typeAlternatives(called.name, alike, expr, typing)?.values;
  const next = alternatives?.values();
  const args = allTyped(
    expr.args.map((arg, at) => {
      const taken = takes[at];
      if (taken === undefined) return undefined;
      if (!isAlike(at)) return typeArgument(arg, called, taken, typing);
      const value = next?.next().value;
      return value && fitting(value, arg, called, taken, typing);
    }),
  );
  if (args === undefined) return undefined;
  const built = called.build(args);
  if (built.kind !== 'misfit') return isTooLarge(built, expr, called, typing) ? undefined : built;
  const misfit = expr.args[built.argument] ?? expr;
  return refused(misfit, called, printed(args[built.argument]), built.accepts, typing);
}

/** Nodes that an expression may have once its functions are written in terms of their arguments. */
const MAX_WRITTEN_SIZE = 5_000;

/** Whether functions inside one another grow beyond what can be computed with; a fault is told. */
function isTooLarge(built: Expression, expr: CallExpr, { name }: ScalarFunction, typing: Typing): boolean {
  if (writtenSize(built) <= MAX_WRITTEN_SIZE) return false;
  typing.fault({
    kind: 'arguments',
    call: expr,
    expected: 'fewer functions inside one another',
    hint: `${name} stands over so many functions inside one another that it cannot be computed. Use fewer of them.`,
  });
  return true;
}

/** Whether the number and kind of arguments are the function's; a fault is told. */
function isCalledRight(expr: CallExpr, called: ScalarFunction, typing: Typing): boolean {
  const { name, parameters, required, repeats, signature } = called;
  const most = repeats ? Number.POSITIVE_INFINITY : parameters.length;
  const [named] = expr.named;
  if (!expr.star && named === undefined && expr.args.length >= required && expr.args.length <= most) return true;
  const counts = [...new Set([required, most])].map(String);
  const count = repeats ? 'one argument or more' : `${oneOf(counts)} ${most === 1 ? 'argument' : 'arguments'}`;
  const found = expr.star ? '*' : named !== undefined ? `\`${named.name} =>\`` : String(expr.args.length);
  typing.fault({
    kind: 'arguments',
    call: expr,
    expected: signature,
    hint: `${name} takes ${count}, not ${found}: ${signature}.`,
  });
  return false;
}

function typeArgument(arg: Expr, called: ScalarFunction, takes: Takes, typing: Typing): Expression | undefined {
  if (arg.kind === 'literal') {
    if (arg.value.kind === 'null' && !isWritten(takes)) return literal(null, nullType(takes));
    if (takes.kind === 'date' && (arg.value.kind === 'text' || arg.value.kind === 'date')) {
      const day = periodOf(arg.value.value, takes.levels);
      if (day !== undefined) return literal(day.value, day.type);
    }
  }
  const typed = typing.typed(arg);
  return typed && fitting(typed, arg, called, takes, typing);
}

/** The argument, where it fits its parameter; else a fault is told. */
function fitting(
  typed: Expression,
  arg: Expr,
  called: ScalarFunction,
  takes: Takes,
  typing: Typing,
): Expression | undefined {
  return fits(typed, takes) ? typed : refused(arg, called, printed(typed), acceptedBy(takes), typing);
}

function fits(typed: Expression, takes: Takes): boolean {
  const { type } = typed;
  switch (takes.kind) {
    case 'number':
      return isNumeric(type);
    case 'exact':
      return exactDigits(type) !== undefined;
    case 'integer':
      return exactDigits(type) === 0;
    case 'text':
      return type.kind === 'text';
    case 'date':
      return type.kind === 'date' && takes.levels.includes(type.level);
    case 'value':
      return true;
    case 'digits':
      return typed.kind === 'literal' && type.kind === 'int64' && isDigits(typed.value);
    case 'level':
      return typed.kind === 'literal' && typeof typed.value === 'string' && levelNamed(typed.value) !== undefined;
  }
}

function isDigits(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= MAX_DIGITS;
}

function acceptedBy(takes: Takes): readonly string[] {
  switch (takes.kind) {
    case 'number':
      return ['int64', 'decimal', 'double'];
    case 'exact':
      return ['int64', 'decimal'];
    case 'integer':
      return ['int64'];
    case 'text':
      return ['text'];
    case 'date':
      return takes.levels.map((level) => `a ${level}`);
    case 'value':
      return ['a value'];
    case 'digits':
      return [`a number from 0 to ${MAX_DIGITS}, written out`];
    case 'level':
      return ["'week'", "'month'", "'quarter'", "'year'"];
  }
}

/** Whether the argument must be a literal. */
function isWritten(takes: Takes): boolean {
  return takes.kind === 'digits' || takes.kind === 'level';
}

/** The type of NULL where a parameter stands. */
function nullType(takes: Takes): LogicalType {
  switch (takes.kind) {
    case 'text':
    case 'level':
      return TEXT;
    case 'date':
      return period(takes.levels[0] ?? 'day');
    case 'number':
    case 'exact':
    case 'integer':
    case 'digits':
    case 'value':
      return INT64;
  }
}

function printed(typed: Expression | undefined): string {
  if (typed === undefined) return 'this';
  return typed.type.kind === 'date' ? `a ${typed.type.level}` : printType(typed.type);
}

function refused(
  subject: Expr,
  called: ScalarFunction,
  type: string,
  accepts: readonly string[],
  typing: Typing,
): undefined {
  typing.fault({
    kind: 'undefined',
    operator: called.name,
    subject,
    type,
    accepts: [oneOf(accepts)],
    span: subject.span,
  });
}
