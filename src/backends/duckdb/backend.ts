import {
  API_VERSION,
  type DataAPIBackend,
  type OperatorRegistry,
  type TableDescription,
} from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { AggregateRequest, AggregateResult, LoadReport, LoadRequest } from '../../protocol/request.ts';
import { RequestQueue } from '../request-queue.ts';
import { ConnectionError, statementError } from '../sql/connection-error.ts';
import { generateAggregate } from '../sql/generate-aggregate.ts';
import { distinctStatement, extractStatement } from '../sql/table-statements.ts';
import type { Connection } from './connection.ts';
import { DUCKDB_DIALECT } from './dialect.ts';
import { DuckdbTables } from './held-tables.ts';
import { withTexts } from './key-texts.ts';
import { dropTable, loadTable } from './load-table.ts';
import { DUCKDB_OPERATORS } from './operators.ts';

/** What a backend works with: how to reach a DuckDB, and the clock (milliseconds). */
export interface DuckdbOptions {
  readonly connect: () => Promise<Connection>;
  readonly now: () => number;
}

/** Requests that nobody cancels share this id. */
const UNNAMED = '';

/** The data protocol over one DuckDB. A database that is lost is connected anew, empty: its tables are NOT_LOADED. */
export class DuckdbBackend implements DataAPIBackend {
  readonly #options: DuckdbOptions;
  readonly #queue = new RequestQueue();
  readonly #held = new DuckdbTables();
  #connection: Connection | null = null;
  #closed = false;

  private constructor(options: DuckdbOptions) {
    this.#options = options;
  }

  /** Connects at once, so that what cannot start is known at once (START_FAILED). */
  static async start(options: DuckdbOptions): Promise<DuckdbBackend> {
    const backend = new DuckdbBackend(options);
    await backend.#connect();
    return backend;
  }

  readonly apiVersion = async (): Promise<string> => API_VERSION;

  load(request: LoadRequest): Promise<LoadReport> {
    return this.#run(UNNAMED, `load ${request.table}`, async (connection) => {
      const start = this.#options.now();
      const table = await loadTable(connection, this.#held, request);
      const milliseconds = this.#options.now() - start;
      return { table: table.table, rows: table.rowCount, milliseconds, bytesHeld: this.#held.bytes(table.table) };
    });
  }

  drop(table: string): Promise<void> {
    return this.#run(UNNAMED, `drop ${table}`, (connection) => dropTable(connection, this.#held, table));
  }

  async listTables(): Promise<readonly string[]> {
    return this.#held.list();
  }

  async describeTable(table: string): Promise<TableDescription> {
    return this.#held.describe(table);
  }

  async sampleRows(table: string, limit: number): Promise<Uint8Array> {
    return this.#read(() =>
      this.#extract(
        table,
        this.#held.describe(table).columns.map(({ name }) => name),
        limit,
      ),
    );
  }

  async enumerateDistinctValues(table: string, column: string, limit: number): Promise<Uint8Array> {
    return this.#read(() =>
      distinctStatement(table, this.#held.column(table, column), limit, DUCKDB_DIALECT, this.#held.names),
    );
  }

  async extractTable(table: string, columns: readonly string[]): Promise<Uint8Array> {
    return this.#read(() => this.#extract(table, columns, null));
  }

  /**
   * Keys that are held as ENUMs travel as codes, their texts once: the statement told has them cast to text instead, and
   * gives the same rows in any DuckDB.
   */
  aggregate(id: string, request: AggregateRequest): Promise<AggregateResult> {
    return this.#run(id, request.table, async (connection, signal) => {
      this.#held.require(request);
      const texts = this.#held.keyTexts(request);
      const statement = this.#generate(request);
      const sent = texts.size === 0 ? statement : this.#generate(request, new Set(texts.keys()));
      const start = this.#options.now();
      const coded = await this.#attempt(statement, () => connection.query(sent, signal));
      const ipc = withTexts(coded, texts);
      const milliseconds = this.#options.now() - start;
      return { ipc, rowsScanned: this.#held.get(request.table).rowCount, milliseconds, statement };
    });
  }

  async statement(request: AggregateRequest): Promise<string> {
    return this.#generate(request);
  }

  async operatorRegistry(): Promise<OperatorRegistry> {
    const version = await this.#run(UNNAMED, 'version', (connection) => connection.version());
    return { backend: 'duckdb', version, operators: DUCKDB_OPERATORS };
  }

  async cancel(id: string): Promise<void> {
    if (id !== UNNAMED) this.#queue.cancel(id);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#held.clear();
    await this.#connection?.close();
    this.#connection = null;
  }

  #generate(request: AggregateRequest, codedKeys: ReadonlySet<string> = new Set()): string {
    const profile = this.#held.profile(request.table);
    const knowledge = { names: this.#held.names, codedKeys, ...(profile === undefined ? {} : { profile }) };
    return generateAggregate(request, DUCKDB_DIALECT, knowledge);
  }

  #extract(table: string, columns: readonly string[], limit: number | null): string {
    const selected = columns.map((column) => this.#held.column(table, column));
    return extractStatement(table, selected, limit, DUCKDB_DIALECT, this.#held.names);
  }

  /** A statement that is written when its turn has come, since a load before it may change where things are. */
  #read(statement: () => string): Promise<Uint8Array> {
    return this.#run(UNNAMED, 'read', (connection, signal) => {
      const sql = statement();
      return this.#attempt(sql, () => connection.query(sql, signal));
    });
  }

  #run<Result>(
    id: string,
    subject: string,
    work: (connection: Connection, signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    return this.#queue.run(id, async (signal) => {
      const connection = await this.#connect();
      return this.#attempt(subject, () => work(connection, signal));
    });
  }

  /** Turns what a connection rejects with into faults; after a loss, nothing is held any more. */
  async #attempt<Result>(statement: string, call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      if (error.fault === 'lost') await this.#forget();
      throw statementError(error, statement);
    }
  }

  async #forget(): Promise<void> {
    const lost = this.#connection;
    this.#connection = null;
    this.#held.clear();
    // A database that trapped may not be able to close.
    await lost?.close().catch(() => {});
  }

  async #connect(): Promise<Connection> {
    if (this.#closed) throw new BackendError({ code: 'START_FAILED', backend: 'duckdb', reason: 'it was closed' });
    if (this.#connection !== null) return this.#connection;
    try {
      this.#connection = await this.#options.connect();
      return this.#connection;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendError({ code: 'START_FAILED', backend: 'duckdb', reason });
    }
  }
}
