import type { Column, NumberColumn } from '../columns/column.ts';
import { BOOL, type LogicalType } from '../columns/logical-type.ts';
import { OPERATORS, type OperatorName } from '../operators/catalog.ts';
import type { StateName } from '../operators/state.ts';
import { doubleArithmetic, finiteColumn } from './double-arithmetic.ts';
import { exactQuotient } from './exact-arithmetic.ts';
import { type FlatColumn, flatColumn } from './flat-column.ts';
import { interpolated, midpoint } from './state/order-statistics.ts';
import { unscaled } from './state/product.ts';
import { distinctEstimates, quantileEstimates } from './state/sketches.ts';
import { type Divisor, deviation, exactVariance, momentVariance } from './state/variance.ts';

const LARGEST_INT64 = 2n ** 63n - 1n;

/** What finishing needs to know of a metric. */
export interface Finishable {
  readonly name: string;
  readonly operator: OperatorName;
  readonly type: LogicalType;
  /** The states that it is finished from. */
  readonly states: readonly StateName[];
  readonly parameters: { readonly q: number | null };
}

/**
 * The operator's value from its state columns, which stand in the order of its states and of their columns. Means,
 * midpoints and variances of exact numbers are one correctly rounded division of exact integers. Doubles that are not
 * finite become NULL. A value outside int64 is left as it is: see `overflowingRows`. Throws `RangeError` where a state
 * column or the q of a quantile is missing.
 */
export function finish(metric: Finishable, states: readonly Column[]): Column {
  const at = (position: number) => state(metric, states, position);
  const flat = (position: number) => flatColumn(at(position));
  const { finish: kind } = OPERATORS[metric.operator];
  switch (kind) {
    case 'state':
      return { ...finiteState(at(0)), type: metric.type };
    case 'period':
      return { ...finiteState(at(1)), type: metric.type };
    case 'mean':
      return mean(flat(0), flat(1));
    case 'midpoint':
      return midpoint(flat(0), flat(1));
    case 'interpolated':
      return interpolated(flat(0), flat(1), flat(2), quantileOf(metric));
    case 'variance_pop':
      return variance(metric, states, 'pop');
    case 'variance_samp':
      return variance(metric, states, 'samp');
    case 'deviation_pop':
      return deviation(variance(metric, states, 'pop'));
    case 'deviation_samp':
      return deviation(variance(metric, states, 'samp'));
    case 'truth':
      return { ...flat(0), type: BOOL };
    case 'scaled':
      return unscaled(flat(0), flat(1));
    case 'distinct_estimate':
      return distinctEstimates(at(0));
    case 'quantile_estimate':
      return quantileEstimates(at(0), quantileOf(metric));
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

/** NULL where the divisor, a count or a sum of weights, is 0. */
function mean(sum: FlatColumn, divisor: FlatColumn): NumberColumn {
  const isExact = sum.type.kind !== 'double' && divisor.type.kind !== 'double';
  return isExact ? exactQuotient(sum, divisor) : doubleArithmetic('/', sum, divisor);
}

/** From (count, mean, squares) of `moments`, or from (count, sum, sum of squares). */
function variance(metric: Finishable, states: readonly Column[], divisor: Divisor): NumberColumn {
  const [count, second, third] = [0, 1, 2].map((position) => flatColumn(state(metric, states, position)));
  if (count === undefined || second === undefined || third === undefined) throw new RangeError('finish: no columns');
  return metric.states.includes('moments')
    ? momentVariance(count, third, divisor)
    : exactVariance(count, second, third, divisor);
}

function quantileOf({ operator, name, parameters: { q } }: Finishable): number {
  if (q === null) throw new RangeError(`finish: ${operator} ${name} has no q`);
  return q;
}

function state(metric: Finishable, states: readonly Column[], position: number): Column {
  const column = states[position];
  if (column === undefined)
    throw new RangeError(`finish: ${metric.operator} ${metric.name} has no state column ${position}`);
  return column;
}
