import { DataType, tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBatch } from '../../../../src/columns/arrow.ts';
import { INT64, TEXT } from '../../../../src/columns/logical-type.ts';
import type { DataAPIBackend } from '../../../../src/protocol/backend.ts';
import type { Input } from '../../../../src/resolution/access.ts';
import { nodeBackend } from '../../../support/duckdb-node.ts';
import { emblem, inputs, n, peak, ROWS, range, sales, TABLES } from '../large-tables.ts';
import { and, ask, column, compare, isNull, literal, not, or, own, request, sorted, states } from '../requests.ts';
import { loadPlain } from '../tables.ts';

describe('text held as enumerations', () => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await nodeBackend();
    for (const [table, columns] of Object.entries(TABLES)) await loadPlain(backend, table, columns);
  });
  afterAll(() => backend.close());

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

  it('has several enumerations of one table from dictionaries in no order, with texts that no row has', async () => {
    // The two share texts, and U+FF5E stands before U+1F600 though its UTF-16 is larger.
    const dictionaries = { first: ['b', '～', '😀', 'a', 'nobody’s'], second: ['😀', 'c', 'a', 'nobody’s'] };
    const fields = Object.entries(dictionaries).map(([name, values]) => {
      const codes = Int32Array.from(range(ROWS), (row) => row % (values.length - 1));
      return { name, column: { form: 'dictionary' as const, type: TEXT, codes, values } };
    });
    const columns = fields.map(({ name }) => ({ name, type: TEXT }));
    await backend.load({ table: 'loose', columns, ipc: encodeBatch({ rowCount: ROWS, fields }), rowCount: ROWS });
    const [first, second] = [own('first', TEXT), own('second', TEXT)];
    const asked = (key: Input, filter = not(isNull(column(key)))) =>
      ask(backend, request('loose', { inputs: [first, second], keys: [key.name], filter }));
    expect(await asked(first)).toEqual(sorted([['a'], ['b'], ['～'], ['😀']]));
    expect(await asked(second)).toEqual(sorted([['a'], ['c'], ['😀']]));
    expect(await asked(first, compare(column(first), '<', literal('😀', TEXT)))).toEqual(
      sorted([['a'], ['b'], ['～']]),
    );
    await backend.drop('loose');
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
