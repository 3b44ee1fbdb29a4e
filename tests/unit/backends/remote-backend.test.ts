import { expose, type Remote, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exposedBackend, remoteBackend } from '../../../src/backends/remote-backend.ts';
import { INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BackendError } from '../../../src/protocol/backend-error.ts';
import { PendingCalls } from '../../../src/protocol/pending-calls.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { ask, column, own, request, states } from './requests.ts';
import { loadRequest } from './tables.ts';

const n = own('n', INT64);
const total = request('t', { inputs: [n], states: states(['sum', column(n)]) });

describe('a backend across a message port', () => {
  const { port1, port2 } = new MessageChannel();
  const calls = new PendingCalls();
  let backend: DataAPIBackend;
  beforeAll(async () => {
    expose(exposedBackend(await nodeBackend()), port1);
    const remote: Remote<DataAPIBackend> = wrap(port2);
    backend = remoteBackend(remote, calls);
  });
  afterAll(async () => {
    await backend.close();
    port1.close();
    port2.close();
  });

  it('does everything that it does on the near side', async () => {
    const load = loadRequest('t', { n: { type: INT64, values: [1, 2] }, t: { type: TEXT, values: ['a', null] } });
    expect(await backend.load(load)).toMatchObject({ table: 't', rows: 2 });
    expect(load.ipc.byteLength).toBe(0);
    expect(await ask(backend, total)).toEqual([[3]]);
    expect(await backend.statement(total)).toContain('FROM "t"');
    expect(await backend.listTables()).toEqual(['t']);
    expect(await backend.describeTable('t')).toMatchObject({ rowCount: 2 });
    expect((await backend.sampleRows('t', 1)).length).toBeGreaterThan(0);
    expect((await backend.extractTable('t', ['n'])).length).toBeGreaterThan(0);
    expect((await backend.enumerateDistinctValues('t', 't', 9)).length).toBeGreaterThan(0);
    expect(await backend.apiVersion()).toBe('coframe-data-api/1');
    expect((await backend.operatorRegistry()).backend).toBe('duckdb');
    await backend.cancel('nothing');
    await backend.drop('t');
    expect(await backend.listTables()).toEqual([]);
  });

  it('rejects with the fault that it was', async () => {
    const error: unknown = await backend.aggregate('x', { ...total, table: 'u' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({ fault: { code: 'NOT_LOADED', table: 'u', column: null } });
  });

  it('lets defects through as errors', async () => {
    const load = loadRequest('t', { n: { type: INT64, values: [1] } });
    await expect(backend.load({ ...load, rowCount: 2 })).rejects.toThrow('2 rows were announced, 1 came');
  });
});
