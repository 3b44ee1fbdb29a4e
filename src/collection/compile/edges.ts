import { lookupEdgeId } from '../edge-id.ts';
import { finestFirst, MAX_PATHS, pathCounts } from '../fd-dag.ts';
import type { FdEdge, LookupEdge } from '../manifest.ts';
import type { Place } from '../yaml/positions.ts';
import { calendarEdges } from './calendar.ts';
import {
  type CompileContext,
  type DraftColumn,
  type DraftMeaning,
  type DraftSchema,
  dimensionColumn,
} from './draft.ts';
import { pairsOf } from './pairs.ts';
import { edgesOf, ownName, type PlacedEdge } from './roles.ts';

/** An edge with the columns of the lookup that it reads, for the types of its ends. */
export interface DraftEdge {
  readonly edge: FdEdge;
  readonly place: Place;
  /** Undefined for calendar edges. */
  readonly columns?: { readonly child: DraftColumn; readonly parent: DraftColumn };
}

/** Edges between dimensions: those declared, and those of calendars. */
export function dimensionEdges(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
): readonly DraftEdge[] {
  const edges = edgesOf(context).flatMap((placed): readonly DraftEdge[] => {
    const edge = declaredEdge(context, schemas, placed);
    return edge === undefined ? [] : [edge];
  });
  const calendars = (context.document.dimension_families ?? []).flatMap(({ calendar }, index) => {
    if (calendar === undefined) return [];
    const place = context.positions.key(['dimension_families', index, 'calendar']);
    return calendarEdges(calendar.from, calendar.levels).map((edge) => ({ edge, place }));
  });
  return withoutDuplicates(context, [...edges, ...calendars]);
}

function declaredEdge(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  { edge, path }: PlacedEdge,
): DraftEdge | undefined {
  const pairs = pairsOf(context, schemas, {
    subject: `The edge ${edge.child} → ${edge.parent}`,
    child: ownName(edge, edge.child),
    parent: ownName(edge, edge.parent),
    via: edge.via,
    path,
  });
  if (pairs === undefined) return undefined;
  const { schema, child, parent } = pairs;
  const lookup = lookupEdge(edge.child, edge.parent, schema, child, parent);
  return { edge: lookup, place: context.positions.value(path), columns: { child, parent } };
}

/** Edges from dimensions to their attributes: of each schema itself, then of lookups under roles. */
export function attributeEdges(
  context: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
): readonly DraftEdge[] {
  const edges = new Map<string, DraftEdge>();
  const add = (schema: DraftSchema, { column, meaning }: AttributeColumn, of: string, name: string, place: Place) => {
    const child = dimensionColumn(schema, meaning.of);
    if (child === undefined) return;
    const edge = lookupEdge(of, name, schema, child, column);
    if (!edges.has(edge.id)) edges.set(edge.id, { edge, place, columns: { child, parent: column } });
  };
  for (const schema of schemas.values()) {
    if (schema.rolesOnly) continue;
    for (const each of attributeColumns(schema)) {
      add(schema, each, each.meaning.of, each.meaning.attribute, each.column.place);
    }
  }
  for (const { edge, path } of edgesOf(context)) {
    const schema = schemas.get(edge.via);
    if (schema === undefined || edge.as === undefined) continue;
    for (const each of attributeColumns(schema)) {
      const { attribute, of } = each.meaning;
      if (!Object.hasOwn(edge.as, attribute)) continue;
      const role = edge.as[attribute] ?? attribute;
      const place = context.positions.key([...path, 'as', attribute]);
      const ofRole = Object.hasOwn(edge.as, of) ? edge.as[of] : schema.rolesOnly ? undefined : of;
      if (ofRole !== undefined) add(schema, each, ofRole, role, place);
      else context.report.issue('ATTRIBUTE_ROLE_ALONE', { role, attribute, of }, place);
    }
  }
  return [...edges.values()];
}

interface AttributeColumn {
  readonly column: DraftColumn;
  readonly meaning: Extract<DraftMeaning, { kind: 'attribute' }>;
}

function attributeColumns(schema: DraftSchema): readonly AttributeColumn[] {
  return schema.columns.flatMap((column) => {
    const { meaning } = column;
    return meaning.kind === 'attribute' ? [{ column, meaning }] : [];
  });
}

function lookupEdge(
  child: string,
  parent: string,
  schema: DraftSchema,
  childColumn: DraftColumn,
  parentColumn: DraftColumn,
): LookupEdge {
  return {
    kind: 'lookup',
    id: lookupEdgeId(child, parent, schema.name),
    child,
    parent,
    via: schema.name,
    childColumn: childColumn.physical,
    parentColumn: parentColumn.physical,
  };
}

function withoutDuplicates({ report }: CompileContext, edges: readonly DraftEdge[]): readonly DraftEdge[] {
  const first = new Map<string, DraftEdge>();
  for (const draft of edges) {
    const { id } = draft.edge;
    const other = first.get(id);
    if (other === undefined) first.set(id, draft);
    else report.issue('DUPLICATE_NAME', { kind: 'edge', name: id, firstLine: other.place.line }, draft.place);
  }
  return [...first.values()];
}

/** Reports a circle of edges, and names joined by too many paths to check. */
export function checkDag({ report }: CompileContext, edges: readonly DraftEdge[]): void {
  const fdDag = edges.map(({ edge }) => edge);
  const names = [...new Set(fdDag.flatMap(({ child, parent }) => [child, parent]))];
  const sorted = finestFirst(names, fdDag);
  if ('cycle' in sorted) {
    const { cycle } = sorted;
    const steps = new Set(cycle.slice(1).map((parent, index) => JSON.stringify([cycle[index], parent])));
    const [last] = edges
      .filter(({ edge }) => steps.has(JSON.stringify([edge.child, edge.parent])))
      .map(({ place }) => place)
      .sort((a, b) => b.line - a.line || b.column - a.column);
    if (last !== undefined) report.issue('CYCLE_IN_EDGES', { cycle }, last);
    return;
  }
  for (const from of sorted.order) {
    for (const [to, paths] of pathCounts({ fdDag }, from)) {
      const last = edges.find(({ edge }) => edge.parent === to);
      if (paths <= MAX_PATHS || last === undefined) continue;
      report.issue('TOO_MANY_PATHS', { from, to, paths, limit: MAX_PATHS }, last.place);
      return;
    }
  }
}
