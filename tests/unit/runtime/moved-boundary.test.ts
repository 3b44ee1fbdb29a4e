import { expect, test } from 'vitest';
import { dayNumber } from '../../../src/columns/calendar.ts';
import { valueIn } from '../../support/node-session.ts';
import { type LabInstallation, openLab, type Shelves } from './regressions/lab.ts';

const collection = (date: 'day' | 'month') => `coframe: 1
name: c
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, ${date}: {dimension: ${date}, type: date}, amount: {type: int64}}, stability: {date_column: ${date}}}
  - {name: days, source: days, grain: [day], columns: {day: {dimension: day, type: date}}}
dimension_families:
  - {name: calendar, calendar: {from: day, levels: [month]}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: amount}, ip_reducers: [{operator: SUM, a_block: []}]}
`;

/** Opens the collection on a day of January 2024; rows are read when they are two days old. */
function open(shelves: Shelves, day: number, date: 'day' | 'month', rows: readonly string[]) {
  const given: LabInstallation = {
    settings: 'stability_filter: {default_hold_off_days: 2}',
    collections: { 'c/': collection(date) },
    tables: { facts: [`fact,${date},amount`, ...rows, ''].join('\n'), days: 'day\n2024-01-01\n' },
    shelves,
    today: () => dayNumber(2024, 1, day),
  };
  return openLab(given);
}

test('a boundary that moves leaves what is read before it, and makes anew what is read past it', async () => {
  const rows = ['a,2024-01-02,1', 'b,2024-01-05,2', 'c,2024-01-07,4', 'd,2024-01-20,8'];
  const shelves: Shelves = new Map();
  const before = await open(shelves, 8, 'day', rows);
  const pinned = "SELECT amount AT () WHERE day < '2024-01-06'";
  expect(await before.rows('SELECT amount AT ()')).toEqual([[3]]);
  expect(await before.rows(pinned)).toEqual([[3]]);
  expect(await before.rows("SELECT amount AT () WHERE day >= '2024-01-05'")).toEqual([[2]]);
  await before.close();

  const after = await open(shelves, 9, 'day', rows);
  expect(await after.ask(pinned)).toMatchObject({ rows: [[3]], served_from: 'engine_cache' });
  expect(await after.ask('SELECT amount AT ()')).toMatchObject({ rows: [[7]], served_from: 'engine_backend' });
  const report = valueIn(await after.service.refresh());
  expect(report.dropped.map(({ filter }) => filter)).toEqual([null, "day >= '2024-01-05'"]);
  expect(report.notRecomputed).toEqual([]);
  expect(await after.ask("SELECT amount AT () WHERE day >= '2024-01-05'")).toMatchObject({
    rows: [[6]],
    served_from: 'engine_cache',
  });
  expect(await after.ask(pinned)).toMatchObject({ served_from: 'engine_cache' });
  await after.close();
});

test('where rows are dated by months, a boundary that moves within one changes nothing', async () => {
  const rows = ['a,2023-11-01,1', 'b,2023-12-01,2', 'c,2024-01-01,4'];
  const shelves: Shelves = new Map();
  const before = await open(shelves, 8, 'month', rows);
  expect(await before.rows('SELECT amount AT ()')).toEqual([[3]]);
  await before.close();
  const after = await open(shelves, 30, 'month', rows);
  expect(await after.ask('SELECT amount AT ()')).toMatchObject({ rows: [[3]], served_from: 'engine_cache' });
  await after.close();
  const later = await open(shelves, 33, 'month', rows);
  expect(await later.ask('SELECT amount AT ()')).toMatchObject({ rows: [[7]], served_from: 'engine_backend' });
  await later.close();
});
