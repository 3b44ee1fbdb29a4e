import type { Canonical } from '../canon/canonical-json.ts';
import { fingerprint } from '../canon/fingerprint.ts';
import { printType } from '../columns/logical-type.ts';
import type { Expr } from '../frameql/ast.ts';
import type { Condition } from './attestation.ts';
import { edgeNamed } from './fd-dag.ts';
import { grainColumns } from './grain.ts';
import type { Schema, SchemaColumn, SemanticManifest } from './manifest.ts';
import { withoutDisplay } from './manifest-fingerprint.ts';

/**
 * Fingerprint of what a condition checks under a manifest: sources, columns, types, filters, boundaries. A condition's
 * key names schemas and edges, and what these stand for changes when the YAML does; so whoever keeps attestations (or
 * edge maps, under I4) from one session to the next compares this too, beside the content hashes of the sources.
 * Undefined where the manifest no longer has what the condition names.
 */
export function conditionBasis(manifest: SemanticManifest, condition: Condition): string | undefined {
  const facts = basisOf(manifest, condition);
  return facts === undefined ? undefined : fingerprint('attestation', { id: condition.id, facts });
}

function basisOf(manifest: SemanticManifest, condition: Condition): Canonical | undefined {
  switch (condition.id) {
    case 'I1':
    case 'I8': {
      const schema = schemaNamed(manifest, condition.schema);
      const column = schema?.columns.find(({ physical }) => physical === condition.column);
      return schema === undefined || column === undefined
        ? undefined
        : { ...rows(manifest, schema), column: columnBasis(column) };
    }
    case 'I2':
    case 'I3':
    case 'I11': {
      const schema = schemaNamed(manifest, condition.schema);
      return schema === undefined ? undefined : rows(manifest, schema);
    }
    case 'I4':
      return edgeBasis(manifest, condition.edge);
    case 'I5':
    case 'I9': {
      const schema = schemaNamed(manifest, condition.schema);
      const edge = edgeBasis(manifest, condition.edge);
      // The schema may reach the edge's child by climbing, so every edge bears on it.
      return schema === undefined || edge === undefined
        ? undefined
        : { ...rows(manifest, schema), edge, edges: allEdges(manifest) };
    }
    case 'I6': {
      const schema = schemaNamed(manifest, condition.schema);
      const paths = condition.paths.map((path) => path.map((edge) => edgeBasis(manifest, edge) ?? null));
      return schema === undefined ? undefined : { ...rows(manifest, schema), dimension: condition.dimension, paths };
    }
    case 'I10':
      return siblingBasis(manifest, condition);
  }
}

function siblingBasis(
  manifest: SemanticManifest,
  { family: name, root, sibling, operator }: Extract<Condition, { id: 'I10' }>,
): Canonical | undefined {
  const rootSchema = schemaNamed(manifest, root);
  const siblingSchema = schemaNamed(manifest, sibling);
  for (const family of manifest.metricFamilies) {
    if (family.kind !== 'root' || family.name !== name || family.root.schema !== root) continue;
    const held = family.siblings.find((each) => each.schema === sibling && each.operator === operator);
    if (held === undefined || rootSchema === undefined || siblingSchema === undefined) return undefined;
    return {
      root: rows(manifest, rootSchema),
      sibling: rows(manifest, siblingSchema),
      columns: [family.root.column, held.column],
      where: expression(family.root.where),
      operator,
      edges: allEdges(manifest),
    };
  }
  return undefined;
}

/** Which rows of which columns a schema stands for. */
function rows(manifest: SemanticManifest, schema: Schema) {
  return {
    source: schema.source,
    grain: grainColumns(schema).map(columnBasis),
    columns: schema.columns.map(columnBasis),
    stability: schema.stability === null ? null : { ...schema.stability },
    filter: expression(manifest.filter),
  };
}

function columnBasis({ physical, type, role }: SchemaColumn) {
  return { physical, type: printType(type), level: type.kind === 'date' ? type.level : null, role: { ...role } };
}

function edgeBasis(manifest: SemanticManifest, id: string): Canonical | undefined {
  const edge = edgeNamed(manifest, id);
  if (edge === undefined) return undefined;
  if (edge.kind === 'calendar') return { from: edge.from, to: edge.to };
  const via = schemaNamed(manifest, edge.via);
  const columns = [edge.childColumn, edge.parentColumn].map((name) => {
    const column = via?.columns.find(({ physical }) => physical === name);
    return column === undefined ? null : columnBasis(column);
  });
  return { source: via?.source ?? null, columns };
}

function allEdges(manifest: SemanticManifest): Canonical {
  return manifest.fdDag.map(({ id }) => ({ id, basis: edgeBasis(manifest, id) ?? null }));
}

function expression(expr: Expr | null): Canonical {
  return withoutDisplay(expr);
}

function schemaNamed(manifest: SemanticManifest, name: string): Schema | undefined {
  return manifest.schemas.find((schema) => schema.name === name);
}
