import type { Column } from '../../columns/column.ts';
import type { CombiningState } from '../../operators/state.ts';
import type { Grouping } from '../grouping.ts';
import { takeRows } from '../take.ts';
import { addGroups } from './add.ts';
import { comparableColumn, extremeGroups, extremeRows } from './extreme.ts';
import { isPresent, keptRows } from './groups.ts';

/** Rows of an order and a combining state, and which of their periods each group keeps. */
export interface PeriodRows {
  readonly side: 'first' | 'last';
  readonly combine: CombiningState;
  readonly order: Column;
  readonly value: Column;
  /** How many times a row counts, where `combine` is a sum; null: once. */
  readonly counts: Float64Array | null;
}

/**
 * The first or last period of each group, and the combining state of its rows: columns `order` and `value`. Rows whose
 * order or value is NULL are skipped. States merge by the same rule, for a state is a row of its period.
 */
export function periodGroups({ side, combine, order, value, counts }: PeriodRows, grouping: Grouping): Column[] {
  const { groupOf, size, groups } = grouping;
  const kept = new Uint8Array(groupOf.length);
  for (let row = 0; row < kept.length; row++) if (isPresent(order, row) && isPresent(value, row)) kept[row] = 1;
  const orders = comparableColumn(keptRows(order, kept));
  const bestRows = extremeRows(orders, side === 'first' ? 'min' : 'max', grouping);
  const bestOf = new Int32Array(size).fill(-1);
  groups.forEach((group, place) => {
    bestOf[group] = bestRows[place] ?? -1;
  });
  for (let row = 0; row < kept.length; row++) {
    const best = bestOf[groupOf[row] ?? -1] ?? -1;
    if (best < 0 || orders.values[row] !== orders.values[best]) kept[row] = 0;
  }
  return [takeRows(order, bestRows), combined(combine, keptRows(value, kept), counts, grouping)];
}

function combined(combine: CombiningState, value: Column, counts: Float64Array | null, grouping: Grouping): Column {
  switch (combine) {
    case 'sum':
      return addGroups(value, counts, grouping);
    case 'min':
    case 'max':
      return extremeGroups(value, combine, grouping);
  }
}
