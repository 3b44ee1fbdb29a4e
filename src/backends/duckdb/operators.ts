import type { OperatorRegistry } from '../../protocol/backend.ts';

/** L2: what each operator is computed by in DuckDB. All sums are exact 128-bit integers for int64 and decimal. */
export const DUCKDB_OPERATORS: OperatorRegistry['operators'] = [
  { operator: 'SUM', binding: 'sum' },
  { operator: 'COUNT', binding: 'count' },
  { operator: 'COUNT(*)', binding: 'count(*)' },
  { operator: 'MIN', binding: 'min' },
  { operator: 'MAX', binding: 'max' },
  { operator: 'AVG', binding: 'sum, count' },
  { operator: 'MEDIAN', binding: 'quantile_disc' },
  { operator: 'COUNT_DISTINCT', binding: 'count(DISTINCT …)' },
];
