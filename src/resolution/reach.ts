import type { Attestation, Condition } from '../collection/attestation.ts';
import { type ConditionOf, i4, i5, i6, i9 } from '../collection/conditions.ts';
import type { FdEdge, Schema, SchemaColumn, SemanticManifest } from '../collection/manifest.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Access, Step } from './access.ts';
import { edgeStep } from './edge-step.ts';
import { type Facts, statusOf } from './facts.ts';
import { typeOfName } from './names.ts';

/** Whether and how a name (dimension or attribute) follows from the rows of a schema. */
export type Reach =
  | {
      readonly kind: 'reached';
      readonly access: Access;
      readonly type: LogicalType;
      /** Conditions that must be attested before the path is used, and are not yet. */
      readonly missing: readonly Condition[];
      /** Conditions the value rests on. */
      readonly conditions: readonly Condition[];
    }
  | { readonly kind: 'contradicted'; readonly edge: string; readonly attestation: Attestation }
  | { readonly kind: 'ambiguous'; readonly paths: readonly string[]; readonly attestation: Attestation }
  | { readonly kind: 'unreachable' };

/** Whether and how names follow from the rows of schemas, each found once. */
export class Reaches {
  private readonly manifest: SemanticManifest;
  private readonly facts: Facts;
  private readonly known = new Map<Schema, Map<string, Reach>>();

  constructor(manifest: SemanticManifest, facts: Facts) {
    this.manifest = manifest;
    this.facts = facts;
  }

  of(schema: Schema, target: string): Reach {
    const ofSchema = this.known.get(schema) ?? new Map<string, Reach>();
    this.known.set(schema, ofSchema);
    const found = ofSchema.get(target) ?? reach(this.manifest, this.facts, schema, target);
    ofSchema.set(target, found);
    return found;
  }
}

interface Path {
  readonly base: SchemaColumn;
  readonly edges: readonly FdEdge[];
}

/** The schema's own column for a dimension or attribute. */
export function ownColumn(schema: Schema, name: string): SchemaColumn | undefined {
  let columns = OWN_COLUMNS.get(schema);
  if (columns === undefined) {
    columns = ownColumns(schema);
    OWN_COLUMNS.set(schema, columns);
  }
  return columns.get(name);
}

/** Wide tables are asked for many names many times, and a schema does not change. */
const OWN_COLUMNS = new WeakMap<Schema, ReadonlyMap<string, SchemaColumn>>();

/** Columns by the dimension or attribute that they hold; the first of several. */
function ownColumns({ columns }: Schema): ReadonlyMap<string, SchemaColumn> {
  const named = new Map<string, SchemaColumn>();
  for (const column of columns) {
    const { role } = column;
    const name = role.kind === 'dimension' ? role.dimension : role.kind === 'attribute' ? role.attribute : null;
    if (name !== null && !named.has(name)) named.set(name, column);
  }
  return named;
}

/**
 * Finds the path from a schema's rows to a name. An own column goes before any climb. Of several climbs the shortest
 * serves once they are attested to agree (I6); an edge that attestation contradicts does not count.
 */
export function reach(manifest: SemanticManifest, facts: Facts, schema: Schema, target: string): Reach {
  const type = typeOfName(manifest, target);
  if (type === undefined) return { kind: 'unreachable' };
  const own = ownColumn(schema, target);
  if (own !== undefined) {
    const conditions = agreesWithChildren(manifest, schema, target);
    return { kind: 'reached', access: access(own, []), type, missing: [], conditions };
  }
  const paths = pathsFrom(manifest, schema, target);
  const alive = paths.filter((path) => path.edges.every((edge) => !isContradicted(facts, edge)));
  const [first, ...rest] = alive;
  if (first === undefined) return deadEnd(facts, paths);
  const edgeConditions = first.edges.filter((edge) => edge.kind === 'lookup').map((edge) => i4(edge.id));
  const totals = first.edges.filter((edge) => edge.kind === 'lookup').map((edge) => i5(schema.name, edge.id));
  const missing: Condition[] = edgeConditions.filter((each) => statusOf(facts, each) === 'untested');
  const conditions: Condition[] = [...edgeConditions, ...totals];
  if (rest.length > 0) {
    const agree = pathsAgree(schema, target, alive);
    const attestation = facts.attestations.get(agree.key);
    if (attestation?.status === 'contradicted') {
      return { kind: 'ambiguous', paths: alive.map(printPath), attestation };
    }
    conditions.push(agree);
    for (const path of rest) {
      for (const edge of path.edges) {
        const holds = i4(edge.id);
        if (edge.kind === 'lookup' && statusOf(facts, holds) === 'untested') missing.push(holds);
      }
    }
    // Whether paths agree is only worth asking of edges that hold; contradicted ones drop out first.
    if (attestation === undefined && missing.length === 0) missing.push(agree);
  }
  return {
    kind: 'reached',
    access: access(
      first.base,
      first.edges.map((edge) => edgeStep(manifest, edge)),
    ),
    type,
    missing: unique(missing),
    conditions: unique(conditions),
  };
}

/** The climbs from one of the anchor's dimensions to a name that the anchor determines; undefined where none leads. */
export function climbFromAnchor(
  manifest: SemanticManifest,
  facts: Facts,
  anchor: readonly string[],
  target: string,
):
  | {
      readonly from: string;
      readonly steps: readonly Step[];
      readonly missing: readonly Condition[];
      readonly conditions: readonly Condition[];
    }
  | undefined {
  const paths = backwards(manifest, target, (name) => anchor.includes(name))
    .filter(({ edges }) => edges.every((edge) => !isContradicted(facts, edge)))
    .sort(byLength);
  const path = paths[0];
  if (path === undefined) return undefined;
  const conditions = path.edges.filter((edge) => edge.kind === 'lookup').map((edge) => i4(edge.id));
  return {
    from: path.start,
    steps: path.edges.map((edge) => edgeStep(manifest, edge)),
    missing: conditions.filter((each) => statusOf(facts, each) === 'untested'),
    conditions,
  };
}

/**
 * Why nothing climbs from the anchor to a name that declared edges lead to: the first of those found contradicted, and
 * the anchor's dimension that the climb would begin at. Undefined where none is declared, or a climb is left.
 */
export function contradictedFromAnchor(
  manifest: SemanticManifest,
  facts: Facts,
  anchor: readonly string[],
  target: string,
): { readonly from: string; readonly edge: string; readonly attestation: Attestation } | undefined {
  if (determines(manifest, facts, anchor, target)) return undefined;
  for (const path of backwards(manifest, target, (name) => anchor.includes(name)).sort(byLength)) {
    const found = contradictionAlong(facts, path);
    if (found !== undefined) return { from: path.start, ...found };
  }
  return undefined;
}

/**
 * The condition under which all ways from the anchor to a name that it determines agree on the rows of a schema; null
 * where there is one way only. Each way is taken from where the schema's rows begin it.
 */
export function anchorPathsAgree(
  manifest: SemanticManifest,
  facts: Facts,
  schema: Schema,
  anchor: readonly string[],
  target: string,
): ConditionOf<'I6'> | null {
  const alive = ({ edges }: { readonly edges: readonly FdEdge[] }) =>
    edges.every((edge) => !isContradicted(facts, edge));
  const paths = new Map<string, Path>();
  for (const { start, edges } of backwards(manifest, target, (name) => anchor.includes(name)).filter(alive)) {
    const own = ownColumn(schema, start);
    const before = own === undefined ? pathsFrom(manifest, schema, start).find(alive) : { base: own, edges: [] };
    if (before === undefined) continue;
    const path = { base: before.base, edges: [...before.edges, ...edges] };
    paths.set(JSON.stringify(path.edges.map((edge) => edge.id)), path);
  }
  return paths.size < 2 ? null : pathsAgree(schema, target, [...paths.values()].sort(byLength));
}

/** Whether declared edges that are not contradicted lead from the names to the target (or it is among them). */
export function determines(
  manifest: SemanticManifest,
  facts: Facts,
  names: readonly string[],
  target: string,
): boolean {
  return names.includes(target) || climbFromAnchor(manifest, facts, names, target) !== undefined;
}

function deadEnd(facts: Facts, paths: readonly Path[]): Reach {
  for (const path of paths) {
    const found = contradictionAlong(facts, path);
    if (found !== undefined) return { kind: 'contradicted', ...found };
  }
  return { kind: 'unreachable' };
}

/** The first edge of a path that attestation contradicts. */
function contradictionAlong(
  facts: Facts,
  { edges }: { readonly edges: readonly FdEdge[] },
): { readonly edge: string; readonly attestation: Attestation } | undefined {
  for (const { id } of edges) {
    const attestation = facts.attestations.get(i4(id).key);
    if (attestation?.status === 'contradicted') return { edge: id, attestation };
  }
  return undefined;
}

function isContradicted(facts: Facts, edge: FdEdge): boolean {
  return edge.kind === 'lookup' && statusOf(facts, i4(edge.id)) === 'contradicted';
}

/** Paths whose first dimension is a column of the schema and that pass through no other column of it. */
function pathsFrom(manifest: SemanticManifest, schema: Schema, target: string): readonly Path[] {
  const paths: Path[] = [];
  for (const { start, edges } of backwards(manifest, target, (name) => ownColumn(schema, name) !== undefined)) {
    const base = ownColumn(schema, start);
    if (base !== undefined) paths.push({ base, edges });
  }
  return paths.sort(byLength);
}

interface Trail {
  readonly start: string;
  readonly edges: readonly FdEdge[];
}

/** Walks edges backwards from the target until a name is a start; starts are not walked through. */
function backwards(manifest: SemanticManifest, target: string, isStart: (name: string) => boolean): Trail[] {
  const found: Trail[] = [];
  const walk = (name: string, edges: readonly FdEdge[], seen: ReadonlySet<string>) => {
    for (const edge of manifest.fdDag) {
      if (edge.parent !== name || seen.has(edge.child)) continue;
      const longer = [edge, ...edges];
      if (isStart(edge.child)) found.push({ start: edge.child, edges: longer });
      else walk(edge.child, longer, new Set([...seen, edge.child]));
    }
  };
  walk(target, [], new Set([target]));
  return found;
}

function byLength(a: { readonly edges: readonly FdEdge[] }, b: { readonly edges: readonly FdEdge[] }): number {
  const difference = a.edges.length - b.edges.length;
  if (difference !== 0) return difference;
  const left = a.edges.map((edge) => edge.id).join();
  const right = b.edges.map((edge) => edge.id).join();
  return left < right ? -1 : 1;
}

function pathsAgree(schema: Schema, dimension: string, paths: readonly Path[]): ConditionOf<'I6'> {
  return i6(
    schema.name,
    dimension,
    paths.map((path) => path.edges.map((edge) => edge.id)),
  );
}

function printPath(path: Path): string {
  return printEdges(path.edges);
}

/** `store → district → country` */
export function printEdges(edges: readonly FdEdge[]): string {
  return [edges[0]?.child ?? '', ...edges.map((edge) => edge.parent)].join(' → ');
}

/** I9: where the schema carries the name and also a child of it, the edge is attested on the schema too. */
function agreesWithChildren(manifest: SemanticManifest, schema: Schema, name: string): readonly Condition[] {
  return manifest.fdDag
    .filter((edge) => edge.parent === name && ownColumn(schema, edge.child) !== undefined && !isOwnLookup(edge, schema))
    .map((edge) => i9(schema.name, edge.id));
}

/** An edge read from the schema itself agrees with it by definition. */
function isOwnLookup(edge: FdEdge, schema: Schema): boolean {
  return edge.kind === 'lookup' && edge.via === schema.name;
}

function access(column: SchemaColumn, steps: readonly Step[]): Access {
  return { column: column.physical, columnType: column.type, steps };
}

/** Each condition once, in order. */
export function unique(conditions: readonly Condition[]): readonly Condition[] {
  return [...new Map(conditions.map((each) => [each.key, each])).values()];
}
