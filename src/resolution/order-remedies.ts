import type { Expr, Statement } from '../frameql/ast.ts';
import { schemasRead } from './nearby.ts';
import type { OperatorCall } from './operator-call.ts';
import type { QueryContext } from './query-context.ts';
import { determines, ownColumn, reach } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { anchorPoint, nameAt, queryText, queryWith, withDimension, withoutDimension } from './rewrite.ts';

/** The question with a date added to AT, each that all series reach; of several dates in AT that none orders, with one only. */
export function datesInAnchor(context: QueryContext, anchor: readonly string[]): readonly Remedy[] {
  const { statement } = context;
  const held = dates(context).filter((name) => anchor.includes(name));
  const alone = held.flatMap((name) => {
    const others = held.filter((each) => each !== name);
    const rest = others.reduce<Statement | null>((left, each) => left && withoutDimension(left, each), statement);
    return rest === null ? [] : [{ label: `Only ${name} in the anchor`, query: queryText(rest) }];
  });
  const added = reachableDates(context, anchor).map((name) => ({
    label: `Add ${name} to the anchor`,
    query: queryText(withDimension(statement, name)),
  }));
  return [...(held.length > 1 ? alone : []), ...added];
}

/** The operator with a date added to its inner anchor, rows of one period added up where there may be several. */
export function datesInside(
  context: QueryContext,
  { expr }: OperatorCall,
  anchor: readonly string[],
): readonly Remedy[] {
  const { statement } = context;
  return reachableDates(context, anchor).flatMap((name) => {
    const label = `Add ${name} to the inner anchor`;
    const args = expr.args.map((each) => withPoint(each, name));
    const merged = { name: 'combine', value: nameAt('SUM', expr), span: expr.span };
    const isMerging = expr.named.some((each) => each.name === 'combine');
    const plain = { label, query: queryWith(statement, expr, { ...expr, args }) };
    if (isMerging) return [plain];
    const query = queryWith(statement, expr, { ...expr, args, named: [...expr.named, merged] });
    return [plain, { label: `${label}, and merge rows of one period by SUM`, query }];
  });
}

/** The operator ordered by each date that its rows reach. */
export function datesAsOrder(context: QueryContext, { expr }: OperatorCall): readonly Remedy[] {
  const unordered = expr.named.filter((each) => each.name !== 'order');
  return reachableDates(context, []).map((name) => {
    const order = { name: 'order', value: nameAt(name, expr), span: expr.span };
    const query = queryWith(context.statement, expr, { ...expr, named: [order, ...unordered] });
    return { label: `In the order of ${name}`, query };
  });
}

function dates({ manifest }: QueryContext): readonly string[] {
  return manifest.dimensions.flatMap(({ name, type }) => (type.kind === 'date' ? [name] : []));
}

/** Dates that all schemas read reach and the anchor does not determine: columns of theirs first. */
function reachableDates(context: QueryContext, anchor: readonly string[]): readonly string[] {
  const { manifest, facts } = context;
  const schemas = schemasRead(context);
  const reached = dates(context).filter(
    (name) =>
      !determines(manifest, facts, anchor, name) &&
      schemas.every((each) => reach(manifest, facts, each, name).kind === 'reached'),
  );
  const isOwn = (name: string) => schemas.some((each) => ownColumn(each, name) !== undefined);
  return [...reached.filter(isOwn), ...reached.filter((name) => !isOwn(name))].slice(0, 5);
}

function withPoint(expr: Expr, name: string): Expr {
  if (expr.kind !== 'at') return expr;
  return { ...expr, anchor: { ...expr.anchor, points: [...expr.anchor.points, anchorPoint(name)] } };
}
