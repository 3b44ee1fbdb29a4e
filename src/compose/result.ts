import { encodeBatch } from '../columns/arrow.ts';
import { type Column, valueAt } from '../columns/column.ts';
import { printType } from '../columns/logical-type.ts';
import type { FrameColumn } from '../planning/plan.ts';
import type { FrameData } from './frame.ts';
import { type JsonValue, jsonValue } from './printed-value.ts';

/**
 * The Frame as one Arrow IPC stream, decimals as Decimal128(38, n). Each field's metadata has `coframe.type` (the
 * printed type), `coframe.role` (anchor, determined or series) and, for dates, `coframe.level`. `columns` are the plan's.
 */
export function frameIpc(frame: FrameData, columns: readonly FrameColumn[]): Uint8Array<ArrayBuffer> {
  const metadata = new Map(columns.map((column) => [column.name, fieldMetadata(column)]));
  return encodeBatch(frame.batch, (name) => metadata.get(name) ?? new Map(), { exact: 'decimal128' });
}

/** The Frame as the JSON answer has it: column names, and rows as arrays in column order. */
export function frameRows(frame: FrameData): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly JsonValue[])[];
} {
  const { rowCount, fields } = frame.batch;
  const printed = fields.map(({ column }) => jsonColumn(column, rowCount));
  return {
    columns: fields.map(({ name }) => name),
    rows: Array.from({ length: rowCount }, (_, row) => printed.map((values) => values[row] ?? null)),
  };
}

function jsonColumn(column: Column, rowCount: number): readonly JsonValue[] {
  if (column.form === 'dictionary') {
    const values = column.values.map((value) => jsonValue(value, column.type));
    return Array.from(column.codes, (code) => (code < 0 ? null : (values[code] ?? null)));
  }
  return Array.from({ length: rowCount }, (_, row) => jsonValue(valueAt(column, row), column.type));
}

function fieldMetadata(column: FrameColumn): ReadonlyMap<string, string> {
  const metadata = new Map([
    ['coframe.type', printType(column.type)],
    ['coframe.role', column.kind],
  ]);
  return column.type.kind === 'date' ? metadata.set('coframe.level', column.type.level) : metadata;
}
