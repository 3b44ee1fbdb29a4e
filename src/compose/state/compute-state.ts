import type { Column, NumberColumn } from '../../columns/column.ts';
import { INT64, type LogicalType } from '../../columns/logical-type.ts';
import { STATES, type StateArgument, type StateName } from '../../operators/state.ts';
import { doubleColumn } from '../double-arithmetic.ts';
import { flatColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { addGroups, countGroups } from './add.ts';
import { extremeGroups } from './extreme.ts';
import { distinctGroups, modeGroups } from './frequency.ts';
import { countsOf } from './groups.ts';
import { momentGroups } from './moments.ts';
import { orderStatistics } from './order-statistics.ts';
import { periodGroups } from './period.ts';
import { productGroups } from './product.ts';
import { ddSketchGroups, hyperLogLogGroups } from './sketches.ts';
import { valueRuns } from './value-runs.ts';

/** Which state, and of what type of input; null where it has none. */
export interface ComputedState {
  readonly state: StateName;
  readonly argument: StateArgument | null;
  readonly inputType: LogicalType | null;
}

/** The rows that a state is computed of. */
export interface StateInput {
  /** The input row by row; null for `rows` and `coordinates`. */
  readonly values: Column | null;
  /** How many times each row counts, at least 1 where its value is not NULL; null: once. */
  readonly counts: Column | null;
  /** For `first` and `last`, whose values are then those of the combining state: the order row by row. */
  readonly order: Column | null;
}

/**
 * A state of each group of rows: the columns of the state, in their order, one row a group in the order of
 * `grouping.groups`. NULLs are skipped; a group without any other value is NULL, or 0 where the state over no rows is.
 * But for `sum` of doubles no column depends on the order of the rows. Throws `RangeError` where the state lacks its
 * input, order or argument.
 */
export function computeState(use: ComputedState, input: StateInput, grouping: Grouping): Column[] {
  const types = STATES[use.state].columns(use.inputType ?? INT64, use.argument);
  return stateColumns(use, input, grouping).map((column, i) => ({ ...column, type: types[i]?.type ?? column.type }));
}

function stateColumns({ state, argument }: ComputedState, input: StateInput, grouping: Grouping): readonly Column[] {
  const counts = countsOf(input.counts);
  const values = () => present(input.values, state, 'values');
  const runs = () => valueRuns(values(), counts, grouping);
  const doubles = () => doubleColumn(flatColumn(values())).values;
  switch (state) {
    case 'coordinates':
      return [];
    case 'rows':
      return [integers(countGroups(null, counts, grouping))];
    case 'count':
      return [integers(countGroups(values(), counts, grouping))];
    case 'sum':
      return [addGroups(values(), counts, grouping)];
    case 'min':
    case 'max':
      return [extremeGroups(values(), state, grouping)];
    case 'median':
      return orderStatistics(values(), runs(), 0.5, grouping).slice(0, 2);
    case 'distinct':
      return [distinctGroups(runs())];
    case 'product':
      return productGroups(doubles(), runs());
    case 'mode':
      return [modeGroups(values(), runs())];
    case 'quantile':
      if (argument?.kind !== 'quantile') throw new RangeError('state: quantile needs its q');
      return orderStatistics(values(), runs(), argument.q, grouping);
    case 'moments':
      return momentGroups(doubles(), runs());
    case 'hyperloglog':
      return [hyperLogLogGroups(values(), grouping)];
    case 'ddsketch':
      return [ddSketchGroups(doubles(), runs())];
    case 'first':
    case 'last': {
      if (argument?.kind !== 'period') throw new RangeError(`state: ${state} needs its order`);
      const order = present(input.order, state, 'an order');
      return periodGroups({ side: state, combine: argument.combine, order, value: values(), counts }, grouping);
    }
  }
}

function integers(values: Float64Array): NumberColumn {
  return { form: 'number', type: INT64, values, valid: null };
}

function present(column: Column | null, state: StateName, what: string): Column {
  if (column === null) throw new RangeError(`state: ${state} needs ${what}`);
  return column;
}
