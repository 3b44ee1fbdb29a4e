import { expect, test } from 'vitest';
import { openLab, type Shelves } from './lab.ts';

/** Dimensions that bear names of states, of their columns in requests, of tables and joins, and words of SQL. */
const NAMES = [
  'sum',
  'count',
  'rows',
  'min',
  's0_sum',
  'S0_sum',
  's0_count',
  'select',
  't',
  'j1',
  'd0',
  'child',
  "O'Neill",
  'with"quote',
  'a,b',
  '😀',
];
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const ROWS = 6;
const keyOf = (row: number, column: number) => (row * (column + 1)) % 3;

test.each(['memory', 'file'])('dimensions may bear any name: entries from %s', async (tier) => {
  const columns: Record<string, object> = { id: { dimension: 'id', type: 'int64' }, value: { type: 'int64' } };
  for (const name of NAMES) columns[name] = { dimension: name, type: 'int64' };
  const collection = JSON.stringify({
    coframe: 1,
    name: 'c',
    schemas: [{ name: 'facts "x"', source: 'fa cts', grain: ['id'], columns }],
    metric_families: [
      {
        name: 'value',
        family_root: { schema: 'facts "x"', column: 'value' },
        ip_reducers: [{ operator: 'SUM', a_block: [] }],
      },
    ],
  });
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = Array.from({ length: ROWS }, (_, row) =>
    [row, ...NAMES.map((_name, column) => keyOf(row, column)), row * 10 + 1].join(','),
  );
  const tables = { 'fa cts': [['id', ...NAMES, 'value'].map(cell).join(','), ...lines, ''].join('\n') };
  const shelves: Shelves = new Map();
  let lab = await openLab({ collections: { 'c/': collection }, tables, shelves });
  const ask = async (check: (text: string) => Promise<unknown>) => {
    for (const [column, name] of NAMES.entries()) {
      const sums = new Map<number, number>();
      for (let row = 0; row < ROWS; row++) {
        const key = keyOf(row, column);
        sums.set(key, (sums.get(key) ?? 0) + row * 10 + 1);
      }
      const expected = [...sums].sort(([a], [b]) => a - b);
      expect(await check(`SELECT ${quoted(name)}, value AT ${quoted(name)}`), name).toEqual(expected);
      const counts = expected.map(([key]) => [
        key,
        Array.from({ length: ROWS }, (_, row) => keyOf(row, column)).filter((each) => each === key).length,
      ]);
      expect(await check(`SELECT ${quoted(name)}, COUNT(value) AS n AT ${quoted(name)}`), name).toEqual(counts);
    }
  };
  await ask((text) => lab.everyWay(text));
  if (tier === 'file') {
    await lab.close();
    lab = await openLab({ collections: { 'c/': collection }, tables, shelves });
    await ask(async (text) => {
      const answer = await lab.ask(text);
      if ('code' in answer) throw new Error(answer.message);
      expect(answer.served_from).toBe('engine_cache');
      return answer.rows;
    });
  }
  await lab.close();
});
