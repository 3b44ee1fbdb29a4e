import { csv } from '../case.ts';
import type { Rule, World } from './rule.ts';

/**
 * Sales with NULLs everywhere, and returns of other stores; by hand:
 *
 *     store   units          price        returned (amount)
 *     S1      10, NULL       0.10, 0.30   1
 *     S2      20             0.20         2
 *     S3      30             NULL         –
 *     S4      –              –            3
 *     S9      4  (no region) 1.00         –
 *     NULL    1              2.00         5
 */
const COLLECTION = `coframe: 1
name: market
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale, type: int64}
      day: {dimension: day, type: date}
      store: {dimension: store}
      units: {type: int64}
      price: {type: decimal(2)}
      weight: {type: double}
      express: {type: bool}
  - name: returned
    source: returned
    grain: [ret]
    columns: {ret: {dimension: ret}, day: {dimension: day, type: date}, store: {dimension: store}, amount: {type: int64}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}, store_name: {attribute_of: store}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: units, family_root: {schema: sales, column: units}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: price, family_root: {schema: sales, column: price}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: weight, family_root: {schema: sales, column: weight}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: express, family_root: {schema: sales, column: express}, ip_reducers: [{operator: BOOL_OR, a_block: []}]}
  - {name: amount, family_root: {schema: returned, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: orders, family_root: {schema: sales}, ip_reducers: [{operator: COUNT, a_block: []}]}
  - {name: net, derived: {formula: units - amount, inputs: [units, amount]}}
  - {name: unit_price, derived: {formula: price / units, inputs: [price, units]}}
`;

const TABLES = {
  sales: csv(
    'sale,day,store,units,price,weight,express',
    '1,2024-01-01,S1,10,0.10,1.5,true',
    '2,2024-01-01,S2,20,0.20,2.5,false',
    '3,2024-01-03,S1,,0.30,,true',
    '4,2024-02-01,S3,30,,-0.5,',
    '5,,S9,4,1.00,0,false',
    '6,2024-02-29,,1,2.00,4,true',
  ),
  returned: csv('ret,day,store,amount', '1,2024-01-01,S1,1', '2,2024-02-01,S2,2', '3,2024-02-01,S4,3', '4,,,5'),
  stores: csv('store,region,store_name', 'S1,East,Alpha', 'S2,East,Beta', 'S3,West,Gamma', 'S4,West,Delta'),
};

const COLUMNS: readonly Rule[] = [
  {
    rule: 'a listed dimension stands where it is listed',
    query: 'SELECT units, store AT store',
    columns: ['units', 'store'],
    rows: [
      [10, 'S1'],
      [20, 'S2'],
      [30, 'S3'],
      [4, 'S9'],
      [1, null],
    ],
  },
  {
    rule: 'unlisted anchor dimensions lead, in AT order',
    query: 'SELECT units, store AT (region, store)',
    columns: ['region', 'units', 'store'],
    rows: [
      ['East', 10, 'S1'],
      ['East', 20, 'S2'],
      ['West', 30, 'S3'],
      [null, 4, 'S9'],
      [null, 1, null],
    ],
  },
  {
    rule: 'coordinate order is that of the columns shown, not of AT',
    query: 'SELECT store, region, units AT (region, store)',
    rows: [
      ['S1', 'East', 10],
      ['S2', 'East', 20],
      ['S3', 'West', 30],
      ['S9', null, 4],
      [null, null, 1],
    ],
  },
  {
    rule: 'names: a family, op_x for either spelling, count',
    query: 'SELECT units, units.MAX, AVG(units), COUNT(*) AT ()',
    columns: ['units', 'max_units', 'avg_units', 'count'],
    types: ['int64', 'int64', 'double', 'int64'],
    rows: [[65, 30, 13, 6]],
  },
  { rule: 'OP(x) and x.OP collide', query: 'SELECT SUM(units), units.SUM AT ()', code: 'NAME_COLLISION' },
  { rule: 'an alias may not be an anchor column', query: 'SELECT units AS store AT store', code: 'NAME_COLLISION' },
  { rule: 'a formula needs AS', query: 'SELECT units + 1 AT ()', code: 'ALIAS_REQUIRED' },
  {
    rule: 'the first cause speaks, the others are listed',
    query: 'SELECT nonsense, units + 1 AT ()',
    code: 'UNKNOWN_NAME',
    others: ['ALIAS_REQUIRED'],
  },
  {
    rule: 'an attribute that the anchor determines',
    query: 'SELECT store, store_name, units AT store',
    rows: [
      ['S1', 'Alpha', 10],
      ['S2', 'Beta', 20],
      ['S3', 'Gamma', 30],
      ['S9', null, 4],
      [null, null, 1],
    ],
  },
  {
    rule: 'a function of an attribute, and a determined dimension',
    query: 'SELECT region, UPPER(store_name) AS n, units AT store',
    columns: ['store', 'region', 'n', 'units'],
    rows: [
      ['S1', 'East', 'ALPHA', 10],
      ['S2', 'East', 'BETA', 20],
      ['S3', 'West', 'GAMMA', 30],
      ['S9', null, null, 4],
      [null, null, null, 1],
    ],
  },
  { rule: 'an attribute that it does not', query: 'SELECT store_name, units AT region', code: 'NOT_DETERMINED' },
];

const ROWS: readonly Rule[] = [
  { rule: 'FROM a schema that holds the series', query: 'SELECT units FROM sales AT ()', rows: [[65]] },
  { rule: 'FROM one that does not', query: 'SELECT units FROM returned AT ()', code: 'NOT_IN_SCHEMA' },
  { rule: 'rows of which schema?', query: 'SELECT COUNT(*) AT ()', code: 'ROWS_AMBIGUOUS' },
  { rule: 'of two roots neither', query: 'SELECT units, amount, COUNT(*) AT ()', code: 'ROWS_AMBIGUOUS' },
  {
    rule: 'rows of the schema that FROM names',
    query: 'SELECT COUNT(*) FROM stores AT region',
    rows: [
      ['East', 2],
      ['West', 2],
    ],
  },
  {
    rule: 'operators over dimensions count the root’s rows, NULL aside',
    query:
      'SELECT units, COUNT(store) AS n, COUNT_DISTINCT(store) AS s, COUNT_DISTINCT(region) AS r, MIN(store) AS m AT ()',
    rows: [[65, 5, 4, 2, 'S1']],
  },
  {
    rule: 'operators over an attribute, and over a calendar level',
    query: 'SELECT units, MAX(store_name) AS m, MAX(day) AS d, MIN(month) AS f AT region',
    rows: [
      ['East', 30, 'Beta', '2024-01-03', '2024-01'],
      ['West', 30, 'Gamma', '2024-02-01', '2024-02'],
      [null, 5, null, '2024-02-29', '2024-02'],
    ],
  },
  {
    rule: 'no series: coordinates of the schema of that grain',
    query: 'SELECT store, store_name AT store',
    rows: [
      ['S1', 'Alpha'],
      ['S2', 'Beta'],
      ['S3', 'Gamma'],
      ['S4', 'Delta'],
    ],
  },
  {
    rule: 'no series: else those of FROM',
    query: 'SELECT store FROM sales AT store',
    rows: [['S1'], ['S2'], ['S3'], ['S9'], [null]],
  },
  { rule: 'no series: else clarify', query: 'SELECT region AT region', code: 'ROWS_AMBIGUOUS' },
  {
    rule: 'WHERE filters coordinates too',
    query: "SELECT store AT store WHERE region = 'West'",
    rows: [['S3'], ['S4']],
  },
];

const WHERE: readonly Rule[] = [
  { rule: '<> leaves NULL out', query: "SELECT units AT () WHERE region <> 'East'", rows: [[30]] },
  { rule: 'NOT of unknown is unknown', query: "SELECT units AT () WHERE NOT region = 'East'", rows: [[30]] },
  { rule: 'NOT IN leaves NULL out', query: "SELECT units AT () WHERE region NOT IN ('East')", rows: [[30]] },
  {
    rule: 'TRUE OR unknown is TRUE',
    query: "SELECT units AT () WHERE region IS NULL OR region = 'East'",
    rows: [[35]],
  },
  {
    rule: 'NOT (TRUE AND FALSE) is TRUE, NOT (unknown AND TRUE) is not',
    query: "SELECT units AT () WHERE NOT (region = 'East' AND store = 'S9')",
    rows: [[60]],
  },
  {
    rule: 'unknown CASE keeps nothing',
    query: "SELECT units AT () WHERE CASE WHEN region = 'East' THEN FALSE END",
    rows: [[null]],
  },
  { rule: 'COALESCE in WHERE', query: "SELECT units AT () WHERE COALESCE(region, 'none') = 'none'", rows: [[5]] },
  {
    rule: 'a text function of a climbed dimension',
    query: "SELECT units AT () WHERE UPPER(region) = 'EAST'",
    rows: [[30]],
  },
  { rule: 'a text function of its own column', query: 'SELECT units AT () WHERE LENGTH(store) = 2', rows: [[64]] },
  {
    rule: 'a text function that NULL passes through',
    query: "SELECT units AT () WHERE COALESCE(SUBSTR(store, 2), '3') >= '3'",
    rows: [[35]],
  },
  {
    rule: 'a text function is of one column',
    query: "SELECT units AT () WHERE CONCAT(region, store) = 'EastS2'",
    code: 'NOT_DEFINED_FOR_TYPE',
  },
  { rule: 'text is case-sensitive', query: "SELECT units AT () WHERE region = 'east'", rows: [[null]] },
  {
    rule: 'an attribute filters every root that reaches it',
    query: "SELECT units, amount AT () WHERE store_name = 'Alpha'",
    rows: [[10, 1]],
  },
  { rule: 'a literal of its level', query: "SELECT units AT () WHERE month = '2024-01'", rows: [[30]] },
  { rule: 'either form of a period', query: "SELECT units AT () WHERE month = '2024-01-01'", rows: [[30]] },
  { rule: 'a week', query: "SELECT units AT () WHERE week = '2024-W01'", rows: [[30]] },
  { rule: 'a quarter', query: "SELECT units AT () WHERE quarter = '2024-Q1'", rows: [[61]] },
  { rule: 'year with an integer', query: 'SELECT units AT () WHERE year = 2024', rows: [[61]] },
  { rule: 'year with an integer in IN', query: 'SELECT units AT () WHERE year IN (2023, 2024)', rows: [[61]] },
  { rule: 'periods in BETWEEN', query: "SELECT units AT () WHERE month BETWEEN '2024-02' AND '2024-03'", rows: [[31]] },
  {
    rule: 'not a literal of another level',
    query: "SELECT units AT () WHERE day = '2024-01'",
    code: 'DIMENSION_TYPE_MISMATCH',
  },
  {
    rule: 'not a day inside a month',
    query: "SELECT units AT () WHERE month = '2024-01-02'",
    code: 'DIMENSION_TYPE_MISMATCH',
  },
  {
    rule: 'not a day that does not exist',
    query: "SELECT units AT () WHERE day = '2024-02-30'",
    code: 'DIMENSION_TYPE_MISMATCH',
  },
  { rule: 'a date part', query: 'SELECT units AT () WHERE MONTH(day) = 2', rows: [[31]] },
  { rule: 'no family in WHERE', query: 'SELECT units AT region WHERE units > 3', code: 'FAMILY_IN_WHERE' },
  {
    rule: 'reachable from every series',
    query: 'SELECT units, amount AT () WHERE sale = 1',
    code: 'FILTER_UNREACHABLE',
  },
  { rule: 'accepted before AT', query: "SELECT units WHERE region = 'East' AT ()", rows: [[30]] },
];

const FRAME: readonly Rule[] = [
  {
    rule: 'HAVING filters by columns of the Frame, NULL aside',
    query: 'SELECT region, price AT region HAVING price > 0.5',
    rows: [
      ['East', 0.6],
      [null, 3],
    ],
  },
  { rule: 'HAVING by a coordinate', query: 'SELECT units AT region HAVING region IS NULL', rows: [[null, 5]] },
  { rule: 'only its own columns', query: 'SELECT units AT region HAVING amount > 1', code: 'NOT_AN_OUTPUT_COLUMN' },
  { rule: 'a grand total has one row, before HAVING', query: 'SELECT units AT () HAVING units > 100', rows: [] },
  {
    rule: 'LIMIT PER takes the first of each',
    query: 'SELECT units AT (region, store) ORDER BY region, units DESC LIMIT 1 PER region',
    rows: [
      ['East', 'S2', 20],
      ['West', 'S3', 30],
      [null, 'S9', 4],
    ],
  },
  {
    rule: 'the keys of PER in any order and direction',
    query: 'SELECT store, region, orders AT (region, store) ORDER BY store DESC, region LIMIT 1 PER (region, store)',
    rows: [
      ['S9', null, 1],
      ['S3', 'West', 1],
      ['S2', 'East', 1],
      ['S1', 'East', 2],
      [null, null, 1],
    ],
  },
  {
    rule: 'PER needs its keys first',
    query: 'SELECT units AT (region, store) ORDER BY units DESC, region LIMIT 1 PER region',
    code: 'PER_NOT_ORDERED',
  },
  {
    rule: 'PER is of the anchor',
    query: 'SELECT units, region AT store ORDER BY region, units LIMIT 1 PER region',
    code: 'PER_NOT_IN_ANCHOR',
  },
  {
    rule: 'ties break by the full coordinate, also under DESC',
    query: 'SELECT units AT region ORDER BY units DESC LIMIT 1',
    rows: [['East', 30]],
  },
  {
    rule: 'NULL comes last ascending',
    query: 'SELECT price AT region ORDER BY price',
    rows: [
      ['East', 0.6],
      [null, 3],
      ['West', null],
    ],
  },
  {
    rule: 'NULL comes last descending',
    query: 'SELECT price AT region ORDER BY price DESC',
    rows: [
      [null, 3],
      ['East', 0.6],
      ['West', null],
    ],
  },
  {
    rule: 'a NULL coordinate comes last descending',
    query: 'SELECT units AT region ORDER BY region DESC',
    rows: [
      ['West', 30],
      ['East', 30],
      [null, 5],
    ],
  },
];

const ABSENCE: readonly Rule[] = [
  {
    rule: 'absent: counts are 0, all else NULL; NULL coordinates meet',
    query:
      'SELECT store, units, amount, COUNT(amount) AS n, COUNT_DISTINCT(amount) AS d, APPROX_DISTINCT(amount) AS a, AVG(amount) AS v AT store',
    rows: [
      ['S1', 10, 1, 1, 1, 1, 1],
      ['S2', 20, 2, 1, 1, 1, 2],
      ['S3', 30, null, 0, 0, 0, null],
      ['S4', null, 3, 1, 1, 1, 3],
      ['S9', 4, null, 0, 0, 0, null],
      [null, 1, 5, 1, 1, 1, 5],
    ],
  },
  {
    rule: 'a count family is 0 where it is absent, also in a formula',
    query: 'SELECT store, orders, orders + 1 AS o, amount, express AT store',
    rows: [
      ['S1', 2, 3, 1, true],
      ['S2', 1, 2, 2, false],
      ['S3', 1, 2, null, null],
      ['S4', 0, 1, 3, null],
      ['S9', 1, 2, null, false],
      [null, 1, 2, 5, true],
    ],
  },
  {
    rule: 'a formula with a NULL input is NULL, and COALESCE means otherwise',
    query: 'SELECT region, price - units AS p, COALESCE(price, 0) - units AS c AT region',
    rows: [
      ['East', -29.4, -29.4],
      ['West', null, -30],
      [null, -2, -2],
    ],
    types: ['text', 'decimal(2)', 'decimal(2)'],
  },
  {
    rule: 'CASE takes what is TRUE',
    query:
      "SELECT region, CASE WHEN price > 1 THEN 'high' WHEN price <= 1 THEN 'low' ELSE 'unknown' END AS c AT region",
    rows: [
      ['East', 'low'],
      ['West', 'unknown'],
      [null, 'high'],
    ],
  },
  {
    rule: 'over no rows',
    query: "SELECT units, orders, COUNT(*), COUNT(units) AS n, MAX(day) AS m FROM sales AT () WHERE region = 'North'",
    rows: [[null, 0, 0, 0, null]],
  },
  { rule: 'over no rows at an anchor', query: "SELECT orders AT region WHERE region = 'North'", rows: [] },
  {
    rule: 'a derived family over no rows of one input',
    query: "SELECT store, net AT store WHERE store IN ('S1', 'S4')",
    rows: [
      ['S1', 9],
      ['S4', null],
    ],
  },
];

const INNER: readonly Rule[] = [
  {
    rule: 'inside an operator x @ A is at A with the outer anchor; a NULL total is skipped',
    query: 'SELECT region, AVG(units @ (day)) AS a, COUNT(units @ (day)) AS n, COUNT(orders @ (day)) AS o AT region',
    rows: [
      ['East', 30, 1, 2],
      ['West', 30, 1, 1],
      [null, 2.5, 2, 2],
    ],
  },
  {
    rule: 'nested',
    query: 'SELECT MAX(AVG(units @ (store)) @ (region)) AS x, MIN(AVG(units @ (store)) @ (region)) AS n AT ()',
    rows: [[30, 2.5]],
  },
  {
    rule: 'WHERE reaches into it',
    query: "SELECT AVG(units @ (store)) AS a AT () WHERE region = 'East'",
    rows: [[15]],
  },
  {
    rule: 'HAVING and LIMIT do not',
    query:
      'SELECT region, units / (units @ ()) AS s, AVG(units @ (store)) AS a AT region HAVING region IS NOT NULL ORDER BY region LIMIT 1',
    rows: [['East', 30 / 65, 15]],
  },
  {
    rule: 'outside an operator it is at exactly A, replicated',
    query: 'SELECT store, units / (units @ region) AS s AT store',
    rows: [
      ['S1', 1 / 3],
      ['S2', 2 / 3],
      ['S3', 1],
      ['S9', 0.8],
      [null, 0.2],
    ],
  },
  {
    rule: 'replicated along the calendar, NULL to NULL',
    query: 'SELECT day, units, units @ month AS m, units @ () AS t AT day',
    rows: [
      ['2024-01-01', 30, 30, 65],
      ['2024-01-03', null, 30, 65],
      ['2024-02-01', 30, 31, 65],
      ['2024-02-29', 1, 31, 65],
      [null, 4, 4, 65],
    ],
  },
  {
    rule: 'A must be determined outside',
    query: 'SELECT region, units @ store AS u AT region',
    code: 'NOT_DETERMINED',
  },
  {
    rule: 'A must not be determined inside',
    query: 'SELECT SUM(units @ (region)) AS s AT store',
    code: 'NOTHING_REDUCED',
  },
  {
    rule: 'a replica is not summed back',
    query: 'SELECT SUM((units @ ()) @ (store)) AS s AT ()',
    code: 'REPLICATED_SUM',
  },
  {
    rule: 'a share within an inner anchor',
    query: 'SELECT region, MAX((units / (units @ region)) @ (store)) AS m AT region',
    rows: [
      ['East', 2 / 3],
      ['West', 1],
      [null, 0.8],
    ],
  },
  {
    rule: 'families of two roots at an inner anchor',
    query: 'SELECT AVG((units - amount) @ (store)) AS a, COUNT(net @ (store)) AS n AT ()',
    rows: [[23 / 3, 3]],
  },
  { rule: 'rows at an inner anchor', query: 'SELECT AVG(COUNT(*) @ (store)) AS a FROM sales AT ()', rows: [[1.2]] },
  {
    rule: 'counts at an inner anchor are of what occurs',
    query: 'SELECT SUM(orders @ (store)) AS s, COUNT(orders @ (store)) AS n AT ()',
    rows: [[6, 5]],
  },
  {
    rule: 'an expression of one root is per row, a row with a NULL is skipped',
    query: 'SELECT region, SUM(units * price) AS s, SUM(units) * SUM(price) AS p AT region',
    rows: [
      ['East', 5, 18],
      ['West', null, null],
      [null, 6, 15],
    ],
    types: ['text', 'decimal(2)', 'decimal(2)'],
  },
  {
    rule: 'row arithmetic with a double',
    query: 'SELECT AVG(units + weight) AS a, COUNT(units + weight) AS n AT ()',
    rows: [[14.5, 5]],
  },
  {
    rule: 'a condition on a dimension, row by row',
    query: "SELECT region, SUM(CASE WHEN region = 'East' THEN units ELSE 0 END) AS s AT region",
    rows: [
      ['East', 30],
      ['West', 0],
      [null, 0],
    ],
  },
  {
    rule: 'what a condition chooses by is not added up: it need not list SUM',
    query:
      'SELECT SUM(CASE WHEN express THEN units END) AS s, SUM(CASE express WHEN FALSE THEN COALESCE(units, 0) END) AS c AT ()',
    rows: [[11, 24]],
  },
  {
    rule: 'what it chooses must',
    query: 'SELECT SUM(CASE WHEN units > 1 THEN express END) AS s AT ()',
    code: 'OPERATOR_NOT_LISTED',
  },
  {
    rule: 'at an inner anchor a condition need not be summable',
    query: 'SELECT SUM((CASE WHEN express THEN units END) @ (store)) AS s AT ()',
    rows: [[11]],
  },
  {
    rule: 'operators that do not roll up, over an inner anchor',
    query:
      'SELECT region, MEDIAN(units @ (store)) AS m, COUNT_DISTINCT(units @ (store)) AS c, MODE(units @ (store)) AS o AT region',
    rows: [
      ['East', 15, 2, 10],
      ['West', 30, 1, 30],
      [null, 2.5, 2, 1],
    ],
  },
  {
    rule: 'the first and last of inner periods',
    query: 'SELECT FIRST(units @ (day)) AS f, LAST(units @ (month)) AS l, BOOL_AND(express @ (store)) AS b AT ()',
    rows: [[30, 31, false]],
  },
  {
    rule: 'a value at one anchor of a value at another',
    query: 'SELECT SUM(SUM(units @ (store)) @ (region)) AS t, SUM(AVG(units @ (store)) @ (region)) AS a AT ()',
    rows: [[65, 47.5]],
  },
  {
    rule: '@ binds tighter than /',
    query: "SELECT store, units / units @ region AS s AT store HAVING store = 'S2'",
    rows: [['S2', 2 / 3]],
  },
  {
    rule: 'two roots meet at a coordinate that both have',
    query: 'SELECT AVG(net @ (store, day)) AS a AT ()',
    rows: [[9]],
  },
  {
    rule: 'over a derived family an inner anchor is needed',
    query: 'SELECT SUM(net) AS s AT ()',
    code: 'INPUT_GRAIN_AMBIGUOUS',
  },
  {
    rule: 'over families of two roots too',
    query: 'SELECT MAX(units - amount) AS s AT ()',
    code: 'INPUT_GRAIN_AMBIGUOUS',
  },
  {
    rule: 'a ratio of sums at the output anchor',
    query: 'SELECT region, unit_price AT region',
    rows: [
      ['East', 0.02],
      ['West', null],
      [null, 0.6],
    ],
  },
  {
    rule: 'and a mean of ratios at an inner one',
    query: 'SELECT AVG(unit_price @ (store)) AS a AT ()',
    rows: [[2.3 / 4]],
  },
  {
    rule: 'WITH stands for its expression',
    query: 'WITH a = units @ (store), m = MAX(a) SELECT m AS x, m + 1 AS y AT ()',
    rows: [[30, 31]],
  },
];

const SPELLINGS: readonly Rule[] = [
  {
    rule: 'keywords in any case, names quoted or not',
    query: 'select "units", COUNT(*) as n from "sales" at ();',
    rows: [[65, 6]],
  },
  { rule: 'names in their own case', query: 'SELECT UNITS AT ()', code: 'UNKNOWN_NAME' },
  {
    rule: 'braces are brackets, and comments are none of it',
    query: 'SELECT units -- all of it\nAT {region} HAVING region IS NOT NULL',
    rows: [
      ['East', 30],
      ['West', 30],
    ],
  },
  { rule: 'clauses in their order', query: 'SELECT units HAVING units > 1 AT ()', code: 'SYNTAX' },
  { rule: 'no GROUP BY', query: 'SELECT units AT region GROUP BY region', code: 'SYNTAX' },
  { rule: 'no SELECT *', query: 'SELECT * AT region', code: 'SYNTAX' },
  { rule: 'AT must be said', query: 'SELECT units', code: 'SYNTAX' },
  { rule: 'a text value is no name', query: 'SELECT units AT region WHERE region = "East"', code: 'UNKNOWN_NAME' },
  {
    rule: 'dates and their functions',
    query:
      "SELECT day, YEAR(day) AS y, WEEK(day) AS w, WEEKDAY(day) AS d, DATE_TRUNC('month', day) AS m, DATE_ADD(day, 1) AS n, DATE_DIFF(day, DATE '2024-01-01') AS f, orders AT day",
    rows: [
      ['2024-01-01', 2024, 1, 1, '2024-01', '2024-01-02', 0, 2],
      ['2024-01-03', 2024, 1, 3, '2024-01', '2024-01-04', 2, 1],
      ['2024-02-01', 2024, 5, 4, '2024-02', '2024-02-02', 31, 1],
      ['2024-02-29', 2024, 9, 4, '2024-02', '2024-03-01', 59, 1],
      [null, null, null, null, null, null, null, 1],
    ],
  },
];

const RANKS: readonly Rule[] = [
  {
    rule: 'ranks: 1 is the largest, ties share, ROW_NUMBER by coordinate',
    query:
      'SELECT region, RANK(units) AS r, DENSE_RANK(units) AS d, ROW_NUMBER(units) AS n, RANK(price) AS p AT region',
    rows: [
      ['East', 1, 1, 1, 2],
      ['West', 1, 1, 2, null],
      [null, 3, 2, 3, 1],
    ],
    types: ['text', 'int64', 'int64', 'int64', 'int64'],
  },
  {
    rule: 'within each value, NULL being one',
    query: 'SELECT region, store, RANK(units, within => region) AS r, RANK(units) AS w AT (region, store)',
    rows: [
      ['East', 'S1', 2, 3],
      ['East', 'S2', 1, 2],
      ['West', 'S3', 1, 1],
      [null, 'S9', 1, 4],
      [null, null, 2, 5],
    ],
  },
  {
    rule: 'within a dimension that the anchor determines',
    query: 'SELECT store, RANK(units, within => region) AS r AT store',
    rows: [
      ['S1', 2],
      ['S2', 1],
      ['S3', 1],
      ['S9', 1],
      [null, 2],
    ],
  },
  {
    rule: 'a running sum skips NULL, and NULL is no period',
    query: 'SELECT day, units, CUMSUM(units) AS c, ROLLING_SUM(units, 2) AS r, RANK(units) AS k AT day',
    rows: [
      ['2024-01-01', 30, 30, null, 1],
      ['2024-01-03', null, 30, null, null],
      ['2024-02-01', 30, 60, 30, 1],
      ['2024-02-29', 1, 61, 1, 4],
      [null, 4, null, null, 3],
    ],
  },
];

export const MARKET: World = {
  name: 'market',
  collection: COLLECTION,
  tables: TABLES,
  rules: [...COLUMNS, ...ROWS, ...WHERE, ...FRAME, ...ABSENCE, ...INNER, ...SPELLINGS, ...RANKS],
};
