import { expect, test } from 'vitest';
import { openLab } from './lab.ts';

const settings = 'stability_filter: {as_of: 2024-03-01, default_hold_off_days: 0}';
const collection = (columns: string, date: string) => `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, ${columns}, amount: {type: int64}}, stability: {date_column: ${date}}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [week, month, quarter, year]}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

test('a bound on a column that only says that it is of the date does not stand for the date', async () => {
  const lab = await openLab({
    settings,
    collections: {
      'c/': collection('day: {dimension: day, type: date}, month: {dimension: month, type: date}', 'day'),
    },
    // The second row is too young, whatever its own month says.
    tables: { facts: 'fact,day,month,amount\n1,2024-01-05,2024-01,1\n2,2024-04-05,2024-01,2\n3,,2024-01,4\n' },
  });
  expect(await lab.everyWay("SELECT amount AT () WHERE month <= '2024-01'")).toEqual([[1]]);
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[1]]);
  await lab.close();
});

test.each([
  ['week', '2024-W05', '2024-04-15'],
  ['quarter', '2024-Q1', '2024-04-01'],
])('the largest text of a %s column is not taken for its newest period', async (level, printed, first) => {
  const lab = await openLab({
    settings: settings.replace('2024-03-01', '2024-04-15'),
    collections: {
      'c/': collection(`period: {dimension: ${level}, type: date}, day: {dimension: day, type: date}`, 'period'),
    },
    tables: { facts: `fact,period,day,amount\n1,${printed},2024-01-01,1\n2,${first},2024-01-01,2\n` },
  });
  expect(await lab.everyWay('SELECT amount AT ()')).toEqual([[1]]);
  await lab.close();
});
