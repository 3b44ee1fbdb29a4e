import type { RootFamily, Schema } from '../collection/manifest.ts';
import { periodEnd, printPeriod } from '../columns/calendar.ts';
import type { AnchorPoint, Expr, Statement } from '../frameql/ast.ts';
import type { Aggregate } from './aggregate.ts';
import type { CrossedBlock } from './blocks.ts';
import { mergedBy, mergingNames } from './merging.ts';
import type { MetricPlace } from './metric.ts';
import type { OperatorCall } from './operator-call.ts';
import type { FilterTerm } from './query.ts';
import type { QueryContext } from './query-context.ts';
import { determines, ownColumn } from './reach.ts';
import type { Remedy } from './refusal.ts';
import {
  anchorPoint,
  callAt,
  joinedTerms,
  nameAt,
  queryText,
  queryWith,
  withDimension,
  withPointInstead,
} from './rewrite.ts';
import { newestStable } from './stability.ts';
import type { CallExpr } from './typing.ts';
import { andTerms, upperBound } from './where.ts';

/** Refuses a reduction of rows that crosses blocks; not where the collection says to disclose. True: a cause was added. */
export function tellBlocked(
  place: MetricPlace,
  aggregate: Aggregate,
  root: Schema,
  crossed: readonly CrossedBlock[],
): boolean {
  if (place.manifest.blockedReduction === 'disclose') return false;
  const { expr, label } = aggregate;
  const remedies = [
    ...periodInstead(place.statement, aggregate),
    ...otherMerging(place.statement, aggregate, crossed),
    ...crossed.map(({ finest }) => keeping(place.statement, finest)),
    ...crossed.flatMap(({ finest }) => pinned(place, root, finest)),
    ...crossed.flatMap(({ finest }) => meanOver(place.statement, expr, finest)),
  ];
  const families = crossed.map((each) => each.dimensionFamily);
  const operator = crossed[0]?.operator ?? aggregate.operator.name;
  place.causes.add('BLOCKED_REDUCTION', { series: label, operator, families, along: 'rows' }, expr.span, remedies);
  return true;
}

/**
 * Refuses an operator over an inner anchor that crosses blocks, or notes them where the collection says to disclose.
 * True: a cause was added.
 */
export function tellBlockedReduction(
  { manifest, facts, statement, causes, blocked }: QueryContext,
  { expr, operator, label }: OperatorCall,
  inside: Expr,
  added: readonly AnchorPoint[],
  crossed: readonly CrossedBlock[],
): boolean {
  const families = crossed.map((each) => each.dimensionFamily);
  if (manifest.blockedReduction === 'disclose') {
    for (const family of families) blocked.add(family);
    return false;
  }
  const isBlocked = ({ name }: AnchorPoint) =>
    crossed.some(({ finest }) => determines(manifest, facts, [finest], name));
  const gone = added.filter(isBlocked);
  // What stays of the inner anchor is still reduced, each value being taken over the whole of the blocked axis.
  const coarser = gone.reduce((rest, each) => withPointInstead(rest, each, null), statement);
  const names = gone.map((each) => each.name).join(', ');
  const remedies: Remedy[] = [
    ...(gone.length < added.length ? [{ label: `Without ${names}`, query: queryText(coarser) }] : []),
    { label: 'The value itself', query: queryWith(statement, expr, inside) },
    ...crossed.map(({ finest }) => keeping(statement, finest)),
    { label: 'The mean instead', query: queryWith(statement, expr, { ...expr, callee: 'AVG' }) },
  ];
  const parameters = { series: label, operator: operator.name, families, along: 'rows' } as const;
  causes.add('BLOCKED_REDUCTION', parameters, expr.span, remedies);
  return true;
}

/** Refuses a window that sums along a blocked axis. To keep the axis in the anchor is no remedy: it is there. */
export function tellBlockedWindow(
  { statement, causes }: QueryContext,
  expr: CallExpr,
  label: string,
  families: readonly string[],
): void {
  const value = { label: 'The value itself', query: queryWith(statement, expr, expr.args[0] ?? expr) };
  const mean = { label: 'The rolling mean', query: queryWith(statement, expr, { ...expr, callee: 'ROLLING_AVG' }) };
  const remedies = expr.callee === 'ROLLING_SUM' ? [mean, value] : [value];
  causes.add('BLOCKED_REDUCTION', { series: label, operator: 'SUM', families, along: 'window' }, expr.span, remedies);
}

/** The family's first or last value in the place of a sum, where the family lists one. */
function periodInstead(statement: Statement, { families, value, operator, expr }: Aggregate): readonly Remedy[] {
  const family = onlyFamily(families);
  const reducer = family?.ipReducers.find((each) => each.operator === 'LAST' || each.operator === 'FIRST');
  if (family === undefined || reducer === undefined || value?.kind !== 'column') return [];
  if (reducer.operator === operator.name) return [];
  const label = `The ${reducer.operator.toLowerCase()} value of ${family.name}`;
  return [{ label, query: queryWith(statement, expr, callAt(reducer.operator, family.name, expr)) }];
}

/** FIRST and LAST that add up rows of one period: the smallest or the largest of them instead. */
function otherMerging(
  statement: Statement,
  { operator, families, inputType, expr }: Aggregate,
  crossed: readonly CrossedBlock[],
): readonly Remedy[] {
  const family = onlyFamily(families);
  if (crossed.every((each) => each.operator === operator.name)) return [];
  const call = expr.kind === 'call' ? expr : family && callAt(operator.name, family.name, expr);
  if (call === undefined) return [];
  return mergingNames(operator, inputType).flatMap((name) =>
    name === 'SUM' ? [] : [mergedBy(statement, expr, call, name)],
  );
}

function keeping(statement: Statement, finest: string): Remedy {
  return { label: `Keep ${finest} in the anchor`, query: queryText(withDimension(statement, finest)) };
}

/** The blocked axis held at its newest period that may be read, as far as statistics know it and WHERE lets it in. */
function pinned({ manifest, facts, statement, filter }: MetricPlace, root: Schema, finest: string): readonly Remedy[] {
  const column = ownColumn(root, finest);
  if (column?.type.kind !== 'date') return [];
  const { level } = column.type;
  const coarser = manifest.dimensions.filter(({ name }) => determines(manifest, facts, [finest], name));
  const bound = upperBound(filter, new Set(coarser.map((each) => each.name)));
  const ends = filter.flatMap((term) => listedDays(term, finest).map((day) => periodEnd(day, level)));
  const last = ends.length === 0 ? bound : Math.min(Math.max(...ends), bound ?? Number.POSITIVE_INFINITY);
  const newest = newestStable(facts, root, column.physical, level, last);
  if (newest === undefined) return [];
  const value = printPeriod(newest, level);
  const { span } = statement;
  const term: Expr = {
    kind: 'compare',
    operator: '=',
    left: nameAt(finest, { kind: 'literal', value: { kind: 'null' }, span }),
    right: { kind: 'literal', value: { kind: 'text', value }, span },
    span,
  };
  const where = joinedTerms([...andTerms(statement.where), term]);
  return [{ label: `Only ${finest} ${value}`, query: queryText({ ...statement, where }) }];
}

/** The days of the periods that a term lists for a name. */
function listedDays({ expression }: FilterTerm, name: string): readonly number[] {
  if (expression.kind !== 'in' || expression.operand.kind !== 'column' || expression.operand.name !== name) return [];
  return expression.values.filter((value) => typeof value === 'number');
}

/** The mean of the sums at each value of the axis. */
function meanOver(statement: Statement, expr: Expr, finest: string): readonly Remedy[] {
  const operand = expr.kind === 'name' || expr.kind === 'call' ? expr : undefined;
  if (operand === undefined) return [];
  const anchor = { points: [anchorPoint(finest)], span: expr.span };
  const at: Expr = { kind: 'at', operand, anchor, span: expr.span };
  const mean: CallExpr = { ...callAt('AVG', '', expr), args: [at] };
  return [{ label: `The mean over each ${finest}`, query: queryWith(statement, expr, mean) }];
}

function onlyFamily(families: readonly RootFamily[]): RootFamily | undefined {
  return families.length === 1 ? families[0] : undefined;
}
