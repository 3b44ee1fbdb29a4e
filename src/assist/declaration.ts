import type { CollectionDocument, DimensionFamilyDocument } from '../collection/collection-schema.ts';
import type { NodePath } from '../collection/yaml/positions.ts';

/** What is looked for in ac.yaml. */
export type Declared =
  | { readonly kind: 'schema' | 'bridge' | 'attribute'; readonly name: string }
  /** `schema`: that of the root, which tells cousins apart; null: a formula. */
  | { readonly kind: 'family'; readonly name: string; readonly schema: string | null }
  /** `via`: the lookup that leads to the dimension, where one does. */
  | { readonly kind: 'dimension'; readonly name: string; readonly via: string | null };

/** The node of ac.yaml that declares something; null where none does. */
export function declarationOf(document: CollectionDocument, declared: Declared): NodePath | null {
  const { name } = declared;
  switch (declared.kind) {
    case 'schema':
      return at('schemas', document.schemas, (each) => each.name === name);
    case 'family':
      return at(
        'metric_families',
        document.metric_families ?? [],
        (each) => each.name === name && (each.family_root?.schema ?? null) === declared.schema,
      );
    case 'bridge':
      return inFamilies(document, (family) => at('bridges', family.bridges ?? [], (each) => each.via === name));
    case 'attribute':
      return (
        inColumns(document, (column, role) => column === name && role.attribute_of !== undefined) ??
        roleEdge(document, name) ??
        mapped(document, name)
      );
    case 'dimension':
      return (
        calendarOf(document, name) ??
        ownSchema(document, name) ??
        inColumns(document, (_, role, schema) => role.dimension === name && schema === declared.via) ??
        roleEdge(document, name) ??
        inColumns(document, (_, role) => role.dimension === name) ??
        inFamilies(document, (family) =>
          at('edges', family.edges ?? [], ({ child, parent }) => child === name || parent === name),
        ) ??
        mapped(document, name) ??
        at('schemas', document.schemas, (each) => each.grain.includes(name))
      );
  }
}

/** A level of a calendar: named after its level, or the date that the calendar begins from. */
function calendarOf(document: CollectionDocument, name: string): NodePath | null {
  return inFamilies(document, ({ calendar }) =>
    calendar !== undefined && (calendar.from === name || calendar.levels.some((level) => level === name))
      ? ['calendar']
      : null,
  );
}

/** The schema whose rows are one for each of the dimension. */
function ownSchema(document: CollectionDocument, name: string): NodePath | null {
  return at('schemas', document.schemas, ({ grain }) => grain.length === 1 && grain[0] === name);
}

/** The edge that gives a lookup's name this role. */
function roleEdge(document: CollectionDocument, name: string): NodePath | null {
  return inFamilies(document, (family) =>
    at('edges', family.edges ?? [], (edge) => Object.values(edge.as ?? {}).includes(name)),
  );
}

function mapped({ name_map }: CollectionDocument, name: string): NodePath | null {
  return name_map !== undefined && Object.hasOwn(name_map, name) ? ['name_map', name] : null;
}

type ColumnRole = { readonly dimension?: string; readonly attribute_of?: string };

function inColumns(
  document: CollectionDocument,
  isIt: (column: string, role: ColumnRole, schema: string) => boolean,
): NodePath | null {
  for (const [index, { name, columns }] of document.schemas.entries()) {
    for (const [column, role] of Object.entries(columns ?? {})) {
      if (isIt(column, role, name)) return ['schemas', index, 'columns', column];
    }
  }
  return null;
}

function inFamilies(
  document: CollectionDocument,
  find: (family: DimensionFamilyDocument) => NodePath | null,
): NodePath | null {
  for (const [index, family] of (document.dimension_families ?? []).entries()) {
    const found = find(family);
    if (found !== null) return ['dimension_families', index, ...found];
  }
  return null;
}

function at<Member>(key: string, list: readonly Member[], isIt: (member: Member) => boolean): NodePath | null {
  const index = list.findIndex(isIt);
  return index < 0 ? null : [key, index];
}
