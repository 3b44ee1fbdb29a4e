import type { RefusalCase } from './case.ts';

/** Dimensions that rows do not reach, or reach in ways that the data contradict. */
export const REACH_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT stock, revenue AT category',
    code: 'UNREACHABLE_ANCHOR',
    at: 'category',
    message:
      '`stock` cannot be told at `category`: no functional dependency leads there from `inventory`. Ask at `month`, `quarter` or `region` instead.',
    remedies: [
      'SELECT stock, revenue AT month',
      'SELECT stock, revenue AT quarter',
      'SELECT stock, revenue AT region',
      'SELECT stock, revenue AT ()',
      'SELECT revenue AT category',
    ],
    rows: [
      ['2024-01', 15, 60],
      ['2024-02', 7, 5],
    ],
  },
  {
    query: 'SELECT revenue AT meter',
    code: 'UNREACHABLE_ANCHOR',
    at: 'meter',
    message:
      '`revenue` cannot be told at `meter`: no functional dependency leads there from `sales`. Ask at `category`, `county` or `customer` instead.',
    remedies: [
      'SELECT revenue AT category',
      'SELECT revenue AT county',
      'SELECT revenue AT customer',
      'SELECT revenue AT ()',
    ],
    rows: [
      ['Drinks', 40],
      ['Food', 25],
    ],
  },
  {
    query: 'SELECT AVG(stock @ (category)) AS mean AT region',
    code: 'UNREACHABLE_ANCHOR',
    at: 'category',
    message:
      '`stock` cannot be told at `category`: no functional dependency leads there from `inventory`. Ask at `month`, `quarter` or `store` instead.',
    remedies: [
      'SELECT AVG(stock @ month) AS mean AT region',
      'SELECT AVG(stock @ quarter) AS mean AT region',
      'SELECT AVG(stock @ store) AS mean AT region',
    ],
    rows: [['East', 11]],
  },
  {
    query: 'SELECT category, stock AT category ORDER BY category',
    code: 'UNREACHABLE_ANCHOR',
    at: 'category',
    message:
      '`stock` cannot be told at `category`: no functional dependency leads there from `inventory`. Ask at `month`, `quarter` or `region` instead.',
    remedies: [
      'SELECT month, stock AT month ORDER BY month',
      'SELECT quarter, stock AT quarter ORDER BY quarter',
      'SELECT region, stock AT region ORDER BY region',
      'SELECT stock AT ()',
    ],
    rows: [
      ['2024-01', 15],
      ['2024-02', 7],
    ],
  },
  {
    query: 'SELECT CUMSUM(revenue, reset => year) AS total AT week',
    code: 'UNREACHABLE_ANCHOR',
    at: 'year',
    message:
      '`CUMSUM(revenue, reset => year)` cannot be told at `year`: no functional dependency leads there from `week`. Ask at `day`, `month` or `quarter` instead.',
    remedies: [
      'SELECT CUMSUM(revenue, reset => year) AS total AT day',
      'SELECT CUMSUM(revenue, reset => year) AS total AT month',
      'SELECT CUMSUM(revenue, reset => year) AS total AT quarter',
      'SELECT CUMSUM(revenue) AS total AT week',
    ],
    rows: [
      ['2024-01-01', 30],
      ['2024-01-02', 60],
      ['2024-02-03', 65],
    ],
  },
  {
    query: 'SELECT revenue AT category VIA leaflets',
    code: 'UNREACHABLE_ANCHOR',
    at: 'leaflets',
    message:
      '`category VIA leaflets` cannot be told at `category`: no functional dependency leads there from `leaflets`. Leave `category` out.',
    remedies: ['SELECT revenue AT category'],
    rows: [
      ['Drinks', 40],
      ['Food', 25],
    ],
  },
  {
    query: 'SELECT COUNT_DISTINCT(category) FROM inventory AT store',
    code: 'UNREACHABLE_ANCHOR',
    at: 'category',
    message:
      '`COUNT_DISTINCT(category)` cannot be told at `category`: no functional dependency leads there from `inventory`. Leave `category` out.',
    remedies: ['SELECT COUNT_DISTINCT(category) FROM sales AT store'],
    rows: [
      ['S1', 2],
      ['S2', 1],
      ['S3', 1],
    ],
  },
  {
    query: 'SELECT revenue AT brand',
    code: 'FD_CONTRADICTED',
    at: 'brand',
    message:
      '`revenue` cannot be rolled up to `brand`: product→brand via labels does not hold in the data (1 violation). Mend the lookup, or ask at a finer dimension.',
    remedies: ['SELECT revenue AT product', 'SELECT revenue AT ()'],
    rows: [
      ['P1', 40],
      ['P2', 25],
    ],
    witness: [
      ['product', 'brand 1', 'brand 2'],
      ['P1', 'Alpha', 'Beta'],
    ],
  },
  {
    query: 'SELECT brand, revenue AT product',
    code: 'FD_CONTRADICTED',
    at: 'brand',
    message:
      '`product` cannot be rolled up to `brand`: product→brand via labels does not hold in the data (1 violation). Mend the lookup, or ask at a finer dimension.',
    remedies: ['SELECT revenue AT product'],
    rows: [
      ['P1', 40],
      ['P2', 25],
    ],
    witness: [
      ['product', 'brand 1', 'brand 2'],
      ['P1', 'Alpha', 'Beta'],
    ],
  },
  {
    query: "SELECT revenue AT region WHERE brand = 'Alpha'",
    code: 'FD_CONTRADICTED',
    at: 'brand',
    message:
      '`revenue` cannot be rolled up to `brand`: product→brand via labels does not hold in the data (1 violation). Mend the lookup, or ask at a finer dimension.',
    remedies: ['SELECT revenue AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
    witness: [
      ['product', 'brand 1', 'brand 2'],
      ['P1', 'Alpha', 'Beta'],
    ],
  },
  {
    query: 'SELECT COUNT_DISTINCT(brand) FROM sales AT product',
    code: 'FD_CONTRADICTED',
    at: 'brand',
    message:
      '`COUNT_DISTINCT(brand)` cannot be rolled up to `brand`: product→brand via labels does not hold in the data (1 violation). Mend the lookup, or ask at a finer dimension.',
    remedies: [],
    witness: [
      ['product', 'brand 1', 'brand 2'],
      ['P1', 'Alpha', 'Beta'],
    ],
  },
  {
    query: 'SELECT revenue AT state',
    code: 'AMBIGUOUS_PATH',
    at: 'state',
    message:
      '`revenue` reaches `state` by paths that disagree: customer → county → state · customer → district → state. Mend the lookups, or ask at a dimension with one path.',
    remedies: ['SELECT revenue AT county', 'SELECT revenue AT district', 'SELECT revenue AT ()'],
    rows: [
      ['K1', 35],
      ['K2', 30],
    ],
    witness: [
      ['customer', 'state by customer → county → state', 'state by customer → district → state'],
      ['C2', 'North', 'South'],
    ],
  },
  {
    query: "SELECT revenue AT region WHERE state = 'North'",
    code: 'AMBIGUOUS_PATH',
    at: 'state',
    message:
      '`revenue` reaches `state` by paths that disagree: customer → county → state · customer → district → state. Mend the lookups, or ask at a dimension with one path.',
    remedies: ['SELECT revenue AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
    witness: [
      ['customer', 'state by customer → county → state', 'state by customer → district → state'],
      ['C2', 'North', 'South'],
    ],
  },
  {
    query: 'SELECT state, revenue AT customer',
    code: 'AMBIGUOUS_PATH',
    at: 'state',
    message:
      '`revenue` reaches `state` by paths that disagree: customer → county → state · customer → district → state. Mend the lookups, or ask at a dimension with one path.',
    remedies: ['SELECT revenue AT customer'],
    rows: [
      ['C1', 15],
      ['C2', 20],
      ['C3', 30],
    ],
    witness: [
      ['customer', 'state by customer → county → state', 'state by customer → district → state'],
      ['C2', 'North', 'South'],
    ],
  },
];
