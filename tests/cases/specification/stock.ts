import { csv } from '../case.ts';
import type { World } from './rule.ts';

/**
 * Levels read at times, with a NULL value (S1, S3), a NULL day (S2) and two readings of one day (S3):
 *
 *     day          S1 (East)   S2 (East)   S3 (West)
 *     2024-01-01      10                     NULL
 *     2024-01-02     NULL          5
 *     2024-01-03                             7, 8
 *     NULL                        99
 */
export const STOCK: World = {
  name: 'stock',
  collection: `coframe: 1
name: stock
schemas:
  - name: readings
    source: readings
    grain: [reading]
    columns:
      reading: {dimension: reading}
      store: {dimension: store}
      day: {dimension: day, type: date}
      level: {type: int64}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, year]}}
metric_families:
  - name: level
    family_root: {schema: readings, column: level}
    ip_reducers:
      - {operator: LAST, order: day, combine: SUM, a_block: []}
      - {operator: SUM, a_block: [calendar]}
  - {name: gauge, family_root: {schema: readings, column: level}, ip_reducers: [{operator: MAX, a_block: []}]}
  - {name: twice, derived: {formula: level * 2, inputs: [level]}}
`,
  tables: {
    readings: csv(
      'reading,store,day,level',
      '1,S1,2024-01-01,10',
      '2,S1,2024-01-02,',
      '3,S2,2024-01-02,5',
      '4,S2,,99',
      '5,S3,2024-01-01,',
      '6,S3,2024-01-03,7',
      '7,S3,2024-01-03,8',
    ),
    stores: csv('store,region', 'S1,East', 'S2,East', 'S3,West'),
  },
  rules: [
    {
      rule: 'rows of one period are summed where SUM is listed of what is chosen, not of the condition',
      query: 'SELECT region, LAST(CASE WHEN gauge > 5 THEN level END, order => day, combine => SUM) AS l AT region',
      rows: [
        ['East', 10],
        ['West', 15],
      ],
    },
    {
      rule: 'the last value, NULL values and orders skipped, one period’s rows combined',
      query: 'SELECT store, level AT store',
      rows: [
        ['S1', 10],
        ['S2', 5],
        ['S3', 15],
      ],
    },
    {
      rule: 'of the cell, not of each store',
      query: 'SELECT region, level, SUM(level @ (store)) AS s AT region',
      rows: [
        ['East', 5, 15],
        ['West', 15, 15],
      ],
    },
    { rule: 'of everything', query: 'SELECT level AT ()', rows: [[15]] },
    {
      rule: 'at its own axis a NULL order has none',
      query: 'SELECT day, level AT day',
      rows: [
        ['2024-01-01', 10],
        ['2024-01-02', 5],
        ['2024-01-03', 15],
        [null, null],
      ],
    },
    {
      rule: 'a cell with nothing left is NULL',
      query: 'SELECT store, level AT store WHERE day IS NULL',
      rows: [['S2', null]],
    },
    {
      rule: 'FIRST, and other ways to combine',
      query:
        'SELECT region, FIRST(level, order => day, combine => SUM) AS f, FIRST(level, order => day, combine => MAX) AS m, LAST(level, order => day, combine => MIN) AS n AT region',
      rows: [
        ['East', 10, 10, 5],
        ['West', 15, 8, 7],
      ],
    },
    {
      rule: 'ordered by a coarser level',
      query: 'SELECT region, LAST(level, order => month, combine => MIN) AS l AT region',
      rows: [
        ['East', 5],
        ['West', 7],
      ],
    },
    {
      rule: 'without combine the anchor and the order must determine the grain',
      query: 'SELECT LAST(gauge, order => day) AS l AT store',
      code: 'INPUT_GRAIN_AMBIGUOUS',
    },
    {
      rule: 'and where they do',
      query: "SELECT reading, LAST(gauge, order => day) AS l AT reading WHERE store = 'S2'",
      rows: [
        ['3', 5],
        ['4', null],
      ],
    },
    { rule: 'a sum over time is blocked', query: 'SELECT SUM(level) AT store', code: 'BLOCKED_REDUCTION' },
    {
      rule: 'a pinned day is no time',
      query: "SELECT region, SUM(level) AT region WHERE day = '2024-01-02'",
      rows: [['East', 5]],
    },
    {
      rule: 'a pinned month still holds days',
      query: "SELECT SUM(level) AT store WHERE month = '2024-01'",
      code: 'BLOCKED_REDUCTION',
    },
    {
      rule: 'an anchor of months touches days',
      query: 'SELECT SUM(level) AT (store, month)',
      code: 'BLOCKED_REDUCTION',
    },
    {
      rule: 'an anchor with the day does not',
      query: 'SELECT SUM(level) AT (region, day)',
      rows: [
        ['East', '2024-01-01', 10],
        ['East', '2024-01-02', 5],
        ['East', null, 99],
        ['West', '2024-01-01', null],
        ['West', '2024-01-03', 15],
      ],
    },
    { rule: 'other operators have no block', query: 'SELECT MAX(level), AVG(level) AT ()', rows: [[99, 25.8]] },
    { rule: 'the block is in an expression', query: 'SELECT SUM(level * 2) AS s AT store', code: 'BLOCKED_REDUCTION' },
    { rule: 'through an inner anchor', query: 'SELECT SUM(level @ (day)) AS s AT ()', code: 'BLOCKED_REDUCTION' },
    { rule: 'through a derived formula', query: 'SELECT SUM(twice @ (day)) AS s AT ()', code: 'BLOCKED_REDUCTION' },
    { rule: 'through a window', query: 'SELECT day, CUMSUM(twice) AS s AT day', code: 'BLOCKED_REDUCTION' },
    {
      rule: 'not where nothing is summed over time',
      query: 'SELECT region, SUM(twice @ (store)) AS s AT region',
      rows: [
        ['East', 30],
        ['West', 30],
      ],
    },
    {
      rule: 'windows that sum nothing',
      query: 'SELECT day, LAG(level) AS l, ROLLING_MAX(level, 2) AS m AT day',
      rows: [
        ['2024-01-01', null, null],
        ['2024-01-02', 10, 10],
        ['2024-01-03', 5, 15],
        [null, null, null],
      ],
    },
    { rule: 'SUM must be listed', query: 'SELECT SUM(gauge) AT ()', code: 'OPERATOR_NOT_LISTED' },
    {
      rule: 'SUM of a sum needs it in each term',
      query: 'SELECT SUM(level - gauge) AS s AT (store, day)',
      code: 'OPERATOR_NOT_LISTED',
    },
    { rule: 'PRODUCT must be listed', query: 'SELECT PRODUCT(level) AT (store, day)', code: 'OPERATOR_NOT_LISTED' },
  ],
};
