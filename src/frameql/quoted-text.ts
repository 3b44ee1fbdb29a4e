import type { Span } from '../canon/issue.ts';
import type { Expr, Statement } from './ast.ts';
import { HABITS, type Habit } from './habits.ts';
import { printStatement } from './printer.ts';
import { rewriteInside } from './rewrite.ts';
import type { SyntaxRemedy } from './syntax-issue.ts';

/** A text value that was written in double quotes. Only who knows the names can tell. */
export interface QuotedText {
  readonly habit: Habit;
  /** The first such value. */
  readonly span: Span;
  readonly hint: string;
  /** The same statement with every such value in single quotes. */
  readonly remedy: SyntaxRemedy;
}

/**
 * Finds `"text"` where a value stands: a quoted name that WHERE or HAVING compares, or compares with, and that is no name
 * of the collection (nor, in HAVING, of the answer), which is what `isName` tells. Null where there is none.
 */
export function quotedText(statement: Statement, isName: (name: string) => boolean): QuotedText | null {
  const spans: Span[] = [];
  const mended = withQuotedText(statement, isName, spans);
  const [first] = spans;
  if (first === undefined) return null;
  const { hint, repair } = HABITS['quoted text'];
  return { habit: 'quoted text', span: first, hint, remedy: { label: repair, query: printStatement(mended) } };
}

/** The statement with such values read as texts; their spans are added to `spans`. */
export function withQuotedText(statement: Statement, isName: (name: string) => boolean, spans: Span[] = []): Statement {
  const value = (expr: Expr): Expr => {
    if (expr.kind !== 'name' || !expr.quoted || isName(expr.name)) return expr;
    spans.push(expr.span);
    return { kind: 'literal', value: { kind: 'text', value: expr.name }, span: expr.span };
  };
  const comparisons = (expr: Expr): Expr => {
    const compares = expr.kind === 'compare' || expr.kind === 'in' || expr.kind === 'between';
    return rewriteInside(expr, (each) => (compares ? value(comparisons(each)) : comparisons(each)));
  };
  return {
    ...statement,
    where: statement.where && comparisons(statement.where),
    having: statement.having && comparisons(statement.having),
  };
}
