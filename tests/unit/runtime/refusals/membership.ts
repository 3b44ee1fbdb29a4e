import type { RefusalCase } from './case.ts';

/** Dimensions that rows reach several times; filters and schemas that do not serve every series. */
export const MEMBERSHIP_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT revenue AT promotion',
    code: 'FAN_OUT',
    at: 'promotion',
    message:
      '`revenue` would be counted more than once at `promotion`: a `product` may have several there, through `leaflets` or `product_promotions`. Write `promotion VIA leaflets` to count each in every one on purpose.',
    remedies: [
      'SELECT revenue AT promotion VIA leaflets',
      'SELECT revenue AT promotion VIA product_promotions',
      'SELECT revenue AT ()',
    ],
    rows: [
      ['G1', 65],
      ['G2', 25],
    ],
    witness: [
      ['product', 'promotion 1', 'promotion 2'],
      ['P2', 'G1', 'G2'],
    ],
  },
  {
    query: "SELECT revenue AT region WHERE promotion = 'G1'",
    code: 'FAN_OUT',
    at: 'promotion',
    message:
      '`revenue` would be counted more than once at `promotion`: a `product` may have several there, through `leaflets` or `product_promotions`. Ask at `promotion VIA leaflets`, and keep the rows with HAVING.',
    remedies: [
      "SELECT revenue AT (region, promotion VIA leaflets) HAVING promotion = 'G1'",
      "SELECT revenue AT (region, promotion VIA product_promotions) HAVING promotion = 'G1'",
      'SELECT revenue AT region',
    ],
    rows: [
      ['East', 'G1', 35],
      ['West', 'G1', 30],
    ],
    witness: [
      ['product', 'promotion 1', 'promotion 2'],
      ['P2', 'G1', 'G2'],
    ],
  },
  {
    query: 'SELECT AVG(revenue @ (promotion, day)) AS mean AT region',
    code: 'FAN_OUT',
    at: 'promotion',
    message:
      '`revenue` would be counted more than once at `promotion`: a `product` may have several there, through `leaflets` or `product_promotions`. Write `promotion VIA leaflets` to count each in every one on purpose.',
    remedies: [
      'SELECT AVG(revenue @ (promotion VIA leaflets, day)) AS mean AT region',
      'SELECT AVG(revenue @ (promotion VIA product_promotions, day)) AS mean AT region',
      'SELECT AVG(revenue @ day) AS mean AT region',
    ],
    rows: [
      ['East', 15],
      ['West', 30],
    ],
    witness: [
      ['product', 'promotion 1', 'promotion 2'],
      ['P2', 'G1', 'G2'],
    ],
  },
  {
    query: 'SELECT COUNT_DISTINCT(promotion) FROM sales AT category',
    code: 'FAN_OUT',
    at: 'promotion',
    message:
      '`COUNT_DISTINCT(promotion)` would be counted more than once at `promotion`: a `product` may have several there, through `leaflets` or `product_promotions`. Ask it of the rows of leaflets with FROM.',
    remedies: [
      'SELECT COUNT_DISTINCT(promotion) FROM leaflets AT category',
      'SELECT COUNT_DISTINCT(promotion) FROM product_promotions AT category',
    ],
    rows: [
      ['Drinks', 1],
      ['Food', 2],
    ],
    witness: [
      ['product', 'promotion 1', 'promotion 2'],
      ['P2', 'G1', 'G2'],
    ],
  },
  {
    query: "SELECT revenue, stock AT region WHERE product = 'P1'",
    code: 'FILTER_UNREACHABLE',
    at: 'product',
    message:
      'WHERE uses `product`, which `inventory` cannot reach, so it cannot filter `stock`. Ask for the series apart, or filter by a dimension they share.',
    remedies: ['SELECT revenue, stock AT region', "SELECT revenue AT region WHERE product = 'P1'"],
    rows: [
      ['East', 35, 7],
      ['West', 30, null],
    ],
  },
  {
    query: "SELECT revenue, stock, target AT region WHERE category = 'Food' AND region = 'East'",
    code: 'FILTER_UNREACHABLE',
    at: 'category',
    message:
      'WHERE uses `category`, which `inventory` cannot reach, so it cannot filter `stock`. Ask for the series apart, or filter by a dimension they share.',
    remedies: [
      "SELECT revenue, stock, target AT region WHERE region = 'East'",
      "SELECT revenue AT region WHERE category = 'Food' AND region = 'East'",
    ],
    rows: [['East', 35, 7, 300]],
    others: ['FILTER_UNREACHABLE'],
  },
  {
    query: "SELECT revenue, SUM(stock @ (store)) AS s AT region WHERE category = 'Food'",
    code: 'FILTER_UNREACHABLE',
    at: 'category',
    message:
      'WHERE uses `category`, which `inventory` cannot reach, so it cannot filter `stock`. Ask for the series apart, or filter by a dimension they share.',
    remedies: ['SELECT revenue, SUM(stock @ store) AS s AT region', "SELECT revenue AT region WHERE category = 'Food'"],
    rows: [
      ['East', 35, 12],
      ['West', 30, null],
    ],
  },
  {
    query: 'SELECT stock FROM sales AT region',
    code: 'NOT_IN_SCHEMA',
    at: 'sales',
    message:
      'FROM names `sales`, which does not hold `stock`; `inventory` does. Leave FROM out or name a schema that holds every series.',
    remedies: ['SELECT stock FROM inventory AT region', 'SELECT stock AT region'],
    rows: [['East', 7]],
  },
  {
    query: 'SELECT stock, revenue FROM sales AT region',
    code: 'NOT_IN_SCHEMA',
    at: 'sales',
    message:
      'FROM names `sales`, which does not hold `stock`; `inventory` does. Leave FROM out or name a schema that holds every series.',
    remedies: ['SELECT stock, revenue AT region', 'SELECT revenue FROM sales AT region'],
    rows: [
      ['East', 7, 35],
      ['West', null, 30],
    ],
  },
  {
    query: 'SELECT COUNT(*) AT account',
    code: 'ROWS_AMBIGUOUS',
    at: 'COUNT(*)',
    message: '`COUNT(*)` counts the rows of one schema, and it is not said of which: `balances`. Say it with FROM.',
    remedies: ['SELECT COUNT(*) FROM balances AT account'],
    rows: [
      ['A', 2],
      ['B', 1],
    ],
  },
  {
    query: 'SELECT COUNT(*) AT store',
    code: 'ROWS_AMBIGUOUS',
    at: 'COUNT(*)',
    message:
      '`COUNT(*)` counts the rows of one schema, and it is not said of which: `inventory`, `meters`, `sales`, `store_returns`, `stores` or `targets`. Say it with FROM.',
    remedies: [
      'SELECT COUNT(*) FROM inventory AT store',
      'SELECT COUNT(*) FROM meters AT store',
      'SELECT COUNT(*) FROM sales AT store',
      'SELECT COUNT(*) FROM store_returns AT store',
      'SELECT COUNT(*) FROM stores AT store',
      'SELECT COUNT(*) FROM targets AT store',
    ],
    rows: [
      ['S1', 2],
      ['S2', 1],
    ],
  },
  {
    query: 'SELECT COUNT(*), revenue, stock AT store',
    code: 'ROWS_AMBIGUOUS',
    at: 'COUNT(*)',
    message:
      '`COUNT(*)` counts the rows of one schema, and it is not said of which: `inventory`, `meters`, `sales`, `store_returns`, `stores` or `targets`. Say it with FROM.',
    remedies: [
      'SELECT COUNT(*), stock FROM inventory AT store',
      'SELECT orders, revenue, stock AT store',
      'SELECT COUNT(*) FROM meters AT store',
      'SELECT COUNT(*) FROM store_returns AT store',
      'SELECT COUNT(*) FROM stores AT store',
      'SELECT COUNT(*) FROM targets AT store',
    ],
    rows: [
      ['S1', 2, 7],
      ['S2', 1, 5],
    ],
  },
  {
    query: 'SELECT category AT category',
    code: 'ROWS_AMBIGUOUS',
    at: 'category',
    message:
      'Without a series a Frame lists coordinates, and it is not said of which: `labels`, `leaflets`, `product_promotions`, `products` or `sales`. Say it with FROM.',
    remedies: [
      'SELECT category FROM labels AT category',
      'SELECT category FROM leaflets AT category',
      'SELECT category FROM product_promotions AT category',
      'SELECT category FROM products AT category',
      'SELECT category FROM sales AT category',
    ],
    rows: [['Drinks'], ['Food']],
  },
  {
    query: 'SELECT meter, parcel AT (meter, parcel)',
    code: 'ROWS_AMBIGUOUS',
    at: 'meter',
    message:
      'Without a series a Frame lists coordinates, and no schema reaches all of (meter, parcel). Ask at fewer dimensions.',
    remedies: ['SELECT parcel AT parcel', 'SELECT meter AT meter'],
    rows: [['w1']],
  },
];
