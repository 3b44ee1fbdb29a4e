import { compareCodePoints } from '../../canon/code-point.ts';
import { type LogicalType, period, printType, sameType } from '../../columns/logical-type.ts';
import { finestFirst } from '../fd-dag.ts';
import type { Dimension, DimensionFamily } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { Place } from '../yaml/positions.ts';
import { bridgesOf } from './bridges.ts';
import {
  type CalendarLevels,
  type CompileContext,
  type DraftColumn,
  type DraftSchema,
  ownDimensions,
} from './draft.ts';
import type { DraftEdge } from './edges.ts';
import { edgesOf } from './roles.ts';

/** A dimension before its type and family are settled. */
export interface DraftDimension {
  readonly name: string;
  readonly place: Place;
  /** Every column that holds it, its own or in a lookup under a role, with the schema's name. */
  readonly columns: readonly { readonly schema: string; readonly column: DraftColumn }[];
}

/** All dimensions: those that schemas bind, those at the ends of edges, and the levels of calendars; sorted by name. */
export function draftDimensions(
  { document, positions }: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  edges: readonly DraftEdge[],
): readonly DraftDimension[] {
  const found = new Map<string, { place: Place; columns: Map<DraftColumn, string> }>();
  const add = (name: string, place: Place) => {
    const dimension = found.get(name) ?? { place, columns: new Map<DraftColumn, string>() };
    found.set(name, dimension);
    return dimension;
  };
  for (const schema of schemas.values()) {
    for (const column of schema.columns) {
      if (schema.rolesOnly || column.meaning.kind !== 'dimension') continue;
      add(column.meaning.dimension, column.place).columns.set(column, schema.name);
    }
  }
  for (const { edge, columns, place } of edges) {
    const child = add(edge.child, place);
    const parent = add(edge.parent, place);
    if (edge.kind !== 'lookup' || columns === undefined) continue;
    child.columns.set(columns.child, edge.via);
    parent.columns.set(columns.parent, edge.via);
  }
  document.dimension_families?.forEach(({ calendar }, index) => {
    if (calendar === undefined) return;
    add(calendar.from, positions.value(['dimension_families', index, 'calendar', 'from']));
  });
  return [...found]
    .map(([name, { place, columns }]) => ({
      name,
      place,
      columns: [...columns].map(([column, schema]) => ({ schema, column })),
    }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}

/** Reports dimensions from which edges or a calendar start and that no schema holds and no edge leads to. */
export function checkBound(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  edges: readonly DraftEdge[],
): void {
  const { document, positions, report } = context;
  const bound = new Set([...schemas.values()].flatMap(ownDimensions));
  const led = new Set(edges.flatMap(({ edge }) => (edge.kind === 'lookup' ? [edge.parent] : [])));
  const check = (dimension: string, usedBy: string, place: Place) => {
    if (bound.has(dimension) || led.has(dimension)) return;
    const suggestions = nearestNames(dimension, bound);
    report.issue('DIMENSION_WITHOUT_SCHEMA', { dimension, usedBy, suggestions }, place);
  };
  for (const { edge, path } of edgesOf(context)) {
    if (edge.as === undefined) continue;
    check(edge.child, `The edge ${edge.child} → ${edge.parent}`, positions.value([...path, 'child']));
  }
  document.dimension_families?.forEach(({ name, calendar }, index) => {
    if (calendar === undefined) return;
    const place = positions.value(['dimension_families', index, 'calendar', 'from']);
    check(calendar.from, `The calendar of \`${name}\``, place);
  });
}

/**
 * The one type of a dimension; columns that disagree are reported. A level of a calendar is a date of that level.
 * Null where no source that has it could be read.
 */
export function settleType(
  { report }: CompileContext,
  dimension: DraftDimension,
  levels: CalendarLevels,
): LogicalType | null {
  const level = levels.get(dimension.name);
  const disagree = (first: string, firstAt: string, second: LogicalType, secondAt: string, place: Place) =>
    report.issue(
      'TWO_TYPES',
      { kind: 'dimension', name: dimension.name, first, firstAt, second: printType(second), secondAt },
      place,
    );
  if (level !== undefined) {
    for (const { schema, column } of dimension.columns) {
      // What a source holds for a period is read as a date; what a person declares must say so.
      if (!column.declared || column.type === null || column.type.kind === 'date') continue;
      disagree('date', 'the calendar', column.type, `\`${schema}.${column.physical}\``, column.place);
    }
    return period(level);
  }
  let first: { readonly type: LogicalType; readonly at: string } | undefined;
  for (const { schema, column } of dimension.columns) {
    if (column.type === null) continue;
    const at = `\`${schema}.${column.physical}\``;
    if (first === undefined) first = { type: column.type, at };
    else if (!sameType(first.type, column.type)) {
      disagree(printType(first.type), first.at, column.type, at, column.place);
    }
  }
  return first?.type ?? null;
}

/**
 * Which declared dimension family each dimension stands in: that of its edges or calendar, else that of its bridges.
 * One that stands in two is reported.
 */
export function assignFamilies(
  { document, positions, report }: CompileContext,
  dimensions: readonly DraftDimension[],
): ReadonlyMap<string, string> {
  const families = new Map<string, string>();
  const firstLines = new Map<string, number>();
  const assign = (dimension: string, family: string, place: Place) => {
    const other = families.get(dimension);
    if (other === undefined) families.set(dimension, family);
    else if (other !== family) {
      report.issue('DIMENSION_IN_TWO_FAMILIES', { dimension, first: other, second: family }, place);
    }
  };
  document.dimension_families?.forEach((family, index) => {
    const path = ['dimension_families', index];
    const place = positions.value([...path, 'name']);
    const firstLine = firstLines.get(family.name);
    if (firstLine !== undefined) {
      report.issue('DUPLICATE_NAME', { kind: 'dimension family', name: family.name, firstLine }, place);
    }
    firstLines.set(family.name, firstLine ?? place.line);
    if (family.calendar === undefined && [...(family.edges ?? []), ...(family.bridges ?? [])].length === 0) {
      report.issue('EMPTY_DIMENSION_FAMILY', { family: family.name }, place);
    }
    family.edges?.forEach((edge, at) => {
      assign(edge.child, family.name, positions.value([...path, 'edges', at, 'child']));
      assign(edge.parent, family.name, positions.value([...path, 'edges', at, 'parent']));
    });
    if (family.calendar !== undefined) {
      const at = positions.value([...path, 'calendar']);
      for (const name of [family.calendar.from, ...family.calendar.levels]) assign(name, family.name, at);
    }
  });
  const ofEdges = new Set(families.keys());
  for (const { bridge, family, path } of bridgesOf({ document })) {
    for (const end of ['child', 'parent'] as const) {
      if (!ofEdges.has(bridge[end])) assign(bridge[end], family, positions.value([...path, end]));
    }
  }
  for (const { name, place } of dimensions) {
    const line = firstLines.get(name);
    if (families.has(name) || line === undefined) continue;
    const parameters = { name, kind: 'dimension outside any family', otherKind: 'dimension family', otherLine: line };
    report.issue('NAME_TAKEN', parameters, place);
  }
  return families;
}

/** Dimension families with their dimensions, finest first; a dimension in none is a family of its own. */
export function dimensionFamilies(
  dimensions: readonly Dimension[],
  edges: readonly DraftEdge[],
): readonly DimensionFamily[] {
  const members = new Map<string, string[]>();
  for (const { name, family } of dimensions) members.set(family, [...(members.get(family) ?? []), name]);
  const fdEdges = edges.map(({ edge }) => edge);
  return [...members]
    .map(([name, names]) => {
      const sorted = finestFirst(names, fdEdges);
      return { name, dimensions: 'order' in sorted ? sorted.order : names };
    })
    .sort((a, b) => compareCodePoints(a.name, b.name));
}
