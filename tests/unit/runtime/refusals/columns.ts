import type { RefusalCase } from './case.ts';

/** Columns that have one name, or none; texts that are no statements. */
export const COLUMNS_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT revenue, cost AS revenue AT region',
    code: 'NAME_COLLISION',
    at: 'cost AS revenue',
    message: 'Two columns would be named `revenue`. Name one of them with AS.',
    remedies: ['SELECT revenue, cost AT region', 'SELECT revenue, cost AS revenue_2 AT region'],
    rows: [
      ['East', 35, 21],
      ['West', 30, 12],
    ],
  },
  {
    query: 'SELECT revenue AS region AT region',
    code: 'NAME_COLLISION',
    at: 'revenue AS region',
    message: 'Two columns would be named `region`. Name one of them with AS.',
    remedies: ['SELECT revenue AT region', 'SELECT revenue AS region_2 AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT revenue, revenue, revenue AT region',
    code: 'NAME_COLLISION',
    at: 'revenue',
    message: 'Two columns would be named `revenue`. Name one of them with AS.',
    remedies: ['SELECT revenue AT region', 'SELECT revenue, revenue AS revenue_3, revenue AS revenue_2 AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
    others: ['NAME_COLLISION'],
  },
  {
    query: 'SELECT revenue AT (region, region)',
    code: 'NAME_COLLISION',
    at: 'region',
    message: 'The anchor names `region` twice. Name it once.',
    remedies: ['SELECT revenue AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT AVG(revenue @ (day, day)) AS mean AT region',
    code: 'NAME_COLLISION',
    at: 'day',
    message: 'The anchor names `day` twice. Name it once.',
    remedies: ['SELECT AVG(revenue @ day) AS mean AT region'],
    rows: [
      ['East', 17.5],
      ['West', 30],
    ],
  },
  {
    query: 'WITH cost = revenue - 1 SELECT cost AT region',
    code: 'NAME_COLLISION',
    at: 'cost',
    message:
      'WITH gives the name `cost`, which means something in the collection already. Give the definition another.',
    remedies: ['SELECT revenue - 1 AS cost AT region'],
    rows: [
      ['East', 34],
      ['West', 29],
    ],
  },
  {
    query: 'SELECT revenue / quantity, revenue - cost AT region',
    code: 'ALIAS_REQUIRED',
    at: 'revenue / quantity',
    message: '`revenue / quantity` needs a name: write AS and a name after it, as in `AS revenue_per_quantity`.',
    remedies: ['SELECT revenue / quantity AS revenue_per_quantity, revenue - cost AS revenue_minus_cost AT region'],
    rows: [
      ['East', 8.75, 14],
      ['West', 10, 18],
    ],
    others: ['ALIAS_REQUIRED'],
  },
  {
    query: 'SELECT revenue / (revenue @ ()) AT region',
    code: 'ALIAS_REQUIRED',
    at: 'revenue / (revenue @ ())',
    message: '`revenue / revenue @ ()` needs a name: write AS and a name after it, as in `AS revenue_share`.',
    remedies: ['SELECT revenue / revenue @ () AS revenue_share AT region'],
    rows: [
      ['East', 0.5384615384615384],
      ['West', 0.46153846153846156],
    ],
  },
  {
    query: 'SELECT AVG(revenue @ (day)) AT region',
    code: 'ALIAS_REQUIRED',
    at: 'AVG(revenue @ (day))',
    message: '`AVG(revenue @ day)` needs a name: write AS and a name after it, as in `AS avg_revenue_per_day`.',
    remedies: ['SELECT AVG(revenue @ day) AS avg_revenue_per_day AT region'],
    rows: [
      ['East', 17.5],
      ['West', 30],
    ],
  },
  {
    query: "SELECT CASE WHEN revenue > 30 THEN 'big' ELSE 'small' END AT region",
    code: 'ALIAS_REQUIRED',
    at: "CASE WHEN revenue > 30 THEN 'big' ELSE 'small' END",
    message:
      "`CASE WHEN revenue > 30 THEN 'big' ELSE 'small' END` needs a name: write AS and a name after it, as in `AS value`.",
    remedies: ["SELECT CASE WHEN revenue > 30 THEN 'big' ELSE 'small' END AS value AT region"],
    rows: [
      ['East', 'big'],
      ['West', 'small'],
    ],
  },
  {
    query: 'SELECT CUMSUM(revenue, reset => year) AT day',
    code: 'ALIAS_REQUIRED',
    at: 'CUMSUM(revenue, reset => year)',
    message: '`CUMSUM(revenue, reset => year)` needs a name: write AS and a name after it, as in `AS cumsum_revenue`.',
    remedies: ['SELECT CUMSUM(revenue, reset => year) AS cumsum_revenue AT day'],
    rows: [
      ['2024-01-01', 30],
      ['2024-01-02', 60],
      ['2024-02-03', 65],
    ],
  },
  {
    query: 'SELECT revenue AT',
    code: 'SYNTAX',
    at: '',
    message: 'Found the end of the text where `(`, `{` or a dimension could stand.',
    remedies: [],
  },
  {
    query: 'SELECT revenue GROUP BY region',
    code: 'SYNTAX',
    at: 'GROUP BY',
    message:
      'Frame-QL has no GROUP BY: AT names the dimensions that one row of the answer stands for. Write AT in its place.',
    remedies: ['SELECT revenue AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT revenu GROUP BY region',
    code: 'SYNTAX',
    at: 'GROUP BY',
    message:
      'Frame-QL has no GROUP BY: AT names the dimensions that one row of the answer stands for. Write AT in its place.',
    remedies: ['SELECT revenue AT region'],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT SUM(LAG(revenue) @ (day)) AS total AT region',
    code: 'SYNTAX',
    at: 'LAG(revenue)',
    message:
      'LAG looks over the rows of the Frame, so it cannot stand inside an operator or before @. Select it beside them.',
    remedies: [],
  },
  {
    query: 'SELECT CUMSUM(revenue, reset => region) AS total AT day',
    code: 'SYNTAX',
    at: 'region',
    message: 'reset => takes a calendar level, as in reset => year.',
    remedies: [
      'SELECT CUMSUM(revenue, reset => day) AS total AT day',
      'SELECT CUMSUM(revenue, reset => month) AS total AT day',
      'SELECT CUMSUM(revenue, reset => quarter) AS total AT day',
      'SELECT CUMSUM(revenue, reset => week) AS total AT day',
      'SELECT CUMSUM(revenue, reset => year) AS total AT day',
      'SELECT CUMSUM(revenue) AS total AT day',
    ],
    rows: [
      ['2024-01-01', 30],
      ['2024-01-02', 30],
      ['2024-02-03', 5],
    ],
  },
  {
    query: 'SELECT QUANTILE(revenue, 2) AS q AT region',
    code: 'SYNTAX',
    at: '2',
    message: 'QUANTILE takes a number from 0 to 1, as in QUANTILE(revenue, 0.9).',
    remedies: [],
  },
];
