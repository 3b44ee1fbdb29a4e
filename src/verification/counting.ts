import { type Batch, columnOf, valueAt } from '../columns/column.ts';
import { stateColumnName } from '../protocol/decode-aggregate.ts';
import type { StateRequest } from '../protocol/request.ts';
import type { Input } from '../resolution/access.ts';

/** Number of rows. */
export const ROWS: StateRequest = { name: '#', state: 'rows', input: null, inputType: null };

/** Number of rows in which an input is not NULL. */
export function present(input: Input): StateRequest {
  return stateOf('count', input);
}

/** Number of distinct non-null values of an input. */
export function distinct(input: Input): StateRequest {
  return stateOf('distinct', input);
}

/** The count that a state came to in a row of a result. */
export function countOf(batch: Batch, state: StateRequest, row = 0): number {
  return Number(valueAt(columnOf(batch, stateColumnName(state, state.state)), row) ?? 0);
}

/** States are named so that no key, whatever its name, has the name of a state's column. */
function stateOf(state: 'count' | 'distinct', { name, type }: Input): StateRequest {
  return { name: `#${name}`, state, input: { kind: 'column', name, type }, inputType: type };
}
