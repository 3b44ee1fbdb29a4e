import { operatorBindings } from '../operator-bindings.ts';

/**
 * L2: what each operator is computed by in Arquero. Names that Arquero does not have itself are registered in
 * `functions.ts`. Sums that doubles cannot hold exactly are `op.exact_sum`, extremes of text are by code point.
 */
export const ARQUERO_OPERATORS = operatorBindings({
  sum: 'op.sum, op.exact_sum',
  count: 'op.valid',
  rows: 'op.count',
  min: 'op.min, op.text_min',
  max: 'op.max, op.text_max',
  median: 'op.low_middle, op.high_middle',
  distinct: 'op.count_distinct',
});
