import type { CollectionSummary } from '../../runtime/api.ts';

type Family = CollectionSummary['families'][number];
type Dimension = CollectionSummary['dimensions'][number];
type Edge = CollectionSummary['edges'][number];
type Attribute = CollectionSummary['attributes'][number];

/** One row of the fields list. */
export type FieldRow =
  | { readonly kind: 'family'; readonly name: string; readonly depth: 0; readonly family: Family }
  | {
      readonly kind: 'dimension';
      readonly name: string;
      readonly depth: number;
      readonly dimension: Dimension;
      /** The edge climbed from the row above it; null for a finest dimension. */
      readonly edge: Edge | null;
    }
  | { readonly kind: 'attribute'; readonly name: string; readonly depth: number; readonly attribute: Attribute };

/** Rows under one heading. */
export interface FieldGroup {
  readonly title: string;
  readonly rows: readonly FieldRow[];
}

/** The metric families as one group. */
export function familyGroup(summary: CollectionSummary): FieldGroup {
  return {
    title: 'Metric families',
    rows: summary.families.map((family) => ({ kind: 'family', name: family.name, depth: 0, family })),
  };
}

/**
 * One group a dimension family: the finest dimensions first, what each rolls up to indented beneath it, attributes
 * under their dimension. A dimension that several lead to stands once, under the first.
 */
export function dimensionGroups(summary: CollectionSummary): readonly FieldGroup[] {
  const titles = [...new Set(summary.dimensions.map((dimension) => dimension.family))];
  return titles.map((title) => {
    const members = summary.dimensions.filter((dimension) => dimension.family === title);
    return { title, rows: climbRows(summary, members) };
  });
}

function climbRows(summary: CollectionSummary, members: readonly Dimension[]): readonly FieldRow[] {
  const names = new Set(members.map((member) => member.name));
  const edges = summary.edges.filter((edge) => names.has(edge.child) && names.has(edge.parent));
  const placed = new Set<string>();
  const rows: FieldRow[] = [];
  const place = (dimension: Dimension, depth: number, edge: Edge | null) => {
    if (placed.has(dimension.name)) return;
    placed.add(dimension.name);
    rows.push({ kind: 'dimension', name: dimension.name, depth, dimension, edge });
    for (const attribute of summary.attributes.filter((each) => each.of === dimension.name)) {
      rows.push({ kind: 'attribute', name: attribute.name, depth: depth + 1, attribute });
    }
    for (const next of edges.filter((each) => each.child === dimension.name)) {
      const parent = members.find((member) => member.name === next.parent);
      if (parent !== undefined) place(parent, depth + 1, next);
    }
  };
  for (const member of members) {
    if (!edges.some((edge) => edge.parent === member.name)) place(member, 0, null);
  }
  return rows;
}

/** The groups with only the rows whose name has the letters; groups without any row go. */
export function filterGroups(groups: readonly FieldGroup[], letters: string): readonly FieldGroup[] {
  const wanted = letters.trim().toLowerCase();
  if (wanted === '') return groups;
  return groups
    .map((group) => ({
      title: group.title,
      rows: group.rows.filter((row) => row.name.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.rows.length > 0);
}
