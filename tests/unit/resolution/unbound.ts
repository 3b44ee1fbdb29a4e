import type { OperatorName } from '../../../src/operators/catalog.ts';

/** An operator that the backend does not bind, over the market. */
export interface UnboundCase {
  readonly code: 'OPERATOR_UNBOUND';
  readonly query: string;
  readonly at: string;
  readonly message: string;
  /** What each backend binds: the first would compute. */
  readonly bound: Readonly<Record<string, readonly OperatorName[]>>;
}

/** Every backend of the application binds every operator, so that what they bind is given. */
export const UNBOUND: readonly UnboundCase[] = [
  {
    code: 'OPERATOR_UNBOUND',
    query: 'SELECT MEDIAN(revenue) AT region',
    at: 'MEDIAN(revenue)',
    message: 'duckdb does not bind MEDIAN; sqlite or arquero does. Choose another backend.',
    bound: { duckdb: ['SUM'], sqlite: ['SUM', 'MEDIAN'], arquero: ['MEDIAN'] },
  },
  {
    code: 'OPERATOR_UNBOUND',
    query: 'SELECT region, revenue, AVG(MODE(quantity) @ (store)) AS usual AT region',
    at: 'MODE(quantity)',
    message: 'sqlite does not bind MODE; duckdb does. Choose another backend.',
    bound: { sqlite: ['SUM', 'AVG'], duckdb: ['MODE'], arquero: ['SUM'] },
  },
  {
    code: 'OPERATOR_UNBOUND',
    query: 'SELECT COUNT(*) FROM sales AT ()',
    at: 'COUNT(*)',
    message: 'arquero does not bind COUNT(*). Choose another backend.',
    bound: { arquero: ['SUM'] },
  },
];
