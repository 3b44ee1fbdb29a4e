import { afterAll, beforeAll, expect, it } from 'vitest';
import { SqliteBackend } from '../../../../src/backends/sqlite/backend.ts';
import { Connection } from '../../../../src/backends/sqlite/connection.ts';
import { INT64 } from '../../../../src/columns/logical-type.ts';
import { loadPlain, type PlainTable } from '../tables.ts';

let backend: SqliteBackend;
beforeAll(async () => {
  backend = await SqliteBackend.start({ connect: () => Connection.open(), now: () => 0 });
});
afterAll(() => backend.close());

/** So many columns of one row. */
function columns(from: number, count: number): PlainTable {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${from + i}`, { type: INT64, values: [i] }]));
}

it('more columns than a table may have are refused, and the table goes on as it was', async () => {
  await loadPlain(backend, 't', columns(0, 1500));
  // SQLite takes 2,000 columns.
  await expect(loadPlain(backend, 't', columns(1500, 1000))).rejects.toThrow('too many columns');
  expect((await backend.describeTable('t')).columns).toHaveLength(1500);
  await loadPlain(backend, 't', columns(1500, 1));
  expect((await backend.describeTable('t')).columns).toHaveLength(1501);
});
