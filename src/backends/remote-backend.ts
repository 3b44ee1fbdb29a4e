import { type ProxyMarked, proxy, type Remote, transfer } from 'comlink';
import type { DataAPIBackend } from '../protocol/backend.ts';
import { BackendError, isBackendFault } from '../protocol/backend-error.ts';
import type { PendingCalls } from '../protocol/pending-calls.ts';
import { holdLife } from './worker-life.ts';

/**
 * A backend as a worker hands it out. Errors cross as data: a `BackendError` is thrown as its fault. Arrow bytes are
 * transferred, not copied.
 */
export function exposedBackend(backend: DataAPIBackend): DataAPIBackend & ProxyMarked {
  return proxy({
    apiVersion: () => asData(backend.apiVersion()),
    load: (request) => asData(backend.load(request)),
    drop: (table) => asData(backend.drop(table)),
    listTables: () => asData(backend.listTables()),
    describeTable: (table) => asData(backend.describeTable(table)),
    sampleRows: (table, limit) => transferred(backend.sampleRows(table, limit)),
    enumerateDistinctValues: (table, column, limit) =>
      transferred(backend.enumerateDistinctValues(table, column, limit)),
    aggregate: async (id, request) => {
      const result = await asData(backend.aggregate(id, request));
      return transfer(result, [result.ipc.buffer]);
    },
    statement: (request) => asData(backend.statement(request)),
    extractTable: (table, columns) => transferred(backend.extractTable(table, columns)),
    operatorRegistry: () => asData(backend.operatorRegistry()),
    cancel: (id) => asData(backend.cancel(id)),
    close: () => asData(backend.close()),
  } satisfies DataAPIBackend);
}

/** What a backend's worker hands out. */
export interface BackendFactory<Assets> {
  /** `onBytes` hears how many bytes of what the engine loads have come. */
  readonly start: (assets: Assets, onBytes: (loaded: number) => void) => Promise<DataAPIBackend & ProxyMarked>;
  readonly holdLife: (name: string) => Promise<boolean>;
}

/** The factory of a worker over how its engine starts. */
export function backendFactory<Assets>(
  start: (assets: Assets, onBytes: (loaded: number) => void) => Promise<DataAPIBackend>,
): BackendFactory<Assets> {
  return { start: async (assets, onBytes) => exposedBackend(await asData(start(assets, onBytes))), holdLife };
}

/**
 * The backend at the other end of a worker: faults are `BackendError`s again. `load` gives its bytes away. When `calls`
 * ends, every call that waits rejects with its reason.
 */
export function remoteBackend(remote: Remote<DataAPIBackend>, calls: PendingCalls): DataAPIBackend {
  const asError = <Result>(call: () => PromiseLike<Result>) => calls.run(call).catch(rethrown);
  return {
    apiVersion: () => asError(() => remote.apiVersion()),
    load: (request) => asError(() => remote.load(transfer(request, [request.ipc.buffer]))),
    drop: (table) => asError(() => remote.drop(table)),
    listTables: () => asError(() => remote.listTables()),
    describeTable: (table) => asError(() => remote.describeTable(table)),
    sampleRows: (table, limit) => asError(() => remote.sampleRows(table, limit)),
    enumerateDistinctValues: (table, column, limit) =>
      asError(() => remote.enumerateDistinctValues(table, column, limit)),
    aggregate: (id, request) => asError(() => remote.aggregate(id, request)),
    statement: (request) => asError(() => remote.statement(request)),
    extractTable: (table, columns) => asError(() => remote.extractTable(table, columns)),
    operatorRegistry: () => asError(() => remote.operatorRegistry()),
    cancel: (id) => asError(() => remote.cancel(id)),
    close: () => asError(() => remote.close()),
  };
}

/** What a call across a worker rejected with is the error that it was: a fault is a `BackendError` again. */
function rethrown(error: unknown): never {
  throw isBackendFault(error) ? new BackendError(error) : error;
}

/** Turns a `BackendError` into its fault, which crosses a worker whole. */
export async function asData<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof BackendError ? error.fault : error;
  }
}

async function transferred(call: Promise<Uint8Array>): Promise<Uint8Array> {
  const bytes = await asData(call);
  return transfer(bytes, [bytes.buffer]);
}
