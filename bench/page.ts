import * as Comlink from 'comlink';
import type { Answer, ArrowAnswer, Explanation, Refusal, ServedFrom, Session } from '../src/runtime/api.ts';
import type { EngineWorker, Outcome } from '../src/runtime/engine-worker.ts';
import { answerHash } from './answer-hash.ts';
import { readCells, textRows } from './cells.ts';
import { columnsStatement, factsOfDatabase, factsOfProfile, type ProfileFacts } from './profile-facts.ts';
import { RawDuckdb } from './raw-duckdb.ts';
import type { EntryShape, RollUpKind, RollUps } from './roll-up.worker.ts';
import rollUpWorker from './roll-up.worker.ts?worker&url';
import storedHitsWorker from './stored-hits.worker.ts?worker&url';
import { type Times, timeInTurn } from './timing.ts';

export { answerHash };

/** One row of the table as measured: Coframe, raw DuckDB, and the hash of each one's answer. */
export interface Measured {
  readonly rows: number;
  readonly coframe: Side;
  readonly raw: Side;
  /** The same statement over text held as VARCHAR, where that was asked for. */
  readonly rawText: Side | null;
  /** The statement that raw DuckDB ran. */
  readonly statement: string;
}

export interface Side {
  readonly times: Times;
  readonly hash: string;
}

/** How often: calls a batch of Coframe's, calls a batch of raw DuckDB's, and rounds of one batch each. */
export interface Effort {
  readonly batch: number;
  readonly rawBatch: number;
  readonly rounds: number;
}

/** What a hit needs no address of: were a database engine started, it would fail. */
const NO_ENGINES = {
  duckdbWorker: '',
  duckdbEngineWorker: '',
  duckdbWasm: '',
  sqliteWorker: '',
  sqliteWasm: '',
  arqueroWorker: '',
  parquetWasm: '',
  extensions: '',
};

/** Measures, in the built page, what the page's own session does, beside a DuckDB-WASM of the bench's own. */
export class PageBench {
  private readonly session: Session;
  private readonly raw: RawDuckdb;
  private readonly folder: string;

  private constructor(session: Session, raw: RawDuckdb, folder: string) {
    this.session = session;
    this.raw = raw;
    this.folder = folder;
  }

  /** Waits for the page's session, and loads the same tables into a raw DuckDB. */
  static async open(): Promise<PageBench> {
    const folder = new URL('fixtures/retail/', document.baseURI).href;
    const session = globalThis.coframe?.session;
    if (session === undefined) throw new Error('the page has no session; open it and wait for its warm-up first');
    const raw = await RawDuckdb.start();
    await raw.loadRetail(folder, 'enum');
    await raw.loadRetail(folder, 'varchar');
    return new PageBench(session, raw, folder);
  }

  /** An exact hit from memory, asked and read on the main thread. */
  async hit(text: string, effort: Effort): Promise<Measured> {
    const statement = await this.statementOf(text);
    const ask = () => this.ask(text);
    await expectServed(ask, 'engine_cache', 'memory');
    return this.beside(ask, statement, effort);
  }

  /** The same from its file: an engine without a memory tier, in a worker of its own over the same stored entries. */
  async storedHit(text: string, effort: Effort): Promise<Measured> {
    const statement = await this.statementOf(text);
    // Reading the list waits until everything is written.
    await this.session.engine.entries();
    const worker = new Worker(new URL(storedHitsWorker, import.meta.url), { type: 'module' });
    try {
      const api = Comlink.wrap<EngineWorker>(worker);
      const installation = new URL('installation.coframe/installation.yaml', this.folder).href;
      const options = { installation, base: this.folder, assets: NO_ENGINES, warmUp: 'off' } as const;
      outcomeValue(
        await api.open(
          options,
          Comlink.proxy(() => {}),
        ),
      );
      let id = 0;
      const ask = async () => {
        const query = { id: ++id, text, format: 'arrow', backend: null, engine: null } as const;
        return arrowOf(outcomeValue(await api.query(query, null, null)));
      };
      await expectServed(ask, 'engine_cache', 'file');
      return await this.beside(ask, statement, effort);
    } finally {
      worker.terminate();
    }
  }

  /** A question for which nothing is stored, against its own statement sent straight to DuckDB. */
  async miss(text: string, effort: Effort): Promise<Measured> {
    const statement = await this.statementOf(text);
    const evict = async () => void (await this.session.engine.evict());
    await evict();
    const ask = () => this.ask(text);
    await expectServed(ask, 'engine_backend', null);
    const checked = async () => {
      const answer = await ask();
      if (answer.served_from !== 'engine_backend') throw new Error(`${text}: served from ${answer.served_from}`);
      return answer;
    };
    return this.beside(checked, statement, effort, { prepare: evict, withText: true });
  }

  /** Parse, resolve and plan in the engine worker, asked from the main thread; each call's text is new to it. */
  async planning(text: string, { batch, rounds }: Effort): Promise<Times> {
    let asked = 0;
    const call = async () => {
      asked += 1;
      const diagnosis = await this.session.check(`${text} -- ${asked}`);
      if (!diagnosis.ok) throw new Error(diagnosis.refusal.message);
    };
    const [times] = await timeInTurn([{ batch, call }], rounds);
    if (times === undefined) throw new RangeError('planning: nothing was timed');
    return times;
  }

  /**
   * The whole profile of the transactions, computed anew each time; beside it DuckDB's counts, distinct values and
   * extremes of the same columns alone. What it says is compared with what DuckDB gives by the definitions.
   */
  async profile(rounds: number): Promise<Measured> {
    await this.raw.loadWhole(this.folder);
    const evict = async () => {
      const entries = await this.session.engine.entries();
      await this.session.engine.evict(entries.flatMap(({ state, key }) => (state === 'profile' ? [key] : [])));
    };
    const profiled = async () => {
      const profile = await this.session.profile('transactions');
      if (profile.origin !== 'computed') throw new Error(`profile: it was to be computed, and was ${profile.origin}`);
      return profile;
    };
    await evict();
    const profile = await profiled();
    const columns = profile.columns.map(({ name }) => name);
    const statement = columnsStatement('whole', columns);
    const [ours, theirs] = await timeInTurn(
      [{ batch: 1, prepare: evict, call: async () => void (await profiled()) }, this.rawContender(statement, 1)],
      rounds,
    );
    if (ours === undefined || theirs === undefined) throw new RangeError('profile: nothing was timed');
    const facts = await factsOfDatabase('whole', columns, profile.dependencies.nearLimit, async (sql) =>
      textRows(await this.raw.run(sql)),
    );
    return {
      rows: profile.rows,
      coframe: { times: ours, hash: await factsHash(factsOfProfile(profile)) },
      raw: { times: theirs, hash: await factsHash(facts) },
      rawText: null,
      statement,
    };
  }

  /** A roll-up of a synthetic entry inside a worker, against the same grouping of the same rows in DuckDB. */
  async rollUp(shape: EntryShape, kind: RollUpKind, effort: Effort): Promise<Measured> {
    const worker = new Worker(new URL(rollUpWorker, import.meta.url), { type: 'module' });
    try {
      const rollUps = Comlink.wrap<RollUps>(worker);
      const { entry, products } = await rollUps.make(shape);
      await this.holdEntry(entry, products);
      const statement = kind === 'drop' ? DROP : CLIMB;
      const [rawTimes] = await timeInTurn([this.rawContender(statement, effort.rawBatch)], effort.rounds);
      if (rawTimes === undefined) throw new RangeError('nothing was timed');
      return {
        rows: shape.stores * shape.products,
        coframe: {
          times: await rollUps.times(kind, effort.batch, effort.rounds),
          hash: await answerHash(await rollUps.answer(kind)),
        },
        raw: { times: rawTimes, hash: await answerHash(await this.raw.run(statement)) },
        rawText: null,
        statement,
      };
    } finally {
      worker.terminate();
      for (const table of ['entry', 'products']) await this.raw.run(`DROP TABLE IF EXISTS ${table}`);
      for (const type of ['entry_product', 'entry_store']) await this.raw.run(`DROP TYPE IF EXISTS ${type}`);
    }
  }

  /** Ends the raw DuckDB. */
  async close(): Promise<void> {
    await this.raw.close();
  }

  private async ask(text: string): Promise<ArrowAnswer> {
    return arrowOf(await this.session.query(text, { format: 'arrow' }));
  }

  /** The one statement that a miss of the question runs. */
  private async statementOf(text: string): Promise<string> {
    await this.session.engine.evict();
    const { provenance } = await this.ask(text);
    const statements = provenance.series.flatMap(({ atoms }) => atoms.flatMap((atom) => atom.statement ?? []));
    const [statement] = statements;
    if (statement === undefined || statements.length > 1)
      throw new Error(`${text}: one statement was expected, found ${statements.length}`);
    return statement;
  }

  private async beside(
    ask: () => Promise<ArrowAnswer>,
    statement: string,
    { batch, rawBatch, rounds }: Effort,
    { prepare, withText = false }: { readonly prepare?: () => Promise<void>; readonly withText?: boolean } = {},
  ): Promise<Measured> {
    const coframe = {
      batch,
      ...(prepare === undefined ? {} : { prepare }),
      call: async () => void readCells((await ask()).ipc),
    };
    const ofText = statement.replaceAll('"transactions"', '"transactions_varchar"');
    const raws = withText ? [statement, ofText] : [statement];
    const [ours, ...theirs] = await timeInTurn(
      [coframe, ...raws.map((sql) => this.rawContender(sql, rawBatch))],
      rounds,
    );
    await prepare?.();
    const answer = await ask();
    const sides = await Promise.all(
      theirs.map(async (times, i) => ({ times, hash: await answerHash(await this.raw.run(raws[i] ?? statement)) })),
    );
    const [raw, rawText = null] = sides;
    if (ours === undefined || raw === undefined) throw new RangeError('nothing was timed');
    const side = { times: ours, hash: await answerHash(answer.ipc) };
    return { rows: answer.row_count, coframe: side, raw, rawText, statement };
  }

  private rawContender(sql: string, batch: number) {
    return { batch, call: async () => void readCells(await this.raw.run(sql)) };
  }

  /** The entry as a table, its keys as enumerations. */
  private async holdEntry(entry: Uint8Array, products: Uint8Array): Promise<void> {
    await this.raw.insert('products', products);
    await this.raw.insert('arrived', entry);
    for (const key of ['product', 'store'])
      await this.raw.run(`CREATE TYPE entry_${key} AS ENUM (SELECT DISTINCT ${key} FROM arrived ORDER BY 1)`);
    await this.raw.run(
      'CREATE TABLE entry AS SELECT CAST(product AS entry_product) AS product, CAST(store AS entry_store) AS store, "sum" FROM arrived',
    );
    await this.raw.run('DROP TABLE arrived');
  }
}

/** SHA-256 over what is said of a table. */
async function factsHash(facts: ProfileFacts): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(facts)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const DROP = 'SELECT CAST(product AS VARCHAR) AS product, sum("sum") AS "sum" FROM entry GROUP BY product';

const CLIMB =
  'SELECT parent AS category, sum("sum") AS "sum" FROM (SELECT product, sum("sum") AS "sum" FROM entry GROUP BY product) ' +
  'JOIN products ON child = CAST(product AS VARCHAR) GROUP BY parent';

function arrowOf(answer: ArrowAnswer | Answer | Refusal | Explanation): ArrowAnswer {
  if ('ipc' in answer) return answer;
  throw new Error('code' in answer ? `${answer.code}: ${answer.message}` : 'Arrow was asked for, and did not come');
}

function outcomeValue<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.kind}: ${outcome.error.message}`);
}

/** Asks once, and throws where the answer came from elsewhere than it should: then something else would be timed. */
async function expectServed(
  ask: () => Promise<ArrowAnswer>,
  servedFrom: ServedFrom,
  tier: 'memory' | 'file' | null,
): Promise<void> {
  const { served_from, provenance } = await ask();
  const tiers = new Set(provenance.series.flatMap(({ atoms }) => atoms.map((atom) => atom.entry?.tier ?? null)));
  if (served_from !== servedFrom || tiers.size !== 1 || !tiers.has(tier))
    throw new Error(`expected ${servedFrom} from ${tier}, found ${served_from} from ${[...tiers].join(', ')}`);
}
