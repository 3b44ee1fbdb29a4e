import type { NumberColumn } from '../../columns/column.ts';
import type { LogicalType } from '../../columns/logical-type.ts';

/** A value a group, NULL where the group's count is 0; the values there are 0. */
export function nullWhereZero(values: Float64Array, counts: Float64Array, type: LogicalType): NumberColumn {
  const valid = counts.includes(0) ? Uint8Array.from(counts, (count) => (count === 0 ? 0 : 1)) : null;
  return { form: 'number', type, values, valid };
}
