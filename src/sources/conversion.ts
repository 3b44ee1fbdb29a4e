import type { Column } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { ColumnPlace, Converted } from './column-place.ts';
import { convertNumbers } from './number-conversion.ts';
import { convertTexts } from './text-conversion.ts';

/**
 * What reading a column counted: `nulls` are the source's own NULLs; `notFinite` NaN and ±Infinity, which are read as
 * NULL too; `rounded` numbers that the declared type could not hold and that went to the nearest.
 */
export interface ColumnCounts {
  readonly column: string;
  readonly rows: number;
  readonly nulls: number;
  readonly notFinite: number;
  readonly rounded: number;
}

/**
 * A column of a source in the declared type: text parsed, numbers rescaled exactly, dates checked against their level;
 * −0 becomes 0, NaN and ±Infinity become NULL. Dates and numbers come in number form (bigint form beyond 2^53 − 1),
 * text in dictionary form. Throws `SourceError` WRONG_CELL, TOO_MANY_DIGITS, OUT_OF_RANGE, NOT_A_PERIOD or
 * INCOMPATIBLE_TYPE.
 */
export function convertColumn(raw: Column, wanted: LogicalType, place: ColumnPlace): Converted {
  return raw.form === 'dictionary' ? convertTexts(raw, wanted, place) : convertNumbers(raw, wanted, place);
}
