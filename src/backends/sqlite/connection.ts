import initSqlJs, { type Database } from 'sql.js';
import { ConnectionError } from '../sql/connection-error.ts';
import { defineFunctions, OUT_OF_RANGE } from './functions.ts';

/** A value that SQLite gives: integers as the nearest double. */
export type SqlValue = number | string | Uint8Array | null;

/** Rows of one width, as `insert` reads them. */
export interface InsertedRows {
  readonly rowCount: number;
  /** The value of a column of a row, both from 0. */
  readonly valueAt: (column: number, row: number) => number | string | bigint | null;
}

/** A statement takes some thousand parameters; more rows at once gain nothing. */
const PARAMETERS_PER_INSERT = 1000;

/** One SQLite in this thread, in memory. Everything is synchronous, and throws `ConnectionError`. */
export class Connection {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Opens an empty database over the WASM; without bytes, over the file that lies beside sql.js (Node). */
  static async open(wasm?: ArrayBuffer): Promise<Connection> {
    const { Database } = await initSqlJs(wasm === undefined ? {} : { wasmBinary: wasm });
    const database = new Database();
    defineFunctions(database);
    return new Connection(database);
  }

  /** Runs a statement; `onRow` hears its rows, each in an array of its own. */
  query(sql: string, onRow: (row: readonly SqlValue[]) => void): void {
    this.#guard(() => {
      const statement = this.#database.prepare(sql);
      try {
        while (statement.step()) onRow(statement.get());
      } finally {
        statement.free();
      }
    });
  }

  /** Runs statements that give no rows. */
  run(sql: string): void {
    this.#guard(() => this.#database.run(sql));
  }

  /** Appends rows to a table of so many columns, all or none. `table` is quoted. */
  insert(table: string, columnCount: number, { rowCount, valueAt }: InsertedRows): void {
    this.#guard(() => {
      const rowsAtOnce = Math.max(1, Math.floor(PARAMETERS_PER_INSERT / columnCount));
      this.#database.run('BEGIN');
      try {
        for (let from = 0; from < rowCount; ) {
          const rows = rowCount - from >= rowsAtOnce ? rowsAtOnce : 1;
          const tuple = `(${Array(columnCount).fill('?').join(',')})`;
          const statement = this.#database.prepare(`INSERT INTO ${table} VALUES ${Array(rows).fill(tuple).join(',')}`);
          try {
            for (; from + rows <= rowCount; from += rows) {
              const values: (number | string | bigint | null)[] = [];
              for (let row = from; row < from + rows; row++) {
                for (let column = 0; column < columnCount; column++) values.push(valueAt(column, row));
              }
              statement.run(values);
            }
          } finally {
            statement.free();
          }
        }
        this.#database.run('COMMIT');
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  /** Bytes of the pages that hold the tables. */
  bytes(): number {
    let bytes = 0;
    this.query('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size', ([value]) => {
      bytes = Number(value);
    });
    return bytes;
  }

  version(): string {
    let version = '';
    this.query('SELECT sqlite_version()', ([value]) => {
      version = String(value);
    });
    return version;
  }

  close(): void {
    this.#database.close();
  }

  #rollBack(): void {
    try {
      this.#database.run('ROLLBACK');
    } catch {
      // Where memory ran out SQLite has done so itself; the failure that is reported is the first one.
    }
  }

  #guard<Result>(call: () => Result): Result {
    try {
      return call();
    } catch (error) {
      if (error instanceof ConnectionError) throw error;
      // What WebAssembly throws leaves the database in no state to go on from.
      const isLost = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      const reason = error instanceof Error ? error.message : String(error);
      if (isLost || /out of memory/i.test(reason)) throw new ConnectionError('lost', reason);
      throw new ConnectionError(reason.startsWith(OUT_OF_RANGE) ? 'out of range' : 'statement', reason);
    }
  }
}
