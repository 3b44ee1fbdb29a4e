import { expect, test } from 'vitest';
import { openLab, type Shelves } from './lab.ts';

const collection = (storeType: string, regionColumn: string) => `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store, type: ${storeType}}, day: {dimension: day, type: date}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store, type: ${storeType}}, ${regionColumn}: {dimension: region}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;
const tables = {
  facts: 'fact,store,day,amount\na,1,2024-01-01,10\nb,2,2024-01-01,20\nc,1,2024-01-02,5\n',
  stores: 'store,region,zone\n1,East,North\n2,West,East\n',
};

test('entries of a column that was of another type do not serve', async () => {
  const shelves: Shelves = new Map();
  const before = await openLab({ collections: { 'c/': collection('text', 'region') }, tables, shelves });
  await before.rows('SELECT store, day, amount AT (store, day)');
  await before.rows('SELECT region, amount AT region');
  await before.close();
  const lab = await openLab({ collections: { 'c/': collection('int64', 'region') }, tables, shelves });
  expect(await lab.everyWay('SELECT region, amount AT region')).toEqual([
    ['East', 15],
    ['West', 20],
  ]);
  expect(await lab.everyWay('SELECT store, amount AT store')).toEqual([
    [1, 15],
    [2, 20],
  ]);
  await lab.close();
});

test('entries that were filtered through another column of the lookup do not serve', async () => {
  const shelves: Shelves = new Map();
  const before = await openLab({ collections: { 'c/': collection('text', 'region') }, tables, shelves });
  await before.rows("SELECT store, amount AT store WHERE region = 'East'");
  await before.close();
  const lab = await openLab({ collections: { 'c/': collection('text', 'zone') }, tables, shelves });
  expect(await lab.everyWay("SELECT amount AT () WHERE region = 'East'")).toEqual([[20]]);
  await lab.close();
});
