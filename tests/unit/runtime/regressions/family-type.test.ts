import { expect, test } from 'vitest';
import { valueIn } from '../../../support/node-session.ts';
import { openLab } from './lab.ts';

const COLLECTION = `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, buyer: {type: text}, amount: {type: decimal(2)}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
  - {name: buyers, family_root: {schema: facts, column: buyer}, reducer: COUNT_DISTINCT}
  - {name: typical, family_root: {schema: facts, column: amount}, reducer: MEDIAN}
`;

test('the type told of a family is that of what its bare name gives', async () => {
  const lab = await openLab({
    collections: { 'c/': COLLECTION },
    tables: { facts: 'fact,buyer,amount\n1,A,1.50\n2,B,2.25\n3,A,4.00\n' },
  });
  const { families } = valueIn(await lab.service.summary());
  expect(families.map(({ name, type }) => [name, type])).toEqual([
    ['amount', 'decimal(2)'],
    ['buyers', 'int64'],
    ['typical', 'double'],
  ]);
  await lab.close();
});
