import { describe, expect, it } from 'vitest';
import { DUCKDB_DIALECT } from '../../../../src/backends/duckdb/dialect.ts';
import { generateAggregate } from '../../../../src/backends/sql/generate-aggregate.ts';
import { SQLITE_DIALECT } from '../../../../src/backends/sqlite/dialect.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { Expression } from '../../../../src/operators/expression.ts';
import {
  arithmetic,
  calendar,
  call,
  cases,
  column,
  compare,
  day,
  isIn,
  literal,
  lookup,
  map,
  own,
  reached,
  request,
  states,
  values,
} from '../requests.ts';

const store = own('store', TEXT, 'store_id');
const region = reached('region', store, lookup('stores', 'store_id', 'region'));
const manager = reached('manager', region, lookup('regions', 'region', 'manager'));
const budget = reached('budget', region, lookup('regions', 'region', 'budget', INT64));
const theDay = own('day', DAY);
const month = reached('month', theDay, calendar('month'));
const revenue = own('revenue', decimal(2));
const units = own('units', INT64);
const weight = own('weight', DOUBLE);
const inputs = [store, region, manager, budget, theDay, month, revenue, units, weight];
const sum = states(['sum', column(revenue)]);
const generate = (asked: Parameters<typeof request>[1], profile?: Parameters<typeof generateAggregate>[2]) =>
  generateAggregate(request('sales', { inputs, states: sum, ...asked }), DUCKDB_DIALECT, profile);

describe('the statement of an aggregate', () => {
  it('is one grouping over the table', () => {
    expect(generate({ keys: ['day'] })).toBe(
      'SELECT "t"."day" AS "day", sum("t"."revenue") AS "s0_sum"\nFROM "sales" AS "t"\nGROUP BY "t"."day"',
    );
  });

  it('joins climbs that begin alike once', () => {
    const sql = generate({ keys: ['region', 'manager', 'budget'] });
    expect(sql.match(/LEFT JOIN/g)).toHaveLength(3);
    expect(sql).toContain(
      'LEFT JOIN (SELECT CAST("store_id" AS VARCHAR) AS "child", min("region") AS "parent" FROM "stores" ' +
        'WHERE "store_id" IS NOT NULL GROUP BY "store_id") AS "j1" ON "j1"."child" = CAST("t"."store_id" AS VARCHAR)',
    );
    expect(sql).toContain('ON "j2"."child" = CAST("j1"."parent" AS VARCHAR)');
  });

  it('joins nothing that is not read', () => {
    expect(generate({ keys: ['store'] })).not.toContain('JOIN');
  });

  it('joins the table of a function as a climb, and groups by what it gives', () => {
    const kind = map(
      store,
      [
        ['a|b', "it's"],
        ['c', 'd'],
        [null, 'none'],
        ['c', 'later'],
      ],
      TEXT,
    );
    const asked = { keys: ['day'], values: values(kind, call('FLOOR', column(revenue)), column(units)) };
    expect(generate(asked)).toBe(
      [
        'SELECT "t"."day" AS "day", CAST(CASE WHEN CAST("t"."store_id" AS VARCHAR) IS NULL THEN \'none\' ' +
          'ELSE "j1"."parent" END AS VARCHAR) AS "v0", ("t"."revenue" // CAST(100 AS BIGINT) - ' +
          'CASE WHEN "t"."revenue" % CAST(100 AS BIGINT) < 0 THEN 1 ELSE 0 END) AS "v1", "t"."units" AS "v2", ' +
          'sum("t"."revenue") AS "s0_sum"',
        'FROM "sales" AS "t"',
        "LEFT JOIN (SELECT unnest(string_split('a|b,c', ',')) AS \"child\", unnest(string_split('it''s|d', '|')) AS " +
          '"parent") AS "j1" ON "j1"."child" = CAST("t"."store_id" AS VARCHAR)',
        'GROUP BY "t"."day", 2, 3, "t"."units"',
      ].join('\n'),
    );
    // Equal tables of one column are joined once; in SQLite, as rows.
    const twice = { ...asked, filter: compare(kind, '=', literal('x', TEXT)) };
    expect(generate(twice).match(/LEFT JOIN/g)).toHaveLength(1);
    const sqlite = generateAggregate(request('sales', { inputs, ...asked }), SQLITE_DIALECT);
    expect(sqlite).toContain(
      `LEFT JOIN (WITH "v"("child", "parent") AS (VALUES ('a|b', 'it''s'), ('c', 'd')) ` +
        'SELECT CAST("child" AS TEXT) AS "child", min("parent") AS "parent" FROM "v" GROUP BY 1) AS "j1"',
    );
  });

  it('groups first where only the table of a function needs more than columns', () => {
    const profile = { rowCount: 1000, distinctBound: () => 10 };
    const kind = map(store, [['a', 'b']], TEXT);
    const sql = generate({ values: values(kind) }, { profile });
    expect(sql).toContain('SELECT "t"."store_id" AS "d0", sum("t"."revenue") AS "p0_0"');
    expect(sql).toContain('ON "j1"."child" = CAST("g"."d0" AS VARCHAR)\nGROUP BY 1');
    // A state that reads it is computed of rows.
    expect(generate({ values: values(kind), states: states(['max', kind]) }, { profile })).not.toContain('AS "g"');
  });

  it('joins a list of many values', () => {
    const nine = Array.from('abcdefghi');
    expect(generate({ filter: isIn(column(store), nine) })).toContain(
      `WHERE (CAST("t"."store_id" AS VARCHAR) IN (SELECT unnest(string_split('a|b|c|d|e|f|g|h|i', '|'))))`,
    );
    expect(generate({ filter: isIn(column(theDay), [-1, 0, 1, 2, 3, 4, 5, 6, 7]) })).toContain(
      `IN (SELECT CAST('1970-01-01' AS DATE) + CAST(unnest(string_split('-1|0|1|2|3|4|5|6|7', '|')) AS INTEGER))`,
    );
  });

  it('groups first where the profile promises few groups', () => {
    const profile = { rowCount: 1000, distinctBound: (name: string) => (name === 'store_id' ? 10 : 25) };
    const sql = generate(
      { keys: ['region'], filter: compare(column(theDay), '>=', literal(day('2024-02-29'), DAY)) },
      { profile },
    );
    expect(sql).toBe(
      [
        'SELECT CAST("j1"."parent" AS VARCHAR) AS "region", sum("g"."p0_0") AS "s0_sum"',
        'FROM (',
        'SELECT "t"."store_id" AS "d0", sum("t"."revenue") AS "p0_0"',
        'FROM "sales" AS "t"',
        `WHERE ("t"."day" >= CAST('2024-02-29' AS DATE))`,
        'GROUP BY "t"."store_id"',
        ') AS "g"',
        'LEFT JOIN (SELECT CAST("store_id" AS VARCHAR) AS "child", min("region") AS "parent" FROM "stores" ' +
          'WHERE "store_id" IS NOT NULL GROUP BY "store_id") AS "j1" ON "j1"."child" = CAST("g"."d0" AS VARCHAR)',
        'GROUP BY "j1"."parent"',
      ].join('\n'),
    );
    expect(generate({ keys: ['region', 'month'] }, { profile })).toContain('AS "g"');
    expect(generate({ keys: ['region', 'month', 'store'] }, { profile: { ...profile, rowCount: 999 } })).not.toContain(
      'AS "g"',
    );
  });

  it('does not group first where nothing is climbed, or a state does not merge', () => {
    const profile = { rowCount: 1e6, distinctBound: () => 2 };
    expect(generate({ keys: ['store'] }, { profile })).not.toContain('AS "g"');
    const distinct = states(['distinct', column(units)]);
    expect(generate({ keys: ['region'], states: distinct }, { profile })).not.toContain('AS "g"');
  });

  it('reads stored names where they differ', () => {
    const names = {
      table: (table: string) => `${table}~2`,
      column: (table: string, name: string) => `${table}.${name}`,
    };
    const sql = generate({ keys: ['region'] }, { names });
    expect(sql).toContain('FROM "sales~2" AS "t"');
    expect(sql).toContain('sum("t"."sales.revenue")');
    expect(sql).toContain('FROM "stores~2"');
    expect(sql).toContain('min("stores.region")');
  });

  it('filters before it sums where sums over rows that a climbing term drops could pass 127 bits', () => {
    const profile = { rowCount: 1000, distinctBound: () => 10 };
    const filter = compare(column(manager), '=', literal('Ann', TEXT));
    const grouped = (input: Expression) =>
      generate({ filter, states: states(['sum', input]) }, { profile }).includes('FROM (\n');
    expect(grouped(column(revenue))).toBe(true);
    expect(grouped(arithmetic(column(units), '-', column(units)))).toBe(true);
    expect(grouped(arithmetic(column(units), '*', column(units)))).toBe(false);
    const product = arithmetic(arithmetic(column(units), '*', column(units)), '*', column(units));
    expect(grouped(arithmetic(product, '/', column(units)))).toBe(false);
    const isMost = compare(product, '>', literal(0, INT64));
    expect(grouped(cases([[isMost, column(units)]]))).toBe(false);
    expect(grouped(cases([[compare(column(units), '>', literal(0, INT64)), column(units)]]))).toBe(true);
    expect(grouped(call('SQRT', product))).toBe(false);
    expect(grouped(call('MOD', column(units), literal(10, INT64)))).toBe(true);
  });

  it('refuses a name that is no input', () => {
    expect(() => generate({ keys: ['nowhere'] })).toThrow(/aggregate: key nowhere is no input; the inputs are store, /);
    const unknown = states(['sum', column(own('nothing', INT64))]);
    expect(() => generate({ states: unknown })).toThrow('aggregate: nothing is no input');
  });
});

describe('expressions in SQL', () => {
  it.each([
    [
      'integers of the same digits, as they are stored',
      compare(column(units), '=', literal(5, INT64)),
      '("t"."units" = CAST(5 AS BIGINT))',
    ],
    [
      'a literal at the digits of the column',
      compare(column(revenue), '<', literal(5, INT64)),
      '("t"."revenue" < CAST(500 AS BIGINT))',
    ],
    [
      'a column at the digits of the literal',
      compare(column(units), '<', literal(55, decimal(1))),
      '((CAST("t"."units" AS HUGEINT) * CAST(10 AS BIGINT)) < CAST(55 AS BIGINT))',
    ],
    [
      'arithmetic wide enough',
      compare(arithmetic(column(revenue), '*', column(units)), '>', literal(9_223_372_036_854_775_807n, INT64)),
      '((CAST("t"."revenue" AS HUGEINT) * CAST("t"."units" AS HUGEINT)) > CAST(922337203685477580700 AS HUGEINT))',
    ],
    [
      'a quotient, NULL where it is not finite',
      compare(arithmetic(column(weight), '/', column(units)), '>', literal(0.5, DOUBLE)),
      '(CASE WHEN isfinite(("t"."weight" / CAST("t"."units" AS DOUBLE))) THEN ("t"."weight" / CAST("t"."units" AS DOUBLE)) ' +
        "+ CAST('0' AS DOUBLE) END > CAST('0.5' AS DOUBLE))",
    ],
    ['truth', literal(true, BOOL), 'TRUE'],
    [
      'an old date',
      compare(column(theDay), '=', literal(-800_000, DAY)),
      `("t"."day" = (CAST('1970-01-01' AS DATE) + CAST(-800000 AS INTEGER)))`,
    ],
  ])('prints %s', (_, filter, sql) => {
    expect(generate({ filter })).toContain(`WHERE ${sql}`);
  });

  it('refuses a literal of another type', () => {
    expect(() => generate({ filter: compare(column(units), '=', literal('5', INT64)) })).toThrow(
      'literal: 5 (string) is no value of type int64',
    );
    expect(() => generate({ filter: compare(column(theDay), '=', literal('5', DAY)) })).toThrow(
      'literal: 5 (string) is no value of type date',
    );
  });
});
