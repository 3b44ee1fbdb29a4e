import type { OperatorRegistry } from '../../protocol/backend.ts';

/**
 * L2: what each operator is computed by in Arquero. Names that Arquero does not have itself are registered in
 * `functions.ts`. Sums that doubles cannot hold exactly are `op.exact_sum`, extremes of text are by code point.
 */
export const ARQUERO_OPERATORS: OperatorRegistry['operators'] = [
  { operator: 'SUM', binding: 'op.sum, op.exact_sum' },
  { operator: 'COUNT', binding: 'op.valid' },
  { operator: 'COUNT(*)', binding: 'op.count' },
  { operator: 'MIN', binding: 'op.min, op.text_min' },
  { operator: 'MAX', binding: 'op.max, op.text_max' },
  { operator: 'AVG', binding: 'op.sum or op.exact_sum, op.valid' },
  { operator: 'MEDIAN', binding: 'op.low_middle, op.high_middle' },
  { operator: 'COUNT_DISTINCT', binding: 'op.count_distinct' },
];
