import { type Canonical, canonicalJson } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import { periodEnd } from '../columns/calendar.ts';
import { BOOL } from '../columns/logical-type.ts';
import type { Expr, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { printExpr } from '../frameql/printer.ts';
import { quotedText } from '../frameql/quoted-text.ts';
import { rewrite } from '../frameql/rewrite.ts';
import { operatorNamed } from '../operators/catalog.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { windowNamed } from '../operators/window.ts';
import { SCALAR_FUNCTIONS } from './functions.ts';
import { literalInstead } from './literal-remedies.ts';
import type { Names } from './names.ts';
import { proposedName } from './proposed-name.ts';
import type { FilterTerm } from './query.ts';
import type { Remedy } from './refusal.ts';
import { changed, joinedTerms, point, queryText, renamed, takenNames } from './rewrite.ts';
import { tellMixedFunction } from './row-function.ts';
import { type AtExpr, type CallExpr, type Causes, condition, type NameExpr, type Scope } from './typing.ts';

/** The AND terms of an expression as parsed; none for null. */
export function andTerms(expr: Expr | null): readonly Expr[] {
  if (expr === null) return [];
  return expr.kind === 'and' ? expr.operands.flatMap(andTerms) : [expr];
}

/** Types WHERE (or a declared filter): dimensions and attributes against values. One term per AND operand, each once. */
export function filterTerms(
  manifest: SemanticManifest,
  names: Names,
  where: Expr | null,
  statement: Statement | null,
  causes: Causes,
): readonly FilterTerm[] {
  const scope = whereScope(manifest, names, statement, causes);
  const terms = new Map<string, FilterTerm>();
  for (const expr of andTerms(where)) {
    const typed = condition(expr, scope, causes);
    if (typed === undefined || tellMixedFunction({ causes }, typed, printExpr(expr), expr.span)) continue;
    // BETWEEN is two terms.
    for (const term of typed.kind === 'and' ? typed.operands : [typed]) {
      const key = expressionKey(term);
      terms.set(key, { key, expression: term, names: [...columnsOf(term)].sort() });
    }
  }
  return [...terms.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Fingerprint of a typed expression; the order of AND and OR operands does not matter. */
export function expressionKey(expression: Expression): string {
  return fingerprint('state', canonicalExpression(expression));
}

/** The expression as canonical data: AND and OR operands and IN values sorted. */
export function canonicalExpression(expression: Expression): Canonical {
  switch (expression.kind) {
    case 'column':
    case 'literal':
      return { ...expression, type: { ...expression.type } };
    case 'and':
    case 'or': {
      const operands = expression.operands.map((each) => {
        const canonical = canonicalExpression(each);
        return { canonical, text: canonicalJson(canonical) };
      });
      operands.sort((a, b) => (a.text < b.text ? -1 : 1));
      return { kind: expression.kind, operands: operands.map(({ canonical }) => canonical) };
    }
    case 'negate':
    case 'not':
    case 'isNull':
      return { kind: expression.kind, operand: canonicalExpression(expression.operand) };
    case 'in':
      return {
        kind: 'in',
        operand: canonicalExpression(expression.operand),
        values: expression.values.map((value) => canonicalJson(value)).sort(),
      };
    case 'arithmetic':
    case 'compare':
      return {
        kind: expression.kind,
        operator: expression.operator,
        left: canonicalExpression(expression.left),
        right: canonicalExpression(expression.right),
      };
    case 'case':
      return {
        kind: 'case',
        branches: expression.branches.map((each) => [canonicalExpression(each.when), canonicalExpression(each.then)]),
        otherwise: expression.otherwise && canonicalExpression(expression.otherwise),
        type: { ...expression.type },
      };
    case 'call':
      // The type tells the level of a period.
      return {
        kind: 'call',
        function: expression.function,
        args: expression.args.map(canonicalExpression),
        type: { ...expression.type },
      };
    case 'map':
      return {
        kind: 'map',
        operand: canonicalExpression(expression.operand),
        entries: expression.entries.map(({ from, to }) => [from, to]),
        type: { ...expression.type },
      };
  }
}

/** AND of the expressions; null of none. */
export function conjunction(expressions: readonly (Expression | null)[]): Expression | null {
  const operands = expressions.filter((each) => each !== null);
  const [first] = operands;
  if (first === undefined) return null;
  return operands.length === 1 ? first : { kind: 'and', operands, type: BOOL };
}

/** Names that the terms hold equal to one value: they count as in the anchor where a reduction asks what it touches. */
export function pinnedNames(terms: readonly FilterTerm[]): readonly string[] {
  return terms.flatMap(({ expression }) => {
    if (expression.kind === 'in') {
      return expression.operand.kind === 'column' && expression.values.length === 1 ? [expression.operand.name] : [];
    }
    if (expression.kind !== 'compare' || expression.operator !== '=') return [];
    const sides = [expression.left, expression.right];
    const column = sides.find((side) => side.kind === 'column');
    const literal = sides.find((side) => side.kind === 'literal' && side.value !== null);
    return column?.kind === 'column' && literal !== undefined ? [column.name] : [];
  });
}

/** The last day that the terms let through on any of these date names; null: they set no upper bound. */
export function upperBound(terms: readonly FilterTerm[], dateNames: ReadonlySet<string>): number | null {
  let bound: number | null = null;
  for (const { expression } of terms) {
    if (expression.kind !== 'compare') continue;
    const { left, right, operator } = expression;
    if (left.kind !== 'column' || right.kind !== 'literal' || !dateNames.has(left.name)) continue;
    if (left.type.kind !== 'date' || typeof right.value !== 'number') continue;
    const last =
      operator === '=' || operator === '<='
        ? periodEnd(right.value, left.type.level)
        : operator === '<'
          ? right.value - 1
          : null;
    if (last !== null && (bound === null || last < bound)) bound = last;
  }
  return bound;
}

function whereScope(manifest: SemanticManifest, names: Names, statement: Statement | null, causes: Causes): Scope {
  const name = (expr: NameExpr): Expression | undefined => {
    const meaning = names.meaningOf(expr.name);
    switch (meaning?.kind) {
      case 'dimension':
        return { kind: 'column', name: meaning.dimension.name, type: meaning.dimension.type };
      case 'attribute':
        return { kind: 'column', name: meaning.attribute.name, type: meaning.attribute.type };
      case 'family':
        return causes.add('FAMILY_IN_WHERE', { family: expr.name }, expr.span, familyRemedies(statement, expr));
      default: {
        const suggestions = names.suggest(expr.name, ['dimension', 'attribute']);
        const remedies = expr.quoted ? textRemedies(statement, expr) : renameRemedies(statement, expr, suggestions);
        const kind = expr.quoted
          ? 'dimension or attribute (double quotes name things; text values stand in single quotes)'
          : 'dimension or attribute';
        return causes.add('UNKNOWN_NAME', { name: expr.name, kind, suggestions }, expr.span, remedies);
      }
    }
  };
  const metric = (expr: CallExpr | AtExpr): Expression | undefined =>
    causes.add('FAMILY_IN_WHERE', { family: printExpr(expr) }, expr.span, familyRemedies(statement, expr));
  const call = (expr: CallExpr): Expression | undefined => {
    if (expr.star || operatorNamed(expr.callee) !== undefined || windowNamed(expr.callee) !== undefined)
      return metric(expr);
    const suggestions = nearestNames(
      expr.callee,
      SCALAR_FUNCTIONS.map((each) => each.name),
    );
    const remedies =
      statement === null
        ? []
        : suggestions.map((callee) => ({
            label: `Use ${callee}`,
            query: queryText(changed(statement, expr, { ...expr, callee })),
          }));
    return causes.add('UNKNOWN_NAME', { name: expr.callee, kind: 'function', suggestions }, expr.nameSpan, remedies);
  };
  const literalRemedies: NonNullable<Scope['literalRemedies']> = (compared, literal, type) =>
    statement === null ? [] : literalInstead(manifest, statement, compared, literal, type);
  return { name, call, at: metric, literalRemedies };
}

/** The habit of `"text"` where a value stands: the same question with single quotes. */
function textRemedies(statement: Statement | null, expr: NameExpr): readonly Remedy[] {
  const habit = statement && quotedText(statement, (name) => name !== expr.name);
  return habit === null ? [] : [habit.remedy];
}

function renameRemedies(
  statement: Statement | null,
  expr: NameExpr,
  suggestions: readonly string[],
): readonly Remedy[] {
  if (statement === null) return [];
  return suggestions.map((suggestion) => ({
    label: `Use ${suggestion}`,
    query: queryText(renamed(statement, expr.name, suggestion)),
  }));
}

/** Moves the terms that use a metric to HAVING, selecting it where it is not an output column yet. */
function familyRemedies(statement: Statement | null, metric: Expr): readonly Remedy[] {
  if (statement === null) return [];
  const uses = (expr: Expr) => printExpr(expr).includes(printExpr(metric));
  const terms = andTerms(statement.where);
  const selected = statement.items.find((item) => printExpr(item.expr) === printExpr(metric));
  const plain = selected ?? { expr: metric, alias: null, span: metric.span };
  const own = outputName(plain);
  const output = own ?? proposedName(metric, takenNames(statement));
  const named = own === null ? { ...plain, alias: point(output) } : plain;
  const items =
    selected === undefined
      ? [...statement.items, named]
      : statement.items.map((item) => (item === selected ? named : item));
  const moved = terms
    .filter(uses)
    .map((term) => changedExpr(term, metric, { kind: 'name', name: output, quoted: false, span: metric.span }));
  const query = queryText({
    ...statement,
    items,
    where: joinedTerms(terms.filter((term) => !uses(term))),
    having: joinedTerms([...andTerms(statement.having), ...moved]),
  });
  return [{ label: 'Filter the finished rows with HAVING', query }];
}

function changedExpr(expr: Expr, from: Expr, to: Expr): Expr {
  return rewrite(expr, (each) => (printExpr(each) === printExpr(from) ? to : undefined));
}
