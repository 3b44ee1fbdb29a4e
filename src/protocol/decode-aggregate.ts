import { decodeBatch } from '../columns/arrow.ts';
import type { Batch } from '../columns/column.ts';
import { columnOf } from '../columns/column.ts';
import { INT64, type LogicalType } from '../columns/logical-type.ts';
import { STATES } from '../operators/state.ts';
import type { AggregateRequest, AggregateResult, StateRequest } from './request.ts';

/** Name of a state's column in a result: `s0_sum`. */
export function stateColumnName(state: StateRequest, column: string): string {
  return `${state.name}_${column}`;
}

/** The columns of a result, in order: keys and values under their names, then each state's columns. */
export function resultColumns(
  request: AggregateRequest,
): readonly { readonly name: string; readonly type: LogicalType }[] {
  const keys = request.keys.map((key) => {
    const input = request.inputs.find((candidate) => candidate.name === key);
    if (input === undefined) {
      const names = request.inputs.map((each) => each.name).join(', ');
      throw new RangeError(`aggregate: key ${key} is no input; the inputs are ${names}`);
    }
    return { name: key, type: input.type };
  });
  const values = request.values.map(({ name, expression }) => ({ name, type: expression.type }));
  const states = request.states.flatMap((state) =>
    STATES[state.state]
      .columns(state.inputType ?? INT64, null)
      .map(({ name, type }) => ({ name: stateColumnName(state, name), type })),
  );
  return [...keys, ...values, ...states];
}

/**
 * The result of a request as a batch: keys in dictionary form without unused values, then values and state columns in
 * number form (bigint form where a value is beyond 2^53 − 1; text in dictionary form). Throws `RangeError` where the result
 * does not answer the request.
 */
export function decodeAggregate(request: AggregateRequest, result: Pick<AggregateResult, 'ipc'>): Batch {
  const columns = resultColumns(request);
  if (columns.length === 0) return { rowCount: 1, fields: [] };
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const batch = decodeBatch(result.ipc, types, new Set(request.keys));
  const fields = columns.map(({ name }) => ({ name, column: columnOf(batch, name) }));
  return { rowCount: batch.rowCount, fields };
}
