import type { RefusalCase } from './case.ts';

/** Reductions along an axis that the collection blocks. */
export const BLOCKS_REFUSALS: readonly RefusalCase[] = [
  {
    query: 'SELECT SUM(stock) AT region',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT LAST(stock) AT region',
      'SELECT SUM(stock) AT (region, month)',
      "SELECT SUM(stock) AT region WHERE month = '2024-02'",
      'SELECT AVG(SUM(stock) @ month) AS sum_stock AT region',
    ],
    rows: [['East', 7]],
  },
  {
    query: 'SELECT SUM(stock) AT region HAVING sum_stock > 3 ORDER BY sum_stock',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT LAST(stock) AT region HAVING last_stock > 3 ORDER BY last_stock',
      'SELECT SUM(stock) AT (region, month) HAVING sum_stock > 3 ORDER BY sum_stock',
      "SELECT SUM(stock) AT region WHERE month = '2024-02' HAVING sum_stock > 3 ORDER BY sum_stock",
      'SELECT AVG(SUM(stock) @ month) AS sum_stock AT region HAVING sum_stock > 3 ORDER BY sum_stock',
    ],
    rows: [['East', 7]],
  },
  {
    query: 'SELECT balance AT account',
    code: 'BLOCKED_REDUCTION',
    at: 'balance',
    message:
      '`balance` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT balance AT (account, day)',
      "SELECT balance AT account WHERE day = '2024-01-02'",
      'SELECT AVG(balance @ day) AS balance AT account',
    ],
    rows: [
      ['A', '2024-01-01', 100],
      ['A', '2024-01-02', 110],
      ['B', '2024-01-01', 40],
    ],
  },
  {
    query: 'SELECT SUM(stock - delivered) AS less AT region',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock - delivered)',
    message:
      '`SUM(stock - delivered)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT SUM(stock - delivered) AS less AT (region, month)',
      "SELECT SUM(stock - delivered) AS less AT region WHERE month = '2024-02'",
      'SELECT AVG(SUM(stock - delivered) @ month) AS less AT region',
    ],
    rows: [
      ['East', '2024-01', -3],
      ['East', '2024-02', 6],
    ],
  },
  {
    query: "SELECT SUM(stock) AT region WHERE month < '2024-02'",
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      "SELECT LAST(stock) AT region WHERE month < '2024-02'",
      "SELECT SUM(stock) AT (region, month) WHERE month < '2024-02'",
      "SELECT SUM(stock) AT region WHERE month < '2024-02' AND month = '2024-01'",
      "SELECT AVG(SUM(stock) @ month) AS sum_stock AT region WHERE month < '2024-02'",
    ],
    rows: [['East', 15]],
  },
  {
    query: "SELECT SUM(stock) AT region WHERE month IN ('2024-01', '2023-12')",
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      "SELECT LAST(stock) AT region WHERE month IN ('2024-01', '2023-12')",
      "SELECT SUM(stock) AT (region, month) WHERE month IN ('2024-01', '2023-12')",
      "SELECT SUM(stock) AT region WHERE month IN ('2024-01', '2023-12') AND month = '2024-01'",
      "SELECT AVG(SUM(stock) @ month) AS sum_stock AT region WHERE month IN ('2024-01', '2023-12')",
    ],
    rows: [['East', 15]],
  },
  {
    query: 'SELECT SUM(stock @ (month)) AS total AT ()',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock @ (month))',
    message:
      '`SUM(stock @ month)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: ['SELECT stock AS total AT ()', 'SELECT AVG(stock @ month) AS total AT ()'],
    rows: [[7]],
  },
  {
    query: 'SELECT SUM(stock @ (store, month)) AS total AT ()',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock @ (store, month))',
    message:
      '`SUM(stock @ (store, month))` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT SUM(stock @ store) AS total AT ()',
      'SELECT stock AS total AT ()',
      'SELECT SUM(stock @ (store, month)) AS total AT month',
      'SELECT AVG(stock @ (store, month)) AS total AT ()',
    ],
    rows: [[12]],
  },
  {
    query: 'SELECT AVG(SUM(stock) @ (store)) AS mean AT region',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT AVG(LAST(stock) @ store) AS mean AT region',
      'SELECT AVG(SUM(stock) @ store) AS mean AT (region, month)',
      "SELECT AVG(SUM(stock) @ store) AS mean AT region WHERE month = '2024-02'",
      'SELECT AVG(AVG(SUM(stock) @ month) @ store) AS mean AT region',
    ],
    rows: [['East', 6]],
  },
  {
    query: 'WITH s = SUM(stock) SELECT s AT region',
    code: 'BLOCKED_REDUCTION',
    at: 'SUM(stock)',
    message:
      '`SUM(stock)` would be the SUM along `calendar`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT LAST(stock) AS s AT region',
      'SELECT SUM(stock) AS s AT (region, month)',
      "SELECT SUM(stock) AS s AT region WHERE month = '2024-02'",
      'SELECT AVG(SUM(stock) @ month) AS s AT region',
    ],
    rows: [['East', 7]],
  },
  {
    query: 'SELECT CUMSUM(stock) AS total AT month',
    code: 'BLOCKED_REDUCTION',
    at: 'CUMSUM(stock)',
    message:
      '`CUMSUM(stock)` would be the SUM along `calendar`, which the collection blocks. Ask for the values themselves.',
    remedies: ['SELECT stock AS total AT month'],
    rows: [
      ['2024-01', 15],
      ['2024-02', 7],
    ],
  },
  {
    query: 'SELECT ROLLING_SUM(balance, 2) AS total AT (account, day)',
    code: 'BLOCKED_REDUCTION',
    at: 'ROLLING_SUM(balance, 2)',
    message:
      '`ROLLING_SUM(balance, 2)` would be the SUM along `calendar`, which the collection blocks. Ask for the values themselves.',
    remedies: [
      'SELECT ROLLING_AVG(balance, 2) AS total AT (account, day)',
      'SELECT balance AS total AT (account, day)',
    ],
    rows: [
      ['A', '2024-01-01', null],
      ['A', '2024-01-02', 105],
      ['B', '2024-01-01', null],
    ],
  },
  {
    query: 'SELECT LAST(stock, combine => SUM) AS newest AT region',
    code: 'BLOCKED_REDUCTION',
    at: 'LAST(stock, combine => SUM)',
    message:
      '`LAST(stock, combine => SUM)` would be the SUM along `geography`, which the collection blocks. Keep that axis in the anchor, or pin it in WHERE.',
    remedies: [
      'SELECT LAST(stock, combine => MIN) AS newest AT region',
      'SELECT LAST(stock, combine => MAX) AS newest AT region',
      'SELECT LAST(stock, combine => SUM) AS newest AT (region, store)',
      'SELECT AVG(LAST(stock, combine => SUM) @ store) AS newest AT region',
    ],
    rows: [['East', 7]],
    market: 'blocked merging',
  },
];
