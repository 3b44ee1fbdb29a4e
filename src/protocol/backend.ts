import type { LogicalType } from '../columns/logical-type.ts';
import type { OperatorName } from '../operators/catalog.ts';
import type { AggregateRequest, AggregateResult, LoadReport, LoadRequest } from './request.ts';

export const API_VERSION = 'coframe-data-api/1';

export type BackendName = 'duckdb' | 'sqlite' | 'arquero';

/** A loaded table as the backend has it. */
export interface TableDescription {
  readonly table: string;
  readonly rowCount: number;
  readonly columns: readonly { readonly name: string; readonly type: LogicalType }[];
}

/** L2: which operators the backend binds, and through what. */
export interface OperatorRegistry {
  readonly backend: BackendName;
  readonly version: string;
  readonly operators: readonly { readonly operator: OperatorName; readonly binding: string }[];
}

/** What every backend does. Requests and results are data; `id` names a request for `cancel`. */
export interface DataAPIBackend {
  readonly apiVersion: () => Promise<string>;
  /**
   * Adds columns to a table, or makes it. A later load of the same table brings further columns of the same rows in
   * the same order; columns already held are ignored. Refuses with TABLE_TOO_LARGE past the stated limit.
   */
  load(request: LoadRequest): Promise<LoadReport>;
  /** Forgets a table. */
  drop(table: string): Promise<void>;
  listTables(): Promise<readonly string[]>;
  describeTable(table: string): Promise<TableDescription>;
  /** Arrow IPC of the first rows, in load order. */
  sampleRows(table: string, limit: number): Promise<Uint8Array>;
  /** Arrow IPC of one column's distinct values ascending, NULL last, at most `limit`. */
  enumerateDistinctValues(table: string, column: string, limit: number): Promise<Uint8Array>;
  aggregate(id: string, request: AggregateRequest): Promise<AggregateResult>;
  /** The statement or verbs that `aggregate` would run. */
  statement(request: AggregateRequest): Promise<string>;
  /** Arrow IPC of whole columns. */
  extractTable(table: string, columns: readonly string[]): Promise<Uint8Array>;
  operatorRegistry(): Promise<OperatorRegistry>;
  /** Stops a running request: its promise rejects with a BackendError of code CANCELLED. */
  cancel(id: string): Promise<void>;
  close(): Promise<void>;
}

/** How a backend fails. Crosses workers as data. */
export type BackendFault =
  | { readonly code: 'CANCELLED'; readonly id: string }
  | {
      readonly code: 'TABLE_TOO_LARGE';
      readonly table: string;
      readonly rows: number;
      readonly bytes: number;
      readonly limit: number;
    }
  | { readonly code: 'NOT_LOADED'; readonly table: string; readonly column: string | null }
  /** An exact integer passed 127 bits: in a row's arithmetic, or in a sum. */
  | { readonly code: 'OUT_OF_RANGE'; readonly statement: string; readonly reason: string }
  | { readonly code: 'START_FAILED'; readonly backend: BackendName; readonly reason: string }
  /** It answers a known question wrongly: nothing is asked of it. */
  | {
      readonly code: 'PARITY_FAILED';
      readonly backend: BackendName;
      readonly operator: string;
      readonly input: string;
      readonly expected: string;
      readonly found: string;
    }
  /** Its worker ended or was ended, with all that it held; the next request starts another. */
  | { readonly code: 'LOST'; readonly backend: BackendName; readonly reason: string }
  | { readonly code: 'STATEMENT_FAILED'; readonly statement: string; readonly reason: string };
