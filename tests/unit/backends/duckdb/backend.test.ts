import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckdbBackend } from '../../../../src/backends/duckdb/backend.ts';
import { type Connection, connectionError } from '../../../../src/backends/duckdb/connection.ts';
import { ConnectionError } from '../../../../src/backends/sql/connection-error.ts';
import { INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { DataAPIBackend } from '../../../../src/protocol/backend.ts';
import { connectNode, nodeBackend } from '../../../support/duckdb-node.ts';
import { arithmetic, ask, column, literal, own, request, states } from '../requests.ts';
import { loadPlain } from '../tables.ts';

const n = own('n', INT64);
const total = request('t', { inputs: [n], states: states(['sum', column(n)]) });
/** Every pair of values has its own group: minutes of work. */
const endless = request('t', {
  inputs: [n],
  keys: ['n'],
  states: states(
    ['distinct', arithmetic(column(n), '*', literal(3, INT64))],
    ['median', column(n)],
    ['sum', column(n)],
  ),
});

describe('the DuckDB backend', () => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await nodeBackend();
    const values = Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 1_000_003);
    await loadPlain(backend, 't', { n: { type: INT64, values } });
  });
  afterAll(() => backend.close());

  it('cancels a running request at once, and goes on', async () => {
    const running = backend.aggregate('slow', endless);
    const waiting = backend.aggregate('waiting', total);
    const cancelledToo = backend.aggregate('slow', total);
    await new Promise((resolve) => setImmediate(resolve));
    await backend.cancel('slow');
    await expect(running).rejects.toMatchObject({ name: 'BackendError', fault: { code: 'CANCELLED', id: 'slow' } });
    await expect(cancelledToo).rejects.toMatchObject({ fault: { code: 'CANCELLED', id: 'slow' } });
    expect((await waiting).rowsScanned).toBe(1_000_000);
  });

  it('reports what DuckDB refuses, and goes on', async () => {
    const refused = backend.aggregate(
      'text',
      request('t', { inputs: [n], states: states(['sum', literal('a', TEXT)]) }),
    );
    await expect(refused).rejects.toMatchObject({
      fault: { code: 'STATEMENT_FAILED', reason: expect.stringContaining('Binder Error') },
    });
    expect((await backend.aggregate('total', total)).rowsScanned).toBe(1_000_000);
  });

  it('downloads nothing: a function of an extension is a plain error', async () => {
    const connection = await connectNode();
    await expect(connection.run('SELECT current_date')).rejects.toMatchObject({
      fault: 'statement',
      message: expect.stringContaining('icu extension'),
    });
    await expect(connection.run("SELECT * FROM read_parquet('x.parquet')")).rejects.toMatchObject({
      fault: 'statement',
    });
    await connection.close();
  });
});

describe('a DuckDB that fails', () => {
  it('does not start: START_FAILED with the reason', async () => {
    const connect = () => Promise.reject(new Error('no such file'));
    await expect(DuckdbBackend.start({ connect, now: () => 0 })).rejects.toMatchObject({
      fault: { code: 'START_FAILED', backend: 'duckdb', reason: 'no such file' },
    });
  });

  it('is lost by a trap: the next request finds an empty one, which can be loaded again', async () => {
    let connections = 0;
    const connect = async (): Promise<Connection> => {
      const connection = await connectNode();
      connections++;
      const trap = connections === 1;
      const query: Connection['query'] = trap
        ? () => Promise.reject(connectionError(new WebAssembly.RuntimeError('memory access out of bounds')))
        : connection.query;
      return { ...connection, query };
    };
    const backend = await DuckdbBackend.start({ connect, now: () => 0 });
    const load = () => loadPlain(backend, 't', { n: { type: INT64, values: [1, 2] } });
    await load();
    await expect(backend.aggregate('a', total)).rejects.toMatchObject({ fault: { code: 'STATEMENT_FAILED' } });
    await expect(backend.aggregate('b', total)).rejects.toMatchObject({ fault: { code: 'NOT_LOADED', table: 't' } });
    await load();
    expect(await ask(backend, total)).toEqual([[3]]);
    expect(connections).toBe(2);
    await backend.close();
  });
});

describe('connectionError', () => {
  it.each([
    [new WebAssembly.RuntimeError('unreachable'), 'lost', 'unreachable'],
    [new Error('Catalog Error: no such table\n\nLINE 1: select'), 'statement', 'Catalog Error: no such table'],
    [
      new Error('{"exception_type":"Parser","exception_message":"syntax error"}'),
      'statement',
      'Parser Error: syntax error',
    ],
    [new Error('{not json'), 'statement', '{not json'],
    [
      new Error('Out of Range Error: Overflow in HUGEINT addition: 1 + 2'),
      'out of range',
      'Out of Range Error: Overflow in HUGEINT addition: 1 + 2',
    ],
    [new Error('Out of Range Error: Date out of range'), 'statement', 'Out of Range Error: Date out of range'],
    ['text', 'lost', 'text'],
    [new ConnectionError('cancelled', 'gone'), 'cancelled', 'gone'],
  ])('reads %s', (error, fault, message) => {
    expect(connectionError(error)).toMatchObject({ fault, message });
  });
});
