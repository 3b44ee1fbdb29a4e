import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

test('a condition at the root names a dimension by its own name, not by its column', async () => {
  const lab = await openLab({
    collections: {
      'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {f: {dimension: fact}, store_id: {dimension: store}, amount: {type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount, where: "store = 'S1' AND amount > 0"}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
    },
    // A column of the source that no schema binds bears the dimension's name.
    tables: { facts: 'f,store_id,amount,store\na,S1,5,S2\nb,S2,7,S1\nc,S1,-1,S1\n' },
  });
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[5]]);
  await lab.close();
});
