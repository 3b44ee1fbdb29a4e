import { expect, it } from 'vitest';
import { DAY, decimal, INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import { decodeAggregate } from '../../../../src/protocol/decode-aggregate.ts';
import { nodeBackend } from '../../../support/duckdb-node.ts';
import { ask, calendar, column, lookup, own, reached, request, states } from '../requests.ts';
import { loadPlain } from '../tables.ts';

const ROWS = 523_023;
const REPEATS = 9;

/** A plain linear congruential generator: the same rows every time. */
function* uniform(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

it('answers over 523,023 rows (milliseconds are printed, not asserted)', async () => {
  const backend = await nodeBackend();
  const random = uniform(7);
  const rows = <Value>(of: (row: number) => Value) => Array.from({ length: ROWS }, (_, row) => of(row));
  const drawn = (count: number) => 1 + Math.floor(random.next().value * count);
  const loads = [
    await loadPlain(backend, 'transactions', {
      day: { type: DAY, values: rows((row) => 19_631 + Math.floor((row * 443) / ROWS)) },
      store_id: { type: TEXT, values: rows(() => `S${drawn(13)}`) },
      revenue: { type: decimal(2), values: rows(() => drawn(10_000)) },
      quantity: { type: INT64, values: rows(() => drawn(4)) },
    }),
    await loadPlain(backend, 'transactions', { sku: { type: TEXT, values: rows(() => `SKU-${drawn(2231)}`) } }),
    await loadPlain(backend, 'stores', {
      store_id: { type: TEXT, values: Array.from({ length: 13 }, (_, i) => `S${i + 1}`) },
      region: { type: TEXT, values: Array.from({ length: 13 }, (_, i) => ['Central', 'East', 'West'][i % 3] ?? '') },
    }),
  ];
  const store = own('store', TEXT, 'store_id');
  const region = reached('region', store, lookup('stores', 'store_id', 'region'));
  const theDay = own('day', DAY);
  const month = reached('month', theDay, calendar('month'));
  const product = own('product', TEXT, 'sku');
  const revenue = own('revenue', decimal(2));
  const inputs = [store, region, theDay, month, product, revenue];
  const lines = loads.map(
    ({ table, milliseconds, bytesHeld }) => `load ${table} ${milliseconds.toFixed(0)} ms, ${bytesHeld} bytes`,
  );
  let total: unknown;
  for (const keys of [[], ['region'], ['region', 'day'], ['month'], ['store', 'product']]) {
    const asked = request('transactions', { inputs, keys, states: states(['sum', column(revenue)]) });
    const times: number[] = [];
    let count = 0;
    for (let i = 0; i < REPEATS; i++) {
      const start = performance.now();
      count = decodeAggregate(asked, await backend.aggregate('speed', asked)).rowCount;
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    lines.push(`(${keys.join(', ')}) ${count} rows ${times[REPEATS >> 1]?.toFixed(1)} ms`);
    const sums = await ask(backend, asked);
    const sum = sums.reduce((all, row) => all + Number(row.at(-1)), 0);
    total ??= sum;
    expect(sum).toBe(total);
  }
  console.info(lines.join('\n'));
  await backend.close();
}, 60_000);
