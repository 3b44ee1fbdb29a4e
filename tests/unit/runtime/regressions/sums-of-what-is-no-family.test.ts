import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Lab, openLab } from './lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await openLab({
    collections: {
      'c/': `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, store: {dimension: store}, amount: {type: int64}}}
  - {name: stores, source: stores, grain: [store], columns: {store: {dimension: store}, size: {attribute_of: store, type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`,
    },
    tables: { facts: 'fact,store,amount\n1,S1,10\n2,S1,5\n3,S2,1\n', stores: 'store,size\nS1,5\nS2,7\n' },
  });
});
afterAll(() => lab.close());

// The size of a shop, summed over its sales, is the size of nothing.
test.each([
  'SELECT SUM(size) AS s FROM facts AT ()',
  'SELECT SUM(5) AS s FROM facts AT ()',
  'SELECT SUM(amount + size) AS s AT ()',
  'SELECT SUM(amount - 1) AS s AT ()',
  'SELECT SUM(size / amount) AS s AT ()',
])('refused: %s', async (question) => {
  expect(await lab.code(question)).toBe('OPERATOR_NOT_LISTED');
});

test.each([
  ['SELECT SUM(amount * size) AS s AT ()', 82],
  ['SELECT SUM(-amount) AS s AT ()', -16],
  ['SELECT SUM(amount * (size + 1)) AS s AT ()', 98],
  ['SELECT SUM(amount - 2 * amount) AS s AT ()', -16],
  ['SELECT MAX(size) AS s FROM facts AT ()', 7],
  ['SELECT AVG(size) AS s FROM stores AT ()', 6],
] as const)('answered: %s', async (question, value) => {
  expect(await lab.everyWay(question)).toEqual([[value]]);
});
