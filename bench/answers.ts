import type { Batch, Column } from '../src/columns/column.ts';
import { valueAt } from '../src/columns/column.ts';
import { type Cell, readCells } from './cells.ts';
import { plainColumns } from './plain-columns.ts';

/** An answer in the hands of who asked, in whatever form it came; its last column is the value. */
export interface Heard {
  /** Reads every cell, as a reader in a hurry does; something that depends on all of them. */
  readonly sum: () => number;
  /** Every cell: texts, numbers, dates as day numbers, money in cents. */
  readonly columns: () => readonly (readonly Cell[])[];
}

/** An Arrow IPC stream. */
export function heardArrow(ipc: Uint8Array): Heard {
  return { sum: () => readCells(ipc).sum, columns: () => plainColumns(ipc).map(({ values }) => values) };
}

/** What a backend's answer is decoded to. */
export function heardBatch({ rowCount, fields }: Batch): Heard {
  return {
    sum: () => fields.reduce((sum, { column }) => sum + columnSum(column, rowCount), 0),
    columns: () =>
      fields.map(({ column }) => Array.from({ length: rowCount }, (_, row) => cellOf(valueAt(column, row)))),
  };
}

/** Rows of values, as sql.js gives them. */
export function heardRows(width: number, rows: readonly (readonly unknown[])[]): Heard {
  return {
    sum: () => {
      let sum = 0;
      for (const row of rows) for (let column = 0; column < width; column++) sum += weight(row[column]);
      return sum;
    },
    columns: () => Array.from({ length: width }, (_, column) => rows.map((row) => cellOf(row[column]))),
  };
}

/** Columns of values, as Arquero gives them. */
export function heardColumns(columns: readonly ArrayLike<unknown>[]): Heard {
  return {
    sum: () => {
      let sum = 0;
      for (const column of columns) for (let row = 0; row < column.length; row++) sum += weight(column[row]);
      return sum;
    },
    columns: () => columns.map((column) => Array.from(column, cellOf)),
  };
}

function columnSum(column: Column, rowCount: number): number {
  let sum = 0;
  if (column.form === 'dictionary') {
    const { codes, values } = column;
    for (let row = 0; row < rowCount; row++) sum += weight(values[codes[row] ?? -1]);
  } else {
    for (let row = 0; row < rowCount; row++) sum += Number(column.values[row] ?? 0);
  }
  return sum;
}

function weight(value: unknown): number {
  return typeof value === 'string' ? value.length : Number(value ?? 0);
}

/** Throws `TypeError` for anything but a text or a number: no answer here has NULLs or integers beyond 2^53 − 1. */
function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`answer: a cell is ${String(value)}`);
}
