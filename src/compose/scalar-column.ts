import type { Column } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { TextColumnBuilder } from '../columns/text-column.ts';

/** Values of a type, NULLs among them, as a column: text in dictionary form, exact integers in bigint form where one is. */
export function scalarColumn(type: LogicalType, values: readonly (Scalar | null)[]): Column {
  if (type.kind === 'text') return textColumn(values);
  const valid = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : null;
  if (values.some((value) => typeof value === 'bigint')) {
    return { form: 'bigint', type, values: values.map((value) => BigInt(value ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(values, (value) => Number(value ?? 0)), valid };
}

function textColumn(values: readonly (Scalar | null)[]): Column {
  const builder = new TextColumnBuilder();
  for (const value of values) builder.push(value === null ? null : String(value));
  return builder.column();
}
