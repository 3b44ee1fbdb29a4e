import { operatorBindings } from '../operator-bindings.ts';

/** L2: what each operator is computed by in DuckDB. All sums are exact 128-bit integers for int64 and decimal. */
export const DUCKDB_OPERATORS = operatorBindings({
  sum: 'sum',
  count: 'count',
  rows: 'count(*)',
  min: 'min',
  max: 'max',
  median: 'quantile_disc',
  distinct: 'count(DISTINCT …)',
});
