import { AsyncDuckDB, type AsyncDuckDBConnection, VoidLogger } from '@duckdb/duckdb-wasm';
import duckdbScript from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import duckdbWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import initParquet, { readParquet } from 'parquet-wasm/esm';
import parquetWasm from 'parquet-wasm/esm/parquet_wasm_bg.wasm?url';

/** How text columns are held: as enumerations, as Coframe loads them, or as the text they are. */
export type TextForm = 'enum' | 'varchar';

/**
 * DuckDB-WASM as a page uses it without Coframe: its own `AsyncDuckDB`, the retail tables loaded from the same files,
 * statements sent straight to it, results as raw Arrow IPC.
 */
export class RawDuckdb {
  private readonly database: AsyncDuckDB;
  private readonly connection: AsyncDuckDBConnection;
  private readonly worker: Worker;

  private constructor(database: AsyncDuckDB, connection: AsyncDuckDBConnection, worker: Worker) {
    this.database = database;
    this.connection = connection;
    this.worker = worker;
  }

  static async start(): Promise<RawDuckdb> {
    const worker = new Worker(absolute(duckdbScript));
    const database = new AsyncDuckDB(new VoidLogger(), worker);
    await database.instantiate(absolute(duckdbWasm), null);
    await database.open({});
    const raw = new RawDuckdb(database, await database.connect(), worker);
    await raw.run('SET autoinstall_known_extensions = false');
    await raw.run('SET autoload_known_extensions = false');
    return raw;
  }

  /** Runs a statement to its end; its result as one Arrow IPC stream. */
  run(sql: string): Promise<Uint8Array> {
    return this.connection.useUnsafe((bindings, connection) => bindings.runQuery(connection, sql));
  }

  /** Appends an Arrow IPC stream as a new table; the bytes are given away. */
  async insert(table: string, ipc: Uint8Array): Promise<void> {
    await this.connection.insertArrowFromIPCStream(ipc, { name: table, create: true });
  }

  /**
   * Loads transactions (money in cents) and stores from the fixture's folder. With `varchar` the table of transactions
   * is `transactions_varchar`; both may be loaded.
   */
  async loadRetail(folder: string, form: TextForm): Promise<void> {
    const [parquet, stores] = await Promise.all([
      fetch(new URL('transactions.parquet', folder)).then((response) => response.arrayBuffer()),
      fetch(new URL('stores.csv', folder)).then((response) => response.text()),
      initParquet({ module_or_path: absolute(parquetWasm) }),
    ]);
    await this.insert('arrived', readParquet(new Uint8Array(parquet), { batchSize: 65_536 }).intoIPCStream());
    const text = (column: string) => (form === 'enum' ? `CAST(${column} AS "${column}_enum") AS ${column}` : column);
    if (form === 'enum') {
      for (const column of ['store_id', 'sku'])
        await this.run(`CREATE TYPE "${column}_enum" AS ENUM (SELECT DISTINCT ${column} FROM arrived ORDER BY 1)`);
    }
    await this.run(
      `CREATE TABLE ${form === 'enum' ? 'transactions' : 'transactions_varchar'} AS ` +
        `SELECT ${text('store_id')}, ${text('sku')}, day, CAST(revenue * 100 AS BIGINT) AS revenue FROM arrived`,
    );
    await this.run('DROP TABLE arrived');
    await this.database.registerFileText('stores.csv', stores);
    await this.run("CREATE OR REPLACE TABLE stores AS SELECT * FROM read_csv('stores.csv', all_varchar = true)");
  }

  /** Loads all columns of the transactions as the file has them, as the table `whole`. */
  async loadWhole(folder: string): Promise<void> {
    const response = await fetch(new URL('transactions.parquet', folder));
    await initParquet({ module_or_path: absolute(parquetWasm) });
    const bytes = new Uint8Array(await response.arrayBuffer());
    await this.insert('whole', readParquet(bytes, { batchSize: 65_536 }).intoIPCStream());
  }

  async close(): Promise<void> {
    await this.connection.close();
    await this.database.terminate();
    this.worker.terminate();
  }
}

function absolute(address: string): string {
  return new URL(address, import.meta.url).href;
}
