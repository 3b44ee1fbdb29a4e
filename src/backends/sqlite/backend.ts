import { encodeBatch } from '../../columns/arrow.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import {
  API_VERSION,
  type DataAPIBackend,
  type OperatorRegistry,
  type TableDescription,
} from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import { resultColumns } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest, AggregateResult, LoadReport, LoadRequest } from '../../protocol/request.ts';
import { ConnectionError, statementError } from '../sql/connection-error.ts';
import { generateAggregate } from '../sql/generate-aggregate.ts';
import { distinctStatement, extractStatement } from '../sql/table-statements.ts';
import type { Connection } from './connection.ts';
import { SQLITE_DIALECT } from './dialect.ts';
import { SqliteTables } from './held-tables.ts';
import { dropTable, loadTable } from './load-table.ts';
import { SQLITE_OPERATORS } from './operators.ts';
import { ResultBatch } from './result-batch.ts';

/** What a backend works with: how to open a SQLite, and the clock (milliseconds). */
export interface SqliteOptions {
  readonly connect: () => Promise<Connection>;
  readonly now: () => number;
}

/**
 * The data protocol over one SQLite. It computes on its thread without a pause, so that a `cancel` is heard only when it is
 * too late: whoever cannot wait ends the worker. A database that is lost is opened anew, empty: its tables are NOT_LOADED.
 */
export class SqliteBackend implements DataAPIBackend {
  readonly #options: SqliteOptions;
  readonly #held = new SqliteTables();
  #connection: Connection | null = null;
  #closed = false;

  private constructor(options: SqliteOptions) {
    this.#options = options;
  }

  /** Opens at once, so that what cannot start is known at once (START_FAILED). */
  static async start(options: SqliteOptions): Promise<SqliteBackend> {
    const backend = new SqliteBackend(options);
    await backend.#connect();
    return backend;
  }

  readonly apiVersion = async (): Promise<string> => API_VERSION;

  load(request: LoadRequest): Promise<LoadReport> {
    return this.#run(`load ${request.table}`, (connection) => {
      const start = this.#options.now();
      const { table, rowCount, bytes } = loadTable(connection, this.#held, request);
      return { table, rows: rowCount, milliseconds: this.#options.now() - start, bytesHeld: bytes };
    });
  }

  drop(table: string): Promise<void> {
    return this.#run(`drop ${table}`, (connection) => dropTable(connection, this.#held, table));
  }

  async listTables(): Promise<readonly string[]> {
    return this.#held.list();
  }

  async describeTable(table: string): Promise<TableDescription> {
    return this.#held.describe(table);
  }

  sampleRows(table: string, limit: number): Promise<Uint8Array> {
    return this.#run(`sample of ${table}`, (connection) => {
      const columns = this.#held.describe(table).columns.map(({ name }) => name);
      return this.#extract(connection, table, columns, limit);
    });
  }

  enumerateDistinctValues(table: string, column: string, limit: number): Promise<Uint8Array> {
    return this.#run(`values of ${table}`, (connection) => {
      const held = this.#held.column(table, column);
      return this.#query(connection, distinctStatement(table, held, limit, SQLITE_DIALECT, this.#held.names), [held]);
    });
  }

  extractTable(table: string, columns: readonly string[]): Promise<Uint8Array> {
    return this.#run(`columns of ${table}`, (connection) => this.#extract(connection, table, columns, null));
  }

  aggregate(_: string, request: AggregateRequest): Promise<AggregateResult> {
    return this.#run(request.table, (connection) => {
      this.#held.require(request);
      const start = this.#options.now();
      const statement = this.#generate(request);
      const ipc = this.#query(connection, statement, resultColumns(request));
      const milliseconds = this.#options.now() - start;
      return { ipc, rowsScanned: this.#held.get(request.table).rowCount, milliseconds, statement };
    });
  }

  async statement(request: AggregateRequest): Promise<string> {
    return this.#generate(request);
  }

  operatorRegistry(): Promise<OperatorRegistry> {
    return this.#run('version', (connection) => ({
      backend: 'sqlite',
      version: connection.version(),
      operators: SQLITE_OPERATORS,
    }));
  }

  async cancel(): Promise<void> {}

  async close(): Promise<void> {
    this.#closed = true;
    this.#held.clear();
    this.#connection?.close();
    this.#connection = null;
  }

  #generate(request: AggregateRequest): string {
    const { names, magnitude } = this.#held;
    const profile = this.#held.profile(request.table);
    const knowledge = { names, magnitude, ...(profile === undefined ? {} : { profile }) };
    return generateAggregate(request, SQLITE_DIALECT, knowledge);
  }

  #extract(connection: Connection, table: string, columns: readonly string[], limit: number | null): Uint8Array {
    const selected = columns.map((column) => this.#held.column(table, column));
    const statement = extractStatement(table, selected, limit, SQLITE_DIALECT, this.#held.names);
    return this.#query(connection, statement, selected);
  }

  #query(
    connection: Connection,
    statement: string,
    columns: readonly { readonly name: string; readonly type: LogicalType }[],
  ): Uint8Array {
    const result = new ResultBatch(columns);
    this.#attempt(statement, () => connection.query(statement, (row) => result.push(row)));
    return encodeBatch(result.batch(), undefined, { exact: 'fitting' });
  }

  /** Does work in one go: between its look at what is held and its statements nothing else runs. */
  async #run<Result>(subject: string, work: (connection: Connection) => Result): Promise<Result> {
    const connection = await this.#connect();
    return this.#attempt(subject, () => work(connection));
  }

  /** Turns what a connection throws into faults; after a loss, nothing is held any more. */
  #attempt<Result>(statement: string, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (error.fault === 'lost') {
        this.#connection = null;
        this.#held.clear();
      }
      throw statementError(error, statement);
    }
  }

  async #connect(): Promise<Connection> {
    if (this.#closed) throw new BackendError({ code: 'START_FAILED', backend: 'sqlite', reason: 'it was closed' });
    if (this.#connection !== null) return this.#connection;
    try {
      this.#connection = await this.#options.connect();
      return this.#connection;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendError({ code: 'START_FAILED', backend: 'sqlite', reason });
    }
  }
}
