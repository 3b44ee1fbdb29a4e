import type { Attestation } from '../collection/attestation.ts';
import { printPeriod } from '../columns/calendar.ts';
import { type Batch, columnOf, valueAt } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import { compareScalars, printUnits, type Scalar } from '../columns/scalar.ts';

/** Counterexamples as attestations keep them. */
export type Examples = Attestation['examples'];
export type ExampleCell = string | number | null;

/** Counterexamples kept of one check. */
export const EXAMPLE_LIMIT = 5;

export const NO_EXAMPLES: Examples = { columns: [], rows: [] };

/** A value as a counterexample shows it: dates and periods printed, decimals exact, integers beyond 2^53 − 1 as text. */
export function printedCell(value: Scalar | null, type: LogicalType): ExampleCell {
  switch (typeof value) {
    case 'bigint':
      return printUnits(value, type.kind === 'decimal' ? type.digits : 0);
    case 'number':
      if (type.kind === 'date') return printPeriod(value, type.level);
      return type.kind === 'decimal' ? printUnits(value, type.digits) : value + 0;
    case 'boolean':
      return String(value);
    case 'string':
    case 'object':
      return value;
  }
}

/** The first rows of a batch, of those given, in the order of the columns' values: ascending, NULL last. */
export function firstRows(batch: Batch, rows: readonly number[], columns: readonly string[]): readonly number[] {
  const ordered = [...rows].sort((a, b) => {
    for (const name of columns) {
      const column = columnOf(batch, name);
      const order = nullsLast(valueAt(column, a), valueAt(column, b));
      if (order !== 0) return order;
    }
    return a - b;
  });
  return ordered.slice(0, EXAMPLE_LIMIT);
}

/** The cells of one row of a batch, printed. */
export function printedRow(batch: Batch, row: number, columns: readonly string[]): readonly ExampleCell[] {
  return columns.map((name) => {
    const column = columnOf(batch, name);
    return printedCell(valueAt(column, row), column.type);
  });
}

function nullsLast(a: Scalar | null, b: Scalar | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareScalars(a, b);
}
