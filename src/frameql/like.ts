import type { Expr } from './ast.ts';
import { type CallPlace, makeCall } from './call.ts';
import type { Cursor } from './cursor.ts';

/**
 * What `text LIKE pattern` asks, for a pattern whose only wildcard is `%`, at one end or both: CONTAINS, STARTS_WITH,
 * ENDS_WITH, `=`, or IS NOT NULL. Undefined for any other pattern, null where it would be too deep. `anyCase`: ILIKE.
 */
export function matching(
  cursor: Cursor,
  text: Expr,
  pattern: Expr,
  place: CallPlace,
  anyCase: boolean,
): Expr | null | undefined {
  if (pattern.kind !== 'literal' || pattern.value.kind !== 'text') return undefined;
  const written = pattern.value.value;
  const open = written.startsWith('%');
  const plain = written.slice(open ? 1 : 0);
  const endless = plain.endsWith('%');
  const wanted = endless ? plain.slice(0, -1) : plain;
  if (/[%_\\]/.test(wanted)) return undefined;
  if (wanted === '' && (open || endless)) {
    return cursor.made({ kind: 'isNull', operand: text, negated: true, span: place.span }, [text]);
  }
  const value: Expr = {
    kind: 'literal',
    value: { kind: 'text', value: anyCase ? wanted.toLowerCase() : wanted },
    span: pattern.span,
  };
  const compared = anyCase ? makeCall(cursor, 'LOWER', [text], place) : text;
  if (compared === null) return null;
  if (open && endless) return makeCall(cursor, 'CONTAINS', [compared, value], place);
  if (endless) return makeCall(cursor, 'STARTS_WITH', [compared, value], place);
  if (open) return makeCall(cursor, 'ENDS_WITH', [compared, value], place);
  return cursor.made({ kind: 'compare', operator: '=', left: compared, right: value, span: place.span }, [
    compared,
    value,
  ]);
}
