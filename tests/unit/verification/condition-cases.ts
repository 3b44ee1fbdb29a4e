import type { Attestation, Condition } from '../../../src/collection/attestation.ts';
import { i1, i2, i3, i4, i5, i6, i8, i9, i10, i11 } from '../../../src/collection/conditions.ts';
import { dayNumber } from '../../../src/columns/calendar.ts';
import type { DataCase } from './verified-data.ts';

/** Data, and what must be found of conditions on it. */
export interface ConditionCase {
  readonly name: string;
  readonly data: DataCase;
  readonly found: readonly {
    readonly condition: Condition;
    readonly status: Attestation['status'];
    readonly counts: Attestation['counts'];
    readonly examples?: Attestation['examples'];
    /** Sources that it read, sorted. */
    readonly sources: readonly string[];
    readonly boundary?: number;
    /** Verified before it. */
    readonly after?: readonly Condition[];
  }[];
}

const csv = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

const STORES = csv('store,region', 'S1,East', 'S2,East', 'S3,West');

/** Sales by row, dated, in stores that lie in regions; `more` goes to the end of the collection. */
const shop = (more = '') => `
coframe: 1
name: shop
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      store: {dimension: store}
      day: {dimension: day, type: date}
      amount: {type: decimal(2)}
    stability: {date_column: day}
  - name: stores
    source: stores
    grain: [store]
    columns:
      store: {dimension: store}
      region: {dimension: region}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
${more}`;

const SALES = csv(
  'sale,store,day,amount',
  '1,S1,2024-01-01,10.00',
  '2,S1,2024-01-02,4.50',
  '3,S2,2024-01-02,',
  '4,S3,2024-01-03,1.25',
);

const STORE_REGION = 'store→region via stores';

const SOUND: ConditionCase = {
  name: 'sound data',
  data: { collection: shop(), files: { 'sales.csv': SALES, 'stores.csv': STORES } },
  found: [
    { condition: i1('sales', 'amount'), status: 'verified', counts: {}, sources: ['sales'] },
    {
      condition: i2('sales'),
      status: 'verified',
      counts: { rows: 4, coordinates: 4, duplicates: 0 },
      sources: ['sales'],
    },
    { condition: i3('sales'), status: 'verified', counts: { rows: 4, nulls: 0 }, sources: ['sales'] },
    {
      condition: i4(STORE_REGION),
      status: 'verified',
      counts: { distinct_x_count: 3, violation_count: 0, nulls: 0 },
      sources: ['stores'],
    },
    {
      condition: i5('sales', STORE_REGION),
      status: 'verified',
      counts: { rows: 4, missing_parents: 0, null_children: 0 },
      sources: ['sales', 'stores'],
    },
    {
      condition: i8('sales', 'amount'),
      status: 'verified',
      counts: { rows: 4, nulls: 1, not_finite: 0, rounded: 0 },
      sources: ['sales'],
    },
  ],
};

const FAULTY_GRAIN: ConditionCase = {
  name: 'a grain with faults',
  data: {
    collection: shop(),
    files: {
      'sales.csv': csv(
        'sale,store,day,amount',
        '2,S1,2024-01-01,1.00',
        '1,S1,2024-01-01,1.00',
        '1,S2,2024-01-02,2.00',
        '2,S2,2024-01-02,2.00',
        '2,S3,2024-01-02,2.00',
        '3,S3,2024-01-02,2.00',
        ',S3,2024-01-02,2.00',
        ',S3,2024-01-02,2.00',
      ),
      'stores.csv': STORES,
    },
  },
  found: [
    {
      condition: i2('sales'),
      status: 'contradicted',
      counts: { rows: 8, coordinates: 3, duplicates: 2 },
      examples: {
        columns: ['sale', 'rows'],
        rows: [
          ['1', 2],
          ['2', 3],
        ],
      },
      sources: ['sales'],
    },
    {
      condition: i3('sales'),
      status: 'contradicted',
      counts: { rows: 8, nulls: 2 },
      examples: { columns: ['dimension', 'nulls'], rows: [['sale', 2]] },
      sources: ['sales'],
    },
  ],
};

const WIDE_GRAIN: ConditionCase = {
  name: 'a grain of several columns',
  data: {
    collection: `
coframe: 1
name: stock
schemas:
  - name: stock
    source: stock
    grain: [store, month]
    columns:
      store: {dimension: store}
      month: {dimension: month, type: date}
      units: {type: int64}
  - {name: days, source: days, grain: [day], columns: {day: {dimension: day, type: date}}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families: []
`,
    files: {
      'days.csv': csv('day', '2024-01-01'),
      'stock.csv': csv(
        'store,month,units',
        'S2,2024-02-01,1',
        'S1,2024-01-01,1',
        'S1,2024-02-01,2',
        'S2,2024-02-01,3',
        'S2,,4',
        'S2,,4',
        ',2024-01-01,4',
      ),
    },
  },
  found: [
    {
      condition: i2('stock'),
      status: 'contradicted',
      counts: { rows: 7, coordinates: 3, duplicates: 1 },
      examples: { columns: ['month', 'store', 'rows'], rows: [['2024-02', 'S2', 2]] },
      sources: ['stock'],
    },
    {
      condition: i3('stock'),
      status: 'contradicted',
      counts: { rows: 7, nulls: 3 },
      examples: {
        columns: ['dimension', 'nulls'],
        rows: [
          ['month', 2],
          ['store', 1],
        ],
      },
      sources: ['stock'],
    },
  ],
};

const INSTALLATION = (days: number) => `
name: tests
sources: {sales: {path: sales.csv}, stores: {path: stores.csv}}
backend: {type: duckdb}
stability_filter: {default_hold_off_days: ${days}}
acs: [{path: collection/}]
`;

/** On 2024-01-05 with two days of hold-off, rows until 2024-01-03 are read. */
const HELD_OFF: ConditionCase = {
  name: 'rows held off',
  data: {
    collection: shop('filter: "region <> \'West\'"'),
    installation: INSTALLATION(2),
    asOf: dayNumber(2024, 1, 5),
    files: {
      'sales.csv': csv(
        'sale,store,day,amount',
        '1,S1,2024-01-01,1.00',
        '2,S9,2024-01-03,',
        '3,S3,2024-01-03,2.00',
        // Held off: were they read, each check below would find another count.
        '1,S9,2024-01-04,',
        ',S8,2024-01-05,1.00',
        '3,S9,,',
      ),
      'stores.csv': STORES,
    },
  },
  found: [
    {
      condition: i2('sales'),
      status: 'verified',
      counts: { rows: 3, coordinates: 3, duplicates: 0, held_off: 2, undated: 1 },
      sources: ['sales'],
      boundary: dayNumber(2024, 1, 3),
    },
    {
      condition: i3('sales'),
      status: 'verified',
      counts: { rows: 3, nulls: 0 },
      sources: ['sales'],
      boundary: dayNumber(2024, 1, 3),
    },
    {
      condition: i5('sales', STORE_REGION),
      status: 'contradicted',
      counts: { rows: 3, missing_parents: 1, null_children: 0 },
      examples: { columns: ['store', 'rows'], rows: [['S9', 1]] },
      sources: ['sales', 'stores'],
      boundary: dayNumber(2024, 1, 3),
    },
    {
      condition: i8('sales', 'amount'),
      status: 'verified',
      counts: { rows: 3, nulls: 1, not_finite: 0, rounded: 0 },
      sources: ['sales'],
      boundary: dayNumber(2024, 1, 3),
    },
    {
      // S9 has no region: NULL <> 'West' is not TRUE.
      condition: i11('sales'),
      status: 'verified',
      counts: { rows: 3, kept: 1, dropped: 2 },
      sources: ['sales', 'stores'],
      boundary: dayNumber(2024, 1, 3),
    },
    {
      // Lookups are read whole, and are of no date.
      condition: i2('stores'),
      status: 'verified',
      counts: { rows: 3, coordinates: 3, duplicates: 0 },
      sources: ['stores'],
    },
  ],
};

const UNDATED: ConditionCase = {
  name: 'rows without a date, none of the others held off',
  data: {
    collection: shop(),
    installation: INSTALLATION(2),
    asOf: dayNumber(2024, 2, 1),
    files: {
      'sales.csv': csv('sale,store,day,amount', '1,S1,2024-01-01,1.00', '1,S1,,2.00', '2,S1,,2.00'),
      'stores.csv': STORES,
    },
  },
  found: [
    {
      condition: i2('sales'),
      status: 'verified',
      counts: { rows: 1, coordinates: 1, duplicates: 0, held_off: 0, undated: 2 },
      sources: ['sales'],
    },
  ],
};

const TRAVEL = (edges: string, columns = 'airport: {dimension: airport}') => `
coframe: 1
name: travel
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns:
      flight: {dimension: flight}
      ${columns}
  - name: airports
    source: airports
    grain: [airport]
    columns:
      airport: {dimension: airport}
      state: {dimension: state}
      country: {dimension: country}
dimension_families:
  - name: place
    edges:
${edges}
metric_families:
  - {name: flown, family_root: {schema: flights}, ip_reducers: [{operator: COUNT, a_block: []}]}
`;

const AIRPORT_STATE = 'airport→state via airports';
const AIRPORT_COUNTRY = 'airport→country via airports';
const STATE_COUNTRY = 'state→country via airports';
const PLACE_EDGES = `
      - {child: airport, parent: state, via: airports}
      - {child: airport, parent: country, via: airports}
      - {child: state, parent: country, via: airports}
`;

const NULL_CHILD: ConditionCase = {
  name: 'a NULL child with parents',
  data: {
    collection: TRAVEL(PLACE_EDGES),
    files: {
      'airports.csv': csv('airport,state,country', 'ATL,GA,US', 'ROR,,PW', 'PNI,,FM'),
      'flights.csv': csv('flight,airport', '1,ROR', '2,ROR', '3,PNI', '4,', '5,XXX', '6,XXX', '7,YYY'),
    },
  },
  found: [
    {
      // A state of NULL is a parent like any other.
      condition: i4(AIRPORT_STATE),
      status: 'verified',
      counts: { distinct_x_count: 3, violation_count: 0, nulls: 2 },
      sources: ['airports'],
    },
    {
      condition: i4(AIRPORT_COUNTRY),
      status: 'verified',
      counts: { distinct_x_count: 3, violation_count: 0, nulls: 0 },
      sources: ['airports'],
    },
    {
      condition: i4(STATE_COUNTRY),
      status: 'contradicted',
      counts: { distinct_x_count: 1, violation_count: 1, nulls: 0 },
      examples: { columns: ['state', 'country 1', 'country 2'], rows: [[null, 'FM', 'PW']] },
      sources: ['airports'],
    },
    {
      // ROR and PNI have a parent, which is NULL; three rows name airports that are not listed.
      condition: i5('flights', AIRPORT_STATE),
      status: 'contradicted',
      counts: { rows: 7, missing_parents: 3, null_children: 1 },
      examples: {
        columns: ['airport', 'rows'],
        rows: [
          ['XXX', 2],
          ['YYY', 1],
        ],
      },
      sources: ['airports', 'flights'],
    },
    {
      // Two ways to country: itself, and through state, which is NULL for two airports.
      condition: i6('flights', 'country', [[AIRPORT_COUNTRY], [AIRPORT_STATE, STATE_COUNTRY]]),
      status: 'contradicted',
      counts: { keys: 5, differing: 2 },
      examples: {
        columns: ['airport', 'country by airport → country', 'country by airport → state → country'],
        rows: [
          ['PNI', 'FM', null],
          ['ROR', 'PW', null],
        ],
      },
      sources: ['airports', 'flights'],
    },
  ],
};

const DIAMOND: ConditionCase = {
  name: 'two paths that agree',
  data: {
    collection: TRAVEL(PLACE_EDGES),
    files: {
      'airports.csv': csv('airport,state,country', 'ATL,GA,US', 'LAX,CA,US', 'PNI,PN,FM'),
      'flights.csv': csv('flight,airport', '1,ATL', '2,LAX', '3,PNI', '4,'),
    },
  },
  found: [
    {
      condition: i6('flights', 'country', [[AIRPORT_COUNTRY], [AIRPORT_STATE, STATE_COUNTRY]]),
      status: 'verified',
      counts: { keys: 4, differing: 0 },
      sources: ['airports', 'flights'],
    },
  ],
};

const TWO_BASES: ConditionCase = {
  name: 'paths from two columns of the schema',
  data: {
    collection: TRAVEL(
      `
      - {child: airport, parent: country, via: airports}
      - {child: state, parent: country, via: airports}
`,
      'airport: {dimension: airport}\n      state: {dimension: state}',
    ),
    files: {
      'airports.csv': csv('airport,state,country', 'ATL,GA,US', 'LAX,CA,US', 'PNI,PN,FM'),
      'flights.csv': csv('flight,airport,state', '1,ATL,GA', '2,LAX,PN', '3,LAX,PN', '4,PNI,', '5,,'),
    },
  },
  found: [
    {
      condition: i6('flights', 'country', [[AIRPORT_COUNTRY], [STATE_COUNTRY]]),
      status: 'contradicted',
      counts: { keys: 4, differing: 2 },
      examples: {
        columns: ['airport', 'state', 'country by airport → country', 'country by state → country'],
        rows: [
          ['LAX', 'PN', 'US', 'FM'],
          ['PNI', null, 'FM', null],
        ],
      },
      sources: ['airports', 'flights'],
    },
  ],
};

const MANY_PARENTS: ConditionCase = {
  name: 'children with more than one parent',
  data: {
    collection: TRAVEL('      - {child: state, parent: country, via: airports}', 'state: {dimension: state}'),
    files: {
      'airports.csv': csv(
        'airport,state,country',
        ...['A', 'B', 'C', 'D', 'E', 'F', 'G'].flatMap((state) => [`${state}1,${state},US`, `${state}2,${state},CA`]),
        'H1,H,',
        'H2,H,US',
        'I1,I,US',
      ),
      'flights.csv': csv('flight,state', '1,A', '2,H', '3,Z'),
    },
  },
  found: [
    {
      condition: i4(STATE_COUNTRY),
      status: 'contradicted',
      counts: { distinct_x_count: 9, violation_count: 8, nulls: 1 },
      examples: {
        columns: ['state', 'country 1', 'country 2'],
        rows: ['A', 'B', 'C', 'D', 'E'].map((state) => [state, 'CA', 'US']),
      },
      sources: ['airports'],
    },
  ],
};

const OWN_PARENT: ConditionCase = {
  name: "a schema's own parent",
  data: {
    collection: TRAVEL(
      '      - {child: airport, parent: country, via: airports}',
      'airport: {dimension: airport}\n      country: {dimension: country}',
    ),
    files: {
      'airports.csv': csv('airport,state,country', 'ATL,GA,US', 'LAX,CA,US', 'PNI,PN,FM', 'NUL,NN,'),
      'flights.csv': csv(
        'flight,airport,country',
        '1,ATL,US',
        '2,ATL,US',
        '3,NUL,',
        '4,,',
        '5,LAX,MX',
        '6,PNI,',
        '7,XXX,US',
        '8,,US',
        '9,YYY,',
      ),
    },
  },
  found: [
    {
      condition: i9('flights', AIRPORT_COUNTRY),
      status: 'contradicted',
      counts: { rows: 9, pairs: 8, differing: 4 },
      examples: {
        columns: ['airport', 'country', 'country by airport→country via airports'],
        rows: [
          ['LAX', 'MX', 'US'],
          ['PNI', null, 'FM'],
          ['XXX', 'US', null],
          [null, 'US', null],
        ],
      },
      sources: ['airports', 'flights'],
    },
  ],
};

const OWN_MONTH: ConditionCase = {
  name: "a schema's own month",
  data: {
    collection: `
coframe: 1
name: months
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      day: {dimension: day, type: date}
      month: {dimension: month, type: date}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families: []
`,
    files: {
      'sales.csv': csv('sale,day,month', '1,2024-01-31,2024-01', '2,2024-01-01,2024-01', '3,2024-02-01,2024-01'),
    },
  },
  found: [
    {
      condition: i9('sales', 'day→month'),
      status: 'contradicted',
      counts: { rows: 3, pairs: 3, differing: 1 },
      examples: { columns: ['day', 'month', 'month by day→month'], rows: [['2024-02-01', '2024-01', '2024-02']] },
      sources: ['sales'],
    },
  ],
};

const UNREACHED: ConditionCase = {
  name: 'what an edge that does not hold leads to',
  data: {
    collection: TRAVEL(
      `
      - {child: airport, parent: state, via: airports}
      - {child: state, parent: country, via: airports}
`,
    ).replace('metric_families', 'filter: "country = \'US\'"\nmetric_families'),
    files: {
      'airports.csv': csv('airport,state,country', 'ATL,GA,US', 'ATL,CA,US'),
      'flights.csv': csv('flight,airport', '1,ATL'),
    },
  },
  found: [
    {
      condition: i5('flights', STATE_COUNTRY),
      after: [i4(AIRPORT_STATE)],
      status: 'contradicted',
      counts: { unreached: 1 },
      sources: ['airports', 'flights'],
    },
    {
      condition: i11('flights'),
      after: [i4(AIRPORT_STATE)],
      status: 'contradicted',
      counts: { unreached: 1 },
      sources: ['airports', 'flights'],
    },
  ],
};

const LOST_DIGITS: ConditionCase = {
  name: 'a measure with NaN and lost digits',
  data: {
    collection: `
coframe: 1
name: readings
schemas:
  - name: readings
    source: readings
    grain: [reading]
    columns:
      reading: {dimension: reading}
      exact: {type: decimal(2)}
      plain: {type: double}
metric_families:
  - {name: exact, family_root: {schema: readings, column: exact}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: plain, family_root: {schema: readings, column: plain}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
    files: {
      'readings.json': JSON.stringify([
        { reading: 'a', exact: 1.25, plain: 1.5 },
        { reading: 'b', exact: 0.125, plain: null },
        { reading: 'c', exact: null, plain: 2 },
      ]),
    },
  },
  found: [
    {
      condition: i8('readings', 'exact'),
      status: 'contradicted',
      counts: { rows: 3, nulls: 1, not_finite: 0, rounded: 1 },
      sources: ['readings'],
    },
    {
      condition: i8('readings', 'plain'),
      status: 'verified',
      counts: { rows: 3, nulls: 1, not_finite: 0, rounded: 0 },
      sources: ['readings'],
    },
  ],
};

const NOT_FINITE: ConditionCase = {
  name: 'a measure that is not a number',
  data: {
    collection: shop(),
    files: {
      'sales.csv': csv('sale,store,day,amount', '1,S1,2024-01-01,NaN', '2,S1,2024-01-02,2.00', '3,S1,2024-01-02,'),
      'stores.csv': STORES,
    },
  },
  found: [
    {
      condition: i8('sales', 'amount'),
      status: 'verified',
      counts: { rows: 3, nulls: 2, not_finite: 1, rounded: 0 },
      sources: ['sales'],
    },
  ],
};

const NOTHING_KEPT: ConditionCase = {
  name: 'a filter that keeps nothing',
  data: {
    collection: shop("filter: \"region = 'North' AND day >= '2024-01-01'\""),
    files: { 'sales.csv': SALES, 'stores.csv': STORES },
  },
  found: [
    {
      condition: i11('sales'),
      status: 'contradicted',
      counts: { rows: 4, kept: 0, dropped: 4 },
      sources: ['sales', 'stores'],
    },
  ],
};

/** Case 5: a pre-aggregate beside its root. */
const trap = (more = '', sumType = 'int64') => `
coframe: 1
name: trap
schemas:
  - name: transactions
    source: transactions
    grain: [transaction]
    columns:
      transaction: {dimension: transaction}
      store: {dimension: store}
      day: {dimension: day, type: date}
      amount: {type: ${sumType}}
    stability: {date_column: day}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
  - name: summary
    source: summary
    grain: [region, day]
    columns:
      region: {dimension: region}
      day: {dimension: day, type: date}
      amount: {type: ${sumType}}
      largest: {type: ${sumType}}
    stability: {date_column: day}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - name: amount
    family_root: {schema: transactions, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}, {operator: MAX, a_block: []}]
    siblings:
      - {schema: summary, column: amount, operator: SUM}
      - {schema: summary, column: largest, operator: MAX}
    cache_hint: {materialize_at: [[region]]}
${more}`;

const TRANSACTIONS = csv('transaction,store,day,amount', '1,S1,2024-01-01,3', '2,S1,2024-01-01,4', '3,S3,2024-01-02,5');
const SUM = i10('amount', 'transactions', 'summary', 'SUM');
const MAX = i10('amount', 'transactions', 'summary', 'MAX');
const TRAP_SOURCES = ['stores', 'summary', 'transactions'];

const COHERENT: ConditionCase = {
  name: 'a sibling that equals its root',
  data: {
    collection: trap(),
    files: {
      'transactions.csv': TRANSACTIONS,
      'stores.csv': STORES,
      'summary.csv': csv('region,day,amount,largest', 'West,2024-01-02,5,5', 'East,2024-01-01,7,3'),
    },
  },
  found: [
    {
      condition: SUM,
      status: 'verified',
      counts: { keys: 2, differing: 0, only_root: 0, only_sibling: 0 },
      sources: TRAP_SOURCES,
    },
    {
      condition: MAX,
      status: 'contradicted',
      counts: { keys: 2, differing: 1, only_root: 0, only_sibling: 0 },
      examples: { columns: ['day', 'region', 'root', 'sibling'], rows: [['2024-01-01', 'East', 4, 3]] },
      sources: TRAP_SOURCES,
    },
  ],
};

const INCOHERENT: ConditionCase = {
  name: 'a sibling with other keys and values than its root',
  data: {
    collection: trap('', 'decimal(1)'),
    files: {
      'transactions.csv': csv(
        'transaction,store,day,amount',
        '1,S1,2024-01-01,3.1',
        '2,S1,2024-01-01,4.1',
        '3,S3,2024-01-02,5',
        '4,S3,2024-01-03,',
        '5,S9,2024-01-04,2.5',
        '6,S2,2024-01-05,1',
      ),
      'stores.csv': STORES,
      'summary.csv': csv(
        'region,day,amount,largest',
        'East,2024-01-01,7.3,4.1',
        'West,2024-01-02,5,5',
        'West,2024-01-01,0,0',
        'West,2024-01-03,,',
        ',2024-01-04,2.5,2.5',
      ),
    },
  },
  found: [
    {
      // (West, d3) is NULL on both sides; rows of the unknown store are at region NULL on both.
      condition: SUM,
      status: 'contradicted',
      counts: { keys: 6, differing: 1, only_root: 1, only_sibling: 1 },
      examples: {
        columns: ['day', 'region', 'root', 'sibling'],
        rows: [
          ['2024-01-01', 'East', '7.2', '7.3'],
          ['2024-01-01', 'West', null, '0.0'],
          ['2024-01-05', 'East', '1.0', null],
        ],
      },
      sources: TRAP_SOURCES,
    },
  ],
};

const SIBLING_BOUNDARY: ConditionCase = {
  name: "a sibling cut at its root's boundary, under the filter and the root's condition",
  data: {
    collection: trap('filter: "day >= \'2024-01-02\'"', 'int64').replace(
      'column: amount}\n',
      'column: amount, where: "amount > 0"}\n',
    ),
    installation: `
name: tests
sources: {transactions: {path: t.csv}, stores: {path: s.csv}, summary: {path: y.csv}}
backend: {type: duckdb}
stability_filter:
  default_hold_off_days: 0
  overrides: {transactions: {hold_off_days: 2}}
acs: [{path: collection/}]
`,
    asOf: dayNumber(2024, 1, 5),
    files: {
      'transactions.csv': csv(
        'transaction,store,day,amount',
        '1,S1,2024-01-01,3',
        '2,S1,2024-01-02,4',
        '3,S1,2024-01-02,-9',
        '4,S3,2024-01-03,5',
        '5,S3,2024-01-04,6',
      ),
      'stores.csv': STORES,
      // The first day is filtered out, the last is past the root's boundary: neither is compared.
      'summary.csv': csv(
        'region,day,amount,largest',
        'East,2024-01-01,1,1',
        'East,2024-01-02,4,4',
        'West,2024-01-03,5,5',
        'West,2024-01-04,9,9',
      ),
    },
  },
  found: [
    {
      condition: SUM,
      status: 'verified',
      counts: { keys: 2, differing: 0, only_root: 0, only_sibling: 0 },
      sources: TRAP_SOURCES,
      boundary: dayNumber(2024, 1, 3),
    },
  ],
};

const NEARLY: ConditionCase = {
  name: 'doubles that differ in their last digits',
  data: {
    collection: trap('', 'double'),
    files: {
      'transactions.csv': csv(
        'transaction,store,day,amount',
        '1,S1,2024-01-01,0.1',
        '2,S1,2024-01-01,0.2',
        '3,S3,2024-01-02,1e9',
        '4,S3,2024-01-02,-1e9',
        '5,S3,2024-01-03,1',
      ),
      'stores.csv': STORES,
      'summary.csv': csv(
        'region,day,amount,largest',
        'East,2024-01-01,0.30000000000000001,0.2',
        // Within 1e-12 of the two thousand million that were summed.
        'West,2024-01-02,0.001,1e9',
        'West,2024-01-03,1.00000001,1',
      ),
    },
  },
  found: [
    {
      condition: SUM,
      status: 'contradicted',
      counts: { keys: 3, differing: 1, only_root: 0, only_sibling: 0 },
      examples: { columns: ['day', 'region', 'root', 'sibling'], rows: [['2024-01-03', 'West', 1, 1.00000001]] },
      sources: TRAP_SOURCES,
    },
  ],
};

const UNCLIMBED: ConditionCase = {
  name: 'a sibling whose root climbs an edge that does not hold',
  data: {
    collection: trap(),
    files: {
      'transactions.csv': TRANSACTIONS,
      'stores.csv': csv('store,region', 'S1,East', 'S1,West', 'S3,West'),
      'summary.csv': csv('region,day,amount,largest', 'East,2024-01-01,7,4', 'West,2024-01-02,5,5'),
    },
  },
  found: [
    {
      // Whether or not the edge was attested before.
      condition: SUM,
      status: 'contradicted',
      counts: { unreached: 1 },
      sources: TRAP_SOURCES,
    },
    {
      condition: MAX,
      after: [i4(STORE_REGION)],
      status: 'contradicted',
      counts: { unreached: 1 },
      sources: TRAP_SOURCES,
    },
  ],
};

const ORIGIN = 'origin→origin_state via airports';
const DESTINATION = 'destination→destination_state via airports';

const ROLES: ConditionCase = {
  name: 'one lookup in two roles',
  data: {
    collection: `
coframe: 1
name: roles
schemas:
  - name: flights
    source: flights
    grain: [flight]
    columns:
      flight: {dimension: flight}
      origin: {dimension: origin}
      destination: {dimension: destination}
  - name: airports
    source: airports
    grain: [airport]
    columns:
      airport: {dimension: airport}
      state: {dimension: state}
dimension_families:
  - name: origins
    edges: [{child: origin, parent: origin_state, via: airports, as: {airport: origin, state: origin_state}}]
  - name: destinations
    edges:
      - child: destination
        parent: destination_state
        via: airports
        as: {airport: destination, state: destination_state}
metric_families:
  - {name: flown, family_root: {schema: flights}, ip_reducers: [{operator: COUNT, a_block: []}]}
`,
    files: {
      'airports.csv': csv('airport,state', 'A1,IL', 'A2,IL', 'A2,GA'),
      'flights.csv': csv('flight,origin,destination', '1,A1,A2', '2,A1,A3', '3,A1,A3', '4,,A1'),
    },
  },
  found: [
    {
      condition: i2('airports'),
      status: 'contradicted',
      counts: { rows: 3, coordinates: 2, duplicates: 1 },
      examples: { columns: ['airport', 'rows'], rows: [['A2', 2]] },
      sources: ['airports'],
    },
    {
      condition: i4(ORIGIN),
      status: 'contradicted',
      counts: { distinct_x_count: 2, violation_count: 1, nulls: 0 },
      examples: { columns: ['origin', 'origin_state 1', 'origin_state 2'], rows: [['A2', 'GA', 'IL']] },
      sources: ['airports'],
    },
    {
      condition: i5('flights', ORIGIN),
      status: 'verified',
      counts: { rows: 4, missing_parents: 0, null_children: 1 },
      sources: ['airports', 'flights'],
    },
    {
      condition: i5('flights', DESTINATION),
      status: 'contradicted',
      counts: { rows: 4, missing_parents: 2, null_children: 0 },
      examples: { columns: ['destination', 'rows'], rows: [['A3', 2]] },
      sources: ['airports', 'flights'],
    },
  ],
};

const CHAIN: ConditionCase = {
  name: 'an edge that is climbed from another',
  data: {
    collection: `
coframe: 1
name: chain
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale}, store: {dimension: store}}
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, city: {dimension: city}}
  - name: areas
    source: areas
    grain: [city]
    columns: {city: {dimension: city}, region: {dimension: region}}
dimension_families:
  - name: geography
    edges: [{child: store, parent: city, via: stores}, {child: city, parent: region, via: areas}]
metric_families:
  - {name: orders, family_root: {schema: sales}, ip_reducers: [{operator: COUNT, a_block: []}]}
`,
    files: {
      'sales.csv': csv('sale,store', '1,S1', '2,S2', '3,S2', '4,S9', '5,'),
      'stores.csv': csv('store,city', 'S1,C1', 'S2,C2'),
      'areas.csv': csv('city,region', 'C1,East'),
    },
  },
  found: [
    {
      condition: i5('sales', 'store→city via stores'),
      status: 'contradicted',
      counts: { rows: 5, missing_parents: 1, null_children: 1 },
      examples: { columns: ['store', 'rows'], rows: [['S9', 1]] },
      sources: ['sales', 'stores'],
    },
    {
      // S9 has no city: what it misses is told of the edge before.
      condition: i5('sales', 'city→region via areas'),
      status: 'contradicted',
      counts: { rows: 5, missing_parents: 2, null_children: 2 },
      examples: { columns: ['city', 'rows'], rows: [['C2', 2]] },
      sources: ['areas', 'sales', 'stores'],
    },
  ],
};

/** Every way in which data can meet or fail a condition. */
export const CONDITION_CASES: readonly ConditionCase[] = [
  SOUND,
  FAULTY_GRAIN,
  WIDE_GRAIN,
  HELD_OFF,
  UNDATED,
  NULL_CHILD,
  DIAMOND,
  TWO_BASES,
  MANY_PARENTS,
  OWN_PARENT,
  OWN_MONTH,
  UNREACHED,
  LOST_DIGITS,
  NOT_FINITE,
  NOTHING_KEPT,
  COHERENT,
  INCOHERENT,
  SIBLING_BOUNDARY,
  NEARLY,
  UNCLIMBED,
  ROLES,
  CHAIN,
];
