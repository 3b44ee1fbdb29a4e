import { type Case, csv } from './case.ts';
import { LANGUAGE_CASES } from './language-cases.ts';

const STORES = csv('store,region', 'S1,East', 'S2,East', 'S3,West');

const STORE_LOOKUP = `
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}`;

const GEOGRAPHY = `
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}`;

/** 3: a filter belongs to an entry's key, and filters an entry before it is rolled up. */
const FILTER_AND_KEY: Case = {
  name: '3 filter and key',
  collection: `coframe: 1
name: c3
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, day: {dimension: day, type: date}, region: {dimension: region}, revenue: {type: int64}}
metric_families:
  - name: revenue
    family_root: {schema: sales, column: revenue}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[day, region]]}
`,
  tables: {
    sales: csv('sale,day,region,revenue', 'a,2024-01-01,East,1', 'b,2024-01-01,West,2', 'c,2024-01-02,West,4'),
  },
  questions: [
    {
      query: "SELECT day, revenue AT day WHERE region = 'East'",
      rows: [['2024-01-01', 1]],
      servedFrom: 'engine_cache',
    },
    {
      query: 'SELECT day, revenue AT day',
      rows: [
        ['2024-01-01', 3],
        ['2024-01-02', 4],
      ],
      servedFrom: 'engine_cache',
    },
    { query: "SELECT revenue AT () WHERE region = 'East'", rows: [[1]], servedFrom: 'engine_cache' },
    { query: 'SELECT revenue AT ()', rows: [[7]], servedFrom: 'engine_cache' },
    { query: "SELECT revenue AT () WHERE region = 'North'", rows: [[null]] },
    { query: "SELECT COUNT(revenue) AT () WHERE region = 'North'", rows: [[0]] },
  ],
};

/** 4: what climbs to nothing is one NULL coordinate, and stays in the total. */
const NULL_COORDINATES: Case = {
  name: '4 null coordinates',
  collection: `coframe: 1
name: c4
schemas:
  - name: facts
    source: facts
    grain: [fact]
    columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}}${STORE_LOOKUP}
dimension_families:${GEOGRAPHY}
metric_families:
  - name: amount
    family_root: {schema: facts, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[store]]}
`,
  tables: { facts: csv('fact,store,amount', '1,S1,10', '2,S9,4', '3,,1'), stores: STORES },
  questions: [
    {
      query: 'SELECT region, amount AT region',
      rows: [
        ['East', 10],
        [null, 5],
      ],
      servedFrom: 'engine_cache',
    },
    { query: 'SELECT amount AT ()', rows: [[15]], servedFrom: 'engine_cache' },
    { query: "SELECT amount AT () WHERE region <> 'East'", rows: [[null]] },
    { query: 'SELECT amount AT () WHERE region IS NULL', rows: [[5]] },
    { query: 'SELECT amount AT () WHERE region IS NOT NULL', rows: [[10]] },
    {
      query: 'SELECT store, region, amount AT store',
      rows: [
        ['S1', 'East', 10],
        ['S9', null, 4],
        [null, null, 1],
      ],
    },
  ],
};

const SIBLING_COLLECTION = (name: string) => `coframe: 1
name: ${name}
schemas:
  - name: transactions
    source: transactions
    grain: [transaction]
    columns: {transaction: {dimension: transaction}, region: {dimension: region}, day: {dimension: day, type: date}, revenue: {type: int64}}
  - name: summary
    source: summary
    grain: [region, day]
    columns: {region: {dimension: region}, day: {dimension: day, type: date}, revenue: {type: int64}}
metric_families:
  - name: revenue
    family_root: {schema: transactions, column: revenue}
    ip_reducers: [{operator: SUM, a_block: []}]
    siblings: [{schema: summary, column: revenue, operator: SUM}]
    cache_hint: {materialize_at: [[region, day]]}
`;

const TWO_SALES = csv('transaction,region,day,revenue', '1,East,2024-01-01,3', '2,East,2024-01-01,4');

/** 5: a pre-aggregate serves its own operator only, and only while it is verified. */
const SIBLING: Case = {
  name: '5 sibling trap',
  collection: SIBLING_COLLECTION('c5'),
  tables: { transactions: TWO_SALES, summary: csv('region,day,revenue', 'East,2024-01-01,7') },
  questions: [
    { query: 'SELECT region, revenue AT region', rows: [['East', 7]], schema: 'summary' },
    { query: 'SELECT region, MAX(revenue) AT region', rows: [['East', 4]], schema: 'transactions' },
    { query: 'SELECT region, COUNT(revenue) AT region', rows: [['East', 2]], schema: 'transactions' },
    { query: 'SELECT region, COUNT(*) FROM transactions AT region', rows: [['East', 2]], schema: 'transactions' },
    { query: 'SELECT region, AVG(revenue) AT region', rows: [['East', 3.5]], schema: 'transactions' },
  ],
};

const INCOHERENT_SIBLING: Case = {
  name: '5 sibling that its root does not bear out',
  collection: SIBLING_COLLECTION('c5b'),
  tables: { transactions: TWO_SALES, summary: csv('region,day,revenue', 'East,2024-01-01,7', 'West,2024-01-01,0') },
  questions: [
    { query: 'SELECT region, revenue AT region', rows: [['East', 7]], schema: 'transactions' },
    { query: 'SELECT region, revenue FROM summary AT region', code: 'NOT_IN_SCHEMA' },
  ],
};

/** 6: ISO weeks nest in no other period. */
const WEEKS: Case = {
  name: '6 weeks',
  collection: `coframe: 1
name: c6
schemas:
  - name: sales
    source: sales
    grain: [day]
    columns: {day: {dimension: day, type: date}, revenue: {type: int64}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - name: revenue
    family_root: {schema: sales, column: revenue}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[week]]}
`,
  tables: { sales: csv('day,revenue', '2023-12-31,1', '2024-01-01,2', '2024-12-30,4') },
  questions: [
    {
      query: 'SELECT week, revenue AT week',
      rows: [
        ['2023-W52', 1],
        ['2024-W01', 2],
        ['2025-W01', 4],
      ],
      servedFrom: 'engine_cache',
    },
    {
      query: 'SELECT year, revenue AT year',
      rows: [
        ['2023', 1],
        ['2024', 6],
      ],
      servedFrom: 'engine_backend',
    },
    {
      query: 'SELECT quarter, revenue AT quarter',
      rows: [
        ['2023-Q4', 1],
        ['2024-Q1', 2],
        ['2024-Q4', 4],
      ],
    },
    { query: "SELECT month, revenue AT month WHERE month = '2024-01'", rows: [['2024-01', 2]] },
    { query: 'SELECT revenue AT () WHERE year = 2024', rows: [[6]] },
    { query: "SELECT revenue AT () WHERE day = '2024-01'", code: 'DIMENSION_TYPE_MISMATCH' },
    { query: 'SELECT week, CUMSUM(revenue, reset => year) AS c AT week', code: 'UNREACHABLE_ANCHOR' },
  ],
};

/** 8: where a series has no rows its value is its operator over none; a formula with a NULL is NULL. */
const ABSENCE: Case = {
  name: '8 absence and formulas',
  collection: `coframe: 1
name: c8
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, store: {dimension: store}, amount: {type: int64}}
  - name: returns
    source: returns
    grain: [return]
    columns: {return: {dimension: return}, store: {dimension: store}, amount: {type: int64}}${STORE_LOOKUP}
dimension_families:${GEOGRAPHY}
metric_families:
  - {name: sales, family_root: {schema: sales, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: returned, family_root: {schema: returns, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: net, derived: {formula: sales - returned, inputs: [sales, returned]}}
`,
  tables: {
    sales: csv('sale,store,amount', '1,S1,10'),
    returns: csv('return,store,amount', '1,S1,1', '2,S2,2'),
    stores: STORES,
  },
  questions: [
    {
      query: 'SELECT store, sales, returned, COUNT(sales) AS n, sales - returned AS net AT store',
      rows: [
        ['S1', 10, 1, 1, 9],
        ['S2', null, 2, 0, null],
      ],
    },
    {
      query: 'SELECT store, net AT store',
      rows: [
        ['S1', 9],
        ['S2', null],
      ],
    },
    { query: 'SELECT region, net AT region', rows: [['East', 7]] },
    {
      query: 'SELECT store, COALESCE(sales, 0) - returned AS net AT store',
      rows: [
        ['S1', 9],
        ['S2', -2],
      ],
    },
    {
      query: 'SELECT store, region AT store',
      rows: [
        ['S1', 'East'],
        ['S2', 'East'],
        ['S3', 'West'],
      ],
    },
  ],
};

const NUMBERS = (name: string, type: string, operators = 'SUM') => `coframe: 1
name: ${name}
schemas:
  - name: numbers
    source: numbers
    grain: [id]
    columns: {id: {dimension: id}, label: {dimension: label}, x: {type: ${type}}, y: {type: ${type}}}
metric_families:
  - {name: x, family_root: {schema: numbers, column: x}, ip_reducers: [{operator: ${operators}, a_block: []}]}
  - {name: y, family_root: {schema: numbers, column: y}, ip_reducers: [{operator: ${operators}, a_block: []}]}
`;

/** 10: exact decimals, overflow, NaN, code-point order, −0. */
const DECIMALS: Case = {
  name: '10 decimals are exact',
  collection: NUMBERS('c10', 'decimal(2)'),
  tables: { numbers: csv('id,label,x,y', '1,a,0.10,3868636.36', '2,b,0.20,-2710830.20') },
  questions: [
    { query: 'SELECT SUM(x) AT ()', rows: [[0.3]] },
    { query: 'SELECT SUM(x) AT () HAVING sum_x = 0.30', rows: [[0.3]] },
    { query: 'SELECT SUM(x) AT () HAVING sum_x > 0.30', rows: [] },
    { query: 'SELECT AVG(x) AT ()', rows: [[0.15]] },
    { query: 'SELECT SUM(y) AT ()', rows: [[1157806.16]] },
    { query: 'SELECT SUM(y) - SUM(x) AS d AT ()', rows: [[1157805.86]] },
    { query: 'SELECT MEDIAN(x) AT ()', rows: [[0.15]] },
  ],
};

const OVERFLOW: Case = {
  name: '10 integers never wrap',
  collection: NUMBERS('c10b', 'int64'),
  tables: { numbers: csv('id,label,x,y', '1,a,9223372036854775807,9223372036854775807', '2,b,1,1', '3,c,,-1') },
  questions: [
    { query: 'SELECT SUM(x) AT ()', code: 'OVERFLOW' },
    { query: 'SELECT SUM(y) AT ()', rows: [['9223372036854775807']] },
    { query: 'SELECT MAX(x), COUNT(x), COUNT(*) FROM numbers AT ()', rows: [['9223372036854775807', 2, 3]] },
  ],
};

const DOUBLES: Case = {
  name: '10 NaN is read as NULL, and −0 is 0',
  collection: NUMBERS('c10c', 'double'),
  tables: { numbers: csv('id,label,x,y', '1,a,NaN,-0.0', '2,b,2.0,-0.0') },
  questions: [
    { query: 'SELECT SUM(x), COUNT(x), COUNT(*) FROM numbers AT ()', rows: [[2, 1, 2]] },
    { query: 'SELECT SUM(y), MIN(y), MAX(y) AT ()', rows: [[0, 0, 0]] },
    { query: 'SELECT x / y AS q AT ()', rows: [[null]] },
  ],
};

const TEXT_ORDER: Case = {
  name: '10 text is ordered by code point, NULL last',
  collection: NUMBERS('c10d', 'int64'),
  tables: { numbers: csv('id,label,x,y', '1,😀,1,1', '2,～,2,1', '3,a,3,1', '4,,4,1') },
  questions: [
    {
      query: 'SELECT label, x AT label',
      rows: [
        ['a', 3],
        ['～', 2],
        ['😀', 1],
        [null, 4],
      ],
    },
    {
      query: 'SELECT label, x AT label ORDER BY label',
      rows: [
        ['a', 3],
        ['～', 2],
        ['😀', 1],
        [null, 4],
      ],
    },
    {
      query: 'SELECT label, x AT label ORDER BY label DESC',
      rows: [
        ['😀', 1],
        ['～', 2],
        ['a', 3],
        [null, 4],
      ],
    },
    { query: 'SELECT MIN(label) AS first, MAX(label) AS last FROM numbers AT ()', rows: [['a', '😀']] },
  ],
};

const AIRPORT_FLIGHTS = ['1,ROR', '2,ROR', '3,ROR', '4,PNI', '5,PNI', '6,PNI', '7,PNI', '8,PNI'];

/** 11: a NULL child with a parent breaks an edge; the direct path serves, never the broken one. */
const NULL_CHILD: Case = {
  name: '11 null child of an edge',
  collection: `coframe: 1
name: c11
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns: {flight: {dimension: flight}, airport: {dimension: airport}}
  - name: plans
    source: plans
    grain: [state]
    columns: {state: {dimension: state}, planned: {type: int64}}
  - name: airports
    source: airports
    grain: [airport]
    columns: {airport: {dimension: airport}, state: {dimension: state}, country: {dimension: country}}
dimension_families:
  - name: geography
    edges:
      - {child: airport, parent: state, via: airports}
      - {child: airport, parent: country, via: airports}
      - {child: state, parent: country, via: airports}
metric_families:
  - name: flights
    family_root: {schema: flights}
    ip_reducers: [{operator: COUNT, a_block: []}]
    cache_hint: {materialize_at: [[state]]}
  - {name: planned, family_root: {schema: plans, column: planned}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
  tables: {
    flights: csv('flight,airport', ...AIRPORT_FLIGHTS),
    plans: csv('state,planned', 'GA,5'),
    airports: csv('airport,state,country', 'ATL,GA,US', 'ROR,,PW', 'PNI,,FM'),
  },
  questions: [
    {
      query: 'SELECT country, flights AT country',
      rows: [
        ['FM', 5],
        ['PW', 3],
      ],
      servedFrom: 'engine_backend',
    },
    { query: 'SELECT state, flights AT state', rows: [[null, 8]], servedFrom: 'engine_cache' },
    { query: 'SELECT country, planned AT country', code: 'FD_CONTRADICTED' },
  ],
};

/** 12: a climb joins distinct pairs, so a lookup finer than its edge multiplies nothing. */
const FINER_LOOKUP: Case = {
  name: '12 a lookup finer than its edge',
  collection: `coframe: 1
name: c12
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns: {flight: {dimension: flight}, city: {dimension: city}}
  - name: airports
    source: airports
    grain: [airport]
    columns: {airport: {dimension: airport}, city: {dimension: city}, state: {dimension: state}}
dimension_families:
  - {name: geography, edges: [{child: airport, parent: city, via: airports}, {child: city, parent: state, via: airports}]}
metric_families:
  - {name: flights, family_root: {schema: flights}, ip_reducers: [{operator: COUNT, a_block: []}]}
`,
  tables: {
    flights: csv('flight,city', '1,Springfield', '2,Springfield', '3,Springfield'),
    airports: csv('airport,city,state', 'A1,Springfield,IL', 'A2,Springfield,IL', 'A3,Peoria,IL'),
  },
  questions: [
    { query: 'SELECT state, flights AT state', rows: [['IL', 3]] },
    { query: 'SELECT city, state, flights AT city', rows: [['Springfield', 'IL', 3]] },
  ],
};

/** 13: one lookup read in two roles. */
const ROLES: Case = {
  name: '13 roles',
  collection: `coframe: 1
name: c13
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns: {flight: {dimension: flight}, origin: {dimension: origin}, destination: {dimension: destination}}
  - name: airports
    source: airports
    grain: [airport]
    columns: {airport: {dimension: airport}, state: {dimension: state}}
dimension_families:
  - name: origin
    edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state}}]
  - name: destination
    edges: [{child: destination, parent: destination_state, via: airports, as: {airport: destination, state: destination_state}}]
metric_families:
  - {name: flights, family_root: {schema: flights}, ip_reducers: [{operator: COUNT, a_block: []}]}
`,
  tables: {
    flights: csv('flight,origin,destination', '1,A1,A3'),
    airports: csv('airport,state', 'A1,IL', 'A3,WI'),
  },
  questions: [
    { query: 'SELECT origin_state, flights AT origin_state', rows: [['IL', 1]] },
    {
      query: 'SELECT origin_state, destination_state, flights AT (origin_state, destination_state)',
      rows: [['IL', 'WI', 1]],
    },
    {
      query: 'SELECT state, flights AT state',
      code: 'UNKNOWN_NAME',
      suggestions: ['destination_state', 'origin_state'],
    },
  ],
};

export const CASES: readonly Case[] = [
  FILTER_AND_KEY,
  NULL_COORDINATES,
  SIBLING,
  INCOHERENT_SIBLING,
  WEEKS,
  ABSENCE,
  DECIMALS,
  OVERFLOW,
  DOUBLES,
  TEXT_ORDER,
  NULL_CHILD,
  FINER_LOOKUP,
  ROLES,
  ...LANGUAGE_CASES,
];
