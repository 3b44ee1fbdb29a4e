import type { Column } from '../../columns/column.ts';
import type { LogicalType } from '../../columns/logical-type.ts';

/**
 * Bytes that the tables may hold together. SQLite's WebAssembly memory ends at 2 GiB; adding columns to a table holds it
 * twice for a moment, and grouping sorts beside it.
 */
export const MAX_BYTES_HELD = 640 * 2 ** 20;

/** Bytes of a row beside its values: its number, its length, its place in the page. */
export const BYTES_PER_ROW = 9;

/** Bytes that a value of a type takes at least, where it is not NULL or 0. */
export function leastBytes({ kind }: LogicalType): number {
  return kind === 'double' ? 9 : kind === 'date' ? 4 : 2;
}

/** Mean bytes of a value in a record, its type included (SQLite's file format, section 2.1). */
export function bytesPerValue(column: Column): number {
  const body = bodyBytes(column);
  // A text from 58 bytes on has two bytes for its length.
  return body > 57 ? body + 2 : body + 1;
}

function bodyBytes(column: Column): number {
  const { kind }: LogicalType = column.type;
  if (kind === 'bool') return 0;
  if (kind === 'date') return 3;
  if (kind !== 'text' || column.form !== 'dictionary') return 8;
  if (column.values.length === 0) return 0;
  // A character takes up to three bytes in UTF-8.
  return (3 * column.values.reduce<number>((sum, value) => sum + String(value).length, 0)) / column.values.length;
}
