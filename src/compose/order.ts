import { type Batch, type BigIntColumn, type Column, columnLength, type DictionaryColumn } from '../columns/column.ts';
import { compareScalars, type Scalar, sortScalars } from '../columns/scalar.ts';
import { fillSlots, type GroupingKey, groupSlots, isDirect, slotCount } from './grouping.ts';
import { sortByDouble, sortByRank } from './radix.ts';
import { cutDictionary, takeRows } from './take.ts';

/** One key of an order. NULLs are last whichever the direction. */
export interface SortKey {
  readonly column: Column;
  readonly descending: boolean;
}

/**
 * `rows` in the order of the keys, the first leading; rows equal in all keep their order. Text is ordered by code point,
 * FALSE before TRUE.
 */
export function orderRows(keys: readonly SortKey[], rows: Int32Array): Int32Array {
  // Each sort is stable, so the last key goes first and the leading key last.
  return keys.toReversed().reduce(sortBy, rows);
}

/** All rows in coordinate order: ascending by the columns, NULLs last; null where they stand so already. */
export function coordinateRows(columns: readonly DictionaryColumn[], rowCount: number): Int32Array | null {
  const keys = columns.map((column) => rankKey(cutDictionary(column), false));
  if (isDirect(keys, rowCount)) {
    const slots = new Int32Array(rowCount);
    fillSlots(slots, keys);
    if (isAscending(slots)) return null;
    // A coordinate is a group of one row, and groups come in the order of their slots.
    const { rows } = groupSlots(slots, slotCount(keys), null);
    if (rows.length === rowCount) return rows;
  }
  const all = everyRow(rowCount);
  const rows = orderRows(
    columns.map((column) => ({ column, descending: false })),
    all,
  );
  return rows.every((row, i) => row === i) ? null : rows;
}

/**
 * The batch with the dictionaries of its first `keyCount` columns ascending and its rows in coordinate order by them:
 * the form in which an exact hit is composed without sorting. Columns that are so already are not copied.
 */
export function inCoordinateOrder(batch: Batch, keyCount: number): Batch {
  const fields = batch.fields.map(({ name, column }, i) =>
    i < keyCount && column.form === 'dictionary' ? { name, column: ascendingDictionary(column) } : { name, column },
  );
  const keys = fields.slice(0, keyCount).flatMap(({ column }) => (column.form === 'dictionary' ? [column] : []));
  const rows = coordinateRows(keys, batch.rowCount);
  if (rows === null) return { rowCount: batch.rowCount, fields };
  return {
    rowCount: batch.rowCount,
    fields: fields.map(({ name, column }) => ({ name, column: takeRows(column, rows) })),
  };
}

/** 0, 1, … rowCount − 1. */
export function everyRow(rowCount: number): Int32Array {
  const rows = new Int32Array(rowCount);
  for (let i = 0; i < rowCount; i++) rows[i] = i;
  return rows;
}

/** The rank of each value among the values, from 0; null where they ascend already and rank is place. */
export function ranksOf(values: readonly Scalar[]): Int32Array | null {
  return areAscending(values) ? null : ranksIn(sortScalars(values), values);
}

/** The place of each value among the same values sorted. */
function ranksIn(sorted: readonly Scalar[], values: readonly Scalar[]): Int32Array {
  const places = new Map<Scalar, number>();
  for (const value of sorted) places.set(value, places.size);
  return Int32Array.from(values, (value) => places.get(value) ?? 0);
}

function sortBy(rows: Int32Array, { column, descending }: SortKey): Int32Array {
  switch (column.form) {
    case 'number':
      return sortByDouble(rows, column, descending);
    case 'dictionary':
      return sortByCode(rows, cutDictionary(column), descending);
    case 'bigint':
      return sortByCode(rows, encoded(column), descending);
  }
}

function sortByCode(rows: Int32Array, column: DictionaryColumn, descending: boolean): Int32Array {
  const key = rankKey(column, descending);
  const ranks = new Int32Array(column.codes.length);
  fillSlots(ranks, [key]);
  return sortByRank(rows, new Uint32Array(ranks.buffer), key.size);
}

/** The column as a key whose slots are its values' ranks, NULL last. */
function rankKey({ codes, values }: DictionaryColumn, descending: boolean): GroupingKey {
  const ranks = ranksOf(values);
  const last = values.length;
  const slots = new Int32Array(last + 1);
  slots[0] = last;
  for (let code = 0; code < last; code++) {
    const rank = ranks === null ? code : (ranks[code] ?? 0);
    slots[code + 1] = descending ? last - 1 - rank : rank;
  }
  return { codes, slots, size: last + 1 };
}

function ascendingDictionary(column: DictionaryColumn): DictionaryColumn {
  if (areAscending(column.values)) return column;
  const values = sortScalars(column.values);
  const ranks = ranksIn(values, column.values);
  return { ...column, codes: column.codes.map((code) => (code < 0 ? -1 : (ranks[code] ?? -1))), values };
}

/** Bigints as a dictionary: their order is then that of the distinct values. */
function encoded(column: BigIntColumn): DictionaryColumn {
  const index = new Map<bigint, number>();
  const codes = new Int32Array(columnLength(column));
  column.values.forEach((value, row) => {
    if (column.valid?.[row] === 0) {
      codes[row] = -1;
      return;
    }
    const code = index.get(value) ?? index.size;
    index.set(value, code);
    codes[row] = code;
  });
  return { form: 'dictionary', type: column.type, codes, values: [...index.keys()] };
}

function areAscending(values: readonly Scalar[]): boolean {
  for (let i = 1; i < values.length; i++) {
    const before = values[i - 1];
    const here = values[i];
    if (before !== undefined && here !== undefined && compareScalars(before, here) > 0) return false;
  }
  return true;
}

function isAscending(slots: Int32Array): boolean {
  for (let i = 1; i < slots.length; i++) if ((slots[i] ?? 0) < (slots[i - 1] ?? 0)) return false;
  return true;
}
