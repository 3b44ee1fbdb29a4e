import { nearestNames } from '../collection/nearest-names.ts';
import type { CalendarLevel } from '../columns/calendar.ts';
import type { Expr } from '../frameql/ast.ts';
import { printExpr } from '../frameql/printer.ts';
import type { CalendarAxis } from './calendar-axis.ts';
import type { LevelReader } from './level.ts';
import { dimensionInstead } from './nearby.ts';
import type { Remedy } from './refusal.ts';
import { nameAt, queryWith } from './rewrite.ts';
import type { CallExpr } from './typing.ts';

/** From finest to coarsest. Weeks nest in nothing. */
const NESTING: readonly CalendarLevel[] = ['day', 'month', 'quarter', 'year'];

/** The calendar level that `step` or `reset` names; null where it is left out, undefined after a cause was added. */
export function levelArgument(
  level: LevelReader,
  expr: CallExpr,
  name: 'step' | 'reset',
  axis: CalendarAxis | null,
  label: string,
): CalendarLevel | null | undefined {
  const argument = expr.named.find((each) => each.name === name);
  if (argument === undefined || axis === null) return null;
  const { names, causes, manifest, statement } = level.context;
  const { value } = argument;
  const meaning = value.kind === 'name' ? names.meaningOf(value.name) : undefined;
  const levels = manifest.dimensions.flatMap((each) =>
    each.level !== null && nests(axis.type.level, each.level) ? [each.name] : [],
  );
  const others = (of: readonly string[]): readonly Remedy[] => [
    ...of.map((to) => ({
      label: `Use ${to}`,
      query: queryWith(statement, expr, withNamed(expr, name, nameAt(to, value))),
    })),
    { label: `Without ${name}`, query: queryWith(statement, expr, withNamed(expr, name, null)) },
  ];
  if (value.kind === 'name' && meaning === undefined) {
    const suggestions = nearestNames(value.name, levels);
    const parameters = { name: value.name, kind: 'calendar level', suggestions };
    return causes.add('UNKNOWN_NAME', parameters, value.span, others(suggestions));
  }
  const wanted = meaning?.kind === 'dimension' ? meaning.dimension.level : null;
  if (value.kind !== 'name' || wanted === null) {
    const hint = `${name} => takes a calendar level, as in ${name} => year.`;
    const parameters = { found: printExpr(value), expected: ['a calendar level'], hint };
    return causes.add('SYNTAX', parameters, value.span, others(levels));
  }
  if (nests(axis.type.level, wanted)) return wanted;
  const finer = manifest.dimensions.flatMap((each) =>
    each.level !== null && each.name !== axis.name && nests(each.level, wanted) && each.level !== wanted
      ? [each.name]
      : [],
  );
  const remedies = [
    ...finer.map((to) => ({ label: `At ${to} instead`, query: dimensionInstead(statement, axis.name, to) })),
    ...others(levels.filter((each) => each !== axis.name)),
  ];
  const parameters = { series: label, dimension: value.name, schemas: [axis.name], reachable: finer };
  return causes.add('UNREACHABLE_ANCHOR', parameters, value.span, remedies);
}

/** Whether each period of a level lies in one of another, or is one. */
export function nests(own: CalendarLevel, wanted: CalendarLevel): boolean {
  if (wanted === own || (own === 'day' && wanted === 'week')) return true;
  const [from, to] = [NESTING.indexOf(own), NESTING.indexOf(wanted)];
  return from >= 0 && to > from;
}

/** The call with a named argument replaced; null: left out. */
function withNamed(expr: CallExpr, name: string, value: Expr | null): CallExpr {
  return {
    ...expr,
    named: expr.named.flatMap((each) => (each.name === name ? (value === null ? [] : [{ ...each, value }]) : [each])),
  };
}
