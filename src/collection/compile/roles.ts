import type { EdgeDocument } from '../collection-schema.ts';
import type { Place } from '../yaml/positions.ts';
import { type CompileContext, type DraftSchema, dimensionColumn, ownNames } from './draft.ts';

/** One name of a lookup under a role: `as: {airport: origin}` over airports. */
export interface Role {
  readonly schema: DraftSchema;
  /** The lookup's own name. */
  readonly name: string;
  readonly role: string;
  readonly place: Place;
}

/** An edge of the document with where it stands. */
export interface PlacedEdge {
  readonly family: string;
  readonly edge: EdgeDocument;
  readonly path: readonly (string | number)[];
}

/** All edges in the order of the text. */
export function edgesOf({ document }: CompileContext): readonly PlacedEdge[] {
  return (document.dimension_families ?? []).flatMap((family, familyIndex) =>
    (family.edges ?? []).map((edge, index) => ({
      family: family.name,
      edge,
      path: ['dimension_families', familyIndex, 'edges', index],
    })),
  );
}

/** The roles that edges give, each (lookup, role) once; checks that each role has one meaning over its lookup. */
export function rolesOf(context: CompileContext, schemas: ReadonlyMap<string, DraftSchema>): readonly Role[] {
  const { positions, report } = context;
  const roles = new Map<string, Role>();
  for (const { edge, path } of edgesOf(context)) {
    const schema = schemas.get(edge.via);
    if (schema === undefined) continue;
    for (const [name, role] of Object.entries(edge.as ?? {})) {
      const place = positions.key([...path, 'as', name]);
      if (!ownNames(schema).includes(name)) {
        report.issue('ROLE_UNKNOWN', { name, schema: schema.name, known: ownNames(schema) }, place);
        continue;
      }
      const key = JSON.stringify([schema.name, role]);
      const first = roles.get(key);
      if (first === undefined) {
        roles.set(key, { schema, name, role, place });
      } else if (first.name !== name) {
        const parameters = { role, schema: schema.name, first: first.name, second: name };
        report.issue('ROLE_WITH_TWO_MEANINGS', parameters, positions.value([...path, 'as', name]));
      }
    }
  }
  return [...roles.values()];
}

/** Reports roles of dimensions that no edge starts from or leads to. */
export function checkRolesUsed(context: CompileContext, roles: readonly Role[]): void {
  const used = new Set(edgesOf(context).flatMap(({ edge }) => [edge.child, edge.parent]));
  for (const { schema, name, role, place } of roles) {
    if (dimensionColumn(schema, name) === undefined || used.has(role)) continue;
    context.report.issue('ROLE_UNUSED', { role, name }, place);
  }
}

/** The lookup's own name for a name that an edge uses: what `as` maps to it, else itself. */
export function ownName(edge: EdgeDocument, name: string): string {
  for (const [own, role] of Object.entries(edge.as ?? {})) if (role === name) return own;
  return name;
}
