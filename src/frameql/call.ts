import type { Span } from '../canon/issue.ts';
import type { Expr, NamedArgument } from './ast.ts';
import type { Cursor } from './cursor.ts';

/** Where a call stands: whole, and its name. */
export interface CallPlace {
  readonly nameSpan: Span;
  readonly span: Span;
}

/** `CALLEE(args, named)` as a node; null where it would be too deep. */
export function makeCall(
  cursor: Cursor,
  callee: string,
  args: readonly Expr[],
  { nameSpan, span }: CallPlace,
  named: readonly NamedArgument[] = [],
): Expr | null {
  const inside = [...args, ...named.map((each) => each.value)];
  return cursor.made({ kind: 'call', callee, star: false, args, named, nameSpan, span }, inside);
}
