import type { Span } from '../canon/issue.ts';
import type { Expr, NamedArgument } from './ast.ts';
import type { ReadExpr } from './binding.ts';
import { type CallPlace, makeCall } from './call.ts';
import type { Cursor } from './cursor.ts';
import { nameOf } from './name-parser.ts';
import { upperCase } from './tokens.ts';

/**
 * Calls that SQL writes in a way of its own, `CAST(x AS type)` and `EXTRACT(field FROM x)`, from behind their opening
 * bracket. Undefined where the call is none of them.
 */
export function parseForeignCall(
  cursor: Cursor,
  callee: string,
  nameSpan: Span,
  read: ReadExpr,
): Expr | null | undefined {
  if (callee === 'CAST' || callee === 'TRY_CAST') return parseCast(cursor, nameSpan, read);
  if (callee === 'EXTRACT' && cursor.at('FROM', 1)) return parseExtract(cursor, nameSpan, read);
  return undefined;
}

/** A text cast to DATE is a date; what else a type would do cannot be told. */
function parseCast(cursor: Cursor, nameSpan: Span, read: ReadExpr): Expr | null {
  const value = read(cursor);
  if (value === null) return null;
  const toDate = cursor.at('AS') && cursor.atWord('DATE', 1) && cursor.at(')', 2);
  if (!cursor.skipToClose()) return null;
  const span = { from: nameSpan.from, to: cursor.end };
  const date = toDate && value.kind === 'literal' && value.value.kind === 'text' ? value.value.value : undefined;
  cursor.habit('CAST', span, [], date !== undefined);
  return date === undefined ? value : { kind: 'literal', value: { kind: 'date', value: date }, span };
}

/** Fields of EXTRACT that are functions of their own; WEEK and ISODOW count as ISO 8601 does. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ...['YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY'].map((field) => [field, field] as const),
  ['ISODOW', 'WEEKDAY'],
]);

function parseExtract(cursor: Cursor, nameSpan: Span, read: ReadExpr): Expr | null {
  const callee = FIELDS.get(upperCase(nameOf(cursor.token)?.name ?? ''));
  cursor.advance();
  cursor.advance();
  const value = read(cursor);
  if (value === null || !cursor.require(')')) return null;
  const span = { from: nameSpan.from, to: cursor.end };
  cursor.habit('EXTRACT', span, ['`YEAR(x)`'], callee !== undefined);
  return callee === undefined ? value : makeCall(cursor, callee, [value], { nameSpan, span });
}

/** The call itself; IFNULL, NVL and IF are noted, and read as COALESCE and CASE. */
export function meantCall(
  cursor: Cursor,
  callee: string,
  args: readonly Expr[],
  place: CallPlace,
  named: readonly NamedArgument[],
): Expr | null {
  if (callee === 'IFNULL' || callee === 'NVL' || callee === 'ISNULL') {
    const told = args.length === 2 && named.length === 0;
    cursor.habit('IFNULL', place.nameSpan, ['`COALESCE`'], told);
    return makeCall(cursor, told ? 'COALESCE' : callee, args, place, named);
  }
  if (callee === 'IF' || callee === 'IIF') {
    const [when, then, otherwise = null, ...more] = args;
    const told = when !== undefined && then !== undefined && more.length === 0 && named.length === 0;
    cursor.habit('IF', place.nameSpan, ['`CASE`'], told);
    if (told) {
      return cursor.made(
        { kind: 'case', operand: null, branches: [{ when, then }], otherwise, span: place.span },
        args,
      );
    }
  }
  return makeCall(cursor, callee, args, place, named);
}
