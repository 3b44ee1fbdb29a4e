import { determines } from '../fd-dag.ts';
import type { FdEdge, Schema } from '../manifest.ts';

/** The settled part of a manifest that metric families and conditions are checked against. */
export interface Structure {
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly fdDag: readonly FdEdge[];
  /** Dimension names. */
  readonly dimensions: ReadonlySet<string>;
  readonly dimensionFamilies: ReadonlySet<string>;
  /** Whether nothing is wrong so far; else what is reachable cannot be told, and is not reported. */
  readonly sound: boolean;
}

/** Whether a schema's own columns determine a dimension or attribute. */
export function reaches(structure: Structure, schema: Schema, name: string): boolean {
  const own = schema.columns.flatMap(({ role }) => {
    if (role.kind === 'dimension') return [role.dimension];
    return role.kind === 'attribute' ? [role.attribute] : [];
  });
  return determines(structure, own, name);
}
