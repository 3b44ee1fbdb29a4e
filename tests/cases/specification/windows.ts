import { csv } from '../case.ts';
import type { World } from './rule.ts';

/**
 * Days with gaps, a leap day, a NULL day and a NULL store; powers of two, so that a sum tells its terms:
 *
 *     day          S1 (East)   S2 (West)   NULL    all
 *     2023-02-28       1                             1
 *     2024-02-28       2                             2
 *     2024-02-29       4                             4
 *     2024-03-01       8          16                24
 *     2024-03-03                  32        128    160
 *     2025-02-28     256                           256
 *     NULL                        64                64
 */
export const WINDOWS: World = {
  name: 'windows',
  collection: `coframe: 1
name: windows
schemas:
  - name: facts
    source: facts
    grain: [fact]
    columns: {fact: {dimension: fact}, day: {dimension: day, type: date}, store: {dimension: store}, x: {type: int64}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: x, family_root: {schema: facts, column: x}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: half, derived: {formula: x / 2, inputs: [x]}}
`,
  tables: {
    facts: csv(
      'fact,day,store,x',
      '1,2023-02-28,S1,1',
      '2,2024-02-28,S1,2',
      '3,2024-02-29,S1,4',
      '4,2024-03-01,S1,8',
      '5,2024-03-01,S2,16',
      '6,2024-03-03,S2,32',
      '7,,S2,64',
      '8,2024-03-03,,128',
      '9,2025-02-28,S1,256',
    ),
    stores: csv('store,region', 'S1,East', 'S2,West'),
  },
  rules: [
    {
      rule: 'n counts periods, not rows',
      query: 'SELECT day, LAG(x) AS l, LAG(x, 2) AS l2, LEAD(x, 1) AS a AT day',
      rows: [
        ['2023-02-28', null, null, null],
        ['2024-02-28', null, null, 4],
        ['2024-02-29', 2, null, 24],
        ['2024-03-01', 4, 2, null],
        ['2024-03-03', null, 24, null],
        ['2025-02-28', null, null, null],
        [null, null, null, null],
      ],
    },
    {
      rule: 'the same period of another year; 29 February has none',
      query:
        'SELECT day, LAG(x, 1, step => year) AS l, LAG(x, 2, step => year) AS m, LEAD(x, 1, step => year) AS a AT day',
      rows: [
        ['2023-02-28', null, null, 2],
        ['2024-02-28', 1, null, 256],
        ['2024-02-29', null, null, null],
        ['2024-03-01', null, null, null],
        ['2024-03-03', null, null, null],
        ['2025-02-28', 2, 1, null],
        [null, null, null, null],
      ],
    },
    {
      rule: 'steps of months at a day',
      query: 'SELECT day, LAG(x, 12, step => month) AS l AT day HAVING l IS NOT NULL',
      rows: [
        ['2024-02-28', 1],
        ['2025-02-28', 2],
      ],
    },
    {
      rule: 'running sums, and their resets',
      query:
        'SELECT day, CUMSUM(x) AS c, CUMSUM(x, reset => year) AS y, CUMSUM(x, reset => month) AS m, CUMSUM(x, reset => week) AS w AT day',
      rows: [
        ['2023-02-28', 1, 1, 1, 1],
        ['2024-02-28', 3, 2, 2, 2],
        ['2024-02-29', 7, 6, 6, 6],
        ['2024-03-01', 31, 30, 24, 30],
        ['2024-03-03', 191, 190, 184, 190],
        ['2025-02-28', 447, 256, 256, 256],
        [null, null, null, null, null],
      ],
    },
    {
      rule: 'ROLLING takes what exists, NULL where its periods begin before the first',
      query:
        'SELECT day, ROLLING_SUM(x, 2) AS s, ROLLING_AVG(x, 3) AS a, ROLLING_MIN(x, 3) AS n, ROLLING_MAX(x, 3) AS m AT day',
      rows: [
        ['2023-02-28', null, null, null, null],
        ['2024-02-28', 2, 2, 2, 2],
        ['2024-02-29', 6, 3, 2, 4],
        ['2024-03-01', 28, 10, 2, 24],
        ['2024-03-03', 160, 92, 24, 160],
        ['2025-02-28', 256, 256, 256, 256],
        [null, null, null, null, null],
      ],
    },
    {
      rule: 'partitioned by the anchor outside the calendar, each with its own first period',
      query: 'SELECT store, day, ROLLING_SUM(x, 2) AS s, CUMSUM(x) AS c, LAG(x) AS l AT (store, day)',
      rows: [
        ['S1', '2023-02-28', null, 1, null],
        ['S1', '2024-02-28', 2, 3, null],
        ['S1', '2024-02-29', 6, 7, 2],
        ['S1', '2024-03-01', 12, 15, 4],
        ['S1', '2025-02-28', 256, 271, null],
        ['S2', '2024-03-01', null, 16, null],
        ['S2', '2024-03-03', 32, 48, null],
        ['S2', null, null, null, null],
        [null, '2024-03-03', null, 128, null],
      ],
    },
    {
      rule: 'a second calendar level parts nothing',
      query: 'SELECT month, day, LAG(x) AS l, CUMSUM(x) AS c AT (month, day)',
      rows: [
        ['2023-02', '2023-02-28', null, 1],
        ['2024-02', '2024-02-28', null, 3],
        ['2024-02', '2024-02-29', 2, 7],
        ['2024-03', '2024-03-01', 4, 31],
        ['2024-03', '2024-03-03', null, 191],
        ['2025-02', '2025-02-28', null, 447],
        [null, null, null, null],
      ],
    },
    {
      rule: 'at months',
      query:
        'SELECT month, x, LAG(x) AS l, LAG(x, 12) AS t, LAG(x, 1, step => year) AS y, PCT_CHANGE(x, 1, step => year) AS p, ROLLING_SUM(x, 2) AS r AT month',
      rows: [
        ['2023-02', 1, null, null, null, null, null],
        ['2024-02', 6, null, 1, 1, 5, 6],
        ['2024-03', 184, 6, null, null, null, 190],
        ['2025-02', 256, null, 6, 6, 256 / 6 - 1, 256],
        [null, 64, null, null, null, null, null],
      ],
    },
    {
      rule: 'at years',
      query: 'SELECT year, x, LAG(x) AS l, ROLLING_AVG(x, 2) AS r AT year',
      rows: [
        ['2023', 1, null, null],
        ['2024', 190, 1, 95.5],
        ['2025', 256, 190, 223],
        [null, 64, null, null],
      ],
    },
    {
      rule: 'at weeks',
      query: 'SELECT week, x, LAG(x) AS l, LAG(x, 52) AS y AT week',
      rows: [
        ['2023-W09', 1, null, null],
        ['2024-W09', 190, null, 1],
        ['2025-W09', 256, null, 190],
        [null, 64, null, null],
      ],
    },
    {
      rule: 'week leads to no year',
      query: 'SELECT week, LAG(x, 1, step => year) AS l AT week',
      code: 'UNREACHABLE_ANCHOR',
    },
    {
      rule: 'no share of a year out of week',
      query: 'SELECT week, x / (x @ year) AS s AT week',
      code: 'UNREACHABLE_ANCHOR',
    },
    { rule: 'no axis', query: 'SELECT store, LAG(x) AS l AT store', code: 'NO_ORDER_AXIS' },
    {
      rule: 'before HAVING, after WHERE; what WHERE cuts is told',
      query: "SELECT day, LAG(x) AS l AT day WHERE day >= '2024-02-29' HAVING day <= '2024-03-01'",
      rows: [
        ['2024-02-29', null],
        ['2024-03-01', 4],
      ],
      disclosed: ['window_cut'],
    },
    {
      rule: 'whole periods cut nothing off a window that starts anew with each',
      query: "SELECT month, CUMSUM(x, reset => year) AS c AT month WHERE year = '2024' AND month IS NOT NULL",
      rows: [
        ['2024-02', 6],
        ['2024-03', 190],
      ],
      disclosed: [],
    },
    {
      rule: 'a part of a period does',
      query: "SELECT month, CUMSUM(x, reset => year) AS c AT month WHERE month >= '2024-02'",
      rows: [
        ['2024-02', 6],
        ['2024-03', 190],
        ['2025-02', 256],
      ],
      disclosed: ['window_cut'],
    },
    {
      rule: 'HAVING cuts nothing',
      query: "SELECT day, LAG(x) AS l AT day HAVING day >= '2024-02-29' AND day <= '2024-03-01'",
      rows: [
        ['2024-02-29', 2],
        ['2024-03-01', 4],
      ],
      disclosed: [],
    },
    {
      rule: 'a condition that is no period cuts nothing',
      query: "SELECT day, LAG(x) AS l AT day WHERE region = 'East' HAVING l IS NOT NULL",
      rows: [
        ['2024-02-29', 2],
        ['2024-03-01', 4],
      ],
      disclosed: [],
    },
    {
      rule: 'windows in formulas, of formulas, and of windows',
      query: 'SELECT year, x - LAG(x) AS d, LAG(half) AS h, LAG(CUMSUM(x)) AS c AT year',
      rows: [
        ['2023', null, null, null],
        ['2024', 189, 0.5, 1],
        ['2025', 66, 95, 191],
        [null, null, null, null],
      ],
    },
    {
      rule: 'a window runs over the Frame, not at an inner anchor',
      query: 'SELECT MAX(CUMSUM(x) @ (day)) AS m AT ()',
      code: 'SYNTAX',
    },
    {
      rule: 'windows keep the type, changes and means are double',
      query:
        'SELECT CUMSUM(x) AS c, LAG(x) AS l, ROLLING_SUM(x, 2) AS s, PCT_CHANGE(x) AS p, ROLLING_AVG(x, 2) AS a AT year HAVING year = 2024',
      columns: ['year', 'c', 'l', 's', 'p', 'a'],
      types: ['date', 'int64', 'int64', 'int64', 'double', 'double'],
      rows: [['2024', 191, 1, 191, 189, 95.5]],
    },
  ],
};
