import type { Column } from '../../../src/columns/column.ts';
import type { LogicalType } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';

/** A column of values as a source would give it: text in dictionary form, integers beyond 2^53 − 1 in bigint form. */
export function columnOfValues(values: readonly (Scalar | null)[], type: LogicalType): Column {
  if (type.kind === 'text') {
    const known = [...new Set(values.filter((value) => value !== null))];
    return {
      form: 'dictionary',
      type,
      codes: Int32Array.from(values, (value) => (value === null ? -1 : known.indexOf(value))),
      values: known,
    };
  }
  const valid = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : null;
  if (values.some((value) => typeof value === 'bigint')) {
    return { form: 'bigint', type, values: values.map((value) => BigInt(value ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(values, (value) => Number(value ?? 0)), valid };
}
