import type { LogicalType } from '../../columns/logical-type.ts';
import { commonType } from '../../operators/arithmetic.ts';
import type { Expression } from '../../operators/expression.ts';
import { branch, choice, literal } from '../../operators/functions/build.ts';
import type { Expr } from '../ast.ts';
import { allTyped, knowing, mismatch, typeComparison, typedLiteral } from './comparison.ts';
import { typeLiteral } from './literal.ts';
import type { Typing } from './typing.ts';

/** Values that may stand for each other, with their one type. */
export interface Alternatives {
  readonly values: readonly Expression[];
  readonly type: LogicalType;
}

/**
 * Types values that may stand for each other: numbers of any kind, else one type. A literal beside a date takes its
 * level, and NULL the type of the others; of NULLs alone there is none.
 */
export function typeAlternatives(
  operator: string,
  exprs: readonly Expr[],
  whole: Expr,
  typing: Typing,
): Alternatives | undefined {
  // Those that are no literals come first, so that literals can follow them.
  const own = exprs.map((expr) => (expr.kind === 'literal' ? undefined : typing.typed(expr)));
  if (exprs.some((expr, at) => expr.kind !== 'literal' && own[at] === undefined)) return undefined;
  const date = leadingDate(exprs, own);
  const values = allTyped(
    exprs.map((expr, at) => {
      if (expr.kind !== 'literal') return own[at];
      return date === undefined ? typing.typed(expr) : typedLiteral(expr, date.expr, date.type, whole.span, typing);
    }),
  );
  if (values === undefined) return undefined;
  const known = exprs.flatMap((expr, at) => {
    const type = values[at]?.type;
    return type === undefined || isNull(expr) ? [] : [{ expr, type }];
  });
  const [first] = known;
  if (first === undefined) {
    const accepts = ['a number', 'a text', 'a date', 'a truth value'];
    typing.fault({ kind: 'undefined', operator, subject: whole, type: 'NULL alone', accepts, span: whole.span });
    return undefined;
  }
  const type = commonType(known.map((each) => each.type));
  if (type === undefined) {
    const stranger = known.find((each) => commonType([first.type, each.type]) === undefined) ?? first;
    return mismatch(first.expr, first.type, stranger.expr, stranger.type, whole.span, typing);
  }
  return { values: values.map((value, at) => (isNull(exprs[at]) ? literal(null, type) : value)), type };
}

/** `CASE [operand] WHEN … THEN … [ELSE …] END` */
export function typeCase(expr: Extract<Expr, { kind: 'case' }>, typing: Typing): Expression | undefined {
  const { operand } = expr;
  const once = operand === null ? typing : knowing(operand, typing);
  const conditions = once && allTyped(expr.branches.map(({ when }) => typeWhen(operand, when, once)));
  const exprs = [...expr.branches.map((each) => each.then), ...(expr.otherwise === null ? [] : [expr.otherwise])];
  const alternatives = typeAlternatives('CASE', exprs, expr, typing);
  if (conditions === undefined || alternatives === undefined) return undefined;
  const { values, type } = alternatives;
  const branches = conditions.flatMap((condition, at) => {
    const value = values[at];
    return value === undefined ? [] : [branch(condition, value)];
  });
  return choice(branches, expr.otherwise === null ? null : (values.at(-1) ?? null), type);
}

function typeWhen(operand: Expr | null, when: Expr, typing: Typing): Expression | undefined {
  return operand === null ? typing.condition(when) : typeComparison('=', operand, when, when.span, typing);
}

/** The first that is a date: a literal beside it is one too. */
function leadingDate(
  exprs: readonly Expr[],
  own: readonly (Expression | undefined)[],
): { readonly expr: Expr; readonly type: LogicalType } | undefined {
  const found = own.findIndex((value) => value?.type.kind === 'date');
  const at = found >= 0 ? found : exprs.findIndex((expr) => expr.kind === 'literal' && expr.value.kind === 'date');
  const expr = exprs[at];
  const type = own[at]?.type ?? (expr?.kind === 'literal' ? typeLiteral(expr.value)?.type : undefined);
  return expr && type && { expr, type };
}

function isNull(expr: Expr | undefined): boolean {
  return expr?.kind === 'literal' && expr.value.kind === 'null';
}
