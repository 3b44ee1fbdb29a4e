import type { RefusalCase } from './case.ts';

/** Values of a type that an operator, a function or a comparison does not take. */
export const TYPES_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT AVG(paid) AS mean FROM sales AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'AVG(paid)',
    message: 'AVG is not defined for bool: `paid` would have to be int64, decimal or double.',
    remedies: ['SELECT COUNT_DISTINCT(paid) AS mean FROM sales AT region'],
    rows: [
      ['East', 2],
      ['West', 1],
    ],
  },
  {
    query: 'SELECT SUM(orders) AS total AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'SUM(orders)',
    message: 'SUM is not defined for rows: `orders` would have to be a column.',
    remedies: ['SELECT orders AS total AT region'],
    rows: [
      ['East', 3],
      ['West', 1],
    ],
  },
  {
    query: 'SELECT WEIGHTED_AVG(revenue, store) AS mean AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'WEIGHTED_AVG(revenue, store)',
    message: 'WEIGHTED_AVG is not defined for text: `store` would have to be int64, decimal or double.',
    remedies: ['SELECT AVG(revenue) AS mean AT region'],
    rows: [
      ['East', 11.666666666666666],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT LAST(customer, combine => SUM) FROM sales AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'LAST(customer, combine => SUM)',
    message: 'SUM is not defined for text: `customer` would have to be int64, decimal or double.',
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
    query: 'SELECT LAST(revenue, order => region, combine => SUM) AS newest AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'region',
    message: "LAST's order is not defined for text: `region` would have to be date.",
    remedies: [
      'SELECT LAST(revenue, order => day, combine => SUM) AS newest AT region',
      'SELECT LAST(revenue, order => month, combine => SUM) AS newest AT region',
      'SELECT LAST(revenue, order => quarter, combine => SUM) AS newest AT region',
      'SELECT LAST(revenue, order => week, combine => SUM) AS newest AT region',
      'SELECT LAST(revenue, order => year, combine => SUM) AS newest AT region',
    ],
    rows: [
      ['East', 5],
      ['West', 30],
    ],
  },
  {
    query: 'SELECT AVG(store @ (product)) AS mean, revenue AT store',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'AVG(store @ (product))',
    message: 'AVG is not defined for text: `store` would have to be int64, decimal or double.',
    remedies: ['SELECT COUNT_DISTINCT(store @ product) AS mean, revenue AT store'],
    rows: [
      ['S1', 1, 15],
      ['S2', 1, 20],
      ['S3', 1, 30],
    ],
  },
  {
    query: 'SELECT revenue + region AS sum AT region',
    code: 'NOT_DEFINED_FOR_TYPE',
    at: 'region',
    message: '+ is not defined for text: `region` would have to be int64, decimal or double.',
    remedies: [],
  },
  {
    query: "SELECT revenue AT region WHERE day = '2024-13-01'",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'2024-13-01'",
    message: "`day` is a day like '2024-01-31'; '2024-13-01' is not a value of that type. Write a value of its type.",
    remedies: [],
  },
  {
    query: "SELECT revenue AT region WHERE day IN ('2024-01', '2024-02')",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'2024-01'",
    message: "`day` is a day like '2024-01-31'; '2024-01' is not a value of that type. Write a value of its type.",
    remedies: ["SELECT revenue AT region WHERE month IN ('2024-01', '2024-02')"],
    rows: [
      ['East', 35],
      ['West', 30],
    ],
    others: ['DIMENSION_TYPE_MISMATCH'],
  },
  {
    query: 'SELECT revenue AT region WHERE month > 5',
    code: 'DIMENSION_TYPE_MISMATCH',
    at: '5',
    message: "`month` is a month like '2024-01'; 5 is not a value of that type. Write a value of its type.",
    remedies: ['SELECT revenue AT region WHERE MONTH(month) > 5'],
    rows: [],
  },
  {
    query: 'SELECT revenue AT region WHERE region = 5',
    code: 'DIMENSION_TYPE_MISMATCH',
    at: '5',
    message: '`region` is text; 5 is not a value of that type. Write a value of its type.',
    remedies: ["SELECT revenue AT region WHERE region = '5'"],
    rows: [],
  },
  {
    query: "SELECT revenue AT region WHERE paid = 'yes'",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'yes'",
    message: "`paid` is bool; 'yes' is not a value of that type. Write a value of its type.",
    remedies: ['SELECT revenue AT region WHERE paid = TRUE'],
    rows: [
      ['East', 15],
      ['West', 30],
    ],
  },
  {
    query: "SELECT SUM(CASE WHEN day = '2024-01' THEN revenue END) AS january AT region",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'2024-01'",
    message: "`day` is a day like '2024-01-31'; '2024-01' is not a value of that type. Write a value of its type.",
    remedies: ["SELECT SUM(CASE WHEN month = '2024-01' THEN revenue END) AS january AT region"],
    rows: [
      ['East', 30],
      ['West', 30],
    ],
  },
  {
    query: "SELECT revenue AT region HAVING revenue > '31'",
    code: 'DIMENSION_TYPE_MISMATCH',
    at: "'31'",
    message: "`revenue` is decimal(2); '31' is not a value of that type. Write a value of its type.",
    remedies: ['SELECT revenue AT region HAVING revenue > 31'],
    rows: [['East', 35]],
  },
];
