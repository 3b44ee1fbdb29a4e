import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageOfArquero from '../../../../node_modules/arquero/package.json' with { type: 'json' };
import { ArqueroBackend } from '../../../../src/backends/arquero/backend.ts';
import { MAX_BYTES_HELD } from '../../../../src/backends/arquero/limits.ts';
import { DAY, DOUBLE, decimal, INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import {
  arithmetic,
  ask,
  calendar,
  call,
  cases,
  column,
  compare,
  isIn,
  literal,
  lookup,
  map,
  own,
  reached,
  request,
  sorted,
  states,
  values,
} from '../requests.ts';
import { loadPlain, loadRequest } from '../tables.ts';

const start = () => ArqueroBackend.start({ now: () => 0 });
const SAFE = Number.MAX_SAFE_INTEGER;

describe('starting Arquero', () => {
  it('may be done again, and names the version that is installed', async () => {
    await start();
    const { version } = await (await start()).operatorRegistry();
    expect(version).toBe(packageOfArquero.version);
  });
});

describe('the verbs written for a request', () => {
  let backend: ArqueroBackend;
  beforeAll(async () => {
    backend = await start();
    await loadPlain(backend, 'sales', {
      store: { type: TEXT, values: ['S1', 'S2', null] },
      day: { type: DAY, values: [19_723, 19_754, null] },
      small: { type: INT64, values: [1, -2, null] },
      large: { type: INT64, values: [2 ** 40, -(2 ** 41), 3] },
      vast: { type: INT64, values: [2n ** 60n, null, 3] },
      price: { type: decimal(2), values: [150, 225, null] },
      ratio: { type: DOUBLE, values: [0.5, null, 2] },
    });
    await loadPlain(backend, 'my stores', {
      id: { type: TEXT, values: ['S1', 'S2'] },
      region: { type: TEXT, values: ['East', 'West'] },
    });
  });
  afterAll(() => backend.close());

  const store = own('store', TEXT);
  const region = reached('region', store, lookup('my stores', 'id', 'region'));
  const day = own('day', DAY);
  const month = reached('month', day, calendar('month'));
  const small = column(own('small', INT64));
  const large = column(own('large', INT64));
  const vast = column(own('vast', INT64));
  const price = column(own('price', decimal(2)));
  const ratio = column(own('ratio', DOUBLE));
  const inputs = [store, region, day, month, ...['small', 'large', 'vast'].map((name) => own(name, INT64))];
  inputs.push(own('price', decimal(2)), own('ratio', DOUBLE));

  it('are Arquero, with the expressions that run', async () => {
    const asked = request('sales', {
      inputs,
      keys: ['region', 'month'],
      filter: compare(column(store), '<>', literal('S2', TEXT)),
      states: states(['sum', price], ['rows', null]),
    });
    expect(await backend.statement(asked)).toBe(
      [
        'sales',
        '.lookup(tables["my stores"].groupby({ "child": d => d["id"] }).rollup({ "parent": d => op.text_min(d["region"]) }), ["store", "child"], { "region": d => d["parent"] })',
        '.derive({ "month": d => op.period_start(d["day"], "month") })',
        '.groupby("region", "month")',
        '.filter(d => (d["store"] !== "S2" && d["store"] !== undefined))',
        '.rollup({ "s0_sum": d => op.sum(d["price"]), "s1_rows": d => op.count() })',
      ].join('\n  '),
    );
  });

  it('derive what is grouped by of the rows that the filter keeps, and look tables up', async () => {
    const kind = map(
      store,
      [
        ['S1', "k'1"],
        [null, 'none'],
        ['S2', null],
      ],
      TEXT,
    );
    const asked = request('sales', {
      inputs,
      keys: ['store'],
      values: values(kind, call('FLOOR', price), cases([[compare(price, '>', literal(1, INT64)), small]])),
      filter: compare(kind, '<>', literal('none', TEXT)),
      states: states(['rows', null]),
    });
    expect(await backend.statement(asked)).toBe(
      [
        'sales',
        '.lookup(aq.table({ "child": ["S1"], "parent": ["k\'1"] }), ["store", "child"], { "map0": d => d["parent"] })',
        '.derive({ "map0": d => (d["store"] === undefined ? "none" : d["map0"]) })',
        '.filter(d => (d["map0"] !== "none" && d["map0"] !== undefined))',
        '.derive({ "v0": d => d["map0"], "v1": d => op.exact_floor(d["price"], 2), "v2": d => ((d["price"] > 100) ? d["small"] : NaN) })',
        '.groupby("store", "v0", "v1", "v2")',
        '.rollup({ "s0_rows": d => op.count() })',
      ].join('\n  '),
    );
    expect(await ask(backend, asked)).toEqual([['S1', "k'1", 1, 1, 1]]);
  });

  it('declare sets, and leave out climbs that nothing reads', async () => {
    const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', "i'"];
    const asked = request('sales', { inputs, filter: isIn(column(store), values), states: states(['rows', null]) });
    expect(await backend.statement(asked)).toBe(
      [
        'sales',
        `.params({ in0: new Set(["a", "b", "c", "d", "e", "f", "g", "h", "i'"]) })`,
        '.filter((d, $) => (op.has($.in0, d["store"])))',
        '.rollup({ "s0_rows": d => op.count() })',
      ].join('\n  '),
    );
  });

  it.each([
    ['a small sum', small, 'op.sum(d["small"])'],
    ['a sum that may pass 2^53 − 1', large, 'op.sum(d["large"])'],
    ['a sum beyond', vast, 'op.exact_sum(d["vast"])'],
    ['a product in doubles', arithmetic(small, '*', large), 'op.sum((d["small"] * d["large"]))'],
    ['a product beyond', arithmetic(large, '*', large), 'op.exact_sum(op.exact_multiply(d["large"], d["large"]))'],
    [
      'a sum of a double and a bigint',
      arithmetic(small, '-', vast),
      'op.exact_sum(op.exact_subtract(d["small"], d["vast"]))',
    ],
    ['rescaled', arithmetic(small, '+', price), 'op.sum(((d["small"] * 100) + d["price"]))'],
    [
      'rescaled beyond',
      arithmetic(vast, '+', price),
      'op.exact_sum(op.exact_add(op.exact_multiply(d["vast"], 100), d["price"]))',
    ],
    ['doubles', arithmetic(price, '/', ratio), 'op.sum(op.finite(((d["price"] / 100) / d["ratio"])))'],
    [
      'a bigint as double',
      arithmetic(vast, '*', ratio),
      'op.sum(op.finite((op.units_to_double(d["vast"], 0) * d["ratio"])))',
    ],
  ])('use doubles as long as they hold every step: %s', async (_, input, code) => {
    const asked = request('sales', { inputs, states: states(['sum', input]) });
    expect(await backend.statement(asked)).toBe(`sales\n  .rollup({ "s0_sum": d => ${code} })`);
  });

  it('expect the largest of a column that is not here', async () => {
    const n = own('n', INT64);
    const asked = request('later', { inputs: [n], states: states(['sum', column(n)]) });
    expect(await backend.statement(asked)).toBe('later\n  .rollup({ "s0_sum": d => op.exact_sum(d["n"]) })');
  });

  it('refuse states of what is no number', async () => {
    const asked = request('sales', { inputs, states: states(['sum', column(store)]) });
    await expect(backend.aggregate('text', asked)).rejects.toThrow('state s0 (sum) takes numbers, found text');
  });
});

describe('sums at the border of what doubles hold', () => {
  it.each([
    ['just within', [SAFE - 2, 1, 1], SAFE],
    ['passing it on the way', [SAFE, SAFE, -SAFE], SAFE],
    ['passing it', [SAFE, 2], BigInt(SAFE) + 2n],
    ['far beyond', [2n ** 62n, 2n ** 62n, 1, null], 2n ** 63n + 1n],
    ['below', [-(2n ** 62n), -SAFE, 7], -(2n ** 62n) - BigInt(SAFE) + 7n],
  ])('%s', async (_, values, sum) => {
    const backend = await start();
    await loadPlain(backend, 't', { n: { type: INT64, values } });
    const n = own('n', INT64);
    expect(await ask(backend, request('t', { inputs: [n], states: states(['sum', column(n)]) }))).toEqual([[sum]]);
    await backend.close();
  });
});

describe('names that Arquero or JavaScript use otherwise', () => {
  const ODD = ['__proto__', 'coordinate', 'constructor', 'toString', 'd', '$', 'op', 'in0', '0', '1'];

  it('are names of columns like others, also beside climbs that are called like one of them', async () => {
    const backend = await start();
    await loadPlain(
      backend,
      't',
      Object.fromEntries(ODD.map((name, i) => [name, { type: INT64, values: [i, 100, 100] }])),
    );
    await loadPlain(backend, 'of', { k: { type: INT64, values: [0, 100] }, up: { type: TEXT, values: ['a', 'b'] } });
    // `Object.fromEntries` sets `__proto__` as a property, so that it is a column too.
    expect((await backend.describeTable('t')).columns.map(({ name }) => name).sort()).toEqual([...ODD].sort());
    const inputs = ODD.map((name) => own(`own ${name}`, INT64, name));
    const climbs = ['coordinate', '__proto__'].map((name) =>
      reached(name, own('k', INT64, '__proto__'), lookup('of', 'k', 'up', TEXT, INT64)),
    );
    const asked = request('t', {
      inputs: [...inputs, ...climbs],
      keys: [...climbs, ...inputs].map(({ name }) => name),
      filter: isIn(column(climbs[1] ?? own('', TEXT)), ['a', 'b', '1', '2', '3', '4', '5', '6', '7', '8']),
      states: states(...inputs.map((input) => ['sum', column(input)] as const)),
    });
    const first = ODD.map((_, i) => i);
    expect(await ask(backend, asked)).toEqual(
      sorted([
        ['a', 'a', ...first, ...first],
        ['b', 'b', ...ODD.map(() => 100), ...ODD.map(() => 200)],
      ]),
    );
    await backend.close();
  });
});

describe('what Arquero holds', () => {
  it('is refused past the limit, which is told with what the table would take', async () => {
    const backend = await start();
    await loadPlain(backend, 'small', { n: { type: INT64, values: [1, 2] } });
    const given = loadRequest('vast', { t: { type: TEXT, values: ['a'] }, x: { type: DOUBLE, values: [1] } });
    const rowCount = 100_000_000;
    await expect(backend.load({ ...given, rowCount })).rejects.toMatchObject({
      fault: {
        code: 'TABLE_TOO_LARGE',
        table: 'vast',
        rows: rowCount,
        bytes: 16 + 12 * rowCount,
        limit: MAX_BYTES_HELD,
      },
    });
    expect(await backend.listTables()).toEqual(['small']);
    await backend.close();
  });

  it('is told in bytes: eight a number, four a text and each text once', async () => {
    const backend = await start();
    const values = ['ab', 'ab', null, 'c'];
    const report = await loadPlain(backend, 't', {
      t: { type: TEXT, values },
      n: { type: INT64, values: [1, 2, 3, null] },
    });
    expect(report.bytesHeld).toBe(4 * 4 + (16 + 4) + (16 + 2) + 4 * 8);
    await backend.close();
  });
});

it('hears no cancelling: a request runs to its end', async () => {
  const backend = await start();
  await loadPlain(backend, 't', { n: { type: INT64, values: [1, 2] } });
  const asked = backend.aggregate('a', request('t', { states: states(['rows', null]) }));
  await backend.cancel('a');
  expect((await asked).rowsScanned).toBe(2);
});
