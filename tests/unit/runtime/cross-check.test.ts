import { afterEach, describe, expect, it } from 'vitest';
import type { Batch, Column } from '../../../src/columns/column.ts';
import type { BackendName, DataAPIBackend } from '../../../src/protocol/backend.ts';
import { BackendError } from '../../../src/protocol/backend-error.ts';
import type { CrossCheck, Progress } from '../../../src/runtime/api.ts';
import { csv } from '../../cases/case.ts';
import { valueIn } from '../../support/node-session.ts';
import { falsified, overridden } from '../../support/overridden-backend.ts';
import { type Lab, openLab } from './regressions/lab.ts';

const COLLECTION = `coframe: 1
name: shop
schemas:
  - name: sales
    source: sales
    grain: [sale]
    columns:
      sale: {dimension: sale}
      store: {dimension: store}
      amount: {type: int64}
      weight: {type: double}
  - name: stores
    source: stores
    grain: [store]
    columns:
      store: {dimension: store}
      region: {dimension: region}
      store_name: {attribute_of: store}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
metric_families:
  - name: amount
    family_root: {schema: sales, column: amount}
    ip_reducers: [{operator: SUM, a_block: []}]
    cache_hint: {materialize_at: [[region]]}
  - name: weight
    family_root: {schema: sales, column: weight}
    ip_reducers: [{operator: SUM, a_block: []}]
`;

const TABLES = {
  sales: csv('sale,store,amount,weight', 'a,S1,10,0.5', 'b,S2,20,0.25', 'c,S3,30,0.75', 'd,S1,5,1'),
  stores: csv('store,region,store_name', 'S1,East,One', 'S2,East,Two', 'S3,West,Three'),
};

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

async function open(
  wrap: (backend: DataAPIBackend, name: BackendName) => DataAPIBackend = (backend) => backend,
  tables: Readonly<Record<string, string>> = TABLES,
): Promise<Lab> {
  lab = await openLab({ collections: { 'shop/': COLLECTION }, tables, warmUp: 'await', wrap });
  return lab;
}

async function check({ service }: Lab, text: string, onProgress: (event: Progress) => void = () => {}) {
  const checked = valueIn(await service.crossCheck(7, text, onProgress));
  if ('code' in checked) throw new Error(`${text}: ${checked.message}`);
  return checked;
}

/** One engine of the three with a fault. */
const only =
  (faulty: BackendName, fault: (backend: DataAPIBackend) => DataAPIBackend) =>
  (backend: DataAPIBackend, name: BackendName) =>
    name === faulty ? fault(backend) : backend;

const named = (checked: CrossCheck) => checked.backends.map(({ name }) => name);

describe('a cross-check', () => {
  it('recomputes on every engine from the sources, though an entry is there, and tells what each did', async () => {
    const shop = await open();
    expect((await shop.ask('SELECT region, amount AT region')).mood).toBe('serve');
    const steps: string[] = [];
    const checked = await check(shop, 'SELECT region, amount AT region', ({ id, state }) =>
      steps.push(`${id} ${state}`),
    );
    expect(checked).toMatchObject({ agree: true, differences: [], differenceCount: 0, ties: [], tieCount: 0 });
    expect(checked.tolerance).toEqual({ relative: 1e-9, sum: 1e-12 });
    expect(named(checked)).toEqual(['duckdb', 'sqlite', 'arquero']);
    for (const { row_count, hash, statement, error } of checked.backends) {
      expect([row_count, error]).toEqual([2, null]);
      expect(hash).toBe(checked.backends[0]?.hash);
      expect(statement).toContain('sales');
    }
    for (const name of named(checked)) {
      expect(steps.filter((each) => each.startsWith(`cross-check ${name} `)).at(-1)).toBe(`cross-check ${name} done`);
    }
  });

  it('ends the engines that it started, and leaves the one that ran', async () => {
    const shop = await open();
    const before = valueIn(await shop.service.statistics()).backends.map(({ state }) => state);
    expect(before).toEqual(['ready', 'idle', 'idle']);
    const { backends } = await check(shop, 'SELECT store, store_name, amount AT store');
    for (const { bytesHeld } of backends) expect(bytesHeld).toBeGreaterThan(0);
    const after = valueIn(await shop.service.statistics()).backends;
    expect(after.map(({ state }) => state)).toEqual(before);
    expect(after.map(({ bytesHeld }) => bytesHeld > 0)).toEqual([true, false, false]);
    expect(after.map(({ parity }) => parity)).toEqual(Array(3).fill({ probed: 22, total: 22 }));
  });

  it('is kept in the provenance of the answer', async () => {
    const shop = await open();
    const text = 'SELECT region, amount AT region';
    const before = await shop.ask(text);
    expect('provenance' in before && before.provenance.crossCheck).toBeNull();
    const checked = await check(shop, text);
    const after = await shop.ask(text);
    expect('provenance' in after && after.provenance.crossCheck).toEqual(checked);
    const other = await shop.ask('SELECT store, amount AT store');
    expect('provenance' in other && other.provenance.crossCheck).toBeNull();
  });

  it('shows the coordinates that differ, side by side', async () => {
    const shop = await open(only('sqlite', (backend) => falsified(backend, 'sales', (batch) => changed(batch, 1, 1))));
    const checked = await check(shop, 'SELECT store, amount AT store');
    expect(checked.agree).toBe(false);
    expect(checked.differenceCount).toBe(1);
    const [{ coordinate = [], series = '', values = {} } = {}] = checked.differences;
    expect(series).toBe('amount');
    expect(values.arquero).toBe(values.duckdb);
    expect(values.sqlite).toBe(Number(values.duckdb) + 1);
    expect({ S1: 15, S2: 20, S3: 30 }[coordinate[0] ?? '']).toBe(values.duckdb);
    expect(new Set(checked.backends.map(({ hash }) => hash)).size).toBe(2);
  });

  it('shows a row that one engine does not have', async () => {
    const shop = await open(only('arquero', (backend) => falsified(backend, 'sales', withoutFirst)));
    const checked = await check(shop, 'SELECT store, amount AT store');
    expect(checked.agree).toBe(false);
    expect(checked.differences).toMatchObject([
      { series: null, values: { duckdb: true, sqlite: true, arquero: false } },
    ]);
  });

  it('takes doubles within the tolerance for equal, and a row that they let in for a tie', async () => {
    const nudge = (batch: Batch) => [0, 1, 2].reduce((each, row) => changed(each, row, 1e-12), batch);
    const shop = await open(only('duckdb', (backend) => falsified(backend, 'sales', nudge)));
    // S3 has exactly 0.75, on DuckDB larger by what no engine can tell.
    const checked = await check(shop, 'SELECT store, weight AT store HAVING weight > 0.75');
    expect(checked).toMatchObject({ agree: true, differences: [], tieCount: 1 });
    expect(checked.backends.map(({ row_count }) => row_count)).toEqual([2, 1, 1]);
    expect(checked.ties).toEqual([
      { coordinate: ['S3'], series: null, values: { duckdb: true, sqlite: false, arquero: false } },
    ]);
  });

  it('goes on where one engine fails, and says why', async () => {
    const failing = (backend: DataAPIBackend) =>
      overridden(backend, {
        aggregate: (id, request) => {
          if (request.table === '#parity') return backend.aggregate(id, request);
          throw new BackendError({ code: 'STATEMENT_FAILED', statement: 'x', reason: 'no' });
        },
      });
    const shop = await open(only('arquero', failing));
    const checked = await check(shop, 'SELECT store, amount AT store');
    expect(checked.agree).toBe(true);
    expect(checked.backends.map(({ error }) => error !== null)).toEqual([false, false, true]);
    expect(checked.backends[2]?.error).toContain('statement failed: no');
  });

  it('takes a refusal that all give for one answer, and refuses what is refused before', async () => {
    const sales = csv('sale,store,amount,weight', 'a,S1,9223372036854775807,1', 'b,S1,1,1');
    const shop = await open(undefined, { ...TABLES, sales });
    expect(await shop.code('SELECT amount AT ()')).toBe('OVERFLOW');
    const large = await check(shop, 'SELECT amount AT ()');
    expect(large).toMatchObject({ agree: true, differences: [] });
    expect(large.backends.map(({ row_count, error }) => [row_count, error])).toEqual(Array(3).fill([null, null]));
    const refused = valueIn(await shop.service.crossCheck(7, 'SELECT nothing AT ()', null));
    expect('code' in refused && refused.code).toBe('UNKNOWN_NAME');
  });

  it('two at once, and questions beside them: each is answered though an engine is ended under it', async () => {
    const shop = await open();
    const text = 'SELECT store, amount AT store';
    const straight = { id: 9, text, format: 'json', backend: 'sqlite', engine: false } as const;
    const [first, second, asked] = await Promise.all([
      check(shop, text),
      shop.service.crossCheck(8, 'SELECT region, amount AT region', null),
      shop.service.query(straight, null, null),
    ]);
    expect(first.agree).toBe(true);
    expect(valueIn(second)).toMatchObject({ agree: true });
    expect(valueIn(asked)).toMatchObject({ row_count: 3 });
  });

  it('leaves the reason of an engine that cannot be used', async () => {
    const wrong = (backend: DataAPIBackend) => falsified(backend, '#parity', (batch) => changed(batch, 0, 1));
    const shop = await open(only('sqlite', wrong));
    const checked = await check(shop, 'SELECT store, amount AT store');
    expect(checked.backends.map(({ error }) => error === null)).toEqual([true, false, true]);
    const { backends } = valueIn(await shop.service.statistics());
    expect(backends.map(({ state }) => state)).toEqual(['ready', 'failed', 'idle']);
    expect(backends[1]?.reason).toBe(checked.backends[1]?.error);
  });

  it('is cancelled by its id, and what it started is ended', async () => {
    const shop = await open();
    const checking = shop.service.crossCheck(7, 'SELECT store, amount AT store', ({ id, detail }) => {
      if (id === 'cross-check sqlite' && detail === 'computes') shop.service.cancel(7);
    });
    expect(await checking).toMatchObject({ ok: false, error: { kind: 'aborted' } });
    const { backends } = valueIn(await shop.service.statistics());
    expect(backends.map(({ state }) => state)).toEqual(['ready', 'idle', 'idle']);
    expect((await shop.rows('SELECT amount AT ()'))[0]).toEqual([65]);
  });
});

/** The batch with an amount added to one value of its last column. */
function changed(batch: Batch, row: number, by: number): Batch {
  const last = batch.fields.length - 1;
  return {
    ...batch,
    fields: batch.fields.map((field, i) => (i === last ? { ...field, column: added(field.column, row, by) } : field)),
  };
}

function added(column: Column, row: number, by: number): Column {
  if (column.form !== 'number') throw new TypeError(`a result in ${column.form} form`);
  return { ...column, values: column.values.map((value, i) => (i === row ? value + by : value)) };
}

function withoutFirst(batch: Batch): Batch {
  const cut = (column: Column): Column => {
    if (column.form === 'dictionary') return { ...column, codes: column.codes.slice(1) };
    if (column.form === 'bigint') return { ...column, values: column.values.slice(1), valid: null };
    return { ...column, values: column.values.slice(1), valid: null };
  };
  return {
    rowCount: batch.rowCount - 1,
    fields: batch.fields.map(({ name, column }) => ({ name, column: cut(column) })),
  };
}
