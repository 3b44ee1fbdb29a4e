import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

const collection = (name: string) => `coframe: 1
name: ${name}
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, day: {dimension: day, type: date}, amount: {type: int64}}, stability: {date_column: day}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

test('the date from which hold-offs count is that on which the session opened, past midnight too', async () => {
  let today = Date.UTC(2024, 0, 10) / 86_400_000;
  const lab = await openLab({
    settings: 'stability_filter: {default_hold_off_days: 1}',
    collections: { 'c/': collection('c'), 'd/': collection('d') },
    tables: { facts: 'fact,day,amount\n1,2024-01-09,1\n2,2024-01-10,2\n3,2024-01-11,4\n' },
    today: () => today,
  });
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[1]]);
  today += 1;
  await lab.service.use('d');
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[1]]);
  await lab.close();
});
