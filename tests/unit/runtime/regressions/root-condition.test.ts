import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

test.each([
  ['beside a column that is spelt like it', ', store: {type: text}'],
  ['alone', ''],
])('a condition at the root names a dimension by its own name: %s', async (_, more) => {
  const lab = await openLab({
    collections: {
      'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {f: {dimension: fact}, store_id: {dimension: store}, amount: {type: int64}${more.replace('store:', 'shop:')}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount, where: "store = 'S1'"}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
    },
    tables: { facts: 'f,store_id,amount,shop,store\na,S1,5,X,S2\nb,S2,7,S1,S1\n' },
  });
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[5]]);
  await lab.close();
});
