import { determines } from '../fd-dag.ts';
import type { Attribute, Dimension, FdEdge, Schema } from '../manifest.ts';

/** The settled part of a manifest that metric families and conditions are checked against. */
export interface Structure {
  readonly schemas: ReadonlyMap<string, Schema>;
  readonly fdDag: readonly FdEdge[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Columns and names whose type is not known, because no source that has them could be read. */
  readonly assumed: {
    /** `columnKey`s. */
    readonly columns: ReadonlySet<string>;
    /** Dimensions and attributes. */
    readonly names: ReadonlySet<string>;
  };
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

/** One text for each column of each schema. */
export function columnKey(schema: string, physical: string): string {
  return JSON.stringify([schema, physical]);
}

/** Whether the type of a column is only taken to be text: checks of types pass it by. */
export function isAssumed(structure: Structure, schema: Schema, physical: string): boolean {
  return structure.assumed.columns.has(columnKey(schema.name, physical));
}
