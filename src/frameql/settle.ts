import type { Span } from '../canon/issue.ts';
import type { Anchor, Expr, SelectItem, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { distinctAnchor, impliedAnchor } from './implied-anchor.ts';
import type { KnownNames } from './known-names.ts';
import { columnsOf, outputName } from './output-name.ts';
import { withQuotedText } from './quoted-text.ts';
import { rewrite } from './rewrite.ts';
import type { Draft } from './statement-parser.ts';

/**
 * Settles what only the whole text tells: `*`, DISTINCT and a missing AT are noted, and read as what they mean. Null
 * after a failure.
 */
export function settle(cursor: Cursor, draft: Draft, span: Span, names: KnownNames | null): Statement | null {
  const items = settleItems(cursor, draft, span, names);
  const where = settleWhere(cursor, draft.where);
  if (where === undefined) return null;
  const statement: Statement = {
    items,
    from: draft.schema,
    anchor: settleAnchor(cursor, draft, items, names),
    where,
    having: draft.having,
    order: draft.order,
    limit: draft.limit,
    span,
  };
  // A statement that parses is left as it is: what is wrong in it is resolution's to say.
  return cursor.findings.length === 0 ? statement : mended(statement, names);
}

/** `SELECT *` is every metric family at the anchor, where the families are known and nothing else narrows them. */
function settleItems(cursor: Cursor, draft: Draft, span: Span, names: KnownNames | null): readonly SelectItem[] {
  if (draft.star === null) return draft.items;
  const families = names?.families ?? [];
  const told = families.length > 0 && draft.items.length === 0 && draft.anchor !== null && draft.schema === null;
  cursor.habit('SELECT *', draft.star, ['an expression'], told);
  if (!told) return draft.items;
  return families.map((name) => ({ expr: { kind: 'name', name, quoted: false, span }, alias: null, span }));
}

/** Several WHEREs are one condition; undefined after a failure. */
function settleWhere(cursor: Cursor, conditions: readonly Expr[]): Expr | null | undefined {
  const [first, ...others] = conditions;
  if (first === undefined || others.length === 0) return first ?? null;
  const operands = conditions.flatMap((each) => (each.kind === 'and' ? each.operands : [each]));
  return cursor.made({ kind: 'and', operands, span: { from: first.span.from, to: cursor.end } }, operands) ?? undefined;
}

function settleAnchor(cursor: Cursor, draft: Draft, items: readonly SelectItem[], names: KnownNames | null): Anchor {
  const end = { from: cursor.end, to: cursor.end };
  const whole = draft.star === null;
  if (draft.distinct !== null) {
    const points = draft.anchor?.points ?? (whole ? distinctAnchor(items, names) : null);
    cursor.habit('SELECT DISTINCT', draft.distinct, ['an expression'], points !== null);
    return draft.anchor ?? { points: points ?? [], span: end };
  }
  if (draft.anchor !== null) return draft.anchor;
  const points = whole ? impliedAnchor(items, names) : null;
  cursor.habit('missing AT', draft.late ?? end, ['`AT`'], points !== null);
  return { points: points ?? [], span: end };
}

/** In a text that is repaired anyway: HAVING over a listed expression names its column, and `"text"` is a text. */
function mended(statement: Statement, names: KnownNames | null): Statement {
  const columnOf = columnsOf(statement.items);
  const column = (expr: Expr): Expr | undefined => {
    const name = expr.kind === 'call' ? columnOf(expr) : undefined;
    return name === undefined ? undefined : { kind: 'name', name, quoted: false, span: expr.span };
  };
  const having = statement.having && rewrite(statement.having, column);
  if (names === null) return { ...statement, having };
  const outputs = new Set(statement.items.map(outputName));
  return withQuotedText({ ...statement, having }, (name) => names.kindOf(name) !== undefined || outputs.has(name));
}
