import type { LogicalType } from '../../columns/logical-type.ts';

/**
 * Bytes that the tables may hold together, as estimated here. A tab may take about 4 GiB before browsers end it on small
 * machines; an aggregate needs beside the columns a group number a row, an object a group and a filter, and while a
 * table is loaded its Arrow bytes stand beside the columns made from them.
 */
export const MAX_BYTES_HELD = 2 ** 30;

/** Bytes of a value in a column's typed array; the texts of a dictionary are counted once they are known. */
export function bytesPerValue(type: LogicalType): number {
  // Text is a 32-bit code; everything else is a double.
  return type.kind === 'text' ? 4 : 8;
}
