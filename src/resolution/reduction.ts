import { isNumeric, printType } from '../columns/logical-type.ts';
import type { Anchor, Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { OPERATORS, type StateUse } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { COMBINING } from './aggregate.ts';
import { readAnchor } from './anchor.ts';
import { tellBlockedReduction } from './blocked.ts';
import { blockedAt } from './blocks.ts';
import { calendarAxis } from './calendar-axis.ts';
import type { InnerAnchor } from './inner-anchor.ts';
import { innerAnchorRemedies } from './inner-anchor-remedies.ts';
import { LevelReader } from './level.ts';
import { mergedBy, mergingNames } from './merging.ts';
import { schemasRead } from './nearby.ts';
import type { OperatorCall } from './operator-call.ts';
import { datesInside } from './order-remedies.ts';
import { mayMerge, orderArgument } from './period-arguments.ts';
import { climbFromAnchor, determines } from './reach.ts';
import type { Remedy } from './refusal.ts';
import { queryWith } from './rewrite.ts';
import { tellUnsummable } from './summable.ts';
import type { CallExpr } from './typing.ts';
import { pinnedNames } from './where.ts';

/**
 * An operator over an inner anchor: its input rows are the coordinates that occur at the inner anchor together with the
 * outer one. Undefined after a cause was added.
 */
export function readReduction(
  outer: LevelReader,
  call: OperatorCall,
  { anchor, value: inside, weight: weightInside }: Extract<InnerAnchor, { kind: 'anchored' }>,
): Expression | undefined {
  const { context } = outer;
  const { manifest, facts, causes } = context;
  const { expr, operator, label } = call;
  const known = outer.reductions.get(label);
  if (known !== undefined) return { kind: 'column', name: known.name, type: known.type };
  const before = causes.list.length;
  const added = readAnchor(context, anchor);
  if (causes.list.length > before) return undefined;
  if (added.every(({ name }) => determines(manifest, facts, outer.anchor, name))) {
    // That nothing is reduced is so only if the edges hold: they are attested before it is told.
    for (const { name } of added) {
      context.wanting.push(...(climbFromAnchor(manifest, facts, outer.anchor, name)?.missing ?? []));
    }
    const parameters = { series: label, inner: added.map((each) => each.name), outer: outer.anchor };
    return causes.add('NOTHING_REDUCED', parameters, expr.span, reducedRemedies(outer, call, anchor, inside));
  }
  const points = [...outer.points, ...added.filter(({ name }) => !outer.anchor.includes(name))];
  const reader = new LevelReader(context, points, false);
  const value = reader.read(inside);
  const weight = weightInside === null ? null : reader.read(weightInside);
  if (value === undefined || weight === undefined) return undefined;
  if (!operator.accepts.includes(value.type.kind) || (weight !== null && !isNumeric(weight.type))) {
    const wrong = operator.accepts.includes(value.type.kind) && weight !== null ? weight : value;
    const parameters = {
      operator: operator.name,
      subject: printExpr(wrong === weight && weightInside !== null ? weightInside : inside),
      type: printType(wrong.type),
      accepts: operator.accepts,
    };
    const counted = {
      label: 'Count the values that differ',
      query: queryWith(context.statement, expr, counting(expr)),
    };
    return causes.add('NOT_DEFINED_FOR_TYPE', parameters, expr.span, [counted]);
  }
  if (operator.mustBeListed && tellUnsummable(reader, value, call)) return undefined;
  const order = operator.isOrdered ? readOrder(outer, reader, value, call) : null;
  if (order === undefined) return undefined;
  if (call.combine === 'SUM' && tellUnsummable(reader, value, { ...call, operator: OPERATORS.SUM })) return undefined;
  const families = [...reader.leaves.values()].flatMap((leaf) => leaf.families);
  const pinned = [...outer.anchor, ...pinnedNames(context.filter)];
  const crossed = [
    ...blockedAt(manifest, facts, families, operator.name, reader.anchor, pinned),
    // Values of one period are summed across all but the order.
    ...(call.combine === 'SUM' && order !== null
      ? blockedAt(manifest, facts, families, 'SUM', reader.anchor, [...pinned, order.name])
      : []),
  ];
  if (crossed.length > 0 && tellBlockedReduction(context, call, inside, anchor.points, crossed)) return undefined;
  const combine = COMBINING[call.combine ?? ''] ?? null;
  const states: readonly StateUse[] = operator.states({ value, weight, q: call.q, order, combine, squaresFit: true });
  const name = context.nextName();
  const type = operator.result(value.type);
  outer.reductions.set(label, {
    name,
    label,
    operator: operator.name,
    q: call.q,
    inputType: value.type,
    type,
    states,
    reader,
  });
  outer.leaves.set(name, { families, isCount: operator.empty === 'zero', isReplica: false });
  return { kind: 'column', name, type };
}

/** The value itself; the value of the inner anchor's rows beside each row; the operator over finer values. */
function reducedRemedies(outer: LevelReader, call: OperatorCall, anchor: Anchor, inside: Expr): readonly Remedy[] {
  const { context } = outer;
  const { statement } = context;
  const { expr, weight } = call;
  const repeated: Expr = { kind: 'at', operand: inside, anchor, span: expr.span };
  const told = printExpr(inside);
  const itself = { label: `${told} itself`, query: queryWith(statement, expr, inside) };
  const beside = { label: `${printExpr(repeated)} at each row`, query: queryWith(statement, expr, repeated) };
  // Of an operator at `()` the whole is meant, as a share's divisor.
  return [
    ...(anchor.points.length === 0 ? [beside, itself] : [itself, beside]),
    ...innerAnchorRemedies(
      outer,
      { ...call, value: inside, weight: weight && withoutAnchor(weight) },
      schemasRead(context),
    ),
  ];
}

/** The operator's first argument, its distinct values counted. */
function counting(expr: CallExpr): CallExpr {
  return { ...expr, callee: 'COUNT_DISTINCT', args: expr.args.slice(0, 1), named: [] };
}

function withoutAnchor(expr: Expr): Expr {
  return expr.kind === 'at' ? expr.operand : expr;
}

/** What orders the rows of FIRST and LAST: `order =>`, else the one finest calendar dimension of the inner anchor. */
function readOrder(
  outer: LevelReader,
  inner: LevelReader,
  value: Expression,
  call: OperatorCall,
): { readonly name: string; readonly type: Expression['type'] } | undefined {
  const { expr, order, operator, label, combine } = call;
  const { context } = outer;
  const { manifest, facts, causes } = context;
  if (!mayMerge(outer, value, call)) return undefined;
  const named = orderArgument(outer, call);
  if (named === undefined || (order !== null && named !== null && inner.read(order) === undefined)) return undefined;
  const axis = named ?? calendarAxis(manifest, facts, inner.anchor);
  if (axis === null) {
    const parameters = { series: label, anchor: inner.anchor, place: 'inner anchor' } as const;
    return causes.add('NO_ORDER_AXIS', parameters, expr.span, datesInside(context, call, inner.anchor));
  }
  const given = [...outer.anchor, axis.name];
  if (combine !== null || inner.anchor.every((each) => determines(manifest, facts, given, each))) return axis;
  const merging = mergingNames(operator, value.type);
  const remedies = merging.map((name) => mergedBy(context.statement, expr, expr, name));
  const parameters = { series: label, unsaid: 'merging', candidates: merging } as const;
  return causes.add('INPUT_GRAIN_AMBIGUOUS', parameters, expr.span, remedies);
}
