import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

test('a dimension shown under two names is one dimension of the anchor, and spoils no entry', async () => {
  const lab = await openLab({
    collections: {
      'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
    },
    tables: { facts: 'fact,store,amount\na,S1,10\nb,S2,20\n' },
  });
  expect(await lab.everyWay('SELECT store, store AS shop, amount AT store')).toEqual([
    ['S1', 'S1', 10],
    ['S2', 'S2', 20],
  ]);
  expect(await lab.everyWay('SELECT store, amount AT store')).toEqual([
    ['S1', 10],
    ['S2', 20],
  ]);
  await lab.close();
});
