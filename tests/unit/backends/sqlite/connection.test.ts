import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from '../../../../src/backends/sqlite/connection.ts';

let connection: Connection;
beforeEach(async () => {
  connection = await Connection.open();
  connection.run('CREATE TABLE t (x INTEGER)');
});
afterEach(() => connection.close());

const rowCount = () => {
  let rows: unknown;
  connection.query('SELECT count(*) FROM t', ([value]) => {
    rows = value;
  });
  return rows;
};

describe('inserting rows', () => {
  it('brings all or none', () => {
    const failing = (_: number, row: number) => {
      if (row === 1500) throw new TypeError('row 1500 cannot be read');
      return row;
    };
    expect(() => connection.insert('t', 1, { rowCount: 2000, valueAt: failing })).toThrow('row 1500 cannot be read');
    expect(rowCount()).toBe(0);
    connection.insert('t', 1, { rowCount: 2001, valueAt: (_, row) => row });
    expect(rowCount()).toBe(2001);
  });

  it('tells why it failed where SQLite has rolled back by itself', () => {
    const failing = () => {
      connection.run('ROLLBACK');
      throw new TypeError('no memory is left');
    };
    expect(() => connection.insert('t', 1, { rowCount: 1, valueAt: failing })).toThrow('no memory is left');
    connection.insert('t', 1, { rowCount: 3, valueAt: (_, row) => row });
    expect(rowCount()).toBe(3);
  });
});
