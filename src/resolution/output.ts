import { nearestNames } from '../collection/nearest-names.ts';
import type { NamedPoint, Statement } from '../frameql/ast.ts';
import { outputName } from '../frameql/output-name.ts';
import { printExpr } from '../frameql/printer.ts';
import type { Expression } from '../operators/expression.ts';
import type { Names } from './names.ts';
import type { FrameColumn, ResolvedQuery } from './query.ts';
import type { Remedy } from './refusal.ts';
import { anchorPoint, changed, point, queryText } from './rewrite.ts';
import { type AtExpr, type CallExpr, type Causes, condition, type NameExpr } from './typing.ts';

/** Types the clauses that work on the finished Frame: HAVING, ORDER BY, LIMIT … PER. */
export function outputClauses(
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
    if (complete) causes.add('NOT_AN_OUTPUT_COLUMN', { name, clause, columns: outputs }, at, remedies);
    return undefined;
  };
  const having =
    statement.having === null ? null : havingExpression(statement, columnNamed, outputs, names, causes, notAnOutput);
  const order = statement.order.flatMap((key) => {
    const column = columnNamed(key.name.name);
    if (column !== undefined) return [{ column: column.name, descending: key.descending }];
    const selected = nearestNames(key.name.name, outputs).map((name) => ({
      label: `Order by ${name}`,
      query: queryText({
        ...statement,
        order: statement.order.map((each) => (each === key ? { ...key, name: point(name) } : each)),
      }),
    }));
    notAnOutput(key.name.name, 'ORDER BY', key.name.span, [...selecting(statement, names, key.name.name), ...selected]);
    return [];
  });
  return { having, order, limit: limitOf(statement, columns, anchor, causes) };
}

function havingExpression(
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
    const renamed = nearestNames(expr.name, outputs).map((each) => ({
      label: `Use ${each}`,
      query: queryText(changed(statement, expr, { ...expr, name: each, quoted: false })),
    }));
    return notAnOutput(expr.name, 'HAVING', expr.span, [...selecting(statement, names, expr.name), ...renamed]);
  };
  const call = (expr: CallExpr | AtExpr): Expression | undefined => {
    const text = printExpr(expr);
    const selected = statement.items.find((item) => printExpr(item.expr) === text);
    const output = outputName(selected ?? { expr, alias: null, span: expr.span });
    if (output === null) return notAnOutput(text, 'HAVING', expr.span, []);
    const items =
      selected === undefined ? [...statement.items, { expr, alias: null, span: expr.span }] : statement.items;
    const inHaving = changed({ ...statement, items: [] }, expr, {
      kind: 'name',
      name: output,
      quoted: false,
      span: expr.span,
    });
    const query = queryText({ ...inHaving, items });
    return notAnOutput(text, 'HAVING', expr.span, [{ label: `Use the column ${output}`, query }]);
  };
  return condition(having, { name, call, at: call }, causes) ?? null;
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

/** PER takes anchor dimensions, and the first ORDER BY keys must be exactly those. */
function limitOf(
  statement: Statement,
  columns: readonly FrameColumn[],
  anchor: readonly string[],
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
    const remedies = anchor.map((name) => ({
      label: `Per ${name}`,
      query: queryText(perQuery(statement, [name])),
    }));
    causes.add('PER_NOT_IN_ANCHOR', { name: written.name, anchor }, written.span, remedies);
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
