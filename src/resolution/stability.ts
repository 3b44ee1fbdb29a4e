import type { Schema, SemanticManifest } from '../collection/manifest.ts';
import { type CalendarLevel, type DayNumber, parsePeriod, periodEnd, periodStart } from '../columns/calendar.ts';
import { BOOL } from '../columns/logical-type.ts';
import type { Expression } from '../operators/expression.ts';
import type { Input } from './access.ts';
import { measureName } from './aggregate.ts';
import type { Facts } from './facts.ts';
import type { FilterTerm } from './query.ts';
import { ownColumn } from './reach.ts';
import { upperBound } from './where.ts';

/** The stability filter of a schema as it applies to one query. */
export interface Stability {
  /** Effective boundary: rows whose period ends after this day are not read yet. null: no such row can occur. */
  readonly boundary: DayNumber | null;
  readonly scope: Expression | null;
  readonly input: Input | null;
}

const NONE: Stability = { boundary: null, scope: null, input: null };

/**
 * The boundary is `asOf` − hold-off, or the end of the last period that has ended by then where rows are dated by longer
 * ones: as it moves within a period, nothing else is read. It is effective unless the source's newest date, or the query's own upper bound
 * on it, is not past it. Rows without a date are held off in any case.
 */
export function stabilityOf(
  manifest: SemanticManifest,
  facts: Facts,
  schema: Schema,
  terms: readonly FilterTerm[],
): Stability {
  const { stability } = schema;
  if (stability === null) return NONE;
  const boundary = lastEnd(facts.asOf - stability.holdOffDays, dateLevel(schema, stability.column));
  return past(manifest, facts, schema, terms, boundary)
    ? boundedAt(schema, stability.column, boundary)
    : withoutUndated(facts, schema, stability.column);
}

/** A sibling is cut at its root's boundary; undefined where it has no date column to be cut by. */
export function siblingStability(root: Stability, facts: Facts, sibling: Schema): Stability | undefined {
  if (root.boundary === null) {
    return sibling.stability === null ? NONE : withoutUndated(facts, sibling, sibling.stability.column);
  }
  return sibling.stability === null ? undefined : boundedAt(sibling, sibling.stability.column, root.boundary);
}

function past(
  manifest: SemanticManifest,
  facts: Facts,
  schema: Schema,
  terms: readonly FilterTerm[],
  boundary: DayNumber,
): boolean {
  const column = schema.columns.find((each) => each.physical === schema.stability?.column);
  if (column === undefined) return true;
  const level = column.type.kind === 'date' ? column.type.level : 'day';
  const newest = newestPeriod(facts, schema, column.physical, level);
  if (newest !== undefined && periodEnd(newest, level) <= boundary) return false;
  if (column.role.kind !== 'dimension') return true;
  const bound = upperBound(terms, climbedFrom(manifest, schema, column.role.dimension));
  return bound === null || bound > boundary;
}

/** The newest period of a date column as the source's statistics tell it; undefined where they do not. */
function newestPeriod(facts: Facts, schema: Schema, physical: string, level: CalendarLevel): DayNumber | undefined {
  const snapshot = facts.snapshots.get(schema.source);
  const max = snapshot?.statistics.find((each) => each.column === physical)?.max;
  if (typeof max !== 'string') return undefined;
  // The largest text is the newest period, but where `2024-W05` and `2024-12-30` may stand in one column.
  const isText = snapshot?.columns.find((each) => each.name === physical)?.type === 'text';
  return isText && (level === 'week' || level === 'quarter') ? undefined : parsePeriod(max, level);
}

/**
 * The newest whole period of a date column that may be read: not past the schema's own boundary where that cuts this
 * column, nor past `bound` (a last day; null: none). Undefined where statistics do not tell it.
 */
export function newestStable(
  facts: Facts,
  schema: Schema,
  physical: string,
  level: CalendarLevel,
  bound: DayNumber | null,
): DayNumber | undefined {
  const newest = newestPeriod(facts, schema, physical, level);
  if (newest === undefined) return undefined;
  const { stability } = schema;
  const held = stability?.column === physical ? facts.asOf - stability.holdOffDays : null;
  const last = [held, bound].reduce<DayNumber>(
    (least, each) => (each === null ? least : Math.min(least, lastWhole(each, level))),
    newest,
  );
  return last;
}

/** The date's dimension, and the calendar levels that the schema's rows climb to from it: of columns of its own nothing is known. */
function climbedFrom(manifest: SemanticManifest, schema: Schema, dimension: string): ReadonlySet<string> {
  const names = new Set([dimension]);
  for (const name of names) {
    for (const edge of manifest.fdDag) {
      const isClimbed = edge.kind === 'calendar' && edge.child === name && ownColumn(schema, edge.parent) === undefined;
      if (isClimbed) names.add(edge.parent);
    }
  }
  return names;
}

function boundedAt(schema: Schema, physical: string, boundary: DayNumber): Stability {
  const input = dateInput(schema, physical);
  const last = lastWhole(boundary, dateLevel(schema, physical));
  const scope: Expression = {
    kind: 'compare',
    operator: '<=',
    left: { kind: 'column', name: input.name, type: input.type },
    right: { kind: 'literal', value: last, type: input.type },
    type: BOOL,
  };
  return { boundary, scope, input };
}

function dateLevel(schema: Schema, physical: string): CalendarLevel {
  const { type } = dateInput(schema, physical);
  return type.kind === 'date' ? type.level : 'day';
}

/** The last day of the last period that has ended by a day. */
function lastEnd(day: DayNumber, level: CalendarLevel): DayNumber {
  return periodEnd(lastWhole(day, level), level);
}

/** The last period that has ended by a day. */
function lastWhole(day: DayNumber, level: CalendarLevel): DayNumber {
  const start = periodStart(day, level);
  return periodEnd(day, level) === day ? start : periodStart(start - 1, level);
}

function withoutUndated(facts: Facts, schema: Schema, physical: string): Stability {
  const statistics = facts.snapshots.get(schema.source)?.statistics.find((each) => each.column === physical);
  if (statistics?.nullCount === 0) return NONE;
  const input = dateInput(schema, physical);
  const isNull: Expression = {
    kind: 'isNull',
    operand: { kind: 'column', name: input.name, type: input.type },
    type: BOOL,
  };
  return { boundary: null, scope: { kind: 'not', operand: isNull, type: BOOL }, input };
}

function dateInput(schema: Schema, physical: string): Input {
  const column = schema.columns.find((each) => each.physical === physical);
  if (column === undefined) throw new RangeError(`manifest: schema ${schema.name} has no stability column ${physical}`);
  return {
    name: measureName(physical),
    type: column.type,
    access: { column: physical, columnType: column.type, steps: [] },
  };
}
