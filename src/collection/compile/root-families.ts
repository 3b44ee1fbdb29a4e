import { INT64 } from '../../columns/logical-type.ts';
import type { Expr } from '../../frameql/ast.ts';
import type { RootFamily, Schema, SchemaColumn } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import { boundColumn, reportUnbound } from './bound-column.ts';
import type { CompileContext } from './draft.ts';
import { readCondition, renamed } from './expression.ts';
import { hintsOf } from './hints.ts';
import type { RootDocument } from './operators.ts';
import { readIpReducers, readReducer } from './reducers.ts';
import { siblingsOf } from './siblings.ts';
import { isAssumed, type Structure } from './structure.ts';

/** A family with a root, checked; undefined where its root is unknown. */
export function readRootFamily(
  context: CompileContext,
  structure: Structure,
  family: RootDocument,
  path: NodePath,
): RootFamily | undefined {
  const { positions, report } = context;
  const root = family.family_root;
  const schema = structure.schemas.get(root.schema);
  if (schema === undefined) {
    const suggestions = nearestNames(root.schema, structure.schemas.keys());
    const usedBy = `The root of \`${family.name}\``;
    const place = positions.value([...path, 'family_root', 'schema']);
    report.issue('UNKNOWN_SCHEMA', { name: root.schema, usedBy, suggestions }, place);
  }
  const column =
    schema === undefined || root.column === undefined
      ? undefined
      : boundColumn(
          context,
          schema,
          root.column,
          `The root of \`${family.name}\``,
          positions.value([...path, 'family_root', 'column']),
        );
  const type = column?.type ?? INT64;
  const found = schema !== undefined && (root.column === undefined || column !== undefined);
  const known = found && !(column !== undefined && isAssumed(structure, schema, column.physical)) ? type : null;
  const ipReducers = readIpReducers(context, structure, family, path, schema, known);
  const reducer = readReducer(context, family, path, known);
  if (schema === undefined || !found) return undefined;
  return {
    kind: 'root',
    name: family.name,
    description: family.description ?? '',
    root: {
      schema: schema.name,
      column: root.column ?? null,
      where:
        root.where === undefined
          ? null
          : (readWhere(context, structure, family.name, schema, root.where, path) ?? null),
    },
    type,
    ipReducers,
    reducer: reducer?.name ?? null,
    siblings: siblingsOf(context, structure, family, path, schema, known),
    materializeAt: hintsOf(context, structure, family, path, schema),
  };
}

/** A condition on the root's own columns: measures by their column names, dimensions and attributes by their own. */
function readWhere(
  context: CompileContext,
  structure: Structure,
  family: string,
  schema: Schema,
  text: string,
  path: NodePath,
): Expr | undefined {
  const source = { text, path: [...path, 'family_root', 'where'], subject: `The condition of \`${family}\`` };
  const byName = new Map<string, SchemaColumn>();
  for (const column of schema.columns) byName.set(column.physical, column);
  for (const column of schema.columns) byName.set(nameOf(column), column);
  const expr = readCondition(context, source, (name, span) => {
    const column = byName.get(name);
    if (column !== undefined) return isAssumed(structure, schema, column.physical) ? undefined : column.type;
    reportUnbound(context, schema, name, source.subject, context.positions.inside(source.path, text, span.from));
    return undefined;
  });
  if (expr === undefined) return undefined;
  return renamed(expr, (name) => {
    const column = byName.get(name);
    return column === undefined ? name : nameOf(column);
  });
}

function nameOf({ role, physical }: SchemaColumn): string {
  switch (role.kind) {
    case 'dimension':
      return role.dimension;
    case 'attribute':
      return role.attribute;
    case 'roleSource':
      return role.name;
    case 'measure':
      return physical;
  }
}
