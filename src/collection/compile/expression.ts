import type { Expr } from '../../frameql/ast.ts';
import { childrenOf } from '../../frameql/children.ts';
import { parseExpression } from '../../frameql/parser.ts';
import { rewrite } from '../../frameql/rewrite.ts';
import type { NodePath } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';
import { type ExpressionScope, type ExpressionType, expressionType } from './expression-type.ts';

/** A text of the document that holds an expression, and how messages name it. */
export interface ExpressionSource {
  readonly text: string;
  readonly path: NodePath;
  readonly subject: string;
}

/** Parses an expression of the document; a syntax error is reported at its place in the YAML. */
export function readExpression(context: CompileContext, { text, path, subject }: ExpressionSource): Expr | undefined {
  const parsed = parseExpression(text);
  if (parsed.ok) return parsed.expr;
  const { found, expected, hint, span } = parsed.error;
  const place = context.positions.inside(path, text, span.from);
  context.report.issue('EXPRESSION_SYNTAX', { subject, found, expected, hint }, place);
  return undefined;
}

/** Type of an expression; what is wrong with it is reported at its place in the YAML. */
export function checkExpression(
  { positions, report }: CompileContext,
  { text, path, subject }: ExpressionSource,
  expr: Expr,
  typeOf: ExpressionScope['typeOf'],
): ExpressionType | undefined {
  return expressionType(expr, {
    typeOf,
    report: (problem) => {
      const place = positions.inside(path, text, problem.span.from);
      if (problem.kind === 'call') report.issue('CALL_IN_EXPRESSION', { subject, operator: problem.operator }, place);
      else {
        const { problem: words, remedy } = problem;
        report.issue('EXPRESSION_TYPE', { subject, problem: words, remedy }, place);
      }
    },
  });
}

/** Parses and checks a condition: TRUE, FALSE or NULL for a row. Undefined where something was reported. */
export function readCondition(
  context: CompileContext,
  source: ExpressionSource,
  typeOf: ExpressionScope['typeOf'],
): Expr | undefined {
  const expr = readExpression(context, source);
  if (expr === undefined) return undefined;
  const type = checkExpression(context, source, expr, typeOf);
  if (type === undefined || type.kind === 'bool' || type.kind === 'null') return expr;
  const place = context.positions.inside(source.path, source.text, expr.span.from);
  const problem = 'it is no condition, so it cannot be true of a row';
  context.report.issue(
    'EXPRESSION_TYPE',
    { subject: source.subject, problem, remedy: 'Write a comparison, as in "quantity > 0".' },
    place,
  );
  return undefined;
}

/** The names that an expression uses, each once, with the first place of each. */
export function namesIn(expr: Expr): ReadonlyMap<string, Expr['span']> {
  const names = new Map<string, Expr['span']>();
  visitNames(expr, names);
  return names;
}

function visitNames(expr: Expr, names: Map<string, Expr['span']>): void {
  if (expr.kind === 'name' && !names.has(expr.name)) names.set(expr.name, expr.span);
  for (const child of childrenOf(expr)) visitNames(child, names);
}

/** The expression with every name replaced by what it stands for. */
export function renamed(expr: Expr, nameOf: (name: string) => string): Expr {
  return rewrite(expr, (each) => (each.kind === 'name' ? { ...each, name: nameOf(each.name) } : undefined));
}
