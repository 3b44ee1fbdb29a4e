import { DAY, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { AggregateRequest } from '../../../src/protocol/request.ts';
import {
  calendar,
  call,
  cases,
  column,
  compare,
  isIn,
  isNull,
  literal,
  lookup,
  map,
  not,
  own,
  reached,
  request,
  states,
  values,
} from './requests.ts';
import type { PlainTable } from './tables.ts';

export const ROWS = 25_000;
export const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Large enough for DuckDB to hold text as enumerations, and for groups to climb in place of rows. */
export const TABLES: Readonly<Record<string, PlainTable>> = {
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
export const emblem = own('emblem', TEXT);
const receipt = own('receipt', TEXT);
const nul = own('nul', TEXT);
const theDay = own('day', DAY);
const month = reached('month', theDay, calendar('month'));
export const n = own('n', INT64);
/** The sales themselves as a lookup: a large one, whose child is an enumeration. */
export const peak = reached('peak', own('receipt', TEXT), lookup('sales', 'receipt', 'receipt'));
const article = own('article', TEXT);
const desk = reached('desk', receipt, lookup('receipts', 'receipt', 'desk'));

export const inputs = [store, region, emblem, receipt, nul, theDay, month, n, peak, article, desk];
const all = states(['sum', column(n)], ['count', column(n)], ['rows', null], ['min', column(n)], ['max', column(n)]);
export const sales = (asked: Partial<AggregateRequest>) => request('sales', { inputs, states: all, ...asked });

/** Of most articles, and of some that there are not. */
const kind = map(
  article,
  [[null, 'none'], ...range(400).flatMap((i) => (i % 9 === 0 ? [] : [[`A${i}`, `K${i % 4}`] as const]))],
  TEXT,
);
const rank = map(store, [[null, -1], ...range(5).map((i) => [`S${i}`, i] as const)], INT64);
const SOME = range(700).flatMap((i) => (i % 3 === 0 ? [`A${i}`, `'${i}'`] : []));

/** What is asked of them, with what it is. */
export const REQUESTS: readonly (readonly [string, AggregateRequest])[] = [
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
  ['an enumeration as value', sales({ values: values(column(store)), keys: ['emblem'] })],
  ['what a climb reaches as value', sales({ values: values(column(desk), column(month)) })],
  ['the table of a function of many values', sales({ values: values(kind) })],
  ['two tables, one with a value of NULL', sales({ keys: ['region'], values: values(kind, rank) })],
  [
    'a table of what a climb reaches',
    sales({
      values: values(
        map(
          region,
          [
            ['East', 1],
            ['～', 2],
            [null, 3],
          ],
          INT64,
        ),
      ),
    }),
  ],
  ['a table in a filter', sales({ keys: ['store'], filter: compare(kind, '=', literal('K2', TEXT)) })],
  [
    'a table in a state, and in a group',
    sales({ keys: ['store'], values: values(kind), states: states(['sum', rank]) }),
  ],
  ['a list of many values', sales({ filter: isIn(column(article), SOME) })],
  ['NOT of a list of many values', sales({ keys: ['emblem'], filter: not(isIn(column(article), SOME)) })],
  ['a list of many values that NULL is not in', sales({ keys: ['emblem'], filter: not(isIn(column(region), SOME)) })],
  [
    'a choice by a list of many values',
    sales({ values: values(cases([[isIn(column(article), SOME), column(emblem)]], column(store))) }),
  ],
  ['a list of many integers', sales({ filter: isIn(column(n), range(300)) })],
  [
    'a list of many days',
    sales({
      filter: not(
        isIn(
          column(theDay),
          range(40).map((i) => 19_700 + i * 2),
        ),
      ),
    }),
  ],
  ['functions of integers', sales({ values: values(call('MOD', column(n), literal(7, INT64))) })],
];
