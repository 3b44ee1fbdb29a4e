/** @typedef {import('../../src/runtime/api.ts').Disclosure['code']} DisclosureCode */

/**
 * When something is told with an answer; a question of which it is, of a small market whose tables have something to be told
 * of (null: it is told of what happens to files and storage); and what is told.
 * @typedef {object} DisclosureExample
 * @property {string} when
 * @property {string | null} query
 * @property {string} message
 */

/**
 * An example of each code, critical ones first. A unit test asks each of them.
 * @type {{ readonly [Code in DisclosureCode]: DisclosureExample }}
 */
export const DISCLOSURE_EXAMPLES = {
  contradicted_condition: {
    when: 'The data contradict a condition that the answer rests on.',
    query: 'SELECT amount AT ()',
    message: 'The grain of `sales` is not unique: 1 coordinate of 5 has more than one row, and each row counts.',
  },
  blocked_reduction: {
    when: 'A sum goes along an axis that the collection blocks, and it says `blocked_reduction: disclose`. Such a sum is never kept.',
    query: 'SELECT SUM(stock) AT store',
    message: 'This sums along `calendar`, which the collection blocks; it says to disclose that instead of refusing.',
  },
  rows_outside_path: {
    when: 'Rows have a value that the lookup on the way does not list: they are under NULL.',
    query: 'SELECT amount AT region',
    message: '1 row of `sales` has a `store` that `stores` does not list; it is under `region` NULL.',
  },
  held_off_rows: {
    when: 'Rows are younger than the hold-off, or have no date: they are not read.',
    query: 'SELECT COUNT(*) FROM sales AT store',
    message: '1 row of `sales` past 2024-12-31 and 1 row of `sales` without a date are held off and not read.',
  },
  nulls_skipped: {
    when: 'Rows have no value to reduce.',
    query: 'SELECT WEIGHTED_AVG(amount, weight) AS mean AT ()',
    message:
      '2 rows of `sales` have no `amount` and are skipped. The source holds 1 value there that is NaN or infinite, read as NULL.',
  },
  approximate: {
    when: 'A series is an estimate.',
    query: 'SELECT APPROX_DISTINCT(store) FROM sales AT ()',
    message: '`APPROX_DISTINCT(store)` is an estimate: standard error 1.6 % (HyperLogLog, 4,096 registers).',
  },
  membership_excess: {
    when: 'VIA counts a row once in each of the values that it belongs to.',
    query: 'SELECT amount AT promotion VIA promotions',
    message: 'Each `product` counts in every `promotion` that it has; the parts of `amount` exceed the whole by 25.',
  },
  window_cut: {
    when: 'A window looks past what WHERE lets in.',
    query: "SELECT LAG(amount) AS before AT month WHERE month = '2024-02'",
    message:
      "`LAG(amount)` sees only the rows that WHERE lets in, and WHERE filters by `month`. To look past that, keep the rows with HAVING: `SELECT LAG(amount) AS before AT month HAVING month = '2024-02'`.",
  },
  source_assumed_unchanged: {
    when: 'The server of a source proves nothing by what it says. Where they were last compared more than a minute ago, its bytes are compared in the background, and the answer is replaced if they differ.',
    query: null,
    message: 'The server gave no proof that sales is unchanged; that was last proven 12 s ago.',
  },
  storage_full: {
    when: 'The room for entries is full.',
    query: null,
    message:
      'The room for entries is full: what is computed now is answered and not kept. Evict entries on the Engine page, free disk space, or raise `max_bytes_per_ac`.',
  },
};
