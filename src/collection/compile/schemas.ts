import { DAY, parseType } from '../../columns/logical-type.ts';
import type { SchemaDocument } from '../collection-schema.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import type { CompileContext, DraftColumn, DraftMeaning, DraftSchema } from './draft.ts';

/** Binds the columns of every schema: what its YAML says, then what the name map adds. */
export function bindSchemas(context: CompileContext): readonly DraftSchema[] {
  const { document, positions, report } = context;
  const rolesOnly = lookupsReadThroughRoles(context);
  const firstLines = new Map<string, number>();
  return document.schemas.flatMap((schema, index) => {
    const place = positions.value(['schemas', index, 'name']);
    const firstLine = firstLines.get(schema.name);
    if (firstLine !== undefined) {
      report.issue('DUPLICATE_NAME', { kind: 'schema', name: schema.name, firstLine }, place);
      return [];
    }
    firstLines.set(schema.name, place.line);
    const draft = bindSchema(context, schema, index, rolesOnly.has(schema.name));
    checkGrain(context, draft);
    checkAttributes(context, draft);
    return [draft];
  });
}

/** Schemas that edges read, all of them with `as:`, and no bridge. */
function lookupsReadThroughRoles({ document }: CompileContext): ReadonlySet<string> {
  const families = document.dimension_families ?? [];
  const edges = families.flatMap((family) => family.edges ?? []);
  const bridges = families.flatMap((family) => family.bridges ?? []);
  const plain = new Set([...edges.filter((edge) => edge.as === undefined), ...bridges].map(({ via }) => via));
  return new Set(edges.map((edge) => edge.via).filter((via) => !plain.has(via)));
}

function bindSchema(context: CompileContext, schema: SchemaDocument, index: number, rolesOnly: boolean): DraftSchema {
  const { positions, report, sources } = context;
  const source = sources.get(schema.source);
  if (source === undefined) {
    report.issue(
      'UNKNOWN_SOURCE',
      {
        name: schema.source,
        usedBy: `The schema \`${schema.name}\``,
        suggestions: nearestNames(schema.source, sources.keys()),
      },
      positions.value(['schemas', index, 'source']),
    );
  }
  const types =
    source === undefined || source.kind === null ? null : new Map(source.columns.map((c) => [c.name, c.type]));
  const columns = Object.entries(schema.columns ?? {}).map(([physical, column]): DraftColumn => {
    const path = ['schemas', index, 'columns', physical];
    const place = positions.key(path);
    if (types !== null && !types.has(physical)) {
      const suggestions = nearestNames(physical, types.keys());
      report.issue('UNKNOWN_COLUMN', { column: physical, source: schema.source, suggestions }, place);
    }
    if (column.dimension !== undefined && column.attribute_of !== undefined) {
      report.issue('COLUMN_WITH_TWO_MEANINGS', { schema: schema.name, column: physical }, place);
    }
    const declared = column.type === undefined ? undefined : parseType(column.type);
    return {
      physical,
      type:
        declared ??
        sourceType(context, schema.name, physical, types?.get(physical), path) ??
        // A column that dates rows must be a date, also while its source cannot be read.
        (types === null && physical === schema.stability?.date_column ? DAY : null),
      declared: declared !== undefined,
      meaning: declaredMeaning(context, schema, physical, path),
      place,
    };
  });
  const mapped = mappedColumns(context, schema, index, types);
  const draft: DraftSchema = {
    name: schema.name,
    index,
    source: schema.source,
    sourceColumns: new Set(types?.keys()),
    grain: schema.grain,
    columns: [...columns, ...mapped],
    rolesOnly,
  };
  checkBoundOnce(context, draft);
  return draft;
}

/** What the YAML says of a column, completed by the name map where it says only a type. */
function declaredMeaning(
  context: CompileContext,
  schema: SchemaDocument,
  physical: string,
  path: NodePath,
): DraftMeaning {
  const column = schema.columns?.[physical];
  const logical = logicalName(context, physical);
  const disagree = (found: string) => {
    if (logical === undefined) return;
    const parameters = { schema: schema.name, column: physical, logical, found };
    context.report.issue('NAME_MAP_DISAGREES', parameters, context.positions.key(path));
  };
  if (column?.dimension !== undefined) {
    if (column.dimension !== logical) disagree(`it is the dimension \`${column.dimension}\``);
    return { kind: 'dimension', dimension: column.dimension };
  }
  if (column?.attribute_of !== undefined) {
    disagree(`it is an attribute of \`${column.attribute_of}\``);
    return { kind: 'attribute', attribute: physical, of: column.attribute_of };
  }
  return logical === undefined ? { kind: 'measure' } : { kind: 'dimension', dimension: logical };
}

/**
 * Columns that the name map binds: those of the source that `columns` does not mention. Of a source that could not be
 * read every mapped column is taken to exist, so that a question about it is told that the source is the trouble.
 */
function mappedColumns(
  context: CompileContext,
  schema: SchemaDocument,
  index: number,
  types: ReadonlyMap<string, string> | null,
): readonly DraftColumn[] {
  const declared = schema.columns ?? {};
  const explicit = new Map(
    Object.entries(declared).flatMap(([physical, column]) =>
      column.dimension === undefined ? [] : [[column.dimension, physical] as const],
    ),
  );
  const columns: DraftColumn[] = [];
  for (const [logical, physical] of context.nameMap) {
    if (Object.hasOwn(declared, physical)) continue;
    const other = explicit.get(logical);
    if (types === null ? other !== undefined : !types.has(physical)) continue;
    const place = context.positions.value(['schemas', index, 'name']);
    if (other !== undefined) {
      const found = `\`${logical}\` is the column \`${other}\``;
      const at = context.positions.key(['schemas', index, 'columns', other]);
      context.report.issue('NAME_MAP_DISAGREES', { schema: schema.name, column: physical, logical, found }, at);
      continue;
    }
    const type = sourceType(context, schema.name, physical, types?.get(physical), ['name_map', logical]);
    columns.push({ physical, type, declared: false, meaning: { kind: 'dimension', dimension: logical }, place });
  }
  return columns;
}

function logicalName({ nameMap }: CompileContext, physical: string): string | undefined {
  for (const [logical, mapped] of nameMap) if (mapped === physical) return logical;
  return undefined;
}

/** The source's own type; null where the source is not known or has no such column. */
function sourceType(
  { report, positions }: CompileContext,
  schema: string,
  column: string,
  printed: string | undefined,
  path: NodePath,
) {
  if (printed === undefined) return null;
  const type = parseType(printed);
  if (type === undefined) report.issue('UNREADABLE_TYPE', { schema, column, type: printed }, positions.key(path));
  return type ?? null;
}

function checkBoundOnce({ report }: CompileContext, schema: DraftSchema): void {
  const first = new Map<string, DraftColumn>();
  for (const column of schema.columns) {
    if (column.meaning.kind !== 'dimension') continue;
    const { dimension } = column.meaning;
    const other = first.get(dimension);
    if (other === undefined) {
      first.set(dimension, column);
      continue;
    }
    const columns = [other.physical, column.physical];
    report.issue('DIMENSION_BOUND_TWICE', { schema: schema.name, dimension, columns }, column.place);
  }
}

function checkGrain({ positions, report }: CompileContext, schema: DraftSchema): void {
  const dimensions = schema.columns.flatMap(({ meaning }) => (meaning.kind === 'dimension' ? [meaning.dimension] : []));
  schema.grain.forEach((dimension, index) => {
    const place = positions.value(['schemas', schema.index, 'grain', index]);
    const first = schema.grain.indexOf(dimension);
    if (first !== index) {
      const firstLine = positions.value(['schemas', schema.index, 'grain', first]).line;
      report.issue('DUPLICATE_NAME', { kind: 'grain dimension', name: dimension, firstLine }, place);
    } else if (!dimensions.includes(dimension)) {
      const suggestions = nearestNames(dimension, dimensions);
      report.issue('GRAIN_WITHOUT_COLUMN', { schema: schema.name, dimension, suggestions }, place);
    }
  });
}

function checkAttributes({ positions, report }: CompileContext, schema: DraftSchema): void {
  const dimensions = schema.columns.flatMap(({ meaning }) => (meaning.kind === 'dimension' ? [meaning.dimension] : []));
  for (const { meaning, physical } of schema.columns) {
    if (meaning.kind !== 'attribute' || dimensions.includes(meaning.of)) continue;
    const parameters = {
      schema: schema.name,
      attribute: meaning.attribute,
      dimension: meaning.of,
      suggestions: nearestNames(meaning.of, dimensions),
    };
    const place = positions.value(['schemas', schema.index, 'columns', physical, 'attribute_of']);
    report.issue('ATTRIBUTE_WITHOUT_DIMENSION', parameters, place);
  }
}
