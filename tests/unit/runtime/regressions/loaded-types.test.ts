import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

const collection = (name: string, type: string) => `coframe: 1
name: ${name}
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {amount: {type: ${type}}, fact: {dimension: fact, type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;
const tables = { facts: 'amount,fact\n5,10\n7,9\n' };

test('counting rows first does not load a column in a type that nobody declared', async () => {
  const lab = await openLab({ collections: { 'c/': collection('c', 'decimal(2)') }, tables });
  expect(await lab.rows('SELECT COUNT(*) FROM facts AT ()', { engine: false })).toEqual([[2]]);
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[12]]);
  expect(await lab.everyWay('SELECT fact, amount AT fact')).toEqual([
    [9, 7],
    [10, 5],
  ]);
  await lab.close();
});

test('two collections that read a column in two types do not share what is loaded', async () => {
  const lab = await openLab({
    collections: { 'c/': collection('c', 'decimal(2)'), 'd/': collection('d', 'decimal(4)') },
    tables,
  });
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[12]]);
  await lab.service.use('d');
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[12]]);
  await lab.service.use('c');
  expect(await lab.everyWay('SELECT amount AT () WHERE fact = 10')).toEqual([[5]]);
  await lab.close();
});
