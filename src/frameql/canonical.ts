import { type Canonical, canonicalJson } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { ComparisonOperator } from '../operators/expression.ts';
import type { AnchorPoint, Expr, LiteralValue, Statement } from './ast.ts';
import { expandDefinitions } from './macros.ts';
import { outputName } from './output-name.ts';

/**
 * What a statement asks, without how it is spelt: definitions are written out, spans and quotes are gone, terms of AND
 * and of OR are in one order, and the order of the anchor is left out where every anchor dimension is listed in SELECT
 * as a bare name (it is then not seen in the Frame). Everything that could change a column, a type, a row or their
 * order stays. EXPLAIN is left out on purpose: it asks about the same question.
 */
export function canonicalStatement(statement: Statement): Canonical {
  const expanded = expandDefinitions(statement);
  if (expanded.ok) return canonicalQuestion(expanded.statement);
  // Too large to be written out, and so to be answered: it is told as it stands.
  const definitions = statement.definitions.map(({ name, expr }) => ({ name: name.name, expr: canonicalExpr(expr) }));
  return { definitions, question: canonicalQuestion(statement) };
}

function canonicalQuestion(statement: Statement): Canonical {
  const listed = new Set(statement.items.flatMap(({ expr }) => (expr.kind === 'name' ? [expr.name] : [])));
  const { points } = statement.anchor;
  const anchor = points.map(canonicalPoint);
  const limit = statement.limit;
  return {
    items: statement.items.map((item) => ({ expr: canonicalExpr(item.expr), name: outputName(item) })),
    from: statement.from?.name ?? null,
    anchor: points.every((point) => listed.has(point.name)) ? { set: inOneOrder(anchor) } : { list: anchor },
    where: statement.where === null ? null : canonicalExpr(statement.where),
    having: statement.having === null ? null : canonicalExpr(statement.having),
    order: statement.order.map((key) => ({ name: key.name.name, descending: key.descending })),
    limit:
      limit === null
        ? null
        : // PER names a set: in which order its dimensions stand is never seen.
          { count: limit.count, per: limit.per === null ? null : inOneOrder(limit.per.points.map(canonicalPoint)) },
  };
}

function canonicalPoint({ name, via }: AnchorPoint): Canonical {
  return via === null ? name : { name, via: via.name };
}

/**
 * What an expression says, without its spans, the order of terms, sides and values where it means nothing, and the
 * shorter spellings: BETWEEN is two comparisons, NOT IN is NOT of IN, `CASE x WHEN v` is `CASE WHEN x = v`.
 */
export function canonicalExpr(expr: Expr): Canonical {
  switch (expr.kind) {
    case 'literal':
      return { literal: canonicalLiteral(expr.value) };
    case 'name':
      return { name: expr.name };
    case 'call': {
      const named = expr.named.map(({ name, value }) => ({ name, value: canonicalExpr(value) }));
      return { call: expr.callee, star: expr.star, args: expr.args.map(canonicalExpr), named: inOneOrder(named) };
    }
    case 'negate':
      return { negate: canonicalExpr(expr.operand) };
    case 'not':
      return not(canonicalExpr(expr.operand));
    case 'arithmetic':
      return { arithmetic: expr.operator, left: canonicalExpr(expr.left), right: canonicalExpr(expr.right) };
    case 'compare':
      return comparison(expr.operator, side(expr.left), side(expr.right));
    case 'and':
    case 'or':
      return { [expr.kind]: inOneOrder(terms(expr, expr.kind)) };
    case 'isNull':
      return negatedIf(expr.negated, { isNull: canonicalExpr(expr.operand) });
    case 'in': {
      const values = new Map(expr.values.map(canonicalExpr).map((value) => [canonicalJson(value), value]));
      return negatedIf(expr.negated, { in: canonicalExpr(expr.operand), values: inOneOrder([...values.values()]) });
    }
    case 'between':
      return negatedIf(expr.negated, { and: inOneOrder(bounds(expr)) });
    case 'case': {
      const operand = expr.operand && side(expr.operand);
      return {
        case: expr.branches.map(({ when, then }) => ({
          when: operand === null ? canonicalExpr(when) : comparison('=', operand, side(when)),
          value: canonicalExpr(then),
        })),
        otherwise: expr.otherwise === null ? NULL : canonicalExpr(expr.otherwise),
      };
    }
    case 'at':
      // The columns of an inner anchor are never seen, so its order is not either.
      return { at: inOneOrder(expr.anchor.points.map(canonicalPoint)), operand: canonicalExpr(expr.operand) };
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

/** A CASE without ELSE. */
const NULL: Canonical = { literal: { kind: 'null' } };

function not(operand: Canonical): Canonical {
  return { not: operand };
}

function negatedIf(negated: boolean, positive: Canonical): Canonical {
  return negated ? not(positive) : positive;
}

/** The terms of AND or of OR, whatever brackets stand among them; a BETWEEN is two terms of AND. */
function terms(expr: Expr, kind: 'and' | 'or'): readonly Canonical[] {
  if (expr.kind === kind) return expr.operands.flatMap((operand) => terms(operand, kind));
  if (expr.kind === 'between' && kind === 'and' && !expr.negated) return bounds(expr);
  return [canonicalExpr(expr)];
}

function bounds({ operand, low, high }: Extract<Expr, { kind: 'between' }>): readonly Canonical[] {
  const value = side(operand);
  return [comparison('>=', value, side(low)), comparison('<=', value, side(high))];
}

/** Longer sides of a comparison are told by their digest. */
const LONGEST_SIDE = 200;

/**
 * A side of a comparison. BETWEEN and CASE say their operand several times: nested in one another, they would double
 * the text at every level, if a side could grow.
 */
function side(expr: Expr): Canonical {
  const whole = canonicalExpr(expr);
  return canonicalJson(whole).length <= LONGEST_SIDE ? whole : { digest: fingerprint('ast', whole) };
}

/** `a = b` is `b = a`, and `a > b` is `b < a`. */
function comparison(operator: ComparisonOperator, left: Canonical, right: Canonical): Canonical {
  switch (operator) {
    case '=':
    case '<>':
      return { compare: operator, sides: inOneOrder([left, right]) };
    case '<':
    case '<=':
      return { compare: operator, sides: [left, right] };
    case '>':
      return { compare: '<', sides: [right, left] };
    case '>=':
      return { compare: '<=', sides: [right, left] };
  }
}

function inOneOrder(values: readonly Canonical[]): readonly Canonical[] {
  return values
    .map((value) => ({ value, text: canonicalJson(value) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ value }) => value);
}
