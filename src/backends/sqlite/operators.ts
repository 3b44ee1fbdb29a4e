import type { OperatorRegistry } from '../../protocol/backend.ts';

/** L2: what each operator is computed by in SQLite; `exact_…` and `middles` are functions that are registered with it. */
export const SQLITE_OPERATORS: OperatorRegistry['operators'] = [
  { operator: 'SUM', binding: 'sum, or exact_sum where it may pass 64 bits' },
  { operator: 'COUNT', binding: 'count' },
  { operator: 'COUNT(*)', binding: 'count(*)' },
  { operator: 'MIN', binding: 'min, or exact_min of wide integers' },
  { operator: 'MAX', binding: 'max, or exact_max of wide integers' },
  { operator: 'AVG', binding: 'sum, count' },
  { operator: 'MEDIAN', binding: 'middles' },
  { operator: 'COUNT_DISTINCT', binding: 'count(DISTINCT …)' },
];
