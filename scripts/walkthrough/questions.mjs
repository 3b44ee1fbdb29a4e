/**
 * One question of the walkthrough with its only right answer.
 * @typedef {object} Question
 * @property {number} step
 * @property {string} query
 * @property {string[]} columns
 * @property {readonly (readonly (string | number)[])[]} rows from the reference
 * @property {import('../../src/runtime/api.ts').ServedFrom} servedFrom
 * @property {'exact' | 'rollup' | 'backend'} path of every atom
 * @property {{ column: string, central: number }} [known] what Central comes to, whatever the reference says
 */

/**
 * The questions in the order in which they are asked: each finds the entries that those before it left.
 * @param {import('./reference.mjs').Reference} reference
 * @returns {Question[]}
 */
export function questionsOf(reference) {
  const byStore = reference.sums(['region', 'store'], ['revenue']);
  /** @type {Pick<Question, 'query' | 'columns' | 'rows'>} */
  const days = {
    query: 'SELECT day, SUM(revenue) AS r AT day',
    columns: ['day', 'r'],
    rows: reference.sums(['day'], ['revenue']),
  };
  /** @type {Pick<Question, 'query' | 'columns' | 'rows'>} */
  const stores = {
    query: 'SELECT region, store, SUM(revenue) AS r FROM transactions AT (region, store)',
    columns: ['region', 'store', 'r'],
    rows: byStore,
  };
  return [
    {
      step: 2,
      query: 'SELECT region, SUM(revenue) AS total_revenue AT region',
      columns: ['region', 'total_revenue'],
      rows: reference.sums(['region'], ['revenue']),
      servedFrom: 'engine_cache',
      path: 'exact',
      known: { column: 'total_revenue', central: 3868636.36 },
    },
    { step: 3, ...days, servedFrom: 'engine_cache', path: 'rollup' },
    { step: 3, ...days, servedFrom: 'engine_cache', path: 'exact' },
    { step: 4, ...stores, servedFrom: 'engine_backend', path: 'backend' },
    { step: 4, ...stores, servedFrom: 'engine_cache', path: 'exact' },
    {
      step: 5,
      query: 'SELECT region, profit AT region',
      columns: ['region', 'profit'],
      rows: reference.sums(['region'], ['profit']),
      servedFrom: 'engine_cache',
      path: 'exact',
      known: { column: 'profit', central: 1157806.16 },
    },
    {
      step: 5,
      query: 'SELECT region, revenue, profit AT region',
      columns: ['region', 'revenue', 'profit'],
      rows: reference.sums(['region'], ['revenue', 'profit']),
      servedFrom: 'engine_cache',
      path: 'exact',
      known: { column: 'profit', central: 1157806.16 },
    },
    {
      step: 6,
      query: 'SELECT region, store, revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 3 PER (region)',
      columns: ['region', 'store', 'revenue'],
      rows: bestOfEach(byStore, 3),
      servedFrom: 'engine_cache',
      path: 'exact',
    },
  ];
}

/**
 * The first rows of each region by falling value, equal values by store.
 * @param {readonly (string | number)[][]} rows region, store, value, in coordinate order
 * @param {number} limit
 */
function bestOfEach(rows, limit) {
  const regions = [...new Set(rows.map(([region]) => region))];
  return regions.flatMap((region) =>
    rows
      .filter(([each]) => each === region)
      .sort(([, , a], [, , b]) => Number(b) - Number(a))
      .slice(0, limit),
  );
}
