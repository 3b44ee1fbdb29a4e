import { nearestNames } from '../nearest-names.ts';
import type { NodePath } from '../yaml/positions.ts';
import { type CompileContext, type DraftColumn, type DraftSchema, dimensionColumn } from './draft.ts';

/** An edge or a bridge of the document: two dimensions under the schema's own names, and the schema that pairs them. */
export interface PairsDocument {
  /** What messages call it: `The edge store → region`. */
  readonly subject: string;
  readonly child: string;
  readonly parent: string;
  readonly via: string;
  readonly path: NodePath;
}

/** The schema and its columns that hold the pairs of an edge or a bridge; undefined where something was reported. */
export function pairsOf(
  { positions, report }: CompileContext,
  schemas: ReadonlyMap<string, DraftSchema>,
  { subject, child, parent, via, path }: PairsDocument,
): { readonly schema: DraftSchema; readonly child: DraftColumn; readonly parent: DraftColumn } | undefined {
  const schema = schemas.get(via);
  if (schema === undefined) {
    const suggestions = nearestNames(via, schemas.keys());
    report.issue('UNKNOWN_SCHEMA', { name: via, usedBy: subject, suggestions }, positions.value([...path, 'via']));
    return undefined;
  }
  const columnOf = (side: 'child' | 'parent', dimension: string) => {
    const column = dimensionColumn(schema, dimension);
    if (column === undefined) {
      const dimensions = schema.columns.flatMap(({ meaning }) =>
        meaning.kind === 'dimension' ? [meaning.dimension] : [],
      );
      const suggestions = nearestNames(dimension, dimensions);
      const parameters = { subject, schema: schema.name, dimension, suggestions };
      report.issue('EDGE_WITHOUT_COLUMN', parameters, positions.value([...path, side]));
    }
    return column;
  };
  const childColumn = columnOf('child', child);
  const parentColumn = columnOf('parent', parent);
  if (childColumn === undefined || parentColumn === undefined) return undefined;
  return { schema, child: childColumn, parent: parentColumn };
}
