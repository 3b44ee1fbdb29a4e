import { edgeNamed } from '../collection/fd-dag.ts';
import type { FdEdge, LookupEdge, Schema, SemanticManifest } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Step } from './access.ts';
import { typeOfName } from './names.ts';

/** A column of a lookup, with the type of the name that it stands for. */
interface EdgeColumn {
  readonly column: string;
  readonly type: LogicalType;
}

/** Where a lookup edge is read from. */
export interface EdgeTable {
  readonly schema: string;
  readonly source: string;
  readonly child: EdgeColumn;
  readonly parent: EdgeColumn;
}

/** The schema of a name. Throws `RangeError` where there is none: a defect of the caller. */
export function schemaNamed(manifest: SemanticManifest, name: string): Schema {
  const schema = manifest.schemas.find((each) => each.name === name);
  if (schema === undefined) throw new RangeError(`manifest: there is no schema ${name}`);
  return schema;
}

/** The edge of an id. Throws `RangeError` where there is none: a defect of the caller. */
export function requireEdge(manifest: SemanticManifest, id: string): FdEdge {
  const edge = edgeNamed(manifest, id);
  if (edge === undefined) throw new RangeError(`manifest: there is no edge ${id}`);
  return edge;
}

/**
 * The lookup edge of an id; of a bridge's id the edge that it would be if it were functional, so that the same check tells
 * which keys it duplicates. Throws `RangeError` where there is none: a defect of the caller.
 */
export function requireLookup(manifest: SemanticManifest, id: string): LookupEdge {
  const bridge = manifest.bridges.find((each) => each.id === id);
  if (bridge !== undefined) return { ...bridge, kind: 'lookup' };
  const edge = requireEdge(manifest, id);
  if (edge.kind === 'lookup') return edge;
  throw new RangeError(
    `manifest: edge ${id} is of the calendar, which holds by construction; only lookups are checked`,
  );
}

/** The columns of a lookup edge. Throws `RangeError` where the manifest lacks what the edge names: a defect. */
export function edgeTable(manifest: SemanticManifest, edge: LookupEdge): EdgeTable {
  const { name, source } = schemaNamed(manifest, edge.via);
  return {
    schema: name,
    source,
    child: { column: edge.childColumn, type: requireType(manifest, edge.child) },
    parent: { column: edge.parentColumn, type: requireType(manifest, edge.parent) },
  };
}

/** The climb along an edge. Throws as `edgeTable` does. */
export function edgeStep(manifest: SemanticManifest, edge: FdEdge): Step {
  if (edge.kind === 'calendar') return { kind: 'calendar', edge: edge.id, from: edge.from, to: edge.to };
  const { schema, source, child, parent } = edgeTable(manifest, edge);
  return {
    kind: 'lookup',
    edge: edge.id,
    schema,
    source,
    childColumn: child.column,
    parentColumn: parent.column,
    childType: child.type,
    type: parent.type,
  };
}

function requireType(manifest: SemanticManifest, name: string): LogicalType {
  const type = typeOfName(manifest, name);
  if (type === undefined) throw new RangeError(`manifest: there is no dimension or attribute ${name}`);
  return type;
}
