import { DataType, tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { DataAPIBackend } from '../../../../src/protocol/backend.ts';
import type { AggregateRequest } from '../../../../src/protocol/request.ts';
import { nodeBackend } from '../../../support/duckdb-node.ts';
import { evaluate } from '../reference.ts';
import {
  and,
  ask,
  calendar,
  column,
  compare,
  isIn,
  isNull,
  literal,
  lookup,
  not,
  or,
  own,
  reached,
  request,
  sorted,
  states,
} from '../requests.ts';
import { loadPlain, type PlainTable } from '../tables.ts';

const ROWS = 25_000;
const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Large enough for text to be held as enumerations, and for groups to climb in place of rows. */
const TABLES: Readonly<Record<string, PlainTable>> = {
  sales: {
    store: { type: TEXT, values: range(ROWS).map((i) => (i % 11 === 0 ? null : `S${i % 7}`)) },
    emblem: { type: TEXT, values: range(ROWS).map((i) => ['😀', '～', 'a', '', "'"][i % 5] ?? null) },
    // More values than a byte counts.
    article: { type: TEXT, values: range(ROWS).map((i) => `A${i % 300}`) },
    // Too many to be an enumeration; the last holds NUL, which none can.
    receipt: { type: TEXT, values: range(ROWS).map((i) => `R${i % 20_000}`) },
    nul: { type: TEXT, values: range(ROWS).map((i) => (i % 2 === 0 ? 'a\0b' : 'a')) },
    day: { type: DAY, values: range(ROWS).map((i) => (i % 13 === 0 ? null : 19_700 + (i % 90))) },
    n: { type: INT64, values: range(ROWS).map((i) => (i % 17 === 0 ? null : (i * 7919) % 1001)) },
  },
  // As large as an enumeration needs: what is reached through it is one.
  receipts: {
    receipt: { type: TEXT, values: range(ROWS).map((i) => `R${i}`) },
    desk: { type: TEXT, values: range(ROWS).map((i) => (i % 5 === 0 ? null : `D${i % 6}`)) },
  },
  stores: {
    store: { type: TEXT, values: ['S0', 'S1', 'S2', 'S3', 'S4', 'S5', null] },
    region: { type: TEXT, values: ['East', 'East', 'West', null, 'West', '～', 'x'] },
  },
};

const store = own('store', TEXT);
const region = reached('region', store, lookup('stores', 'store', 'region'));
const emblem = own('emblem', TEXT);
const receipt = own('receipt', TEXT);
const nul = own('nul', TEXT);
const theDay = own('day', DAY);
const month = reached('month', theDay, calendar('month'));
const n = own('n', INT64);
/** The sales themselves as a lookup: a large one, whose child is an enumeration. */
const peak = reached('peak', own('receipt', TEXT), lookup('sales', 'receipt', 'receipt'));
const article = own('article', TEXT);
const desk = reached('desk', receipt, lookup('receipts', 'receipt', 'desk'));

const inputs = [store, region, emblem, receipt, nul, theDay, month, n, peak, article, desk];
const all = states(['sum', column(n)], ['count', column(n)], ['rows', null], ['min', column(n)], ['max', column(n)]);
const sales = (asked: Partial<AggregateRequest>) => request('sales', { inputs, states: all, ...asked });

const REQUESTS: readonly (readonly [string, AggregateRequest])[] = [
  ['an enumeration as key', sales({ keys: ['store'] })],
  ['two of them', sales({ keys: ['store', 'emblem'] })],
  ['one of many values', sales({ keys: ['article', 'emblem'] })],
  [
    'one of which a filter leaves few values',
    sales({ keys: ['article'], filter: isIn(column(article), ['A7', 'A260']) }),
  ],
  [
    'one of which a filter leaves none',
    sales({ keys: ['article', 'day'], filter: compare(column(n), '>', column(n)) }),
  ],
  ['one of which only NULL is left', sales({ keys: ['store'], filter: isNull(column(store)) })],
  ['one that a climb reaches', sales({ keys: ['desk'] })],
  ['one that a climb reaches, beside one of its own', sales({ keys: ['store', 'desk', 'month'] })],
  ['coordinates of one', sales({ keys: ['article'], states: [] })],
  ['a climb from one', sales({ keys: ['region'] })],
  ['a climb beside a date', sales({ keys: ['region', 'day'] })],
  ['a climb beside a calendar step', sales({ keys: ['region', 'month'] })],
  ['a filter through a climb', sales({ filter: compare(column(region), '=', literal('East', TEXT)) })],
  ['NULL through a climb', sales({ keys: ['store'], filter: isNull(column(region)) })],
  [
    'a filter that no value meets',
    sales({ keys: ['region'], filter: compare(column(store), '=', literal('none', TEXT)) }),
  ],
  ['NOT of a value outside the enumeration', sales({ filter: not(isIn(column(store), ['none', 'S1'])) })],
  ['order by code point', sales({ filter: compare(column(emblem), '>', literal('～', TEXT)), keys: ['emblem'] })],
  ['two enumerations compared', sales({ filter: compare(column(store), '<', column(emblem)) })],
  ['an enumeration compared with a climb', sales({ filter: compare(column(store), '<', column(region)) })],
  [
    'text states',
    sales({
      keys: ['region'],
      states: states(
        ['min', column(emblem)],
        ['max', column(store)],
        ['distinct', column(emblem)],
        ['count', column(store)],
      ),
    }),
  ],
  [
    'text states of groups',
    sales({ keys: ['region'], states: states(['min', column(emblem)], ['max', column(store)]) }),
  ],
  [
    'states that do not merge, through a climb',
    sales({ keys: ['region'], states: states(['median', column(n)], ['distinct', column(receipt)]) }),
  ],
  ['a state over a climb', sales({ keys: ['emblem'], states: states(['max', column(region)]) })],
  ['plain text beside them', sales({ keys: ['nul', 'store'] })],
  ['months', sales({ keys: ['month'] })],
];

describe('text held as enumerations', () => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await nodeBackend();
    for (const [table, columns] of Object.entries(TABLES)) await loadPlain(backend, table, columns);
  });
  afterAll(() => backend.close());

  it.each(REQUESTS)('%s: as plain loops say', async (_, asked) => {
    expect(await ask(backend, asked)).toEqual(sorted(evaluate(TABLES, asked)));
  });

  it('sends codes with their texts, and tells the statement that gives texts', async () => {
    const asked = sales({ keys: ['article', 'desk', 'region'] });
    const { ipc, statement } = await backend.aggregate('test', asked);
    expect(
      tableFromIPC(ipc)
        .schema.fields.map(({ type }) => DataType.isDictionary(type))
        .slice(0, 3),
    ).toEqual([true, true, false]);
    expect(statement).toBe(await backend.statement(asked));
    expect(statement).toContain('CAST("t"."article" AS VARCHAR) AS "article"');
    expect(statement).not.toContain('enum_code');
  });

  it('holds more values than an enumeration has codes for as the texts that they are', async () => {
    const distinct = 65_536;
    const values = range(4 * distinct).map((i) => `V${i % distinct}`);
    await loadPlain(backend, 'wide', { value: { type: TEXT, values } });
    const value = own('value', TEXT);
    const asked = request('wide', { inputs: [value], keys: ['value'], states: states(['rows', null]) });
    expect(await ask(backend, asked)).toEqual(sorted(range(distinct).map((i) => [`V${i}`, 4])));
    await backend.drop('wide');
  });

  it('groups before it climbs', async () => {
    expect(await backend.statement(sales({ keys: ['region'] }))).toContain('AS "g"');
    expect(await backend.statement(sales({ keys: ['peak'] }))).not.toContain('AS "g"');
  });

  it('climbs a lookup as large as the table without more rows', async () => {
    expect(await ask(backend, sales({ filter: not(isNull(column(peak))), states: states(['rows', null]) }))).toEqual([
      [ROWS],
    ]);
  });

  it('adds columns row by row', async () => {
    const more = TABLES.sales;
    if (more === undefined) throw new Error('no sales');
    const { n: again, emblem: same } = more;
    if (again === undefined || same === undefined) throw new Error('no columns');
    await loadPlain(backend, 'sales', { again, same });
    const moved = or(
      compare(column(n), '<>', column(own('again', INT64))),
      compare(column(emblem), '<>', column(own('same', TEXT))),
      and(isNull(column(n)), not(isNull(column(own('again', INT64))))),
    );
    const asked = sales({ inputs: [...inputs, own('again', INT64), own('same', TEXT)], filter: moved });
    expect(await ask(backend, { ...asked, states: states(['rows', null]) })).toEqual([[0]]);
  });

  it('keeps types apart whose names would be alike', async () => {
    const tagged = (prefix: string) => ({ type: TEXT, values: range(ROWS).map((i) => `${prefix}${i % 2}`) });
    const alike = [
      ['a.b', 'c'],
      ['a', 'b.c'],
      ['A', 'B.C'],
    ] as const;
    for (const [table, name] of alike) await loadPlain(backend, table, { [name]: tagged(`${table} ${name} `) });
    for (const [table, name] of alike) {
      const key = own(name, TEXT);
      expect(await ask(backend, request(table, { inputs: [key], keys: [name] }))).toEqual([
        [`${table} ${name} 0`],
        [`${table} ${name} 1`],
      ]);
      await backend.drop(table);
    }
  });

  it('adds an enumeration to a table, and drops it with the table', async () => {
    const values = range(ROWS).map((i) => `T${i % 3}`);
    await loadPlain(backend, 'sales', { TAG: { type: TEXT, values } });
    const tag = own('TAG', TEXT);
    expect(
      await ask(backend, request('sales', { inputs: [tag], keys: ['TAG'], states: states(['rows', null]) })),
    ).toEqual([
      ['T0', 8334],
      ['T1', 8333],
      ['T2', 8333],
    ]);
    await backend.drop('sales');
    await loadPlain(backend, 'sales', { TAG: { type: TEXT, values: values.map((value) => value.toLowerCase()) } });
    expect(await ask(backend, request('sales', { inputs: [tag], keys: ['TAG'] }))).toEqual([['t0'], ['t1'], ['t2']]);
  });
});
