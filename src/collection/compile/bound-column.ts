import type { Schema, SchemaColumn } from '../manifest.ts';
import { nearestNames } from '../nearest-names.ts';
import type { Place } from '../yaml/positions.ts';
import type { CompileContext } from './draft.ts';

/** The bound column of a schema; one that is not bound is reported. */
export function boundColumn(
  context: CompileContext,
  schema: Schema,
  name: string,
  usedBy: string,
  place: Place,
): SchemaColumn | undefined {
  const column = schema.columns.find(({ physical }) => physical === name);
  if (column === undefined) reportUnbound(context, schema, name, usedBy, place);
  return column;
}

/** Reports a column that a schema does not bind: whether its source has it decides the remedy. */
export function reportUnbound(
  { report, sources }: CompileContext,
  schema: Schema,
  name: string,
  usedBy: string,
  place: Place,
): void {
  const inSource = sources.get(schema.source)?.columns.some((each) => each.name === name) ?? false;
  const suggestions = nearestNames(
    name,
    schema.columns.map(({ physical }) => physical),
  );
  report.issue('UNBOUND_COLUMN', { column: name, schema: schema.name, usedBy, inSource, suggestions }, place);
}
