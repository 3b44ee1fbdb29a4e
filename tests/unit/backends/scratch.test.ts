import { expect, test } from 'vitest';
import { DAY, INT64, TEXT, decimal } from '../../../src/columns/logical-type.ts';
import { valueAt } from '../../../src/columns/column.ts';
import { decodeAggregate } from '../../../src/protocol/decode-aggregate.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { loadPlain } from './tables.ts';
const lookup = (edge: string, source: string, c: string, p: string) => ({ kind: 'lookup', edge, schema: source, source, childColumn: c, parentColumn: p, childType: TEXT, type: TEXT }) as const;
test('speed', async () => {
  const backend = await nodeBackend();
  const N = 523_023;
  const pad = (n: number, w: number) => String(n).padStart(w, '0');
  let seed = 7;
  const rnd = () => { seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0; return seed / 2 ** 32; };
  const A = (f: (i: number) => any) => Array.from({ length: N }, (_, i) => f(i));
  const t0 = performance.now();
  const r = await loadPlain(backend, 'tx', {
    day: { type: DAY, values: A((i) => 19631 + Math.floor((i * 443) / N)) },
    store_id: { type: TEXT, values: A(() => 'S' + pad(1 + Math.floor(rnd() * 13), 2)) },
    revenue: { type: decimal(2), values: A(() => Math.floor(rnd() * 10000)) },
    cost: { type: decimal(2), values: A(() => Math.floor(rnd() * 10000)) },
  });
  console.log(r, performance.now() - t0);
  console.log(await loadPlain(backend, 'tx', { sku: { type: TEXT, values: A(() => 'SKU-' + pad(1 + Math.floor(rnd() * 2231), 5)) } }));
  console.log(await loadPlain(backend, 'tx', { customer: { type: TEXT, values: A(() => 'C' + pad(1 + Math.floor(rnd() * 42000), 6)) } , sku: { type: TEXT, values: A(() => 'x')}}));
  console.log(await loadPlain(backend, 'tx', { tid: { type: TEXT, values: A((i) => 'T' + pad(i, 7)) } }));
  console.log(await loadPlain(backend, 'stores', { store_id: { type: TEXT, values: Array.from({ length: 13 }, (_, i) => 'S' + pad(i + 1, 2)) }, region: { type: TEXT, values: Array.from({ length: 13 }, (_, i) => ['Central', 'East', 'West'][i % 3]!) } }));
  const own = (name: string, type: any, column = name) => ({ name, type, access: { column, columnType: type, steps: [] } });
  const region = { name: 'region', type: TEXT, access: { column: 'store_id', columnType: TEXT, steps: [lookup('e', 'stores', 'store_id', 'region')] } };
  const month = { name: 'month', type: { kind: 'date', level: 'month' } as const, access: { column: 'day', columnType: DAY, steps: [{ kind: 'calendar', edge: 'c', from: 'day', to: 'month' }] } } as const;
  const inputs = [region, month, own('day', DAY), own('store', TEXT, 'store_id'), own('product', TEXT, 'sku'), own('customer', TEXT), own('revenue', decimal(2)), own('cost', decimal(2))];
  const col = (name: string, type: any) => ({ kind: 'column', name, type }) as const;
  const sum = { name: 's0', state: 'sum', input: col('revenue', decimal(2)), inputType: decimal(2) } as const;
  const med = { name: 's0', state: 'median', input: col('revenue', decimal(2)), inputType: decimal(2) } as const;
  const dis = { name: 's0', state: 'distinct', input: col('customer', TEXT), inputType: TEXT } as const;
  const prof = { name: 's0', state: 'sum', input: { kind: 'arithmetic', operator: '-', left: col('revenue', decimal(2)), right: col('cost', decimal(2)), type: decimal(2) }, inputType: decimal(2) } as const;
  const east = { kind: 'compare', operator: '=', left: col('region', TEXT), right: { kind: 'literal', value: 'East', type: TEXT }, type: { kind: 'bool' } } as const;
  for (const [label, keys, states, filter] of [['()', [], [sum], null], ['() where region=East', [], [sum], east], ['region', ['region'], [sum], null], ['region day', ['region', 'day'], [sum], null], ['store product', ['store', 'product'], [sum], null], ['month', ['month'], [sum], null], ['day where region', ['day'], [sum], east], ['store median', ['store'], [med], null], ['region median', ['region'], [med], null],['store distinct', ['store'], [dis], null], ['store profit', ['store'], [prof], null], ['customer', ['customer'], [sum], null], ['product where region=East', ['product'], [sum], east]] as const) {
    const request = { table: 'tx', inputs, keys, filter, states };
    const ts: number[] = []; const ds: number[] = []; let rows = 0;
    for (let i = 0; i < 9; i++) {
      const t = performance.now(); const res = await backend.aggregate('q', request); const t2 = performance.now();
      const b = decodeAggregate(request, res); ds.push(performance.now() - t2); ts.push(t2 - t); rows = b.rowCount;
      if (i === 0) console.log(res.statement, b.fields.map((f) => String(valueAt(f.column, 0))).join(' '));
    }
    ts.sort((a, b) => a - b); ds.sort((a, b) => a - b);
    console.log(label.padEnd(30), rows, 'query', ts[4]!.toFixed(1), 'decode', ds[4]!.toFixed(2));
  }
  expect(1).toBe(1);
});
