import type { SemanticManifest } from '../collection/manifest.ts';
import { nearestNames } from '../collection/nearest-names.ts';
import type { NamedPoint, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { printExpr } from '../frameql/printer.ts';
import type { Expression } from '../operators/expression.ts';
import { literalInstead } from './literal-remedies.ts';
import type { Names } from './names.ts';
import { proposedName } from './proposed-name.ts';
import type { FrameColumn, ResolvedQuery } from './query.ts';
import type { Remedy } from './refusal.ts';
import {
  anchorPoint,
  changed,
  joinedTerms,
  mentions,
  nameAt,
  point,
  queryText,
  takenNames,
  withDimension,
} from './rewrite.ts';
import { type AtExpr, type CallExpr, type Causes, condition, type NameExpr, type Scope } from './typing.ts';
import { andTerms } from './where.ts';

/** Types the clauses that work on the finished Frame: HAVING, ORDER BY, LIMIT … PER. */
export function outputClauses(
  manifest: SemanticManifest,
  statement: Statement,
  columns: readonly FrameColumn[],
  anchor: readonly string[],
  names: Names,
  causes: Causes,
): Pick<ResolvedQuery, 'having' | 'order' | 'limit'> {
  const outputs = columns.map((column) => column.name);
  // A series that was refused has no column; its clauses would only add noise.
  const complete = statement.items.every((item) => outputs.includes(outputName(item) ?? ''));
  const columnNamed = (name: string) => columns.find((column) => column.name === name);
  const notAnOutput = (
    name: string,
    clause: string,
    at: NamedPoint['span'],
    remedies: readonly Remedy[],
  ): undefined => {
    if (complete)
      causes.add(
        'NOT_AN_OUTPUT_COLUMN',
        { name, clause, columns: outputs, isKnown: names.meaningOf(name) !== undefined },
        at,
        remedies,
      );
    return undefined;
  };
  const having =
    statement.having === null
      ? null
      : havingExpression(manifest, statement, columnNamed, outputs, names, causes, notAnOutput);
  const order = statement.order.flatMap((key) => {
    const column = columnNamed(key.name.name);
    if (column !== undefined) return [{ column: column.name, descending: key.descending }];
    const { name } = key.name;
    const by = (column: string) => ({
      label: `Order by ${column}`,
      query: queryText({
        ...statement,
        order: statement.order.map((each) => (each === key ? { ...key, name: point(column) } : each)),
      }),
    });
    const [shown, near] = [columnsShowing(statement, name).map(by), nearestNames(name, outputs).map(by)];
    notAnOutput(name, 'ORDER BY', key.name.span, [...shown, ...selecting(statement, names, name), ...near]);
    return [];
  });
  return { having, order, limit: limitOf(statement, columns, anchor, names, causes) };
}

function havingExpression(
  manifest: SemanticManifest,
  statement: Statement,
  columnNamed: (name: string) => FrameColumn | undefined,
  outputs: readonly string[],
  names: Names,
  causes: Causes,
  notAnOutput: (name: string, clause: string, at: NamedPoint['span'], remedies: readonly Remedy[]) => undefined,
): Expression | null {
  const { having } = statement;
  if (having === null) return null;
  const name = (expr: NameExpr): Expression | undefined => {
    const column = columnNamed(expr.name);
    if (column !== undefined) return { kind: 'column', name: column.name, type: column.type };
    const use = (column: string) => ({
      label: `Use ${column}`,
      query: queryText(changed(statement, expr, nameAt(column, expr))),
    });
    const [shown, near] = [columnsShowing(statement, expr.name).map(use), nearestNames(expr.name, outputs).map(use)];
    const remedies = [...selecting(statement, names, expr.name), ...inWhere(statement, names, expr)];
    return notAnOutput(expr.name, 'HAVING', expr.span, [...shown, ...remedies, ...near]);
  };
  const call = (expr: CallExpr | AtExpr): Expression | undefined => {
    const text = printExpr(expr);
    const selected = statement.items.find((item) => printExpr(item.expr) === text);
    const own = outputName(selected ?? { expr, alias: null, span: expr.span });
    const output = own ?? proposedName(expr, takenNames(statement));
    const alias = own === null ? point(output) : null;
    const items = selected === undefined ? [...statement.items, { expr, alias, span: expr.span }] : statement.items;
    const inHaving = changed({ ...statement, items: [] }, expr, nameAt(output, expr));
    const query = queryText({ ...inHaving, items });
    return notAnOutput(text, 'HAVING', expr.span, [{ label: `Use the column ${output}`, query }]);
  };
  const literalRemedies: Scope['literalRemedies'] = (compared, literal, type) =>
    literalInstead(manifest, statement, compared, literal, type);
  return condition(having, { name, call, at: call, literalRemedies }, causes) ?? null;
}

/** The statement with the name selected too, where it names something that could be. */
function selecting(statement: Statement, names: Names, name: string): readonly Remedy[] {
  if (names.meaningOf(name) === undefined) return [];
  const item = {
    expr: { kind: 'name', name, quoted: false, span: statement.span } as const,
    alias: null,
    span: statement.span,
  };
  return [{ label: `Select ${name} too`, query: queryText({ ...statement, items: [...statement.items, item] }) }];
}

/** The columns that show the name under another. */
function columnsShowing({ items }: Statement, name: string): readonly string[] {
  return items.flatMap((item) =>
    item.expr.kind === 'name' && item.expr.name === name ? (outputName(item) ?? []) : [],
  );
}

/** The terms of HAVING that compare a dimension or attribute, moved to WHERE, where they filter input rows. */
function inWhere(statement: Statement, names: Names, expr: NameExpr): readonly Remedy[] {
  const kind = names.meaningOf(expr.name)?.kind;
  if (kind !== 'dimension' && kind !== 'attribute') return [];
  const terms = andTerms(statement.having);
  const moved = terms.filter((term) => mentions(term, (name) => name === expr.name));
  const where = joinedTerms([...andTerms(statement.where), ...moved]);
  const having = joinedTerms(terms.filter((term) => !moved.includes(term)));
  return [{ label: 'Filter the input rows with WHERE', query: queryText({ ...statement, where, having }) }];
}

/** PER takes anchor dimensions, and the first ORDER BY keys must be exactly those. */
function limitOf(
  statement: Statement,
  columns: readonly FrameColumn[],
  anchor: readonly string[],
  names: Names,
  causes: Causes,
): ResolvedQuery['limit'] {
  const { limit } = statement;
  if (limit === null) return null;
  if (limit.per === null) return { count: limit.count, per: [] };
  const { points, span } = limit.per;
  const per: string[] = [];
  for (const written of points) {
    const column = columns.find(
      (each) => each.kind === 'anchor' && (each.name === written.name || each.dimension === written.name),
    );
    if (column !== undefined) {
      if (!per.includes(column.name)) per.push(column.name);
      continue;
    }
    const near = nearestNames(written.name, anchor);
    const remedies = (near.length > 0 ? near : anchor).map((name) => ({
      label: `Per ${name}`,
      query: queryText(perQuery(statement, [name])),
    }));
    const isDimension = names.meaningOf(written.name)?.kind === 'dimension';
    const added = perQuery(
      withDimension(statement, written.name),
      points.map((each) => each.name),
    );
    const adding = isDimension ? [{ label: `Add ${written.name} to AT`, query: queryText(added) }] : [];
    causes.add('PER_NOT_IN_ANCHOR', { name: written.name, anchor }, written.span, [...adding, ...remedies]);
  }
  if (per.length < points.length) return null;
  const leading = statement.order.slice(0, per.length).map((key) => key.name.name);
  if (per.every((name) => leading.includes(name))) return { count: limit.count, per };
  const remedies = [{ label: `Order by ${per.join(', ')} first`, query: queryText(perQuery(statement, per)) }];
  causes.add('PER_NOT_ORDERED', { per, order: statement.order.map((key) => key.name.name) }, span, remedies);
  return null;
}

/** The statement limited per these, with ORDER BY beginning with them. */
function perQuery(statement: Statement, per: readonly string[]): Statement {
  const { limit } = statement;
  if (limit === null) return statement;
  const rest = statement.order.filter((key) => !per.includes(key.name.name));
  const keys = per.map((name) => ({ name: point(name), descending: false, span: statement.span }));
  return {
    ...statement,
    order: [...keys, ...rest],
    limit: { ...limit, per: { points: per.map((name) => anchorPoint(name)), span: limit.span } },
  };
}
