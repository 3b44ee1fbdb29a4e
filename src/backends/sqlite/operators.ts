import { operatorBindings } from '../operator-bindings.ts';

/** L2: what each operator is computed by in SQLite; `exact_…` and `middles` are functions that are registered with it. */
export const SQLITE_OPERATORS = operatorBindings({
  sum: 'sum, exact_sum where it may pass 64 bits',
  count: 'count',
  rows: 'count(*)',
  min: 'min, exact_min of wide integers',
  max: 'max, exact_max of wide integers',
  median: 'middles',
  distinct: 'count(DISTINCT …)',
});
