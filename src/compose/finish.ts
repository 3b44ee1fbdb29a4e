import { type Column, columnLength, type NumberColumn } from '../columns/column.ts';
import { DOUBLE, INT64 } from '../columns/logical-type.ts';
import { OPERATORS } from '../operators/catalog.ts';
import type { Metric } from '../planning/plan.ts';
import { doubleArithmetic, doubleColumn, finiteColumn } from './double-arithmetic.ts';
import { exactArithmetic, exactQuotient } from './exact-arithmetic.ts';
import { bothValid, constantColumn, type FlatColumn, flatColumn } from './flat-column.ts';

const LARGEST_INT64 = 2n ** 63n - 1n;

/**
 * The operator's value from its state columns, which stand in the order of the operator's states. Means and midpoints
 * of exact numbers are one correctly rounded division of exact integers, of doubles one division of doubles. Doubles
 * that are not finite become NULL. A value outside int64 is left as it is: see `overflowingRows`. Throws `RangeError`
 * where a state column is missing.
 */
export function finish(metric: Metric, states: readonly Column[]): Column {
  switch (OPERATORS[metric.operator].finish) {
    case 'state':
      return { ...finiteState(state(metric, states, 0)), type: metric.type };
    case 'mean':
      return mean(flatColumn(state(metric, states, 0)), flatColumn(state(metric, states, 1)));
    case 'midpoint':
      return midpoint(flatColumn(state(metric, states, 0)), flatColumn(state(metric, states, 1)));
  }
}

/** Rows whose exact value is outside int64; none for other types. */
export function overflowingRows(column: Column): Int32Array {
  const rows: number[] = [];
  // The number form holds safe integers, the dictionary form values of the sources: both are inside.
  if (column.form === 'bigint') {
    column.values.forEach((value, row) => {
      if (value > LARGEST_INT64 || value < -LARGEST_INT64 - 1n) rows.push(row);
    });
  }
  return Int32Array.from(rows);
}

function finiteState(column: Column): Column {
  if (column.type.kind !== 'double' || column.form !== 'number') return column;
  return finiteColumn(column.values, column.valid);
}

/** NULL where the count is 0. */
function mean(sum: FlatColumn, count: FlatColumn): NumberColumn {
  return sum.type.kind === 'double' ? doubleArithmetic('/', sum, count) : exactQuotient(sum, count);
}

function midpoint(low: FlatColumn, high: FlatColumn): NumberColumn {
  if (low.type.kind === 'double') return doubleMidpoint(doubleColumn(low), doubleColumn(high));
  const two = flatColumn(constantColumn(2, INT64, columnLength(low)));
  return exactQuotient(exactArithmetic('+', low, high, low.type), two);
}

function doubleMidpoint(low: NumberColumn, high: NumberColumn): NumberColumn {
  const values = new Float64Array(low.values.length);
  for (let i = 0; i < values.length; i++) {
    const a = low.values[i] ?? 0;
    const b = high.values[i] ?? 0;
    // Halves first only where the sum would leave the doubles: halving the smallest ones would lose a bit.
    values[i] = Number.isFinite(a + b) ? (a + b) / 2 : a / 2 + b / 2;
  }
  return { form: 'number', type: DOUBLE, values, valid: bothValid(low.valid, high.valid) };
}

function state(metric: Metric, states: readonly Column[], position: number): Column {
  const column = states[position];
  if (column === undefined)
    throw new RangeError(`finish: ${metric.operator} ${metric.name} has no state column ${position}`);
  return column;
}
