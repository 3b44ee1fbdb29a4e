import { printDay } from '../columns/calendar.ts';
import { type Column, columnLength, valueAt } from '../columns/column.ts';
import { compareScalars, printUnits, type Scalar } from '../columns/scalar.ts';
import type { ColumnStatistics } from './snapshot.ts';

/** Statistics of a converted column; distinct values are counted where the column is dictionary-coded. */
export function statisticsOf(name: string, column: Column): ColumnStatistics {
  let min: Scalar | null = null;
  let max: Scalar | null = null;
  let nullCount = 0;
  if (column.form === 'dictionary') {
    for (const code of column.codes) if (code < 0) nullCount++;
    for (const value of column.values) {
      if (min === null || compareScalars(value, min) < 0) min = value;
      if (max === null || compareScalars(value, max) > 0) max = value;
    }
  } else {
    for (let row = 0; row < columnLength(column); row++) {
      const value = valueAt(column, row);
      if (value === null) nullCount++;
      else {
        if (min === null || compareScalars(value, min) < 0) min = value;
        if (max === null || compareScalars(value, max) > 0) max = value;
      }
    }
  }
  return {
    column: name,
    min: printBound(min, column),
    max: printBound(max, column),
    nullCount,
    distinctCount: column.form === 'dictionary' ? column.values.length : null,
  };
}

function printBound(value: Scalar | null, { type }: Column): string | number | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (type.kind === 'decimal') return printUnits(value, type.digits);
  if (typeof value === 'bigint') return value.toString();
  return type.kind === 'date' ? printDay(value) : value;
}
