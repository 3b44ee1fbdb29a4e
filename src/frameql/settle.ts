import type { Span } from '../canon/issue.ts';
import type { Anchor, Expr, SelectItem, Statement } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { distinctAnchor, impliedAnchor } from './implied-anchor.ts';
import type { KnownNames } from './known-names.ts';
import { expandDefinitions } from './macros.ts';
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
  const { explain, definitions, having, order, limit } = draft;
  const end = { from: cursor.end, to: cursor.end };
  const anchor = draft.anchor ?? { points: [], span: end };
  const unsettled: Statement = {
    explain,
    definitions,
    items,
    from: draft.schema,
    anchor,
    where,
    having,
    order,
    limit,
    span,
  };
  const statement = { ...unsettled, anchor: settleAnchor(cursor, draft, unsettled, names) };
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

/** The anchor that was written, else the one that the items mean. */
function settleAnchor(cursor: Cursor, draft: Draft, statement: Statement, names: KnownNames | null): Anchor {
  const { distinct, late } = draft;
  if (draft.anchor !== null && distinct === null) return draft.anchor;
  const told = draft.anchor === null ? meantAnchor(draft, statement, names) : draft.anchor;
  if (distinct !== null) cursor.habit('SELECT DISTINCT', distinct, ['an expression'], told !== null);
  else cursor.habit('missing AT', late ?? statement.anchor.span, ['`AT`'], told !== null);
  return told ?? statement.anchor;
}

function meantAnchor(draft: Draft, statement: Statement, names: KnownNames | null): Anchor | null {
  if (draft.star !== null) return null;
  // What WITH defines is no dimension.
  const expanded = expandDefinitions(statement);
  if (!expanded.ok) return null;
  const { items } = expanded.statement;
  const points = draft.distinct === null ? impliedAnchor(items, names) : distinctAnchor(items, names);
  return points && { ...statement.anchor, points };
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
  const own = new Set([...statement.items.map(outputName), ...statement.definitions.map(({ name }) => name.name)]);
  return withQuotedText({ ...statement, having }, (name) => names.kindOf(name) !== undefined || own.has(name));
}
