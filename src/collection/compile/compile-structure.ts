import { type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Bridge, DimensionFamily } from '../manifest.ts';
import { settleAttributes } from './attributes.ts';
import { compileBridges } from './bridges.ts';
import { calendarLevels } from './calendar.ts';
import { assignFamilies, checkBound, dimensionFamilies, draftDimensions, settleType } from './dimensions.ts';
import type { CompileContext, DraftColumn } from './draft.ts';
import { attributeEdges, checkDag, dimensionEdges } from './edges.ts';
import type { NamedThing } from './names.ts';
import { checkRolesUsed, rolesOf } from './roles.ts';
import { settleSchema } from './schema-columns.ts';
import { bindSchemas } from './schemas.ts';
import { columnKey, type Structure } from './structure.ts';

/** Schemas, dimensions, attributes, edges and bridges of a collection, with the places of the names they give. */
export interface CompiledStructure {
  readonly structure: Structure;
  readonly bridges: readonly Bridge[];
  readonly dimensionFamilies: readonly DimensionFamily[];
  readonly places: readonly NamedThing[];
}

/** Settles everything that metric families stand on. What is wrong is reported, and the rest goes on without it. */
export function compileStructure(context: CompileContext): CompiledStructure {
  const drafts = new Map(bindSchemas(context).map((draft) => [draft.name, draft]));
  const levels = calendarLevels(context);
  checkRolesUsed(context, rolesOf(context, drafts));
  const edges = dimensionEdges(context, drafts);
  const bridges = compileBridges(context, drafts, edges);
  const attributes = attributeEdges(context, drafts);
  checkBound(context, drafts, edges);
  checkDag(context, [...edges, ...attributes]);

  const dimensions = draftDimensions(context, drafts, edges);
  const families = assignFamilies(context, dimensions);
  const types = new Map<DraftColumn, LogicalType>();
  const assumedNames = new Set<string>();
  const settle = (name: string, type: LogicalType | null, columns: readonly DraftColumn[]): LogicalType => {
    if (type === null) assumedNames.add(name);
    else for (const column of columns) types.set(column, type);
    return type ?? TEXT;
  };
  const settledDimensions = dimensions.map((dimension) => ({
    name: dimension.name,
    type: settle(
      dimension.name,
      settleType(context, dimension, levels),
      dimension.columns.map(({ column }) => column),
    ),
    family: families.get(dimension.name) ?? dimension.name,
    level: levels.get(dimension.name) ?? null,
  }));
  const settledAttributes = settleAttributes(context, attributes);
  const attributeTypes = settledAttributes.map(({ name, of, type, columns }) => ({
    name,
    of,
    type: settle(name, type, columns),
  }));
  const typeOf = (column: DraftColumn) => types.get(column) ?? column.type;
  const assumedColumns = [...drafts.values()].flatMap((draft) =>
    draft.columns.flatMap((column) => (typeOf(column) === null ? [columnKey(draft.name, column.physical)] : [])),
  );
  const schemas = [...drafts.values()].map((draft) => settleSchema(context, draft, (column) => typeOf(column) ?? TEXT));
  const structure: Structure = {
    schemas: new Map(schemas.map((schema) => [schema.name, schema])),
    fdDag: [...edges, ...attributes].map(({ edge }) => edge),
    dimensions: new Map(settledDimensions.map((dimension) => [dimension.name, dimension])),
    attributes: new Map(attributeTypes.map((attribute) => [attribute.name, attribute])),
    dimensionFamilies: new Set(settledDimensions.map(({ family }) => family)),
    assumed: { columns: new Set(assumedColumns), names: assumedNames },
    sound: !context.report.failed,
  };
  return {
    structure,
    bridges,
    dimensionFamilies: dimensionFamilies(settledDimensions, edges),
    places: [
      ...dimensions.map(({ name, place }) => ({ name, kind: 'dimension' as const, place })),
      ...settledAttributes.map(({ name, place }) => ({ name, kind: 'attribute' as const, place })),
    ],
  };
}
