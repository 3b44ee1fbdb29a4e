import { isNumeric, printType } from '../columns/logical-type.ts';
import { printExpr } from '../frameql/printer.ts';
import type { StateUse } from '../operators/catalog.ts';
import type { Expression } from '../operators/expression.ts';
import { COMBINING } from './aggregate.ts';
import { readAnchor } from './anchor.ts';
import { blockedAt, tellBlocked } from './blocks.ts';
import { calendarAxis } from './calendar-axis.ts';
import type { InnerAnchor } from './inner-anchor.ts';
import { LevelReader } from './level.ts';
import type { OperatorCall } from './operator-call.ts';
import { determines } from './reach.ts';
import { queryWith } from './rewrite.ts';
import { tellUnsummable } from './summable.ts';
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
    const parameters = { series: label, inner: added.map((each) => each.name), outer: outer.anchor };
    const plain = { label: `${printExpr(inside)} itself`, query: queryWith(context.statement, expr, inside) };
    return causes.add('NOTHING_REDUCED', parameters, expr.span, [plain]);
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
      subject: label,
      type: printType(wrong.type),
      accepts: operator.accepts,
    };
    return causes.add('NOT_DEFINED_FOR_TYPE', parameters, expr.span);
  }
  if (operator.mustBeListed && tellUnsummable(reader, value, call)) return undefined;
  const order = operator.isOrdered ? readOrder(outer, reader, call) : null;
  if (order === undefined) return undefined;
  const families = [...reader.leaves.values()].flatMap((leaf) => leaf.families);
  const pinned = [...outer.anchor, ...pinnedNames(context.filter)];
  const crossed = blockedAt(manifest, facts, families, operator.name, reader.anchor, pinned);
  if (crossed.length > 0 && tellBlocked(context, label, operator.name, crossed, expr.span)) return undefined;
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

/** What orders the rows of FIRST and LAST: `order =>`, else the one finest calendar dimension of the inner anchor. */
function readOrder(
  outer: LevelReader,
  inner: LevelReader,
  { expr, order, operator, label, combine }: OperatorCall,
): { readonly name: string; readonly type: Expression['type'] } | undefined {
  const { context } = outer;
  const { manifest, facts, causes } = context;
  const written = order === null ? null : inner.read(order);
  if (written === undefined) return undefined;
  const axis = written?.kind === 'column' ? written : calendarAxis(manifest, facts, inner.anchor);
  if (axis === null) {
    return causes.add('NO_ORDER_AXIS', { series: label, anchor: inner.anchor }, expr.span);
  }
  const given = [...outer.anchor, axis.name];
  if (combine !== null || inner.anchor.every((each) => determines(manifest, facts, given, each))) return axis;
  const remedies = ['SUM', 'MIN', 'MAX'].map((name) => ({
    label: `Merge rows of one period by ${name}`,
    query: queryWith(context.statement, expr, {
      ...expr,
      named: [
        ...expr.named,
        { name: 'combine', value: { kind: 'name', name, quoted: false, span: expr.span }, span: expr.span },
      ],
    }),
  }));
  const candidates = [`combine => SUM, MIN or MAX in ${operator.name}`];
  return causes.add('INPUT_GRAIN_AMBIGUOUS', { series: label, candidates }, expr.span, remedies);
}
