import type { Column } from '../columns/column.ts';
import { type LogicalType, printType } from '../columns/logical-type.ts';
import { convertNumbers } from './number-conversion.ts';
import { sourceError } from './source-error.ts';
import { convertTexts } from './text-conversion.ts';

/** Where a column stands, for messages. */
export interface ColumnPlace {
  readonly source: string;
  readonly location: string;
  readonly column: string;
  /** Line of a row (from 0), from 1; null where the file has no lines. */
  readonly lineOf: (row: number) => number | null;
}

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

export interface Converted {
  readonly column: Column;
  readonly notFinite: number;
  readonly rounded: number;
}

/** A cell of a place, for messages; `row` counts from 0. */
export function cellAt(
  place: ColumnPlace,
  row: number,
  value: string,
): { source: string; column: string; row: number; line: number | null; value: string } {
  return { source: place.source, column: place.column, row: row + 1, line: place.lineOf(row), value };
}

/** Refuses a column that cannot be read as the type: throws `SourceError` INCOMPATIBLE_TYPE. */
export function incompatible(place: ColumnPlace, found: LogicalType, wanted: LogicalType): Error {
  return sourceError('INCOMPATIBLE_TYPE', {
    source: place.source,
    location: place.location,
    column: place.column,
    found: printType(found),
    expected: wanted.kind === 'date' && wanted.level !== 'day' ? `date (${wanted.level})` : printType(wanted),
  });
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
