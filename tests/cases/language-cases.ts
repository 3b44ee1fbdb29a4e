import { type Case, csv } from './case.ts';

const STORES = csv('store,region', 'S1,East', 'S2,East', 'S3,West');

const GEOGRAPHY = `
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}`;

const CALENDAR = `
  - {name: calendar, calendar: {from: month, levels: [quarter, year]}}`;

/** 1: a stock has a last value, is never summed over time, and a pinned month is no time. */
const STOCK: Case = {
  name: '1 LAST, blocks, pins',
  collection: `coframe: 1
name: c1
schemas:
  - name: inventory
    source: inventory
    grain: [store, month]
    columns: {store: {dimension: store}, month: {dimension: month, type: date}, units: {type: int64}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:${GEOGRAPHY}${CALENDAR}
metric_families:
  - name: stock
    family_root: {schema: inventory, column: units}
    ip_reducers:
      - {operator: LAST, order: month, combine: SUM, a_block: []}
      - {operator: SUM, a_block: [calendar]}
`,
  tables: {
    inventory: csv('store,month,units', 'S1,2024-01,10', 'S1,2024-02,7', 'S2,2024-01,5'),
    stores: STORES,
  },
  questions: [
    {
      query: 'SELECT store, stock AT store',
      rows: [
        ['S1', 7],
        ['S2', 5],
      ],
    },
    { query: 'SELECT region, stock AT region', rows: [['East', 7]] },
    { query: 'SELECT region, SUM(stock @ (store)) AS s AT region', rows: [['East', 12]] },
    {
      query: 'SELECT month, stock AT month',
      rows: [
        ['2024-01', 15],
        ['2024-02', 7],
      ],
    },
    {
      query: 'SELECT region, month, stock AT (region, month)',
      rows: [
        ['East', '2024-01', 15],
        ['East', '2024-02', 7],
      ],
    },
    {
      query: 'SELECT store, month, stock AT (store, month)',
      rows: [
        ['S1', '2024-01', 10],
        ['S1', '2024-02', 7],
        ['S2', '2024-01', 5],
      ],
    },
    { query: 'SELECT region, SUM(stock) AT region', code: 'BLOCKED_REDUCTION' },
    { query: "SELECT region, SUM(stock) AT region WHERE month = '2024-01'", rows: [['East', 15]] },
    { query: "SELECT region, SUM(stock) AT region WHERE month IN ('2024-01')", rows: [['East', 15]] },
    { query: "SELECT region, SUM(stock) AT region WHERE month IN ('2024-01', '2024-02')", code: 'BLOCKED_REDUCTION' },
    { query: 'SELECT month, CUMSUM(stock) AS c AT month', code: 'BLOCKED_REDUCTION' },
    { query: 'SELECT month, ROLLING_SUM(stock, 2) AS c AT month', code: 'BLOCKED_REDUCTION' },
    { query: 'SELECT SUM(stock @ (month)) AS s AT ()', code: 'BLOCKED_REDUCTION' },
    { query: 'SELECT AVG(stock @ (month)) AS a AT ()', rows: [[11]] },
    { query: 'SELECT region, FIRST(stock) AT region', code: 'INPUT_GRAIN_AMBIGUOUS' },
    {
      query: 'SELECT store, FIRST(stock) AT store',
      rows: [
        ['S1', 10],
        ['S2', 5],
      ],
    },
    {
      query: 'SELECT store, FIRST(stock, order => month, combine => SUM) AS f AT store',
      rows: [
        ['S1', 10],
        ['S2', 5],
      ],
    },
  ],
};

/** 2: a surrogate grain does not hide that a balance is summed over time. */
const BALANCES: Case = {
  name: '2 surrogate grain',
  collection: `coframe: 1
name: c2
schemas:
  - name: balances
    source: balances
    grain: [row_id]
    columns: {row_id: {dimension: row_id}, account: {dimension: account}, day: {dimension: day, type: date}, bal: {type: int64}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - {name: bal, family_root: {schema: balances, column: bal}, ip_reducers: [{operator: SUM, a_block: [calendar]}]}
`,
  tables: { balances: csv('row_id,account,day,bal', '1,A,2024-01-01,100', '2,A,2024-01-02,110') },
  questions: [
    { query: 'SELECT account, SUM(bal) AT account', code: 'BLOCKED_REDUCTION' },
    {
      query: 'SELECT account, day, SUM(bal) AT (account, day)',
      rows: [
        ['A', '2024-01-01', 100],
        ['A', '2024-01-02', 110],
      ],
    },
    { query: 'SELECT account, LAST(bal, order => day, combine => MAX) AS l AT account', rows: [['A', 110]] },
  ],
};

/** 7: an inner anchor reduces what occurs; a replicated value is repeated, and never summed back. */
const INNER_ANCHORS: Case = {
  name: '7 inner anchors, shares',
  collection: `coframe: 1
name: c7
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, store: {dimension: store}, day: {dimension: day, type: date}, revenue: {type: int64}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:${GEOGRAPHY}
metric_families:
  - {name: revenue, family_root: {schema: sales, column: revenue}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
  tables: {
    sales: csv('sale,store,day,revenue', '1,S1,2024-01-01,10', '2,S1,2024-01-03,20', '3,S3,2024-01-01,30'),
    stores: STORES,
  },
  questions: [
    {
      query: 'SELECT region, AVG(revenue @ (day)) AS a AT region',
      rows: [
        ['East', 15],
        ['West', 30],
      ],
    },
    { query: 'SELECT AVG(revenue @ (day)) AS a AT ()', rows: [[30]] },
    { query: 'SELECT AVG(revenue) AT ()', rows: [[20]] },
    {
      query: "SELECT region, revenue / (revenue @ ()) AS s AT region WHERE day = '2024-01-01'",
      rows: [
        ['East', 0.25],
        ['West', 0.75],
      ],
    },
    { query: 'SELECT store, AVG(revenue @ (region)) AS a AT store', code: 'NOTHING_REDUCED' },
    {
      query: 'SELECT store, revenue / (revenue @ region) AS s AT store',
      rows: [
        ['S1', 1],
        ['S3', 1],
      ],
    },
    { query: 'SELECT region, revenue @ store AS s AT region', code: 'NOT_DETERMINED' },
    { query: 'SELECT region, SUM((revenue @ ()) @ (day)) AS s AT region', code: 'REPLICATED_SUM' },
    { query: 'SELECT MAX(AVG(revenue @ (day)) @ (region)) AS m AT ()', rows: [[30]] },
    { query: 'SELECT COUNT(revenue @ (region, day)) AS n AT ()', rows: [[3]] },
    {
      query: 'WITH daily = revenue @ (day) SELECT region, AVG(daily) AS a, MAX(daily) AS m AT region',
      rows: [
        ['East', 15, 20],
        ['West', 30, 30],
      ],
    },
  ],
};

/** 9: windows count periods, and a missing period is a gap. */
const WINDOWS: Case = {
  name: '9 windows',
  collection: `coframe: 1
name: c9
schemas:
  - name: sales
    source: sales
    grain: [day]
    columns: {day: {dimension: day, type: date}, x: {type: int64}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: x, family_root: {schema: sales, column: x}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
  tables: { sales: csv('day,x', '2024-01-01,10', '2024-01-02,20', '2024-01-04,40') },
  questions: [
    {
      query: 'SELECT day, LAG(x, 1) AS lag, CUMSUM(x) AS c, ROLLING_SUM(x, 2) AS r2, ROLLING_SUM(x, 3) AS r3 AT day',
      rows: [
        ['2024-01-01', null, 10, null, null],
        ['2024-01-02', 10, 30, 30, null],
        ['2024-01-04', null, 70, 40, 60],
      ],
    },
    {
      query: 'SELECT day, PCT_CHANGE(x) AS p, RANK(x) AS r AT day',
      rows: [
        ['2024-01-01', null, 3],
        ['2024-01-02', 1, 2],
        ['2024-01-04', null, 1],
      ],
    },
    {
      query: "SELECT day, x, LAG(x, 1) AS lag AT day HAVING day > '2024-01-01'",
      rows: [
        ['2024-01-02', 20, 10],
        ['2024-01-04', 40, null],
      ],
    },
    { query: 'SELECT week, CUMSUM(x, reset => year) AS c AT week', code: 'UNREACHABLE_ANCHOR' },
    { query: 'SELECT CUMSUM(x) AS c AT ()', code: 'NO_ORDER_AXIS' },
    { query: 'SELECT day, CUMSUM(x, reset => month) AS c AT day LIMIT 1', rows: [['2024-01-01', 10]] },
    { query: 'SELECT day, CUMSUM(x @ ()) AS c AT day', code: 'REPLICATED_SUM' },
  ],
};

/** 14: members count in every whole that they belong to, on purpose only. */
const MEMBERSHIP: Case = {
  name: '14 membership',
  collection: `coframe: 1
name: c14
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, product: {dimension: product}, amount: {type: int64}}
  - name: product_promotions
    source: product_promotions
    grain: [product, promotion]
    columns: {product: {dimension: product}, promotion: {dimension: promotion}}
dimension_families:
  - {name: merchandise, bridges: [{child: product, parent: promotion, via: product_promotions}]}
metric_families:
  - {name: sales, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
  tables: {
    sales: csv('sale,product,amount', '1,P1,10', '2,P2,5'),
    product_promotions: csv('product,promotion', 'P1,G1', 'P1,G2', 'P2,G2'),
  },
  questions: [
    { query: 'SELECT promotion, sales AT promotion', code: 'FAN_OUT' },
    {
      query: 'SELECT promotion, sales AT promotion VIA product_promotions',
      rows: [
        ['G1', 10],
        ['G2', 15],
      ],
      isNeverKept: true,
    },
    {
      query:
        'SELECT promotion, AVG(sales), COUNT(*), MEDIAN(sales), COUNT_DISTINCT(product) FROM sales AT promotion VIA product_promotions',
      rows: [
        ['G1', 10, 1, 10, 1],
        ['G2', 7.5, 2, 7.5, 2],
      ],
      isNeverKept: true,
    },
    {
      query: 'SELECT product, promotion, sales AT (product, promotion VIA product_promotions)',
      rows: [
        ['P1', 'G1', 10],
        ['P1', 'G2', 10],
        ['P2', 'G2', 5],
      ],
      isNeverKept: true,
    },
    { query: "SELECT sales AT () WHERE promotion = 'G1'", code: 'FAN_OUT' },
    { query: 'SELECT promotion, sales AT promotion VIA sales', code: 'UNKNOWN_NAME' },
  ],
};

/** Cases of what the language says beyond one reduction of rows. */
export const LANGUAGE_CASES: readonly Case[] = [STOCK, BALANCES, INNER_ANCHORS, WINDOWS, MEMBERSHIP];
