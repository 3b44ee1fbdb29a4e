import type { LogicalType } from '../../columns/logical-type.ts';

/**
 * Bytes that the tables may hold together, as estimated here. WebAssembly's memory ends at 4 GiB, DuckDB uses 3.1 GiB of
 * it, and adding columns to a table holds it twice for a moment.
 */
export const MAX_BYTES_HELD = 2 ** 30;

/** Text of at most so many distinct values is held as an enumeration (two-byte positions). */
export const MAX_ENUM_VALUES = 65_535;
/** In smaller tables an enumeration costs more to make than it saves. */
export const MIN_ENUM_ROWS = 20_000;
/** A dictionary that is nearly as long as the column saves nothing. */
export const MIN_ROWS_PER_ENUM_VALUE = 4;

/** Bytes of a value inside a column's vectors; text holds 12 bytes in place, and longer text beside it. */
export function bytesPerValue(type: LogicalType, enumValues: number | null): number {
  switch (type.kind) {
    case 'text':
      return enumValues === null ? 24 : enumValues < 256 ? 1 : 2;
    case 'int64':
    case 'decimal':
    case 'double':
      return 8;
    case 'date':
      return 4;
    case 'bool':
      return 1;
  }
}

/** Whether a text column of a table is held as an enumeration. */
export function suitsEnum(rowCount: number, distinctValues: number): boolean {
  return (
    rowCount >= MIN_ENUM_ROWS &&
    distinctValues > 0 &&
    distinctValues <= MAX_ENUM_VALUES &&
    distinctValues * MIN_ROWS_PER_ENUM_VALUE <= rowCount
  );
}
