import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

const DAILY = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, day: {dimension: day, type: date}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
  - {name: daily, source: daily, grain: [region, day], columns: {region: {dimension: region}, day: {dimension: day, type: date}, store: {dimension: store}, month: {dimension: month, type: date}, amount: {type: int64}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}]}
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}], siblings: [{schema: daily, column: amount, operator: SUM}], cache_hint: {materialize_at: [[region]]}}
`;

test('what a pre-aggregate carries beside its grain tells its rows apart for nobody', async () => {
  const lab = await openLab({
    warmUp: 'await',
    collections: { 'c/': DAILY },
    tables: {
      facts: 'fact,store,day,amount\n1,S1,2024-01-01,10\n2,S2,2024-01-01,20\n3,S2,2024-02-01,5\n4,S1,2024-02-01,5\n',
      stores: 'store,region\nS1,East\nS2,East\n',
      // The store that sold most, and a month that is wrong.
      daily: 'region,day,store,month,amount\nEast,2024-01-01,S2,2024-03,30\nEast,2024-02-01,S1,2024-02,10\n',
    },
  });
  const atGrain = await lab.ask('SELECT region, day, amount AT (region, day)', { engine: false });
  if ('code' in atGrain) throw new Error(atGrain.message);
  expect(atGrain.provenance.decisions.map(({ chosen }) => chosen)).toEqual(['daily']);
  expect(await lab.everyWay('SELECT store, amount AT store')).toEqual([
    ['S1', 15],
    ['S2', 25],
  ]);
  expect(await lab.everyWay("SELECT amount AT () WHERE store = 'S1'")).toEqual([[15]]);
  expect(await lab.everyWay('SELECT month, amount AT month')).toEqual([
    ['2024-01', 30],
    ['2024-02', 10],
  ]);
  expect(await lab.everyWay("SELECT amount AT () WHERE month <= '2024-01'")).toEqual([[30]]);
  await lab.close();
});

const OWN_REGION = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, region: {dimension: region}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}}}
  - {name: sums, source: sums, grain: [store], columns: {store: {dimension: store}, amount: {type: int64}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}], siblings: [{schema: sums, column: amount, operator: SUM}], cache_hint: {materialize_at: [[store]]}}
`;

test('a pre-aggregate does not climb to what its root has of its own', async () => {
  const lab = await openLab({
    warmUp: 'await',
    collections: { 'c/': OWN_REGION },
    tables: {
      facts: 'fact,store,region,amount\n1,S1,West,10\n2,S2,East,20\n3,S2,East,5\n4,S1,West,5\n',
      stores: 'store,region\nS1,East\nS2,East\n',
      sums: 'store,amount\nS1,15\nS2,25\n',
    },
  });
  const atGrain = await lab.ask('SELECT store, amount AT store', { engine: false });
  if ('code' in atGrain) throw new Error(atGrain.message);
  expect(atGrain.provenance.decisions.map(({ chosen }) => chosen)).toEqual(['sums']);
  expect(await lab.everyWay('SELECT region, amount AT region')).toEqual([
    ['East', 25],
    ['West', 15],
  ]);
  expect(await lab.everyWay("SELECT amount AT () WHERE region = 'East'")).toEqual([[25]]);
  await lab.close();
});
