import initSqlJs, { type BoundValue, type Database } from 'sql.js';
import sqliteWasm from 'sql.js/dist/sql-wasm-browser.wasm?url';
import type { LoadRequest } from '../src/protocol/request.ts';
import { type Heard, heardRows } from './answers.ts';
import { type PlainColumn, plainColumns } from './plain-columns.ts';
import { naturalSql, type Question } from './retail-questions.ts';

/** Fewer rows a statement are slower, and more gain nothing. */
const ROWS_PER_INSERT = 100;

/** sql.js as a page uses it by itself: on the page's own thread, so that nothing crosses to a worker and back. */
export class RawSqlite {
  private readonly database: Database;

  private constructor(database: Database) {
    this.database = database;
  }

  static async start(): Promise<RawSqlite> {
    const response = await fetch(new URL(sqliteWasm, import.meta.url));
    const { Database } = await initSqlJs({ wasmBinary: await response.arrayBuffer() });
    return new RawSqlite(new Database());
  }

  load({ table, columns, ipc }: LoadRequest): void {
    const arrived = plainColumns(ipc);
    const definitions = arrived.map(({ name }) => {
      const isText = columns.some((column) => column.name === name && column.type.kind === 'text');
      return `${name} ${isText ? 'TEXT' : 'INTEGER'}`;
    });
    this.database.run(`CREATE TABLE ${table} (${definitions.join(', ')})`);
    this.database.run('BEGIN');
    const rowCount = arrived[0]?.values.length ?? 0;
    const whole = rowCount - (rowCount % ROWS_PER_INSERT);
    this.insert(table, arrived, { from: 0, to: whole, rowsAtOnce: ROWS_PER_INSERT });
    this.insert(table, arrived, { from: whole, to: rowCount, rowsAtOnce: 1 });
    this.database.run('COMMIT');
  }

  drop(table: string): void {
    this.database.run(`DROP TABLE IF EXISTS ${table}; VACUUM`);
  }

  ask(question: Question): Heard {
    const [result] = this.database.exec(naturalSql(question));
    return heardRows(result?.columns.length ?? 0, result?.values ?? []);
  }

  close(): void {
    this.database.close();
  }

  private insert(
    table: string,
    columns: readonly PlainColumn[],
    { from, to, rowsAtOnce }: { readonly from: number; readonly to: number; readonly rowsAtOnce: number },
  ): void {
    const tuple = `(${columns.map(() => '?').join(',')})`;
    const statement = this.database.prepare(`INSERT INTO ${table} VALUES ${Array(rowsAtOnce).fill(tuple).join(',')}`);
    for (let start = from; start < to; start += rowsAtOnce) {
      const values: BoundValue[] = [];
      for (let row = start; row < start + rowsAtOnce; row++) {
        for (const column of columns) values.push(column.values[row] ?? null);
      }
      statement.run(values);
    }
    statement.free();
  }
}
