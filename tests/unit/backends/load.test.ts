import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeBatch } from '../../../src/columns/arrow.ts';
import { columnOf, valueAt } from '../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BACKENDS } from '../../support/backends.ts';
import { ask, column, compare, isIn, literal, lookup, own, reached, request, sorted, states } from './requests.ts';
import { loadPlain, loadRequest } from './tables.ts';

function rowsIn(ipc: Uint8Array, types: Readonly<Record<string, LogicalType>>) {
  const batch = decodeBatch(ipc, new Map(Object.entries(types)));
  const columns = Object.keys(types).map((name) => columnOf(batch, name));
  return Array.from({ length: batch.rowCount }, (_, row) => columns.map((each) => valueAt(each, row)));
}

describe.each(BACKENDS)('on $name', ({ start }) => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await start();
  });
  afterEach(async () => {
    for (const table of await backend.listTables()) await backend.drop(table);
  });
  afterAll(() => backend.close());

  describe('load', () => {
    it('brings every type in and out unchanged', async () => {
      const types = { t: TEXT, i: INT64, m: decimal(2), x: DOUBLE, f: BOOL, d: DAY };
      const rows = [
        ["it's", 9_223_372_036_854_775_807n, -1234, 0.1, true, 19_723],
        ['', -9_223_372_036_854_775_808n, 0, -1e300, false, -719_162],
        [null, null, null, null, null, null],
        ['a\0b\u202e😀', 9_007_199_254_740_993n, 1, 5e-324, true, 2_932_896],
      ] as const;
      const columns = Object.entries(types).map(([name, type], position) => {
        return [name, { type, values: rows.map((row) => row[position] ?? null) }] as const;
      });
      const report = await loadPlain(backend, 'all', Object.fromEntries(columns));
      expect(report).toMatchObject({ table: 'all', rows: 4 });
      expect(report.bytesHeld).toBeGreaterThan(0);
      expect(rowsIn(await backend.extractTable('all', Object.keys(types)), types)).toEqual(rows);
      expect(rowsIn(await backend.sampleRows('all', 2), types)).toEqual(rows.slice(0, 2));
      expect(await backend.describeTable('all')).toEqual({
        table: 'all',
        rowCount: 4,
        columns: Object.entries(types).map(([name, type]) => ({ name, type })),
      });
    });

    // In SQLite such a column hid the row's number, by which the columns of a second load meet those of the first.
    it.each(['rowid', 'RowId', '_rowid_', 'oid'])('adds columns to a table with a column named %s', async (name) => {
      await loadPlain(backend, 't', { [name]: { type: TEXT, values: ['x', null] } });
      await loadPlain(backend, 't', { more: { type: INT64, values: [1, 2] } });
      const types = { [name]: TEXT, more: INT64 };
      expect(rowsIn(await backend.extractTable('t', Object.keys(types)), types)).toEqual([
        ['x', 1],
        [null, 2],
      ]);
    });

    it('adds columns of the same rows in the same order, and ignores those it holds', async () => {
      await loadPlain(backend, 't', {
        a: { type: INT64, values: [1, 2, 3] },
        b: { type: TEXT, values: ['x', null, 'z'] },
      });
      await loadPlain(backend, 't', {
        c: { type: INT64, values: [10, 20, 30] },
        a: { type: INT64, values: [7, 8, 9] },
      });
      await loadPlain(backend, 't', { a: { type: INT64, values: [0, 0, 0] } });
      const types = { a: INT64, b: TEXT, c: INT64 };
      expect(rowsIn(await backend.extractTable('t', ['a', 'b', 'c']), types)).toEqual([
        [1, 'x', 10],
        [2, null, 20],
        [3, 'z', 30],
      ]);
      expect((await backend.describeTable('t')).columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    });

    it('takes an empty table', async () => {
      expect(await loadPlain(backend, 'none', { a: { type: INT64, values: [] } })).toMatchObject({ rows: 0 });
      expect(rowsIn(await backend.sampleRows('none', 5), { a: INT64 })).toEqual([]);
    });

    it('takes the columns in the order of the stream', async () => {
      const given = loadRequest('t', { a: { type: INT64, values: [1] }, b: { type: INT64, values: [2] } });
      await backend.load({ ...given, columns: [...given.columns].reverse() });
      expect(rowsIn(await backend.extractTable('t', ['a', 'b']), { a: INT64, b: INT64 })).toEqual([[1, 2]]);
    });

    it('forgets a dropped table, which may come back otherwise', async () => {
      await loadPlain(backend, 't', { a: { type: TEXT, values: ['1'] } });
      expect(await backend.listTables()).toEqual(['t']);
      await backend.drop('t');
      await backend.drop('t');
      expect(await backend.listTables()).toEqual([]);
      await loadPlain(backend, 't', { a: { type: INT64, values: [1, 2] } });
      expect(rowsIn(await backend.extractTable('t', ['a']), { a: INT64 })).toEqual([[1], [2]]);
    });

    it.each([
      ['other columns', { columns: [{ name: 'b', type: INT64 }] }, /expected columns b; the stream has a/],
      ['too few columns', { columns: [] }, /expected columns ; the stream has a/],
      ['other rows', { rowCount: 3 }, /3 rows were announced, 2 came/],
    ])('refuses bytes with %s than announced, and goes on', async (_, wrong, message) => {
      const given = loadRequest('t', { a: { type: INT64, values: [1, 2] } });
      await expect(backend.load({ ...given, ...wrong })).rejects.toThrow(message);
      expect(await backend.listTables()).toEqual([]);
      await loadPlain(backend, 't', { a: { type: INT64, values: [1, 2] } });
      expect(await backend.listTables()).toEqual(['t']);
    });

    it('refuses further columns of other rows', async () => {
      await loadPlain(backend, 't', { a: { type: INT64, values: [1, 2] } });
      await expect(loadPlain(backend, 't', { b: { type: INT64, values: [1] } })).rejects.toThrow(
        'table t: it has 2 rows and the columns to add have 1; drop it first',
      );
    });

    it('refuses what does not fit, before it reads a row', async () => {
      const given = loadRequest('vast', { a: { type: INT64, values: [1] } });
      await expect(backend.load({ ...given, rowCount: 1_000_000_000 })).rejects.toMatchObject({
        fault: {
          code: 'TABLE_TOO_LARGE',
          table: 'vast',
          rows: 1_000_000_000,
          bytes: expect.any(Number),
          limit: expect.any(Number),
        },
      });
    });
  });

  describe('names', () => {
    const ODD = [
      'Region',
      'region',
      'REGION',
      '"; DROP TABLE "t"; --',
      "it's -- /* no */ comment",
      'שלום \u202e\u2066',
      'rowid',
      'select',
      ' ',
      'a.b',
      'child',
      'parent',
      't',
      'g',
      'd0',
      'j1',
    ];

    it('keeps columns apart whose names differ in case alone, and takes any characters', async () => {
      const values = ODD.map((name, position) => [name, { type: INT64, values: [position, 100] }] as const);
      for (const table of [...ODD, 'memory', 'main', 'information_schema.tables']) {
        await loadPlain(backend, table, Object.fromEntries(values));
      }
      const inputs = ODD.map((name) => own(name, INT64));
      for (const table of ODD) {
        const asked = request(table, {
          inputs,
          keys: ODD.slice(0, 8),
          states: states(...inputs.slice(8).map((each) => ['sum', column(each)] as const)),
        });
        expect(await ask(backend, asked)).toEqual(sorted([ODD.map((_, position) => position), ODD.map(() => 100)]));
      }
      expect(await backend.listTables()).toEqual([...ODD, 'memory', 'main', 'information_schema.tables'].sort());
    });

    it('climbs lookups of any name', async () => {
      const [table, child, parent] = ['"; --', "chi'ld", 'PARENT"'];
      await loadPlain(backend, table, {
        [child]: { type: TEXT, values: ['x'] },
        [parent]: { type: TEXT, values: ['y'] },
      });
      await loadPlain(backend, 't', { k: { type: TEXT, values: ['x', 'z'] } });
      const up = reached('up "', own('k', TEXT), lookup(table, child, parent));
      expect(
        await ask(backend, request('t', { inputs: [up], keys: ['up "'], states: states(['rows', null]) })),
      ).toEqual(
        sorted([
          ['y', 1],
          [null, 1],
        ]),
      );
    });

    it.each([
      "'; DROP TABLE t; --",
      "it''s",
      'nul \0 in it',
      '\0',
      '/* */ -- ;',
      '\u202eabc\u2066',
      '\\',
      '%_',
      '\n  two lines',
      '😀',
    ])('compares with the text %j as it is', async (value) => {
      const t = own('t', TEXT);
      await loadPlain(backend, 't', {
        t: { type: TEXT, values: [value, 'other', null] },
        n: { type: INT64, values: [1, 2, 3] },
      });
      const asked = request('t', { inputs: [t, own('n', INT64)], keys: ['t', 'n'] });
      expect(await ask(backend, { ...asked, filter: compare(column(t), '=', literal(value, TEXT)) })).toEqual([
        [value, 1],
      ]);
      expect(await ask(backend, { ...asked, filter: isIn(column(t), [value]) })).toEqual([[value, 1]]);
    });
  });

  it('enumerates distinct values ascending, NULL last', async () => {
    await loadPlain(backend, 't', { t: { type: TEXT, values: ['～', null, '😀', 'b', 'a', 'a', 'Z'] } });
    const read = async (limit: number) =>
      rowsIn(await backend.enumerateDistinctValues('t', 't', limit), { t: TEXT }).flat();
    expect(await read(100)).toEqual(['Z', 'a', 'b', '～', '😀', null]);
    expect(await read(2)).toEqual(['Z', 'a']);
  });
});
