import { encodeBatch } from '../../columns/arrow.ts';
import type { Column } from '../../columns/column.ts';
import { sortScalars } from '../../columns/scalar.ts';
import { takeRows } from '../../compose/take.ts';
import {
  API_VERSION,
  type DataAPIBackend,
  type OperatorRegistry,
  type TableDescription,
} from '../../protocol/backend.ts';
import { BackendError } from '../../protocol/backend-error.ts';
import type { AggregateRequest, AggregateResult, LoadReport, LoadRequest } from '../../protocol/request.ts';
import { runVerbs } from './aggregate.ts';
import { ExactRangeError } from './exact-integer.ts';
import { ArqueroTables } from './held-tables.ts';
import { loadTable } from './load-table.ts';
import { ARQUERO_OPERATORS } from './operators.ts';
import { startArquero } from './start-arquero.ts';
import { statementText } from './statement.ts';
import { writeVerbs } from './verbs.ts';

/** The version of Arquero that is installed; it does not tell itself. */
const ARQUERO_VERSION = '8.0.3';

/** What a backend works with: the clock (milliseconds). */
export interface ArqueroOptions {
  readonly now: () => number;
}

/**
 * The data protocol over Arquero. Every request runs at once and to its end, since Arquero is synchronous; requests of a
 * worker therefore queue as its messages do.
 */
export class ArqueroBackend implements DataAPIBackend {
  readonly #now: () => number;
  readonly #held = new ArqueroTables();
  #closed = false;

  private constructor({ now }: ArqueroOptions) {
    this.#now = now;
  }

  /** Tries Arquero at once, so that what cannot start is known at once (START_FAILED). */
  static async start(options: ArqueroOptions): Promise<ArqueroBackend> {
    startArquero();
    return new ArqueroBackend(options);
  }

  readonly apiVersion = async (): Promise<string> => API_VERSION;

  async load(request: LoadRequest): Promise<LoadReport> {
    this.#requireOpen();
    const start = this.#now();
    const { table, rowCount } = loadTable(this.#held, request);
    return { table, rows: rowCount, milliseconds: this.#now() - start, bytesHeld: this.#held.bytes(table) };
  }

  async drop(table: string): Promise<void> {
    this.#requireOpen();
    this.#held.delete(table);
  }

  async listTables(): Promise<readonly string[]> {
    return this.#held.list();
  }

  async describeTable(table: string): Promise<TableDescription> {
    return this.#held.describe(table);
  }

  async sampleRows(table: string, limit: number): Promise<Uint8Array> {
    this.#requireOpen();
    const { rowCount, columns } = this.#held.get(table);
    const rows = Int32Array.from({ length: Math.min(rowCount, limit) }, (_, row) => row);
    return encoded(
      columns.map(({ name }) => name),
      columns.map((column) => takeRows(column.plain(), rows)),
      rows.length,
    );
  }

  async enumerateDistinctValues(table: string, column: string, limit: number): Promise<Uint8Array> {
    this.#requireOpen();
    const { type, codes, values } = this.#held.column(table, column).keys();
    const sorted = sortScalars(values);
    const found = codes.includes(-1) ? sorted.length + 1 : sorted.length;
    const rows = Math.min(found, limit);
    // NULL comes last: it is the code after that of the last value.
    const places = Int32Array.from({ length: rows }, (_, place) => (place < sorted.length ? place : -1));
    return encoded([column], [{ form: 'dictionary', type, codes: places, values: sorted }], rows);
  }

  async extractTable(table: string, columns: readonly string[]): Promise<Uint8Array> {
    this.#requireOpen();
    const { rowCount } = this.#held.get(table);
    return encoded(
      columns,
      columns.map((column) => this.#held.column(table, column).plain()),
      rowCount,
    );
  }

  async aggregate(_id: string, request: AggregateRequest): Promise<AggregateResult> {
    this.#requireOpen();
    this.#held.require(request);
    const start = this.#now();
    const { ipc, statement } = this.#run(request);
    const milliseconds = this.#now() - start;
    return { ipc, rowsScanned: this.#held.get(request.table).rowCount, milliseconds, statement };
  }

  async statement(request: AggregateRequest): Promise<string> {
    return statementText(this.#held, request, writeVerbs(this.#held, request));
  }

  async operatorRegistry(): Promise<OperatorRegistry> {
    return { backend: 'arquero', version: ARQUERO_VERSION, operators: ARQUERO_OPERATORS };
  }

  /**
   * Does nothing: a request that runs hears no message before it has ended, and none waits here. Who does not want to
   * wait terminates the worker and starts another.
   */
  async cancel(_id: string): Promise<void> {}

  async close(): Promise<void> {
    this.#closed = true;
    this.#held.clear();
  }

  #run(request: AggregateRequest): { readonly ipc: Uint8Array; readonly statement: string } {
    const verbs = writeVerbs(this.#held, request);
    const statement = statementText(this.#held, request, verbs);
    try {
      return { ipc: runVerbs(this.#held, request, verbs), statement };
    } catch (error) {
      if (error instanceof ExactRangeError) {
        throw new BackendError({ code: 'OUT_OF_RANGE', statement, reason: error.message });
      }
      const reason = error instanceof Error ? error.message : String(error);
      throw new BackendError({ code: 'STATEMENT_FAILED', statement, reason });
    }
  }

  #requireOpen(): void {
    if (this.#closed) throw new BackendError({ code: 'START_FAILED', backend: 'arquero', reason: 'it was closed' });
  }
}

function encoded(names: readonly string[], columns: readonly Column[], rowCount: number): Uint8Array {
  const fields = columns.map((column, position) => ({ name: names[position] ?? '', column }));
  return encodeBatch({ rowCount, fields });
}
