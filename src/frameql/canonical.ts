import { type Canonical, canonicalJson } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { Expr, LiteralValue, Statement } from './ast.ts';

/**
 * What a statement asks, without how it is spelt: spans and quotes are gone, terms of AND are in one order, and the
 * order of the anchor is left out where every anchor dimension is listed in SELECT as a bare name (it is then not seen
 * in the Frame). Everything that could change a column, a type, a row or their order stays.
 */
export function canonicalStatement(statement: Statement): Canonical {
  const listed = new Set(statement.items.flatMap(({ expr }) => (expr.kind === 'name' ? [expr.name] : [])));
  const anchor = statement.anchor.points.map((point) => point.name);
  const limit = statement.limit;
  return {
    items: statement.items.map((item) => ({ expr: canonicalExpr(item.expr), alias: item.alias?.name ?? null })),
    from: statement.from?.name ?? null,
    anchor: anchor.every((name) => listed.has(name)) ? { set: anchor.toSorted() } : { list: anchor },
    where: statement.where === null ? null : canonicalExpr(statement.where),
    having: statement.having === null ? null : canonicalExpr(statement.having),
    order: statement.order.map((key) => ({ name: key.name.name, descending: key.descending })),
    limit:
      limit === null
        ? null
        : // PER names a set: in which order its dimensions stand is never seen.
          {
            count: limit.count,
            per: limit.per === null ? null : limit.per.points.map((point) => point.name).toSorted(),
          },
  };
}

/** What an expression says, without its spans, the order of its AND terms, and brackets between terms of AND or of OR. */
export function canonicalExpr(expr: Expr): Canonical {
  switch (expr.kind) {
    case 'literal':
      return { literal: canonicalLiteral(expr.value) };
    case 'name':
      return { name: expr.name };
    case 'call':
      return { call: expr.operator, star: expr.star, args: expr.args.map(canonicalExpr) };
    case 'negate':
    case 'not':
      return { [expr.kind]: canonicalExpr(expr.operand) };
    case 'arithmetic':
    case 'compare':
      return { [expr.kind]: expr.operator, left: canonicalExpr(expr.left), right: canonicalExpr(expr.right) };
    case 'and':
      return { and: inOneOrder(terms(expr, 'and').map(canonicalExpr)) };
    case 'or':
      return { or: terms(expr, 'or').map(canonicalExpr) };
  }
}

/** SHA-256 of the canonical statement: equal for spellings of one question, different for different questions. */
export function astFingerprint(statement: Statement): string {
  return fingerprint('ast', canonicalStatement(statement));
}

/** `0.30` and `0.3` stay apart: they compare equal, but an expression over them has another number of digits. */
function canonicalLiteral(value: LiteralValue): Canonical {
  return value.kind === 'exact' ? { exact: value.units, digits: value.digits } : value;
}

function terms(expr: Expr, kind: 'and' | 'or'): readonly Expr[] {
  return expr.kind === kind ? expr.operands.flatMap((operand) => terms(operand, kind)) : [expr];
}

function inOneOrder(values: readonly Canonical[]): readonly Canonical[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}
