import type { Span } from '../canon/issue.ts';
import { operatorNamed } from '../operators/catalog.ts';
import type { Expr, NamedArgument, NamedPoint } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import { makeCall } from './call.ts';
import { type Cursor, TOO_DEEP } from './cursor.ts';
import { nameOf, parseAnchor } from './name-parser.ts';

type CallExpr = Extract<Expr, { kind: 'call' }>;

/** What follows a primary and binds tighter than a sign: `@ anchor`, and what SQL writes after a call. */
export function parsePostfix(cursor: Cursor, primary: Expr, from: number, read: ReadExpr): Expr | null {
  let operand: Expr | null = primary;
  if (operand.kind === 'call' && cursor.atWord('FILTER') && cursor.at('(', 1)) {
    operand = parseFilter(cursor, operand, from, read);
  }
  if (operand?.kind === 'call' && isWindow(cursor)) operand = parseWindow(cursor, operand, from, read);
  let chained = false;
  while (operand !== null && cursor.at('@')) {
    // `x @ a @ b` is printed with a bracket around `x @ a`, which must be readable again.
    if (chained && !cursor.fitsInBrackets(operand)) return cursor.fail(TOO_DEEP);
    cursor.advance();
    const anchor = parseAnchor(cursor, 'one');
    if (anchor === null) return null;
    operand = cursor.made({ kind: 'at', operand, anchor, span: { from, to: cursor.end } }, [operand]);
    chained = true;
  }
  return operand;
}

/** `OP(x) FILTER (WHERE c)`, which is `OP(CASE WHEN c THEN x END)`: every operator skips NULLs. */
function parseFilter(cursor: Cursor, call: CallExpr, from: number, read: ReadExpr): Expr | null {
  const start = cursor.start;
  cursor.advance();
  cursor.advance();
  if (!cursor.require('WHERE')) return null;
  const when = cursor.deeper(() => read(cursor));
  if (when === null || !cursor.require(')')) return null;
  const span = { from: start, to: cursor.end };
  const [of, ...others] = call.args;
  cursor.habit('FILTER', span, [], operatorNamed(call.callee) !== undefined);
  const one: Expr = { kind: 'literal', value: { kind: 'exact', units: '1', digits: 0 }, span };
  const then = call.star || of === undefined ? one : of;
  const branch: Expr = { kind: 'case', operand: null, branches: [{ when, then }], otherwise: null, span };
  const kept = cursor.made(branch, [when, then]);
  const place = { nameSpan: call.nameSpan, span: { from, to: cursor.end } };
  return kept && makeCall(cursor, call.callee, [kept, ...others], place, call.named);
}

/** Whether `OVER (…)` or `OVER name` follows. */
function isWindow(cursor: Cursor): boolean {
  return cursor.atWord('OVER') && cursor.at('(', 1);
}

const RANKS: ReadonlySet<string> = new Set(['RANK', 'DENSE_RANK', 'ROW_NUMBER']);

/** `RANK() OVER ([PARTITION BY region] ORDER BY x DESC)` is `RANK(x, within => region)`; no other can be told. */
function parseWindow(cursor: Cursor, call: CallExpr, from: number, read: ReadExpr): Expr | null {
  const start = cursor.start;
  cursor.advance();
  cursor.advance();
  const window = cursor.deeper(() => readWindow(cursor, read));
  if (window === null) return null;
  if (!window.closed && !cursor.skipToClose()) return null;
  const span: Span = { from: start, to: cursor.end };
  const told = window.closed && window.by !== null && RANKS.has(call.callee) && call.args.length === 0;
  cursor.habit('OVER', span, [], told);
  if (window.by === null || !told) return call;
  const named: readonly NamedArgument[] =
    window.within === null
      ? []
      : [{ name: 'within', value: { kind: 'name', ...window.within }, span: window.within.span }];
  return makeCall(cursor, call.callee, [window.by], { nameSpan: call.nameSpan, span: { from, to: cursor.end } }, named);
}

interface SqlWindow {
  readonly within: NamedPoint | null;
  /** What it orders by, descending. */
  readonly by: Expr | null;
  /** Whether it was read to its closing bracket. */
  readonly closed: boolean;
}

function readWindow(cursor: Cursor, read: ReadExpr): SqlWindow | null {
  let within: NamedPoint | null = null;
  if (cursor.atWord('PARTITION') && cursor.at('BY', 1)) {
    cursor.advance();
    cursor.advance();
    within = nameOf(cursor.token) ?? null;
    if (within === null || !cursor.at('ORDER', 1)) return { within, by: null, closed: false };
    cursor.advance();
  }
  if (!cursor.at('ORDER') || !cursor.at('BY', 1)) return { within, by: null, closed: false };
  cursor.advance();
  cursor.advance();
  const by = read(cursor);
  if (by === null) return null;
  return { within, by, closed: cursor.accept('DESC') && cursor.accept(')') };
}
