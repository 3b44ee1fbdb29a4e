import type { RefusalCase } from './case.ts';

/** Columns that the rows of the Frame do not tell, and clauses that name none of its columns. */
export const FRAME_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT store, revenue AT region',
    code: 'NOT_DETERMINED',
    at: 'store',
    message: '`store` is not determined by the anchor (region): one row could have several values. Add it to AT.',
    remedies: ['SELECT store, revenue AT (region, store)', 'SELECT revenue AT region'],
    rows: [
      ['East', 'S1', 15],
      ['East', 'S2', 20],
      ['West', 'S3', 30],
    ],
  },
  {
    query: 'SELECT store_name, revenue AT region',
    code: 'NOT_DETERMINED',
    at: 'store_name',
    message: '`store_name` is not determined by the anchor (region): one row could have several values. Add it to AT.',
    remedies: ['SELECT store_name, revenue AT (region, store)', 'SELECT revenue AT region'],
    rows: [
      ['East', 'S1', 'Harbour', 15],
      ['East', 'S2', 'Station', 20],
      ['West', 'S3', 'Market', 30],
    ],
  },
  {
    query: 'SELECT promotion, revenue AT region',
    code: 'NOT_DETERMINED',
    at: 'promotion',
    message: '`promotion` is not determined by the anchor (region): one row could have several values. Add it to AT.',
    remedies: [
      'SELECT promotion, revenue AT (region, promotion VIA leaflets)',
      'SELECT promotion, revenue AT (region, promotion VIA product_promotions)',
      'SELECT revenue AT region',
    ],
    rows: [
      ['East', 'G1', 35],
      ['East', 'G2', 25],
      ['West', 'G1', 30],
    ],
  },
  {
    query: "SELECT CASE WHEN store = 'S1' THEN revenue ELSE 0 END AS first AT region",
    code: 'NOT_DETERMINED',
    at: 'store',
    message: '`store` is not determined by the anchor (region): one row could have several values. Add it to AT.',
    remedies: [
      "SELECT CASE WHEN store = 'S1' THEN revenue ELSE 0 END AS first AT (region, store)",
      "SELECT SUM(CASE WHEN store = 'S1' THEN revenue ELSE 0 END) AS first AT region",
    ],
    rows: [
      ['East', 'S1', 15],
      ['East', 'S2', 0],
      ['West', 'S3', 0],
    ],
  },
  {
    query: 'SELECT revenue / (revenue @ (store)) AS share AT region',
    code: 'NOT_DETERMINED',
    at: 'store',
    message: '`store` is not determined by the anchor (region): one row could have several values. Add it to AT.',
    remedies: ['SELECT revenue / revenue @ store AS share AT (region, store)'],
    rows: [
      ['East', 'S1', 1],
      ['East', 'S2', 1],
      ['West', 'S3', 1],
    ],
  },
  {
    query: 'SELECT RANK(revenue, within => region) AS place AT day',
    code: 'NOT_DETERMINED',
    at: 'region',
    message: '`region` is not determined by the anchor (day): one row could have several values. Add it to AT.',
    remedies: ['SELECT RANK(revenue, within => region) AS place AT (day, region)'],
    rows: [
      ['2024-01-01', 'East', 1],
      ['2024-01-02', 'West', 1],
      ['2024-02-03', 'East', 2],
    ],
  },
  {
    query: 'SELECT revenue AT region WHERE revenue > 30',
    code: 'FAMILY_IN_WHERE',
    at: 'revenue',
    message:
      'WHERE filters input rows by dimensions and attributes; `revenue` is a metric. Filter the finished rows with HAVING.',
    remedies: ['SELECT revenue AT region HAVING revenue > 30'],
    rows: [['East', 35]],
  },
  {
    query: 'SELECT revenue AT region WHERE SUM(cost) > 20',
    code: 'FAMILY_IN_WHERE',
    at: 'SUM(cost)',
    message:
      'WHERE filters input rows by dimensions and attributes; `SUM(cost)` is a metric. Filter the finished rows with HAVING.',
    remedies: ['SELECT revenue, SUM(cost) AT region HAVING sum_cost > 20'],
    rows: [['East', 35, 21]],
  },
  {
    query: 'SELECT revenue AT region WHERE revenue - cost > 15',
    code: 'FAMILY_IN_WHERE',
    at: 'revenue',
    message:
      'WHERE filters input rows by dimensions and attributes; `revenue` is a metric. Filter the finished rows with HAVING.',
    remedies: ['SELECT revenue, cost AT region HAVING revenue - cost > 15'],
    rows: [['West', 30, 12]],
    others: ['FAMILY_IN_WHERE'],
  },
  {
    query: "SELECT revenue AT region WHERE COUNT(*) > 1 AND store <> 'S2'",
    code: 'FAMILY_IN_WHERE',
    at: 'COUNT(*)',
    message:
      'WHERE filters input rows by dimensions and attributes; `COUNT(*)` is a metric. Filter the finished rows with HAVING.',
    remedies: ["SELECT revenue, COUNT(*) AT region WHERE store <> 'S2' HAVING count > 1"],
    rows: [['East', 15, 2]],
  },
  {
    query: 'SELECT revenue AT region HAVING cost > 20',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'cost',
    message:
      'HAVING works on the finished Frame, which has no column `cost`; it has `region` and `revenue`. Select it first.',
    remedies: ['SELECT revenue, cost AT region HAVING cost > 20'],
    rows: [['East', 35, 21]],
  },
  {
    query: "SELECT revenue AT region HAVING store = 'S1'",
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'store',
    message:
      'HAVING works on the finished Frame, which has no column `store`; it has `region` and `revenue`. Select it first.',
    remedies: ["SELECT revenue AT region WHERE store = 'S1'"],
    rows: [['East', 15]],
  },
  {
    query: 'SELECT revenue AT region HAVING RANK(revenue) <= 1',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'RANK(revenue)',
    message:
      'HAVING works on the finished Frame, which has no column `RANK(revenue)`; it has `region` and `revenue`. Use one of those.',
    remedies: ['SELECT revenue, RANK(revenue) AS rank_revenue AT region HAVING rank_revenue <= 1'],
    rows: [['East', 35, 1]],
  },
  {
    query: 'SELECT revenue AS r AT region ORDER BY revenue',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'revenue',
    message:
      'ORDER BY works on the finished Frame, which has no column `revenue`; it has `region` and `r`. Select it first.',
    remedies: ['SELECT revenue AS r AT region ORDER BY r', 'SELECT revenue AS r, revenue AT region ORDER BY revenue'],
    rows: [
      ['West', 30],
      ['East', 35],
    ],
  },
  {
    query: 'SELECT revenue AT region HAVING revenue > (revenue @ ()) / 2',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'revenue @ ()',
    message:
      'HAVING works on the finished Frame, which has no column `revenue @ ()`; it has `region` and `revenue`. Use one of those.',
    remedies: ['SELECT revenue, revenue @ () AS revenue_overall AT region HAVING revenue > revenue_overall / 2'],
    rows: [['East', 35, 65]],
  },
  {
    query: 'SELECT revenue AT store ORDER BY region LIMIT 3 PER region',
    code: 'NOT_AN_OUTPUT_COLUMN',
    at: 'region',
    message:
      'ORDER BY works on the finished Frame, which has no column `region`; it has `store` and `revenue`. Select it first.',
    remedies: ['SELECT revenue, region AT (store, region) ORDER BY region LIMIT 3 PER region'],
    rows: [
      ['S1', 15, 'East'],
      ['S2', 20, 'East'],
      ['S3', 30, 'West'],
    ],
    others: ['PER_NOT_IN_ANCHOR'],
  },
  {
    query: 'SELECT revenue AT (region, store) LIMIT 3 PER regoin',
    code: 'PER_NOT_IN_ANCHOR',
    at: 'regoin',
    message: 'LIMIT … PER `regoin`: it is not in the anchor (region, store). PER takes anchor dimensions.',
    remedies: ['SELECT revenue AT (region, store) ORDER BY region LIMIT 3 PER region'],
    rows: [
      ['East', 'S1', 15],
      ['East', 'S2', 20],
      ['West', 'S3', 30],
    ],
  },
  {
    query: 'SELECT revenue AT region LIMIT 1 PER store',
    code: 'PER_NOT_IN_ANCHOR',
    at: 'store',
    message: 'LIMIT … PER `store`: it is not in the anchor (region). PER takes anchor dimensions.',
    remedies: [
      'SELECT revenue AT (region, store) ORDER BY store LIMIT 1 PER store',
      'SELECT revenue AT region ORDER BY region LIMIT 1 PER region',
    ],
    rows: [
      ['East', 'S1', 15],
      ['East', 'S2', 20],
      ['West', 'S3', 30],
    ],
  },
  {
    query: 'SELECT revenue AT (region, store) ORDER BY revenue DESC LIMIT 1 PER region',
    code: 'PER_NOT_ORDERED',
    at: 'region',
    message: 'LIMIT … PER (region) needs ORDER BY to begin with region, not revenue, so that rows rank within each.',
    remedies: ['SELECT revenue AT (region, store) ORDER BY region, revenue DESC LIMIT 1 PER region'],
    rows: [
      ['East', 'S2', 20],
      ['West', 'S3', 30],
    ],
  },
  {
    query: 'SELECT revenue AT (region, store) ORDER BY store, region LIMIT 1 PER region',
    code: 'PER_NOT_ORDERED',
    at: 'region',
    message:
      'LIMIT … PER (region) needs ORDER BY to begin with region, not store, region, so that rows rank within each.',
    remedies: ['SELECT revenue AT (region, store) ORDER BY region, store LIMIT 1 PER region'],
    rows: [
      ['East', 'S1', 15],
      ['West', 'S3', 30],
    ],
  },
];
