import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOOL, DAY, DOUBLE, decimal, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import type { AggregateRequest } from '../../../src/protocol/request.ts';
import { BACKENDS } from '../../support/backends.ts';
import {
  and,
  arithmetic,
  ask,
  calendar,
  call,
  cases,
  column,
  compare,
  day,
  isIn,
  isNull,
  literal,
  lookup,
  map,
  not,
  or,
  own,
  type Row,
  reached,
  request,
  sorted,
  states,
  values,
} from './requests.ts';
import { loadPlain, type PlainTable } from './tables.ts';

const MAX_INT64 = 9_223_372_036_854_775_807n;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const text = (...values: (string | null)[]) => ({ type: TEXT, values });
const int64 = (...values: (number | bigint | null)[]) => ({ type: INT64, values });
const double = (...values: (number | null)[]) => ({ type: DOUBLE, values });
const dates = (...values: (string | null)[]) => ({
  type: DAY,
  values: values.map((iso) => (iso === null ? null : day(iso))),
});

const TABLES: Readonly<Record<string, PlainTable>> = {
  stores: { store: text('S1', 'S2', 'S3'), region: text('East', 'East', 'West') },
  facts: { store: text('S1', 'S9', null), amount: int64(10, 4, 1) },
  airports: { airport: text('ATL', 'ROR', 'PNI'), state: text('GA', null, null), country: text('US', 'PW', 'FM') },
  flights: { airport: text(...Array(3).fill('ROR'), ...Array(5).fill('PNI')) },
  cities: {
    airport: text('A1', 'A2', 'A3'),
    city: text('Springfield', 'Springfield', 'Peoria'),
    state: text('IL', 'IL', 'IL'),
  },
  trips: { city: text('Springfield', 'Springfield', 'Springfield') },
  employees: { name: text('ada', 'bob', 'cyd', 'dee'), boss: text('bob', 'cyd', null, 'nobody') },
  weeks: { day: dates('2023-12-31', '2024-01-01', '2024-12-30', null), n: int64(1, 2, 4, 8) },
  big: {
    x: int64(MAX_INT64, 1, -1),
    y: int64(MAX_INT64, MAX_INT64, MAX_INT64),
    least: int64(-MAX_INT64 - 1n, 0, null),
  },
  money: {
    m: { type: decimal(2), values: [10, 20, null] },
    k: { type: decimal(3), values: [100, 205, 5] },
    n: int64(1, 2, 3),
  },
  truth: {
    f: { type: BOOL, values: [true, false, null] },
    g: text('a', null, 'c'),
    n: int64(1, 2, 3),
  },
  doubles: { x: double(2, null, 4), y: double(1, 0, -2), z: double(1e308, 1e308, null), o: double(-0, 0, null) },
  order: { t: text('😀', '～', 'a', null, ''), n: int64(1, 2, 3, 4, 5) },
  middle: {
    g: text('odd', 'odd', 'odd', 'even', 'even', 'even', 'even', 'none'),
    x: int64(3, 1, 2, 40, 10, 30, 20, null),
  },
  empty: { g: text(), x: int64() },
  // Pairs that are alike once they are printed one after another.
  alike: {
    a: text('a"|"b', 'a', null, 'null', 'undefined', 'NaN', '-1', '__proto__', 'constructor'),
    b: text('c', 'b"|"c', 'null', null, null, null, null, '', ''),
    n: int64(1, 2, 4, 8, 16, 32, 64, 128, 256),
  },
  signs: {
    n: int64(1, 2, 3, 4, 5),
    units: int64(-MAX_INT64 - 1n, MAX_INT64, -7, 7, null),
    by: int64(-1, 10, 2, -2, 0),
    cents: { type: decimal(2), values: [-MAX_INT64, MAX_INT64, -1, -100, 199] },
    z: double(-8, 0, 2, 800, null),
    t: text("');--", 'a|b', 'a\0b', '\u202eא', null),
  },
  // 2^53 and what follows it, which doubles do not tell apart.
  near: {
    v: int64(SAFE + 1n, SAFE + 2n, SAFE + 3n, null, SAFE, SAFE + 2n),
    w: { type: decimal(2), values: [SAFE + 2n, 100, 101n, null, -SAFE - 2n, 1] },
  },
};

const store = own('store', TEXT);
const region = reached('region', store, lookup('stores', 'store', 'region'));
const airport = own('airport', TEXT);
const country = reached('country', airport, lookup('airports', 'airport', 'country'));
const viaState = reached(
  'via_state',
  reached('state', airport, lookup('airports', 'airport', 'state')),
  lookup('airports', 'state', 'country'),
);
const city = own('city', TEXT);
const state = reached('state', city, lookup('cities', 'city', 'state'));
const name = own('name', TEXT);
const boss = reached('boss', name, lookup('employees', 'name', 'boss'));
const chief = reached('chief', boss, lookup('employees', 'name', 'boss'));
const amount = column(own('amount', INT64));
const theDay = own('day', DAY);
const [week, month, quarter, year] = (['week', 'month', 'quarter', 'year'] as const).map((level) =>
  reached(level, theDay, calendar(level)),
);
const n = own('n', INT64);
const x = own('x', INT64);
const f = own('f', BOOL);
const g = own('g', TEXT);
const t = own('t', TEXT);
const m = own('m', decimal(2));
const k = own('k', decimal(3));
const y = own('y', INT64);
const dx = own('x', DOUBLE);
const dy = own('y', DOUBLE);
const dz = own('z', DOUBLE);
const a = own('a', TEXT);
const b = own('b', TEXT);
const v = own('v', INT64);
const w = own('w', decimal(2));
const LETTERS = 'abcdefghijklmnop'.split('');
const sumOf = (input: Parameters<typeof column>[0]) => states(['sum', column(input)]);

interface Case {
  readonly what: string;
  readonly request: AggregateRequest;
  /** In any order. */
  readonly rows: readonly Row[];
}

const facts = (asked: Partial<AggregateRequest>) =>
  request('facts', { inputs: [store, region, own('amount', INT64)], states: states(['sum', amount]), ...asked });

const weeks = (...levels: (typeof week)[]) =>
  request('weeks', {
    inputs: [theDay, n, ...levels.flatMap((level) => level ?? [])],
    keys: levels.flatMap((level) => level?.name ?? []),
    states: sumOf(n),
  });

const truth = (filter: AggregateRequest['filter']) => request('truth', { inputs: [f, g, n], keys: ['n'], filter });

const units = own('units', INT64);
const by = own('by', INT64);
const cents = own('cents', decimal(2));
const sz = own('z', DOUBLE);
const signs = (...expressions: readonly Expression[]) =>
  request('signs', { inputs: [n, units, by, cents, sz], keys: ['n'], values: values(...expressions) });

/** So large that no integer of 128 bits holds it, but NULL where the factor is. */
const beyond = (factor: Expression) =>
  arithmetic(arithmetic(factor, '*', literal(2n ** 62n, INT64)), '*', literal(2n ** 62n, INT64));

const ODD = ["');--", 'a|b', 'a\0b', '\u202eא', '', '"; DROP TABLE facts', ',', ';', '\t', '\u001f', '/*', "''"];

const CASES: readonly Case[] = [
  // A NULL child, a child unknown to the lookup and a NULL parent are all the one coordinate NULL.
  {
    what: 'NULL coordinates of a climb',
    request: facts({ keys: ['region'] }),
    rows: [
      ['East', 10],
      [null, 5],
    ],
  },
  {
    what: 'a climb does not change the number of rows',
    request: facts({ states: states(['rows', null]) }),
    rows: [[3]],
  },
  { what: 'the grand total', request: facts({}), rows: [[15]] },
  {
    what: 'a filter that NULL does not pass',
    request: facts({ filter: compare(column(region), '<>', literal('East', TEXT)) }),
    rows: [[null]],
  },
  { what: 'IS NULL through a climb', request: facts({ filter: isNull(column(region)) }), rows: [[5]] },
  {
    what: 'no rows and no keys: one row',
    request: facts({
      filter: compare(column(region), '=', literal('North', TEXT)),
      states: states(
        ['sum', amount],
        ['count', amount],
        ['rows', null],
        ['min', amount],
        ['median', amount],
        ['distinct', amount],
      ),
    }),
    rows: [[null, 0, 0, null, null, null, 0]],
  },
  {
    what: 'no rows, with keys: no row',
    request: facts({ keys: ['region'], filter: compare(column(region), '=', literal('North', TEXT)) }),
    rows: [],
  },
  { what: 'an empty table', request: request('empty', { inputs: [g, x], keys: ['g'], states: sumOf(x) }), rows: [] },
  {
    what: 'an empty table without keys',
    request: request('empty', { inputs: [x], states: states(['sum', column(x)], ['rows', null]) }),
    rows: [[null, 0]],
  },
  {
    what: 'the distinct coordinates',
    request: facts({ keys: ['store', 'region'], states: [] }),
    rows: [
      ['S1', 'East'],
      ['S9', null],
      [null, null],
    ],
  },
  {
    what: 'coordinates as a state',
    request: facts({ keys: ['region'], states: states(['coordinates', null]) }),
    rows: [['East'], [null]],
  },
  { what: 'the one coordinate of no keys', request: facts({ states: states(['coordinates', null]) }), rows: [[]] },
  {
    what: 'NULL children of an edge',
    request: request('flights', {
      inputs: [airport, country, viaState],
      keys: ['country'],
      states: states(['rows', null]),
    }),
    rows: [
      ['FM', 5],
      ['PW', 3],
    ],
  },
  {
    what: 'a climb through NULL ends in NULL',
    request: request('flights', { inputs: [airport, viaState], keys: ['via_state'], states: states(['rows', null]) }),
    rows: [[null, 8]],
  },
  {
    what: 'a lookup finer than its edge',
    request: request('trips', { inputs: [city, state], keys: ['state'], states: states(['rows', null]) }),
    rows: [['IL', 3]],
  },
  {
    what: "a lookup that is the request's own table, twice",
    request: request('employees', {
      inputs: [name, boss, chief],
      keys: ['boss', 'chief'],
      states: states(['rows', null]),
    }),
    rows: [
      ['bob', 'cyd', 1],
      ['cyd', null, 1],
      [null, null, 1],
      ['nobody', null, 1],
    ],
  },
  {
    what: 'ISO weeks',
    request: weeks(week),
    rows: [
      [day('2023-12-25'), 1],
      [day('2024-01-01'), 2],
      [day('2024-12-30'), 4],
      [null, 8],
    ],
  },
  {
    what: 'years',
    request: weeks(year),
    rows: [
      [day('2023-01-01'), 1],
      [day('2024-01-01'), 6],
      [null, 8],
    ],
  },
  {
    what: 'months and quarters',
    request: weeks(month, quarter),
    rows: [
      [day('2023-12-01'), day('2023-10-01'), 1],
      [day('2024-01-01'), day('2024-01-01'), 2],
      [day('2024-12-01'), day('2024-10-01'), 4],
      [null, null, 8],
    ],
  },
  {
    what: 'a date compared to a literal',
    request: request('weeks', {
      inputs: [theDay, n],
      filter: compare(column(theDay), '>=', literal(day('2024-01-01'), DAY)),
      states: sumOf(n),
    }),
    rows: [[6]],
  },
  { what: 'sums beyond 64 bits', request: request('big', { inputs: [y], states: sumOf(y) }), rows: [[3n * MAX_INT64]] },
  {
    what: 'sums that come back into 64 bits',
    request: request('big', { inputs: [x], states: sumOf(x) }),
    rows: [[MAX_INT64]],
  },
  {
    what: 'row arithmetic beyond 64 bits',
    request: request('big', {
      inputs: [x, y],
      states: states(['sum', arithmetic(column(x), '+', column(y))], ['max', arithmetic(column(x), '*', column(y))]),
    }),
    rows: [[4n * MAX_INT64, MAX_INT64 * MAX_INT64]],
  },
  {
    what: 'the least int64, and its negation',
    request: request('big', {
      inputs: [own('least', INT64)],
      states: states(
        ['min', column(own('least', INT64))],
        ['max', { kind: 'negate', operand: column(own('least', INT64)), type: INT64 }],
      ),
    }),
    rows: [[-MAX_INT64 - 1n, MAX_INT64 + 1n]],
  },
  {
    what: 'decimals are sums of units',
    request: request('money', { inputs: [m], states: states(['sum', column(m)], ['count', column(m)]) }),
    rows: [[30, 2]],
  },
  {
    what: 'decimals of different digits',
    // 0.10 + 0.100, 0.20 + 0.205; NULL skipped.
    request: request('money', { inputs: [m, k], states: states(['sum', arithmetic(column(m), '+', column(k))]) }),
    rows: [[605]],
  },
  {
    what: 'a product adds the digits',
    // 0.10 × 0.100 + 0.20 × 0.205 = 0.05100
    request: request('money', { inputs: [m, k], states: states(['sum', arithmetic(column(m), '*', column(k))]) }),
    rows: [[5100]],
  },
  {
    what: 'decimals compared across digits',
    request: request('money', { inputs: [m, k, n], keys: ['n'], filter: compare(column(m), '=', column(k)) }),
    rows: [[1]],
  },
  {
    what: 'an integer compared with a decimal literal',
    request: request('money', { inputs: [n], keys: ['n'], filter: compare(column(n), '>', literal(150, decimal(2))) }),
    rows: [[2], [3]],
  },
  {
    what: 'a decimal compared with an integer literal, exactly',
    request: request('money', {
      inputs: [k, n],
      keys: ['n'],
      filter: compare(arithmetic(column(k), '*', literal(10, INT64)), '=', literal(1, INT64)),
    }),
    rows: [[1]],
  },
  {
    what: 'integers divide as doubles; by zero NULL',
    request: request('money', {
      inputs: [n],
      states: states(
        ['sum', arithmetic(literal(7, INT64), '/', literal(2, INT64))],
        ['sum', arithmetic(column(n), '/', arithmetic(column(n), '-', literal(2, INT64)))],
      ),
    }),
    rows: [[10.5, -1 + 3]],
  },
  {
    what: 'division by what is not finite is NULL, not 0',
    request: request('doubles', {
      inputs: [dx, dz],
      states: states(['count', arithmetic(column(dx), '/', arithmetic(column(dz), '*', literal(10, DOUBLE)))]),
    }),
    rows: [[0]],
  },
  {
    what: 'doubles: NULL on zero division, on overflow in a row and in a sum',
    request: request('doubles', {
      inputs: [dx, dy, dz],
      states: states(
        ['sum', arithmetic(column(dx), '/', column(dy))],
        ['sum', column(dz)],
        ['count', arithmetic(column(dz), '*', literal(2, DOUBLE))],
      ),
    }),
    rows: [[0, null, 0]],
  },
  {
    what: 'minus zero is zero',
    request: request('doubles', {
      inputs: [own('o', DOUBLE)],
      states: states(
        ['sum', { kind: 'negate', operand: column(own('o', DOUBLE)), type: DOUBLE }],
        ['min', arithmetic(column(own('o', DOUBLE)), '*', literal(-1, DOUBLE))],
      ),
    }),
    rows: [[0, 0]],
  },
  {
    what: 'text by code point',
    request: request('order', {
      inputs: [t],
      states: states(['min', column(t)], ['max', column(t)], ['distinct', column(t)]),
    }),
    rows: [['', '😀', 4]],
  },
  {
    what: 'text compared by code point',
    request: request('order', { inputs: [t, n], keys: ['n'], filter: compare(column(t), '>', literal('～', TEXT)) }),
    rows: [[1]],
  },
  {
    what: 'empty text is not NULL',
    request: request('order', { inputs: [t, n], keys: ['n'], filter: compare(column(t), '=', literal('', TEXT)) }),
    rows: [[5]],
  },
  {
    what: 'the two middles',
    request: request('middle', { inputs: [g, x], keys: ['g'], states: states(['median', column(x)]) }),
    rows: [
      ['even', 20, 30],
      ['none', null, null],
      ['odd', 2, 2],
    ],
  },
  {
    what: 'the middle of integers that no double holds',
    request: request('big', {
      inputs: [x],
      filter: compare(column(x), '>', literal(0, INT64)),
      states: states(['median', column(x)]),
    }),
    rows: [[1, MAX_INT64]],
  },
  { what: 'a bool column as filter', request: truth(column(f)), rows: [[1]] },
  { what: 'NOT of NULL', request: truth(not(column(f))), rows: [[2]] },
  { what: 'NULL compared', request: truth(compare(column(g), '<>', literal('a', TEXT))), rows: [[3]] },
  { what: 'compared with NULL', request: truth(compare(column(g), '=', literal(null, TEXT))), rows: [] },
  { what: 'IN', request: truth(isIn(column(g), ['a', 'c', 'x'])), rows: [[1], [3]] },
  { what: 'NOT IN leaves NULL out', request: truth(not(isIn(column(g), ['a']))), rows: [[3]] },
  { what: 'NOT IN of no values leaves NULL out', request: truth(not(isIn(column(g), []))), rows: [[1], [3]] },
  {
    what: 'OR with NULL',
    request: truth(or(column(f), compare(column(g), '=', literal('c', TEXT)))),
    rows: [[1], [3]],
  },
  { what: 'AND with NULL under NOT', request: truth(not(and(column(f), literal(null, BOOL)))), rows: [[2]] },
  { what: 'AND of nothing', request: truth(and()), rows: [[1], [2], [3]] },
  { what: 'OR of nothing', request: truth(or()), rows: [] },
  { what: 'IN of many values', request: truth(isIn(column(g), LETTERS)), rows: [[1], [3]] },
  { what: 'NOT IN of many values', request: truth(not(isIn(column(g), LETTERS.slice(1)))), rows: [[1]] },
  { what: 'IN of truth values', request: truth(isIn(column(f), [false])), rows: [[2]] },
  {
    what: 'unequal to a text that no row has',
    request: truth(compare(column(g), '<>', literal('z', TEXT))),
    rows: [[1], [3]],
  },
  { what: 'equal to a text that no row has', request: truth(compare(literal('z', TEXT), '=', column(g))), rows: [] },
  { what: 'NULL is not equal to itself', request: truth(compare(column(g), '=', column(g))), rows: [[1], [3]] },
  { what: 'nor unequal', request: truth(not(compare(column(g), '=', column(g)))), rows: [] },
  { what: 'IS NULL of a condition', request: truth(isNull(compare(column(g), '=', literal('a', TEXT)))), rows: [[2]] },
  {
    what: 'conditions compared with each other',
    request: truth(compare(column(f), '=', compare(column(n), '=', literal(1, INT64)))),
    rows: [[1], [2]],
  },
  {
    what: 'counted and distinct conditions',
    request: request('truth', {
      inputs: [f, n],
      states: states(
        ['count', column(f)],
        ['distinct', column(f)],
        ['count', and(column(f), compare(column(n), '>', literal(0, INT64)))],
      ),
    }),
    rows: [[2, 2, 2]],
  },
  {
    what: 'keys that print alike',
    request: request('alike', { inputs: [a, b, n], keys: ['a', 'b'], states: sumOf(n) }),
    rows: [
      ['a"|"b', 'c', 1],
      ['a', 'b"|"c', 2],
      [null, 'null', 4],
      ['null', null, 8],
      ['undefined', null, 16],
      ['NaN', null, 32],
      ['-1', null, 64],
      ['__proto__', '', 128],
      ['constructor', '', 256],
    ],
  },
  {
    what: 'one key of which texts print like NULL',
    request: request('alike', {
      inputs: [a, n],
      keys: ['a'],
      filter: compare(column(n), '<', literal(128, INT64)),
      states: sumOf(n),
    }),
    rows: [
      ['a"|"b', 1],
      ['a', 2],
      [null, 4],
      ['null', 8],
      ['undefined', 16],
      ['NaN', 32],
      ['-1', 64],
    ],
  },
  {
    what: 'integers that no double tells apart, as keys',
    request: request('near', { inputs: [v], keys: ['v'], states: states(['rows', null]) }),
    rows: [
      [SAFE + 1n, 1],
      [SAFE + 2n, 2],
      [SAFE + 3n, 1],
      [null, 1],
      [Number(SAFE), 1],
    ],
  },
  {
    what: 'integers that no double tells apart, compared',
    request: request('near', {
      inputs: [v],
      filter: compare(column(v), '=', literal(SAFE + 2n, INT64)),
      states: states(['rows', null]),
    }),
    rows: [[2]],
  },
  {
    what: 'integers that no double tells apart, in a list',
    request: request('near', {
      inputs: [v],
      filter: isIn(column(v), [SAFE + 1n, SAFE + 3n, 1]),
      states: states(['rows', null], ['min', column(v)]),
    }),
    rows: [[2, SAFE + 1n]],
  },
  {
    what: 'integers that no double tells apart, out of a list',
    request: request('near', {
      inputs: [v],
      filter: not(isIn(column(v), [SAFE + 1n, 1])),
      states: states(['rows', null], ['distinct', column(v)]),
    }),
    rows: [[4, 3]],
  },
  {
    what: 'states of integers that no double tells apart',
    request: request('near', {
      inputs: [v, w],
      states: states(
        ['sum', column(v)],
        ['median', column(v)],
        ['distinct', column(v)],
        ['max', arithmetic(column(v), '-', literal(1, INT64))],
        ['sum', arithmetic(column(v), '*', column(w))],
        ['sum', { kind: 'negate', operand: column(w), type: decimal(2) }],
      ),
    }),
    rows: [
      [
        5n * SAFE + 8n,
        SAFE + 2n,
        SAFE + 2n,
        4,
        SAFE + 2n,
        (SAFE + 1n) * (SAFE + 2n) + (SAFE + 2n) * 100n + (SAFE + 3n) * 101n - SAFE * (SAFE + 2n) + SAFE + 2n,
        -202,
      ],
    ],
  },
  {
    what: 'an integer compared with a decimal that no double holds',
    request: request('near', {
      inputs: [v, w],
      filter: compare(column(v), '>', column(w)),
      states: states(['rows', null]),
    }),
    rows: [[5]],
  },
  {
    what: 'CASE takes the first branch that is TRUE, at the digits of its type',
    request: request('truth', {
      inputs: [f, g, n],
      keys: ['n'],
      values: values(
        cases(
          [
            [column(f), column(n)],
            [not(column(f)), literal(25, decimal(1))],
          ],
          literal(null, TEXT),
          decimal(2),
        ),
        cases([[isNull(column(g)), literal('none', TEXT)]], column(g)),
        cases([[column(f), column(n)]], literal(0.5, DOUBLE), DOUBLE),
      ),
    }),
    rows: [
      [1, 100, 'a', 1],
      [2, 250, 'none', 0.5],
      [3, null, 'c', 0.5],
    ],
  },
  {
    what: 'FLOOR of exact numbers',
    request: signs(call('FLOOR', column(cents)), call('FLOOR', arithmetic(column(cents), '*', literal(10, INT64)))),
    rows: [
      [1, -92_233_720_368_547_759n, -922_337_203_685_477_581n],
      [2, 92_233_720_368_547_758n, 922_337_203_685_477_580n],
      [3, -1, -1],
      [4, -1, -10],
      [5, 1, 19],
    ],
  },
  {
    what: 'MOD has the sign of the dividend, and is NULL by 0',
    request: signs(call('MOD', column(units), column(by)), call('MOD', column(cents), literal(3, INT64))),
    rows: [
      // 2^63 / −1 does not fit 64 bits, and its remainder does.
      [1, 0, -7],
      [2, 7, 7],
      [3, -1, -1],
      [4, 1, -100],
      [5, null, 199],
    ],
  },
  {
    what: 'functions of doubles are NULL outside their domain, and where they are not finite',
    request: signs(
      isNull(call('SQRT', column(sz))),
      isNull(call('LN', column(sz))),
      isNull(call('LOG10', column(sz))),
      isNull(call('EXP', column(sz))),
      isNull(call('POWER', column(sz), literal(1 / 3, DOUBLE))),
      isNull(call('POWER', column(sz), literal(-1, DOUBLE))),
      call('POWER', column(sz), literal(0, DOUBLE)),
      call('FLOOR', arithmetic(column(sz), '/', literal(3, INT64))),
    ),
    rows: [
      [1, true, true, true, false, true, false, 1, -3],
      [2, false, true, true, false, false, true, 1, 0],
      [3, false, false, false, false, false, false, 1, 0],
      [4, false, false, false, true, false, false, 1, 266],
      [5, true, true, true, true, true, true, null, null],
    ],
  },
  {
    what: 'a constant as value, also an integer',
    request: request('facts', {
      values: values(literal(5, INT64), literal('x', TEXT), literal(true, BOOL), literal(null, DOUBLE)),
      states: states(['rows', null]),
    }),
    rows: [[5, 'x', true, null, 3]],
  },
  {
    what: 'a constant as value of no rows: no row',
    request: request('empty', { values: values(literal(1, INT64)), states: states(['rows', null]) }),
    rows: [],
  },
  {
    what: 'NULL is one value',
    request: request('middle', {
      inputs: [g, x],
      values: values(cases([[compare(column(x), '>', literal(9, INT64)), column(x)]])),
      states: states(['rows', null]),
    }),
    rows: [
      [null, 4],
      [10, 1],
      [20, 1],
      [30, 1],
      [40, 1],
    ],
  },
  {
    what: 'minus zero is grouped as zero',
    request: request('doubles', {
      inputs: [own('o', DOUBLE)],
      values: values({ kind: 'negate', operand: column(own('o', DOUBLE)), type: DOUBLE }),
      states: states(['rows', null]),
    }),
    rows: [
      [0, 2],
      [null, 1],
    ],
  },
  {
    what: 'values that no double holds',
    request: request('near', {
      inputs: [v, w],
      values: values(arithmetic(column(v), '*', column(v))),
      states: states(['rows', null]),
    }),
    rows: [
      [(SAFE + 1n) ** 2n, 1],
      [(SAFE + 2n) ** 2n, 2],
      [(SAFE + 3n) ** 2n, 1],
      [null, 1],
      [SAFE ** 2n, 1],
    ],
  },
  {
    what: 'values are computed of the rows that the filter keeps: others may pass 127 bits',
    request: request('near', {
      inputs: [v],
      filter: compare(column(v), '=', literal(SAFE, INT64)),
      values: values(
        call('MOD', beyond(cases([[compare(column(v), '>', literal(SAFE, INT64)), column(v)]])), literal(7, INT64)),
      ),
      states: states(['rows', null]),
    }),
    rows: [[null, 1]],
  },
  {
    what: 'a table of values: the first of two stands, what is not listed is NULL, and NULL has a value of its own',
    request: request('truth', {
      inputs: [g, f, n],
      keys: ['n'],
      values: values(
        map(
          g,
          [
            ['a', 1],
            ['a', 2],
            ['b', 3],
            [null, 4],
            [null, 5],
          ],
          INT64,
        ),
        map(
          f,
          [
            [true, 'yes'],
            [false, null],
          ],
          TEXT,
        ),
        map(
          n,
          [
            [2, true],
            [3, false],
          ],
          BOOL,
        ),
        map(g, [], DAY),
        map(
          g,
          [
            [null, 2n ** 100n],
            ['c', 1],
          ],
          INT64,
        ),
      ),
      states: states(['rows', null]),
    }),
    rows: [
      [1, 1, 'yes', null, null, null, 1],
      [2, 4, null, true, null, 2n ** 100n, 1],
      [3, null, null, false, null, 1, 1],
    ],
  },
  {
    what: 'a table of texts that would break a quoting or a list',
    request: request('signs', {
      inputs: [n, t],
      keys: ['n'],
      values: values(
        map(
          t,
          ODD.map((each, i) => [each, ODD[(i + 1) % ODD.length] ?? null]),
          TEXT,
        ),
      ),
      filter: not(isIn(column(t), [...LETTERS, ...ODD.slice(4)])),
    }),
    rows: [
      [1, 'a|b'],
      [2, 'a\0b'],
      [3, '\u202eא'],
      [4, ''],
    ],
  },
  {
    what: 'a table of other types',
    request: request('weeks', {
      inputs: [theDay, n, ...(month === undefined ? [] : [month])],
      values: values(
        map(
          theDay,
          [
            [day('2024-01-01'), day('2023-12-31')],
            [null, day('0001-01-01')],
          ],
          DAY,
        ),
        map(
          month ?? theDay,
          [
            [day('2023-12-01'), 0.1],
            [day('2024-01-01'), -0],
          ],
          DOUBLE,
        ),
      ),
      states: sumOf(n),
    }),
    rows: [
      [null, 0.1, 1],
      [day('2023-12-31'), 0, 2],
      [null, null, 4],
      [day('0001-01-01'), null, 8],
    ],
  },
  {
    what: 'a bool as key',
    request: request('truth', { inputs: [f], keys: ['f'], states: states(['rows', null]) }),
    rows: [
      [true, 1],
      [false, 1],
      [null, 1],
    ],
  },
];

describe.each(BACKENDS)('aggregate on $name', ({ start }) => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await start();
    for (const [table, columns] of Object.entries(TABLES)) await loadPlain(backend, table, columns);
  });
  afterAll(() => backend.close());

  it.each(CASES)('$what', async ({ request: asked, rows }) => {
    expect(await ask(backend, asked)).toEqual(sorted(rows));
  });

  it('names the result after the request', async () => {
    const asked = facts({ keys: ['region', 'store'], states: states(['median', amount], ['rows', null]) });
    const { rowsScanned, statement } = await backend.aggregate('names', asked);
    expect(rowsScanned).toBe(3);
    expect(statement).toBe(await backend.statement(asked));
  });
});
