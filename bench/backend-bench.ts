import type { BackendName } from '../src/protocol/backend.ts';
import { decodeAggregate } from '../src/protocol/decode-aggregate.ts';
import type { LoadRequest } from '../src/protocol/request.ts';
import type { StartedBackend } from '../src/runtime/backend-runner.ts';
import { startBackend } from '../src/runtime/start-backend.ts';
import { rowsHash } from './answer-hash.ts';
import { type Heard, heardArrow, heardBatch } from './answers.ts';
import { ASSETS } from './assets.ts';
import { RawArquero } from './raw-arquero.ts';
import { RawDuckdb } from './raw-duckdb.ts';
import { RawSqlite } from './raw-sqlite.ts';
import { naturalSql, QUESTIONS, type Shape } from './retail-questions.ts';
import { copyOf, retailTables } from './retail-tables.ts';
import { type Contender, type Times, timeInTurn } from './timing.ts';

/** One row of the table as measured. */
export interface BackendMeasured {
  readonly rows: number;
  readonly coframe: Times;
  readonly raw: Times;
  /** The same over text held as VARCHAR, where the first is asked over enumerations. */
  readonly rawText: Times | null;
  /** Of every side's answer; of a load, which has none, nothing. */
  readonly hashes: readonly string[];
}

/** What a library does by itself with a question. */
interface RawAnswers {
  readonly ask: () => Promise<Heard> | Heard;
  readonly askText?: () => Promise<Heard>;
}

interface Tables {
  readonly transactions: LoadRequest;
  readonly stores: LoadRequest;
}

/** Measures one backend, in its worker, beside the library that it is made of, used by itself in this page. */
export class BackendBench {
  private readonly started: StartedBackend;
  private readonly library: RawDuckdb | RawSqlite | RawArquero;
  private readonly tables: Tables;

  private constructor(started: StartedBackend, library: RawDuckdb | RawSqlite | RawArquero, tables: Tables) {
    this.started = started;
    this.library = library;
    this.tables = tables;
  }

  /** Starts both and loads the stores into them. */
  static async open(name: BackendName): Promise<BackendBench> {
    const folder = new URL('fixtures/retail/', document.baseURI).href;
    const [started, library, tables] = await Promise.all([
      startBackend(name, ASSETS, () => {}),
      startLibrary(name),
      retailTables(folder, ASSETS.parquetWasm),
    ]);
    await started.backend.load(copyOf(tables.stores));
    await insert(library, copyOf(tables.stores));
    return new BackendBench(started, library, tables);
  }

  /** Loads of the transactions; they stay loaded. */
  async load(rounds: number): Promise<BackendMeasured> {
    const { backend } = this.started;
    const { transactions } = this.tables;
    const ours = loading(
      transactions,
      () => backend.drop(transactions.table),
      async (request) => void (await backend.load(request)),
    );
    const theirs = loading(
      transactions,
      () => forget(this.library, transactions.table),
      (request) => insert(this.library, request),
    );
    const [coframe, raw] = await timeInTurn([ours, theirs], rounds);
    if (coframe === undefined || raw === undefined) throw new RangeError('nothing was timed');
    if (this.library instanceof RawDuckdb) await holdEnumerations(this.library);
    return { rows: transactions.rowCount, coframe, raw, rawText: null, hashes: [] };
  }

  /** A question, asked and every cell of its answer read. */
  async ask(shape: Shape, rounds: number): Promise<BackendMeasured> {
    const { backend } = this.started;
    const { request } = QUESTIONS[shape];
    const ask = async () => heardBatch(decodeAggregate(request, await backend.aggregate('bench', request)));
    const raw = await this.rawAnswers(shape);
    const asks = [ask, raw.ask, ...(raw.askText === undefined ? [] : [raw.askText])];
    const contenders = asks.map((each): Contender => ({ batch: 1, call: async () => void (await each()).sum() }));
    const [coframe, rawTimes, rawText = null] = await timeInTurn(contenders, rounds);
    if (coframe === undefined || rawTimes === undefined) throw new RangeError('nothing was timed');
    const answers: (readonly (readonly (string | number)[])[])[] = [];
    for (const each of asks) answers.push((await each()).columns());
    const hashes = await Promise.all(answers.map(rowsHash));
    return { rows: answers[0]?.[0]?.length ?? 0, coframe, raw: rawTimes, rawText, hashes };
  }

  /** Bytes that the backend says it holds of the transactions after all this. */
  async bytesHeld(): Promise<number> {
    const { bytesHeld } = await this.started.backend.load(copyOf(this.tables.transactions));
    return bytesHeld;
  }

  async close(): Promise<void> {
    this.started.end();
    if (!(this.library instanceof RawArquero)) await this.library.close();
  }

  /** DuckDB is sent the very statement of the backend over text held alike, and beside it the natural one over VARCHAR. */
  private async rawAnswers(shape: Shape): Promise<RawAnswers> {
    const { library } = this;
    const question = QUESTIONS[shape];
    if (!(library instanceof RawDuckdb)) return { ask: () => library.ask(question) };
    const statement = await this.started.backend.statement(question.request);
    const coded = statement.replaceAll('"transactions"', '"transactions_enum"');
    return {
      ask: async () => heardArrow(await library.run(coded)),
      askText: async () => heardArrow(await library.run(naturalSql(question))),
    };
  }
}

async function startLibrary(name: BackendName): Promise<RawDuckdb | RawSqlite | RawArquero> {
  switch (name) {
    case 'duckdb':
      return RawDuckdb.start();
    case 'sqlite':
      return RawSqlite.start();
    case 'arquero':
      return new RawArquero();
  }
}

async function insert(library: RawDuckdb | RawSqlite | RawArquero, request: LoadRequest): Promise<void> {
  if (library instanceof RawDuckdb) await library.insert(request.table, request.ipc);
  else library.load(request);
}

async function forget(library: RawDuckdb | RawSqlite | RawArquero, table: string): Promise<void> {
  if (library instanceof RawDuckdb) await library.run(`DROP TABLE IF EXISTS ${table}`);
  else library.drop(table);
}

/** Loads one after another; the table is forgotten and its bytes are copied before each, outside its time. */
function loading(
  table: LoadRequest,
  drop: () => Promise<void>,
  load: (request: LoadRequest) => Promise<void>,
): Contender {
  let request = table;
  return {
    batch: 1,
    prepare: async () => {
      await drop();
      request = copyOf(table);
    },
    call: () => load(request),
  };
}

/** The transactions once more with their texts as enumerations, as the backend holds them. */
async function holdEnumerations(duckdb: RawDuckdb): Promise<void> {
  const keys = ['store_id', 'sku'];
  for (const key of keys)
    await duckdb.run(`CREATE TYPE "${key}_enum" AS ENUM (SELECT DISTINCT ${key} FROM transactions ORDER BY 1)`);
  const casts = keys.map((key) => `CAST(${key} AS "${key}_enum") AS ${key}`);
  await duckdb.run(`CREATE TABLE transactions_enum AS SELECT ${casts.join(', ')}, day, revenue FROM transactions`);
}
