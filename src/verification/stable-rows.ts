import { grainColumns } from '../collection/grain.ts';
import type { Schema, SchemaColumn } from '../collection/manifest.ts';
import { type Batch, columnOf, valueAt } from '../columns/column.ts';
import type { Expression } from '../operators/expression.ts';
import type { AggregateRequest } from '../protocol/request.ts';
import { ownInput } from '../protocol/table-column.ts';
import type { Input } from '../resolution/access.ts';
import { schemaNamed } from '../resolution/edge-step.ts';
import { type Stability, stabilityOf } from '../resolution/stability.ts';
import { conjunction } from '../resolution/where.ts';
import { countOf, present, ROWS } from './counting.ts';
import type { Scene } from './verification-context.ts';

/** The rows of a schema that questions without a filter read: those that its stability filter lets through. */
export interface StableRows {
  readonly schema: Schema;
  readonly stability: Stability;
}

export function stableRows({ manifest, facts }: Scene, schemaName: string): StableRows {
  const schema = schemaNamed(manifest, schemaName);
  return { schema, stability: stabilityOf(manifest, facts, schema, []) };
}

/** Asks of those rows; `filter` keeps some of them. */
export function requestOf(
  { schema, stability }: StableRows,
  asked: Pick<AggregateRequest, 'inputs' | 'keys' | 'states'> & { readonly filter?: Expression | null },
): AggregateRequest {
  const { inputs, keys, states, filter = null } = asked;
  return {
    table: schema.source,
    inputs: stability.input === null ? inputs : [...inputs, stability.input],
    keys,
    values: [],
    filter: conjunction([stability.scope, filter]),
    states,
  };
}

/** A schema's column as an input; `name` keeps clear of the names of the collection, as `k0` does. */
export function columnInput(name: string, { physical, type }: SchemaColumn): Input {
  return ownInput(name, { column: physical, type });
}

/** The grain's columns as inputs `k0`, `k1`, …, in the order of the grain. */
export function grainInputs(schema: Schema): readonly Input[] {
  return grainColumns(schema).map((column, position) => columnInput(`k${position}`, column));
}

/** Asks how many rows there are and how many have a date; null where every row is read. */
export function heldOffRequest({ schema, stability: { input } }: StableRows): AggregateRequest | null {
  if (input === null) return null;
  return { table: schema.source, inputs: [input], keys: [], values: [], filter: null, states: [ROWS, present(input)] };
}

/**
 * Rows not read yet: `held_off` past the boundary, `undated` for want of a date. `read` of the whole are read.
 */
export function heldOffCounts(
  { stability: { input } }: StableRows,
  whole: Batch | null,
  read: number,
): Readonly<Record<string, number>> {
  if (input === null || whole === null) return {};
  const rows = countOf(whole, ROWS);
  const undated = rows - countOf(whole, present(input));
  return { held_off: rows - undated - read, undated };
}

/** Whether a row of a result has a NULL in one of the columns. */
export function hasNull(batch: Batch, row: number, columns: readonly string[]): boolean {
  return columns.some((name) => valueAt(columnOf(batch, name), row) === null);
}
