import type { CalendarLevel } from '../columns/calendar.ts';
import { printType } from '../columns/logical-type.ts';
import type { Expr, NamedArgument } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import { columnsOf, type Expression } from '../operators/expression.ts';
import { type WindowCall, type WindowDefinition, windowNamed } from '../operators/window.ts';
import { tellBlockedWindow } from './blocked.ts';
import { blockedAt } from './blocks.ts';
import { type CalendarAxis, calendarAxis } from './calendar-axis.ts';
import type { LevelReader } from './level.ts';
import { levelArgument, nests } from './level-argument.ts';
import { datesInAnchor } from './order-remedies.ts';
import { determines } from './reach.ts';
import { tellUnsummable } from './summable.ts';
import type { CallExpr } from './typing.ts';

/** A window over the rows of the Frame: the name of its column. Undefined after a cause was added. */
export function readWindow(level: LevelReader, expr: CallExpr): Expression | undefined {
  const definition = windowNamed(expr.callee);
  if (definition === undefined) return undefined;
  const { context } = level;
  const { causes } = context;
  const label = printExpr(expr);
  const syntax = (found: Expr | NamedArgument, hint: string): undefined =>
    causes.add('SYNTAX', { found: 'kind' in found ? printExpr(found) : found.name, expected: [], hint }, found.span);
  if (!level.isFrame) {
    return syntax(
      expr,
      `${definition.name} looks over the rows of the Frame, so it cannot stand inside an operator or before @. Select it beside them.`,
    );
  }
  const known = level.windows.get(label);
  if (known !== undefined) return { kind: 'column', name: known.name, type: known.type };
  const [argument, second, ...more] = expr.args;
  const isCounted = definition.count !== 'none';
  if (argument === undefined || more.length > 0 || (second !== undefined && !isCounted)) {
    return syntax(expr, `${definition.doc.split(':')[0]} is how ${definition.name} is written.`);
  }
  const count = periods(definition, second);
  if (count === undefined) {
    return syntax(
      second ?? expr,
      `${definition.name} counts periods: write a whole number, as in ${definition.name}(x, 3).`,
    );
  }
  const odd = expr.named.find((each) => !definition.takes.some((name) => name === each.name));
  if (odd !== undefined) {
    const takes = definition.takes.length === 0 ? 'no named arguments' : definition.takes.join(' and ');
    return syntax(odd, `${definition.name} takes ${takes}. Leave ${odd.name} out.`);
  }
  const input = level.read(argument);
  if (input === undefined) return undefined;
  const type = definition.result(input.type);
  if (type === undefined) {
    const parameters = { operator: definition.name, subject: printExpr(argument), type: printType(input.type) };
    return causes.add('NOT_DEFINED_FOR_TYPE', { ...parameters, accepts: ['int64', 'decimal', 'double'] }, expr.span);
  }
  const axis = definition.needsAxis ? axisOf(level, expr, label) : null;
  if (axis === undefined) return undefined;
  const step = levelArgument(level, expr, 'step', axis, label);
  const reset = levelArgument(level, expr, 'reset', axis, label);
  if (step === undefined || reset === undefined) return undefined;
  const partition = axis === null ? withinOf(level, expr) : outsideCalendar(level, axis);
  if (partition === undefined) return undefined;
  if (definition.sums && axis !== null && !mayBeSummed(level, expr, definition, input, axis, label)) return undefined;
  noteCut(level, definition, { axis, reset }, label);
  const name = context.nextName();
  const call: WindowCall = {
    name,
    window: definition.name,
    input,
    count,
    axis: axis === null ? null : { dimension: axis.name, level: axis.type.level },
    step,
    reset,
    partition,
    type,
  };
  level.windows.set(label, call);
  const leaves = columnsOf(input).flatMap((each) => level.leaves.get(each) ?? []);
  level.leaves.set(name, {
    families: leaves.flatMap((leaf) => leaf.families),
    isCount: leaves.length > 0 && leaves.every((leaf) => leaf.isCount),
    isReplica: leaves.length > 0 && leaves.every((leaf) => leaf.isReplica),
  });
  return { kind: 'column', name, type };
}

/** n; 1 where it may be left out and is. Undefined where it is no whole number that the window takes. */
function periods({ count, name }: WindowDefinition, written: Expr | undefined): number | undefined {
  if (written === undefined) return count === 'required' ? undefined : 1;
  if (written.kind !== 'literal' || written.value.kind !== 'exact' || written.value.digits !== 0) return undefined;
  const number = Number(written.value.units);
  const least = name.startsWith('ROLLING') ? 1 : 0;
  return Number.isSafeInteger(number) && number >= least ? number : undefined;
}

function axisOf(level: LevelReader, expr: CallExpr, label: string): CalendarAxis | undefined {
  const { manifest, facts, causes } = level.context;
  const axis = calendarAxis(manifest, facts, level.anchor);
  if (axis !== null) return axis;
  const remedies = datesInAnchor(level.context, level.anchor);
  return causes.add('NO_ORDER_AXIS', { series: label, anchor: level.anchor, place: 'AT' }, expr.span, remedies);
}

/** The names of `within =>`; none: the whole Frame. Undefined after a cause was added. */
function withinOf(level: LevelReader, expr: CallExpr): readonly string[] | undefined {
  const within = expr.named.find((each) => each.name === 'within')?.value;
  if (within === undefined) return [];
  const { names, causes } = level.context;
  const meaning = within.kind === 'name' ? names.meaningOf(within.name) : undefined;
  if (within.kind === 'name' && meaning === undefined)
    return level.unknown(within, 'dimension', ['dimension', 'attribute']);
  if (within.kind !== 'name' || (meaning?.kind !== 'dimension' && meaning?.kind !== 'attribute')) {
    const hint = 'within => takes a dimension that the anchor determines, as in within => region.';
    return causes.add('SYNTAX', { found: printExpr(within), expected: ['a dimension'], hint }, within.span);
  }
  const named = meaning.kind === 'dimension' ? meaning.dimension : meaning.attribute;
  return level.coordinate(within, named.name, named.type) && [named.name];
}

/** The anchor's dimensions that the axis does not determine. */
function outsideCalendar(level: LevelReader, axis: CalendarAxis): readonly string[] {
  const { manifest, facts } = level.context;
  return level.anchor.filter((name) => !determines(manifest, facts, [axis.name], name));
}

/** CUMSUM and ROLLING_SUM are sums along the axis: blocks and repeated values stand against them. */
function mayBeSummed(
  level: LevelReader,
  expr: CallExpr,
  { name }: WindowDefinition,
  input: Expression,
  axis: CalendarAxis,
  label: string,
): boolean {
  const { context } = level;
  const { manifest, facts } = context;
  if (name !== 'CUMSUM' && name !== 'ROLLING_SUM') return true;
  const families = columnsOf(input).flatMap((each) => level.leaves.get(each)?.families ?? []);
  const kept = level.anchor.filter((each) => each !== axis.name && !determines(manifest, facts, [axis.name], each));
  const crossed = blockedAt(manifest, facts, families, 'SUM', level.anchor, kept);
  if (crossed.length > 0) {
    const families = crossed.map((each) => each.dimensionFamily);
    if (manifest.blockedReduction === 'disclose') {
      for (const family of families) context.blocked.add(family);
    } else {
      tellBlockedWindow(context, expr, label, families);
      return false;
    }
  }
  return !tellUnsummable(level, input, { expr, operator: { name }, label });
}

/** A look past what WHERE lets in is disclosed. */
function noteCut(
  level: LevelReader,
  definition: WindowDefinition,
  { axis, reset }: Pick<WindowCall, 'reset'> & { readonly axis: CalendarAxis | null },
  label: string,
): void {
  if (axis === null || definition.looks === null) return;
  const { context } = level;
  const { manifest, facts, filter } = context;
  const open = definition.looks === 'back' ? ['<', '<='] : ['>', '>='];
  const isCalendar = (name: string, from: CalendarLevel) => {
    const own = manifest.dimensions.find((each) => each.name === name)?.level ?? null;
    return own !== null && nests(from, own) && determines(manifest, facts, [axis.name], name);
  };
  for (const { expression, names } of filter) {
    const name = names.find(
      (each) => determines(manifest, facts, [axis.name], each) || determines(manifest, facts, [each], axis.name),
    );
    if (name === undefined) continue;
    // A bound on the side that the window does not look to cuts nothing off.
    const isOpen =
      expression.kind === 'compare' && expression.left.kind === 'column' && open.includes(expression.operator);
    // Nor do whole periods, where the window starts anew with each; nor a period that there must be.
    const isWhole = reset !== null && names.every((each) => isCalendar(each, reset));
    const isPresence =
      expression.kind === 'not' && expression.operand.kind === 'isNull' && isCalendar(name, axis.type.level);
    if (isOpen || isWhole || (isPresence && expression.operand.operand.kind === 'column')) continue;
    if (!context.cuts.some((each) => each.window === label && each.name === name)) {
      context.cuts.push({ window: label, name });
    }
  }
}
