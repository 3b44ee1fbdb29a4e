import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INT64, TEXT } from '../../../src/columns/logical-type.ts';
import { OPERATORS } from '../../../src/operators/catalog.ts';
import { API_VERSION, type DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BACKENDS } from '../../support/backends.ts';
import {
  arithmetic,
  ask,
  column,
  compare,
  literal,
  lookup,
  own,
  reached,
  request,
  sorted,
  states,
  values,
} from './requests.ts';
import { loadPlain } from './tables.ts';

const ROWS = 1000;
const n = own('n', INT64);
const total = request('t', { inputs: [n], states: states(['sum', column(n)]) });
const SUM = (ROWS * (ROWS + 1)) / 2;

describe.each(BACKENDS)('the backend $name', ({ name, start }) => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await start();
    await loadPlain(backend, 't', { n: { type: INT64, values: Array.from({ length: ROWS }, (_, i) => i + 1) } });
  });
  afterAll(() => backend.close());

  it('says what it is', async () => {
    expect(await backend.apiVersion()).toBe(API_VERSION);
    const registry = await backend.operatorRegistry();
    expect(registry.backend).toBe(name);
    expect(registry.version).toMatch(/^v?\d+\.\d+\.\d+$/);
    expect(registry.operators.map(({ operator }) => operator)).toEqual(Object.keys(OPERATORS));
    expect(registry.operators.every(({ binding }) => binding.length > 0)).toBe(true);
  });

  it('answers with what it took and what it ran', async () => {
    const { rowsScanned, milliseconds, statement } = await backend.aggregate('total', total);
    expect(rowsScanned).toBe(ROWS);
    expect(milliseconds).toBeGreaterThanOrEqual(0);
    expect(statement).toBe(await backend.statement(total));
    expect(await ask(backend, total)).toEqual([[SUM]]);
  });

  it('ignores the cancelling of what does not run', async () => {
    await backend.cancel('nothing');
    await backend.cancel('');
    expect((await backend.aggregate('nothing', total)).rowsScanned).toBe(ROWS);
  });

  it.each([
    ['a table', { ...total, table: 'u' }, { table: 'u', column: null }],
    ['a column', { ...total, inputs: [own('n', INT64, 'm')] }, { table: 't', column: 'm' }],
    [
      'a lookup',
      { ...total, inputs: [n, reached('up', own('n', TEXT), lookup('places', 'a', 'b'))] },
      { table: 'places', column: null },
    ],
  ])('says that %s is not loaded', async (_, asked, missing) => {
    await expect(backend.aggregate('missing', asked)).rejects.toMatchObject({
      fault: { code: 'NOT_LOADED', ...missing },
    });
  });

  it('says the same of tables and columns that are described, sampled or extracted', async () => {
    const missing = { fault: { code: 'NOT_LOADED', table: 'u', column: null } };
    await expect(backend.describeTable('u')).rejects.toMatchObject(missing);
    await expect(backend.sampleRows('u', 1)).rejects.toMatchObject(missing);
    await expect(backend.enumerateDistinctValues('u', 'n', 1)).rejects.toMatchObject(missing);
    await expect(backend.extractTable('t', ['m'])).rejects.toMatchObject({
      fault: { code: 'NOT_LOADED', table: 't', column: 'm' },
    });
  });

  it.each([
    ['in a row', [1e9, 1e9, 1e9, 1e9]],
    ['in a sum', [1e9, 1e9, 1e9, 1e8]],
  ])('says where an integer passes 127 bits %s, and goes on', async (_, factors) => {
    const huge = factors.reduce<ReturnType<typeof column>>(
      (product, factor) => arithmetic(product, '*', literal(factor, INT64)),
      column(n),
    );
    const asked = request('t', { inputs: [n], states: states(['sum', huge]) });
    await expect(backend.aggregate('huge', asked)).rejects.toMatchObject({
      fault: { code: 'OUT_OF_RANGE', statement: await backend.statement(asked) },
    });
    expect(await ask(backend, total)).toEqual([[SUM]]);
  });

  it('says the same of a value to group by, and only of rows that the filter keeps', async () => {
    const factor = literal(2n ** 62n, INT64);
    const huge = arithmetic(arithmetic(column(n), '*', factor), '*', factor);
    const asked = request('t', { inputs: [n], values: values(huge), states: states(['rows', null]) });
    await expect(backend.aggregate('huge', asked)).rejects.toMatchObject({
      fault: { code: 'OUT_OF_RANGE', statement: await backend.statement(asked) },
    });
    const few = { ...asked, filter: compare(column(n), '<=', literal(2, INT64)) };
    expect(await ask(backend, few)).toEqual(
      sorted([
        [2n ** 124n, 1],
        [2n ** 125n, 1],
      ]),
    );
  });

  it('does nothing once it is closed', async () => {
    const closed = await start();
    await closed.close();
    const fault = { code: 'START_FAILED', reason: 'it was closed' };
    await expect(closed.aggregate('late', total)).rejects.toMatchObject({ fault });
    await expect(closed.extractTable('t', ['n'])).rejects.toMatchObject({ fault });
  });
});
