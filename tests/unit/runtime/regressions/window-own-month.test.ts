import { afterEach, expect, test } from 'vitest';
import { type Lab, openLab } from './lab.ts';

/** A fact that carries its month beside its day, and a window along the day. */
const COLLECTION = `coframe: 1
name: own_month
schemas:
  - name: sales
    source: sales
    grain: [day]
    columns: {day: {dimension: day, type: date}, month: {dimension: month, type: date}, x: {type: int64}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month, year]}}
metric_families:
  - {name: x, family_root: {schema: sales, column: x}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

let lab: Lab | undefined;
afterEach(() => lab?.close());

const open = async (...rows: readonly string[]) => {
  lab = await openLab({
    collections: { 'own/': COLLECTION },
    tables: { sales: ['day,month,x', ...rows, ''].join('\n') },
  });
  return lab;
};

const QUESTION = 'SELECT day, month, LAG(x) AS before AT (day, month)';

test('a month of its own that agrees parts no rows', async () => {
  const { everyWay } = await open('2024-01-31,2024-01,1', '2024-02-01,2024-02,2');
  expect(await everyWay(QUESTION)).toEqual([
    ['2024-01-31', '2024-01', null],
    ['2024-02-01', '2024-02', 1],
  ]);
});

test('a month of its own that contradicts the day refuses the window, before a row is read', async () => {
  const { ask } = await open('2024-01-31,2024-01,1', '2024-02-01,2024-03,2');
  expect(await ask(QUESTION)).toMatchObject({
    code: 'FD_CONTRADICTED',
    parameters: { edge: 'day→month' },
    witness: { rows: [['2024-02-01', '2024-03', '2024-02']] },
  });
  expect(await ask('SELECT day, LAG(x) AS before AT day')).toMatchObject({
    rows: [
      ['2024-01-31', null],
      ['2024-02-01', 1],
    ],
  });
});

test('a quarter of its own, some levels above the day, is compared with the day over all of them', async () => {
  lab = await openLab({
    collections: {
      'own/': COLLECTION.replace(
        'month: {dimension: month, type: date}',
        'quarter: {dimension: quarter, type: date}',
      ).replace('levels: [month, year]', 'levels: [month, quarter, year]'),
    },
    tables: { sales: ['day,quarter,x', '2024-01-16,2024-Q1,1', '2024-01-17,2024-Q4,2', ''].join('\n') },
  });
  const { ask } = lab;
  expect(await ask('SELECT month, quarter, LAG(x) AS before AT (month, quarter)')).toMatchObject({
    code: 'FD_CONTRADICTED',
    parameters: { dimension: 'quarter', violations: 1 },
  });
  expect(await ask('SELECT day, month, LAG(x) AS before AT (day, month)')).toMatchObject({
    rows: [
      ['2024-01-16', '2024-01', null],
      ['2024-01-17', '2024-01', 1],
    ],
  });
});
