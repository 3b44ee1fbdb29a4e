import type { RefusalCase } from './case.ts';

/** Operators that are not listed, or whose grain, order or input is not what they need. */
export const OPERATORS_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT SUM(buyers) AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(buyers)',
    message:
      '`buyers` does not list SUM among its reducers (COUNT_DISTINCT), so it may not be applied. Use one that is listed, or add it to the collection.',
    remedies: ['SELECT COUNT_DISTINCT(buyers) AT region'],
    rows: [
      ['East', 2],
      ['West', 1],
    ],
  },
  {
    query: 'SELECT PRODUCT(revenue) AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'PRODUCT(revenue)',
    message:
      '`revenue` does not list PRODUCT among its reducers (SUM), so it may not be applied. Use one that is listed, or add it to the collection.',
    remedies: ['SELECT SUM(revenue) AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  {
    query: "SELECT SUM(stock - 1) AS total AT region WHERE month = '2024-01'",
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(stock - 1)',
    message:
      'SUM of `stock - 1` would add up what is no metric: each of its terms needs one that lists SUM. Use another operator, or a metric in each term.',
    remedies: [
      "SELECT AVG(stock - 1) AS total AT region WHERE month = '2024-01'",
      "SELECT COUNT_DISTINCT(stock - 1) AS total AT region WHERE month = '2024-01'",
    ],
    rows: [['East', 6.5]],
  },
  {
    query: 'SELECT SUM(1 @ (store)) AS total FROM sales AT region',
    code: 'OPERATOR_NOT_LISTED',
    at: 'SUM(1 @ (store))',
    message:
      'SUM of `1 @ store` would add up what is no metric: each of its terms needs one that lists SUM. Use another operator, or a metric in each term.',
    remedies: ['SELECT AVG(1 @ store) AS total FROM sales AT region', 'SELECT 1 AS total FROM sales AT region'],
    rows: [
      ['East', 1],
      ['West', 1],
    ],
  },
  {
    query: 'SELECT CUMSUM(day - day) AS total, revenue AT day',
    code: 'OPERATOR_NOT_LISTED',
    at: 'CUMSUM(day - day)',
    message:
      'SUM of `day - day` would add up what is no metric: each of its terms needs one that lists SUM. Use another operator, or a metric in each term.',
    remedies: ['SELECT day - day AS total, revenue AT day'],
    rows: [
      ['2024-01-01', 0, 30],
      ['2024-01-02', 0, 30],
      ['2024-02-03', 0, 5],
    ],
  },
  {
    query: 'SELECT AVG(profit) AS mean AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'AVG(profit)',
    message:
      '`AVG(profit)` has no one grain to reduce from: say where its values are taken, at the rows of its inputs, the output anchor or an inner anchor.',
    remedies: [
      'SELECT profit AS mean AT region',
      'SELECT AVG(revenue - cost) AS mean AT region',
      'SELECT AVG(profit @ store) AS mean AT region',
      'SELECT AVG(profit @ day) AS mean AT region',
      'SELECT AVG(profit @ customer) AS mean AT region',
      'SELECT AVG(profit @ paid) AS mean AT region',
    ],
    rows: [
      ['East', 14],
      ['West', 18],
    ],
  },
  {
    query: 'SELECT SUM(cover) AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'SUM(cover)',
    message:
      '`SUM(cover)` has no one grain to reduce from: say where its values are taken, at the rows of its inputs, the output anchor or an inner anchor.',
    remedies: ['SELECT cover AT region', 'SELECT SUM(cover @ store) AS sum_cover AT region'],
    rows: [['East', 0.3684210526315789]],
  },
  {
    query: 'SELECT AVG(revenue - stock) AS mean AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'AVG(revenue - stock)',
    message:
      '`AVG(revenue - stock)` has no one grain to reduce from: say where its values are taken, at the rows of sales or the rows of inventory.',
    remedies: ['SELECT AVG((revenue - stock) @ store) AS mean AT region'],
    rows: [
      ['East', 11.5],
      ['West', null],
    ],
  },
  {
    query: 'SELECT SUM(AVG(revenue)) AS total AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'AVG(revenue)',
    message:
      '`SUM(AVG(revenue))` has no one grain to reduce from: say where its values are taken, at an inner anchor: AVG(revenue) @ (…).',
    remedies: [
      'SELECT SUM(AVG(revenue) @ store) AS total AT region',
      'SELECT SUM(AVG(revenue) @ day) AS total AT region',
      'SELECT SUM(AVG(revenue) @ customer) AS total AT region',
      'SELECT SUM(AVG(revenue) @ paid) AS total AT region',
    ],
    rows: [
      ['East', 27.5],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT AVG(revenue @ (day) - cost @ (store)) AS mean AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'AVG(revenue @ (day) - cost @ (store))',
    message:
      '`AVG(revenue @ day - cost @ store)` has no one grain to reduce from: say where its values are taken, at day or store.',
    remedies: [
      'SELECT AVG((revenue - cost) @ day) AS mean AT region',
      'SELECT AVG((revenue - cost) @ store) AS mean AT region',
    ],
    rows: [
      ['East', 7],
      ['West', 18],
    ],
  },
  {
    query: 'SELECT FIRST(quantity) AS earliest AT store',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'FIRST(quantity)',
    message:
      '`FIRST(quantity)` may meet several rows of one period, and it is not said how they merge. Write combine => SUM, MIN or MAX.',
    remedies: [
      'SELECT FIRST(quantity, combine => SUM) AS earliest AT store',
      'SELECT FIRST(quantity, combine => MIN) AS earliest AT store',
      'SELECT FIRST(quantity, combine => MAX) AS earliest AT store',
    ],
    rows: [
      ['S1', 1],
      ['S2', 2],
      ['S3', 3],
    ],
  },
  {
    query: 'SELECT FIRST(revenue @ (day, store)) AS earliest AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'FIRST(revenue @ (day, store))',
    message:
      '`FIRST(revenue @ (day, store))` may meet several rows of one period, and it is not said how they merge. Write combine => SUM, MIN or MAX.',
    remedies: [
      'SELECT FIRST(revenue @ (day, store), combine => SUM) AS earliest AT region',
      'SELECT FIRST(revenue @ (day, store), combine => MIN) AS earliest AT region',
      'SELECT FIRST(revenue @ (day, store), combine => MAX) AS earliest AT region',
    ],
    rows: [
      ['East', 30],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT LAST(customer) FROM sales AT region',
    code: 'INPUT_GRAIN_AMBIGUOUS',
    at: 'LAST(customer)',
    message:
      '`LAST(customer)` may meet several rows of one period, and it is not said how they merge. Write combine => MIN or MAX.',
    remedies: [
      'SELECT LAST(customer, combine => MIN) FROM sales AT region',
      'SELECT LAST(customer, combine => MAX) FROM sales AT region',
    ],
    rows: [
      ['East', 'C1'],
      ['West', 'C3'],
    ],
  },
  {
    query: 'SELECT LAG(revenue) AS before AT region',
    code: 'NO_ORDER_AXIS',
    at: 'LAG(revenue)',
    message:
      '`LAG(revenue)` runs along time, and the anchor (region) has no one finest calendar dimension. Add one to AT.',
    remedies: [
      'SELECT LAG(revenue) AS before AT (region, day)',
      'SELECT LAG(revenue) AS before AT (region, month)',
      'SELECT LAG(revenue) AS before AT (region, quarter)',
      'SELECT LAG(revenue) AS before AT (region, week)',
      'SELECT LAG(revenue) AS before AT (region, year)',
    ],
    rows: [
      ['East', '2024-01-01', null],
      ['East', '2024-02-03', null],
      ['West', '2024-01-02', null],
    ],
  },
  {
    query: 'SELECT LAG(revenue) AS before AT (week, month)',
    code: 'NO_ORDER_AXIS',
    at: 'LAG(revenue)',
    message:
      '`LAG(revenue)` runs along time, and the anchor (week, month) has no one finest calendar dimension. Add one to AT.',
    remedies: [
      'SELECT LAG(revenue) AS before AT month',
      'SELECT LAG(revenue) AS before AT week',
      'SELECT LAG(revenue) AS before AT (week, month, day)',
    ],
    rows: [
      ['2024-01', null],
      ['2024-02', 60],
    ],
  },
  {
    query: 'SELECT FIRST(revenue @ (store)) AS earliest AT region',
    code: 'NO_ORDER_AXIS',
    at: 'FIRST(revenue @ (store))',
    message:
      '`FIRST(revenue @ store)` needs an order of time, and (region, store) has no one finest calendar dimension. Add one to the inner anchor, or write `order =>`.',
    remedies: [
      'SELECT FIRST(revenue @ (store, day), combine => SUM) AS earliest AT region',
      'SELECT FIRST(revenue @ (store, month), combine => SUM) AS earliest AT region',
      'SELECT FIRST(revenue @ (store, quarter), combine => SUM) AS earliest AT region',
      'SELECT FIRST(revenue @ (store, week), combine => SUM) AS earliest AT region',
      'SELECT FIRST(revenue @ (store, year), combine => SUM) AS earliest AT region',
    ],
    rows: [
      ['East', 30],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT FIRST(target) AS earliest AT region',
    code: 'NO_ORDER_AXIS',
    at: 'FIRST(target)',
    message:
      '`FIRST(target)` needs an order of time, and its rows have no one finest calendar dimension. Write `order =>` with a date that they determine.',
    remedies: [],
  },
  {
    query: 'SELECT AVG(revenue @ (region)) AS mean AT store',
    code: 'NOTHING_REDUCED',
    at: 'AVG(revenue @ (region))',
    message:
      '`AVG(revenue @ region)` reduces nothing: (region) is determined by the anchor (store), so there is one value a row. Name a finer inner anchor, or leave the operator out.',
    remedies: [
      'SELECT revenue AS mean AT store',
      'SELECT revenue @ region AS mean AT store',
      'SELECT AVG(revenue @ day) AS mean AT store',
      'SELECT AVG(revenue @ customer) AS mean AT store',
      'SELECT AVG(revenue @ paid) AS mean AT store',
      'SELECT AVG(revenue @ product) AS mean AT store',
    ],
    rows: [
      ['S1', 15],
      ['S2', 20],
      ['S3', 30],
    ],
  },
  {
    query: 'SELECT SUM(revenue @ ()) AS total AT region',
    code: 'NOTHING_REDUCED',
    at: 'SUM(revenue @ ())',
    message:
      '`SUM(revenue @ ())` reduces nothing: () is determined by the anchor (region), so there is one value a row. Name a finer inner anchor, or leave the operator out.',
    remedies: [
      'SELECT revenue @ () AS total AT region',
      'SELECT revenue AS total AT region',
      'SELECT SUM(revenue @ store) AS total AT region',
      'SELECT SUM(revenue @ day) AS total AT region',
      'SELECT SUM(revenue @ customer) AS total AT region',
      'SELECT SUM(revenue @ paid) AS total AT region',
    ],
    rows: [
      ['East', 65],
      ['West', 65],
    ],
  },
  {
    query: 'SELECT CUMSUM(revenue @ ()) AS total AT day',
    code: 'REPLICATED_SUM',
    at: 'CUMSUM(revenue @ ())',
    message:
      '`CUMSUM(revenue @ ())` would add up a value that is repeated at every row, once for each. Leave CUMSUM out, or sum the series itself.',
    remedies: ['SELECT CUMSUM(revenue) AS total AT day', 'SELECT revenue @ () AS total AT day'],
    rows: [
      ['2024-01-01', 30],
      ['2024-01-02', 60],
      ['2024-02-03', 65],
    ],
  },
  {
    query: 'SELECT SUM((revenue @ ()) @ (day)) AS total AT region',
    code: 'REPLICATED_SUM',
    at: 'SUM((revenue @ ()) @ (day))',
    message:
      '`SUM((revenue @ ()) @ day)` would add up a value that is repeated at every row, once for each. Leave SUM out, or sum the series itself.',
    remedies: ['SELECT SUM(revenue @ day) AS total AT region', 'SELECT revenue @ () AS total AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
];
