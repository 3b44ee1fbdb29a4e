import { expect, test } from 'vitest';
import { valueIn } from '../../../support/node-session.ts';
import { type Lab, openLab, type ServedFile, type Shelves } from './lab.ts';

const COLLECTION = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}, other: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, region: {dimension: region}, title: {attribute_of: store}}}
dimension_families:
  - {name: geo, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: other, family_root: {schema: facts, column: other}, ip_reducers: [{operator: SUM, a_block: []}]}
`;
const collections = { 'c/': COLLECTION };
const BEFORE = {
  facts: 'fact,store,amount,other\na,S1,1,10\nb,S2,2,20\n',
  stores: 'store,region,title\nS1,East,One\nS2,West,Two\n',
};
const AFTER = {
  facts: 'fact,store,amount,other\na,S1,100,1000\nb,S2,200,2000\n',
  stores: 'store,region,title\nS1,West,Uno\nS2,East,Due\n',
};

/** The same questions under either bytes. */
async function expectBefore(lab: Lab): Promise<void> {
  expect(await lab.everyWay('SELECT amount, other AT ()')).toEqual([[3, 30]]);
  expect(await lab.everyWay('SELECT region, amount, other AT region')).toEqual([
    ['East', 1, 10],
    ['West', 2, 20],
  ]);
  expect(await lab.everyWay('SELECT store, title, other AT store')).toEqual([
    ['S1', 'One', 10],
    ['S2', 'Two', 20],
  ]);
}

async function expectAfter(lab: Lab): Promise<void> {
  expect(await lab.everyWay('SELECT amount, other AT ()')).toEqual([[300, 3000]]);
  expect(await lab.everyWay('SELECT region, amount, other AT region')).toEqual([
    ['East', 200, 2000],
    ['West', 100, 1000],
  ]);
  expect(await lab.everyWay('SELECT store, title, other AT store')).toEqual([
    ['S1', 'Uno', 1000],
    ['S2', 'Due', 2000],
  ]);
}

test('what is computed while an assumed source turns out to have changed is kept as of its true bytes', {
  timeout: 60_000,
}, async () => {
  const shelves: Shelves = new Map();
  const served: Record<string, ServedFile> = { facts: { body: BEFORE.facts }, stores: { body: BEFORE.stores } };
  const first = await openLab({ collections, served, shelves });
  await first.rows('SELECT amount AT ()');
  await first.rows('SELECT region, amount AT region');
  await first.rows('SELECT store, title, amount AT store');
  await first.close();

  let send = () => {};
  const gate = new Promise<void>((resolve) => {
    send = resolve;
  });
  served.facts = { body: AFTER.facts, gate };
  served.stores = { body: AFTER.stores, gate };
  const second = await openLab({ collections, served, shelves });
  const stored = await second.ask('SELECT store, title, amount AT store');
  if ('code' in stored) throw new Error(stored.message);
  // The title comes from a lookup that no atom reads.
  expect(stored.provenance.sources.map(({ name, assumed }) => [name, assumed])).toEqual([
    ['stores', true],
    ['facts', true],
  ]);
  expect(stored.disclosures.map(({ parameters }) => parameters.source).sort()).toEqual(['facts', 'stores']);
  const computed = [second.rows('SELECT other AT ()'), second.rows('SELECT region, other AT region')];
  send();
  expect(await Promise.all(computed)).toEqual([
    [[3000]],
    [
      ['East', 2000],
      ['West', 1000],
    ],
  ]);
  await expectAfter(second);
  await second.close();

  served.facts = { body: BEFORE.facts };
  served.stores = { body: BEFORE.stores };
  const third = await openLab({ collections, served, shelves });
  await expectBefore(third);
  await third.close();
});

test('after a refresh nothing comes from tables, maps or findings of the earlier bytes', async () => {
  const served: Record<string, ServedFile> = {
    facts: { body: BEFORE.facts, etag: '"1"' },
    stores: { body: BEFORE.stores, etag: '"1"' },
  };
  const lab = await openLab({ collections, served });
  await expectBefore(lab);
  served.facts = { body: AFTER.facts, etag: '"2"' };
  served.stores = { body: AFTER.stores, etag: '"2"' };
  valueIn(await lab.service.refresh());
  await expectAfter(lab);
  await lab.close();
});

test('columns of one table are never of two versions of its source', async () => {
  const served: Record<string, ServedFile> = {
    facts: { body: BEFORE.facts, etag: '"1"' },
    stores: { body: BEFORE.stores, etag: '"1"' },
  };
  const lab = await openLab({ collections, served });
  expect(await lab.rows('SELECT amount AT ()')).toEqual([[3]]);
  served.facts = { body: AFTER.facts, etag: '"2"' };
  valueIn(await lab.service.refresh());
  expect(await lab.rows('SELECT SUM(amount + other) AS both AT ()', { engine: false })).toEqual([[3300]]);
  await lab.close();
});

test('another collection of the installation hears of a change too', async () => {
  const served: Record<string, ServedFile> = {
    facts: { body: BEFORE.facts, etag: '"1"' },
    stores: { body: BEFORE.stores, etag: '"1"' },
  };
  const lab = await openLab({
    collections: { 'c/': COLLECTION, 'd/': COLLECTION.replace('name: c', 'name: d') },
    served,
  });
  await expectBefore(lab);
  await lab.service.use('d');
  served.facts = { body: AFTER.facts, etag: '"2"' };
  served.stores = { body: AFTER.stores, etag: '"2"' };
  valueIn(await lab.service.refresh());
  await expectAfter(lab);
  await lab.service.use('c');
  await expectAfter(lab);
  await lab.close();
});
