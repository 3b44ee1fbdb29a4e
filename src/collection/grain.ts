import type { Schema, SchemaColumn } from './manifest.ts';

/**
 * The columns that hold a schema's grain, in the order of `grain`. They are dimensions, or in a lookup read only
 * through roles the lookup's own names. Throws `RangeError` where one is missing: compiling lets none through.
 */
export function grainColumns(schema: Schema): readonly SchemaColumn[] {
  return schema.grain.map((name) => {
    const column = schema.columns.find(
      ({ role }) =>
        (role.kind === 'dimension' && role.dimension === name) || (role.kind === 'roleSource' && role.name === name),
    );
    if (column === undefined) throw new RangeError(`schema ${schema.name}: no column for its grain ${name}`);
    return column;
  });
}
