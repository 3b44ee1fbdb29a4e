import type { SchemaElement } from 'hyparquet';
import type { CalendarLevel } from '../../columns/calendar.ts';
import { type Column, columnLength } from '../../columns/column.ts';
import { exactDigits, type LogicalType, parseType, period, printType } from '../../columns/logical-type.ts';

/**
 * An entry is a Parquet file of one row group without compression, whose columns hold real values:
 *
 * | type       | Parquet                                                                                   |
 * |------------|-------------------------------------------------------------------------------------------|
 * | text       | BYTE_ARRAY, UTF8                                                                          |
 * | int64      | INT64; FIXED_LEN_BYTE_ARRAY(16), DECIMAL(38, 0) where a value is beyond 64 bits           |
 * | decimal(n) | INT64, DECIMAL(18, n); FIXED_LEN_BYTE_ARRAY(16), DECIMAL(38, n) where one has 19 digits   |
 * | double     | DOUBLE                                                                                    |
 * | bool       | BOOLEAN                                                                                   |
 * | date       | INT32, DATE                                                                               |
 *
 * A column in dictionary form is dictionary-encoded, so that its codes are read as they stand. Logical types, forms and
 * row count are kept as JSON under the key `coframe.entry`.
 */
export const LAYOUT_KEY = 'coframe.entry';

/** Bytes of a wide integer: 128 bits, big-endian two's complement. */
export const WIDE_BYTES = 16;
const INT64_PRECISION = 18;
const WIDE_PRECISION = 38;

/** A column of the printed layout, before it is checked. */
interface ColumnText {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly level?: unknown;
  readonly form?: unknown;
}

/** How one column of an entry is kept. */
export interface ColumnLayout {
  readonly name: string;
  readonly type: LogicalType;
  readonly form: Column['form'];
}

export interface EntryLayout {
  readonly rows: number;
  readonly columns: readonly ColumnLayout[];
}

/** Prints the layout; a calendar level stands beside the type, which prints as `date`. */
export function printLayout({ rows, columns }: EntryLayout): string {
  return JSON.stringify({
    rows,
    columns: columns.map(({ name, type, form }) => {
      return { name, type: printType(type), level: type.kind === 'date' ? type.level : null, form };
    }),
  });
}

/** Reads what `printLayout` prints. Undefined for anything else. */
export function parseLayout(text: string): EntryLayout | undefined {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || typeof value.rows !== 'number' || !Array.isArray(value.columns)) return undefined;
  const columns: ColumnLayout[] = [];
  for (const column of value.columns) {
    if (!isRecord(column)) return undefined;
    const { name, type: printed, level, form } = column;
    if (typeof name !== 'string' || typeof printed !== 'string' || !isForm(form)) return undefined;
    const type = isLevel(level) ? period(level) : parseType(printed);
    if (type === undefined) return undefined;
    columns.push({ name, type, form });
  }
  return { rows: value.rows, columns };
}

/** The schema element of a column: optional where a value is NULL, wide where an integer needs it. */
export function elementOf(name: string, column: Column): SchemaElement {
  const { type } = column;
  const repetition_type = hasNulls(column) ? 'OPTIONAL' : 'REQUIRED';
  switch (type.kind) {
    case 'text':
      return { name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'int64':
    case 'decimal': {
      const scale = exactDigits(type) ?? 0;
      if (isWide(column)) {
        const shape = { type: 'FIXED_LEN_BYTE_ARRAY', type_length: WIDE_BYTES, converted_type: 'DECIMAL' } as const;
        return { name, repetition_type, ...shape, scale, precision: WIDE_PRECISION };
      }
      const shape = { name, repetition_type, type: 'INT64' } as const;
      return type.kind === 'int64' ? shape : { ...shape, converted_type: 'DECIMAL', scale, precision: INT64_PRECISION };
    }
    case 'double':
      return { name, repetition_type, type: 'DOUBLE' };
    case 'bool':
      return { name, repetition_type, type: 'BOOLEAN' };
    case 'date':
      return { name, repetition_type, type: 'INT32', converted_type: 'DATE' };
  }
}

function hasNulls(column: Column): boolean {
  if (column.form === 'dictionary') return column.codes.some((code) => code < 0);
  return column.valid?.includes(0) === true;
}

/** Whether an exact column has a value that INT64 (for decimals: 18 digits) does not hold. Safe integers always fit. */
function isWide(column: Column): boolean {
  if (column.form === 'number') return false;
  const limit = column.type.kind === 'decimal' ? 10n ** BigInt(INT64_PRECISION) - 1n : 2n ** 63n - 1n;
  return column.values.some((value) => typeof value === 'bigint' && (value > limit || value < -limit));
}

/** Throws `RangeError` where a column does not have as many rows as its batch. */
export function requireRows(name: string, column: Column, rows: number): void {
  const found = columnLength(column);
  if (found !== rows) throw new RangeError(`entry: column ${name} has ${found} rows, the batch has ${rows}`);
}

function isRecord(value: unknown): value is { readonly rows?: unknown; readonly columns?: unknown } & ColumnText {
  return typeof value === 'object' && value !== null;
}

function isForm(value: unknown): value is Column['form'] {
  return value === 'dictionary' || value === 'number' || value === 'bigint';
}

function isLevel(value: unknown): value is CalendarLevel {
  return value === 'day' || value === 'week' || value === 'month' || value === 'quarter' || value === 'year';
}
