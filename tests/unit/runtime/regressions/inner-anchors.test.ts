import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, openLab } from './lab.ts';

/** Sales and returns of stores, and prices that no one sums. */
const COLLECTION = `coframe: 1
name: inner
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns: {sale: {dimension: sale, type: int64}, store: {dimension: store}, day: {dimension: day, type: date}, x: {type: int64}, price: {type: decimal(2)}, fine: {type: decimal(18)}, seen: {type: date}}
  - name: returned
    source: returned
    grain: [return]
    columns: {return: {dimension: return, type: int64}, store: {dimension: store}, y: {type: int64}}
  - name: areas
    source: areas
    grain: [store]
    columns: {store: {dimension: store}, area: {dimension: area}, zone: {dimension: zone}}
  - name: stock
    source: stock
    grain: [store, month]
    columns: {store: {dimension: store}, month: {dimension: month, type: date}, level: {type: int64}}
  - name: pairs
    source: pairs
    grain: [store, chain]
    columns: {store: {dimension: store}, chain: {dimension: chain}}
dimension_families:
  - {name: places, edges: [{child: area, parent: zone, via: areas}, {child: store, parent: area, via: areas}], bridges: [{child: store, parent: chain, via: pairs}]}
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - {name: level, family_root: {schema: stock, column: level}, ip_reducers: [{operator: MAX, a_block: []}]}
  - {name: x, family_root: {schema: sales, column: x}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: price, family_root: {schema: sales, column: price}, ip_reducers: [{operator: AVG, a_block: []}]}
  - {name: cost, family_root: {schema: sales, column: price}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: fine, family_root: {schema: sales, column: fine}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: seen, family_root: {schema: sales, column: seen}, ip_reducers: [{operator: MAX, a_block: []}]}
  - {name: last, family_root: {schema: sales, column: x}, ip_reducers: [{operator: LAST, order: day, combine: MAX, a_block: []}]}
  - {name: y, family_root: {schema: returned, column: y}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    collections: { 'inner/': COLLECTION },
    tables: {
      sales: [
        'sale,store,day,x,price,fine,seen',
        '1,S1,2024-01-01,10,1.25,0.5,2024-01-05',
        '2,S2,2024-01-01,20,2.50,0.25,2024-01-06',
        '3,S2,2024-01-02,5,0.10,,',
        '',
      ].join('\n'),
      areas: ['store,area,zone', 'S1,A1,Z1', 'S2,A1,Z2', ''].join('\n'),
      stock: ['store,month,level', 'S1,2024-01,7', 'S2,2024-01,5', 'S2,2024-02,6', ''].join('\n'),
      pairs: ['store,chain', 'S1,C1', 'S2,C1', 'S2,C2', ''].join('\n'),
      returned: ['return,store,y', '1,S1,1', '2,S3,2', ''].join('\n'),
    },
  });
});
afterAll(() => lab.close());

test('a value that is repeated is that over no rows where only another series has rows', async () => {
  expect(await lab.everyWay('SELECT store, y, COUNT(x) @ (store) AS n, x @ (store) AS s AT store')).toEqual([
    ['S1', 1, 1, 10],
    ['S3', 2, 0, null],
  ]);
  const either = 'SELECT store, y, COALESCE(x, 0) @ (store) AS s, COUNT(x) @ () AS n AT store';
  expect(await lab.everyWay(either)).toEqual([
    ['S1', 1, 10, 3],
    ['S3', 2, 0, 3],
  ]);
});

test('values of one period are summed only where they may be', async () => {
  const merged = (family: string) => `SELECT LAST(${family} @ (store, day), combine => SUM) AS l AT ()`;
  expect(await lab.everyWay(merged('x'))).toEqual([[5]]);
  expect(await lab.everyWay('SELECT FIRST(x @ (store, day), combine => SUM) AS f AT ()')).toEqual([[30]]);
  expect(await lab.code(merged('price'))).toBe('OPERATOR_NOT_LISTED');
  expect(await lab.code(merged('seen'))).toBe('NOT_DEFINED_FOR_TYPE');
  expect(await lab.code('SELECT LAST(day, order => day, combine => SUM) AS l FROM sales AT ()')).toBe(
    'NOT_DEFINED_FOR_TYPE',
  );
  expect(await lab.code('SELECT LAST(sale, order => day, combine => SUM) AS l FROM sales AT ()')).toBe(
    'OPERATOR_NOT_LISTED',
  );
});

test('a family that is named twice in an expression is one family, with its own order', async () => {
  expect(await lab.everyWay('SELECT LAST(last + last) AS l AT ()')).toEqual([[10]]);
});

test('only a date orders values of an inner anchor', async () => {
  const ordered = (order: string) => `SELECT LAST(x @ (store, day), order => ${order}, combine => MAX) AS l AT ()`;
  expect(await lab.everyWay(ordered('day'))).toEqual([[5]]);
  expect(await lab.code(ordered('store'))).toBe('NOT_DEFINED_FOR_TYPE');
  expect(await lab.code(ordered('x'))).toBe('UNKNOWN_NAME');
});

test('weights whose products have more digits than a decimal may have are doubles', async () => {
  const mean = 'SELECT WEIGHTED_AVG(fine @ (sale), fine @ (sale)) AS w AT ()';
  expect((await lab.everyWay(mean))[0]?.[0]).toBeCloseTo((0.25 + 0.0625) / 0.75, 12);
});

test('a rounded term is a term of its series', async () => {
  expect(await lab.everyWay('SELECT SUM(ROUND(cost)) AS r, SUM(TRUNC(cost, 1)) AS t AT ()')).toEqual([[4, 3.8]]);
  expect(await lab.everyWay('SELECT SUM(ROUND(cost, 1) @ (store)) AS r AT ()')).toEqual([[3.9]]);
  expect(await lab.code('SELECT SUM(ROUND(sale)) AS r FROM sales AT ()')).toBe('OPERATOR_NOT_LISTED');
});

test('members are told apart from members with their children beside them', async () => {
  expect(await lab.everyWay('SELECT chain, x, MAX(x @ (store)) AS m AT chain VIA pairs')).toEqual([
    ['C1', 35, 25],
    ['C2', 25, 25],
  ]);
});

test('a term is added up if one of its factors is a metric that lists SUM', async () => {
  expect(await lab.everyWay('SELECT SUM(price * x) AS a, SUM(price * cost) AS b AT ()')).toEqual([[63, 7.8225]]);
  expect(await lab.everyWay('SELECT SUM((price * x) @ (store)) AS c AT ()')).toEqual([[45]]);
  expect(await lab.everyWay('SELECT LAST(price * x, order => day, combine => SUM) AS d AT ()')).toEqual([[0.5]]);
  for (const terms of ['price + x', 'price + cost', 'x / price - price', '2 * price', 'price / x']) {
    expect(await lab.code(`SELECT SUM(${terms}) AS e AT ()`)).toBe('OPERATOR_NOT_LISTED');
    expect(await lab.code(`SELECT SUM((${terms}) @ (store)) AS f AT ()`)).toBe('OPERATOR_NOT_LISTED');
  }
});

test('a member has the rows of all its children at one period', async () => {
  expect(await lab.code('SELECT chain, LAST(level) AS l AT chain VIA pairs')).toBe('INPUT_GRAIN_AMBIGUOUS');
  expect(await lab.everyWay('SELECT chain, store, LAST(level) AS l AT (chain VIA pairs, store)')).toEqual([
    ['C1', 'S1', 7],
    ['C1', 'S2', 6],
    ['C2', 'S2', 6],
  ]);
});

test('what an operator makes of a dimension is no metric, but a number of its values is', async () => {
  for (const text of ['SUM(MAX(sale) @ (store))', 'SUM(MEDIAN(sale) @ (store))']) {
    expect(await lab.code(`SELECT ${text} AS s FROM sales AT ()`)).toBe('OPERATOR_NOT_LISTED');
  }
  expect(await lab.code('SELECT day, CUMSUM(MAX(sale)) AS s FROM sales AT day')).toBe('OPERATOR_NOT_LISTED');
  expect(await lab.code('SELECT SUM((COUNT(*) @ ()) @ (store)) AS s FROM sales AT ()')).toBe('REPLICATED_SUM');
  expect(await lab.everyWay('SELECT SUM(COUNT_DISTINCT(sale) @ (store)) AS n FROM sales AT ()')).toEqual([[3]]);
});

test('that nothing is reduced is told of edges that hold, the first time it is asked', async () => {
  // One area lies in two zones, so it does not determine its zone: nor does a sale lie in one.
  expect(await lab.ask('SELECT area, MIN(x @ (zone)) AS m AT area')).toMatchObject({ code: 'FD_CONTRADICTED' });
  expect(await lab.code('SELECT store, MIN(x @ (area)) AS m AT store')).toBe('NOTHING_REDUCED');
});
