import { describe, expect, it } from 'vitest';
import { encodeBatch } from '../../../src/columns/arrow.ts';
import type { Batch } from '../../../src/columns/column.ts';
import { BOOL, DAY, decimal, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import { decodeAggregate, resultColumns } from '../../../src/protocol/decode-aggregate.ts';
import { column, isNull, own, request, states, values } from '../backends/requests.ts';

const region = own('region', TEXT);
const theDay = own('day', DAY);
const revenue = own('revenue', decimal(2));
const asked = request('t', {
  inputs: [region, theDay, revenue],
  keys: ['day', 'region'],
  states: states(['sum', column(revenue)], ['median', column(revenue)], ['rows', null], ['coordinates', null]),
});

const number = (type: typeof INT64, ...values: number[]) =>
  ({ form: 'number', type, values: Float64Array.from(values), valid: null }) as const;

/** In another order than asked, as a backend never sends it, and with a dictionary of more values than rows. */
const sent: Batch = {
  rowCount: 2,
  fields: [
    {
      name: 'region',
      column: { form: 'dictionary', type: TEXT, codes: Int32Array.of(3, -1), values: ['a', 'b', 'c', 'East'] },
    },
    { name: 'day', column: number(DAY, 19_723, 19_723) },
    { name: 's0_sum', column: number(decimal(2), 150, -1) },
    { name: 's1_low', column: number(decimal(2), 1, 2) },
    { name: 's1_high', column: number(decimal(2), 3, 4) },
    { name: 's2_rows', column: number(INT64, 5, 6) },
  ],
};

describe('decodeAggregate', () => {
  it('names and types the columns after the request', () => {
    expect(resultColumns(asked).map(({ name, type }) => [name, type.kind])).toEqual([
      ['day', 'date'],
      ['region', 'text'],
      ['s0_sum', 'decimal'],
      ['s1_low', 'decimal'],
      ['s1_high', 'decimal'],
      ['s2_rows', 'int64'],
    ]);
  });

  it('gives keys as dictionaries of what they use, in the order asked', () => {
    const batch = decodeAggregate(asked, { ipc: encodeBatch(sent) });
    expect(batch.rowCount).toBe(2);
    expect(batch.fields.map(({ name }) => name)).toEqual(['day', 'region', 's0_sum', 's1_low', 's1_high', 's2_rows']);
    expect(batch.fields[0]?.column).toEqual({
      form: 'dictionary',
      type: DAY,
      codes: Int32Array.of(0, 0),
      values: [19_723],
    });
    expect(batch.fields[1]?.column).toEqual({
      form: 'dictionary',
      type: TEXT,
      codes: Int32Array.of(0, -1),
      values: ['East'],
    });
    expect(batch.fields[2]?.column).toEqual(number(decimal(2), 150, -1));
  });

  it('has values after the keys: texts as dictionaries, all else in the form of states', () => {
    const grouped = request('t', {
      inputs: [region, theDay, revenue],
      keys: ['day'],
      values: values(column(region), column(revenue), isNull(column(theDay))),
      states: states(['rows', null]),
    });
    expect(resultColumns(grouped)).toEqual([
      { name: 'day', type: DAY },
      { name: 'v0', type: TEXT },
      { name: 'v1', type: decimal(2) },
      { name: 'v2', type: BOOL },
      { name: 's0_rows', type: INT64 },
    ]);
    const given: Batch = {
      rowCount: 2,
      fields: [
        { name: 'day', column: number(DAY, 1, 1) },
        { name: 'v0', column: { form: 'dictionary', type: TEXT, codes: Int32Array.of(0, -1), values: ['East'] } },
        { name: 'v1', column: number(decimal(2), 5, 6) },
        { name: 'v2', column: number(BOOL, 0, 1) },
        { name: 's0_rows', column: number(INT64, 7, 8) },
      ],
    };
    const { fields } = decodeAggregate(grouped, { ipc: encodeBatch(given) });
    expect(fields.map(({ name, column: { form } }) => [name, form])).toEqual([
      ['day', 'dictionary'],
      ['v0', 'dictionary'],
      ['v1', 'number'],
      ['v2', 'number'],
      ['s0_rows', 'number'],
    ]);
    expect(fields[3]?.column).toEqual(number(BOOL, 0, 1));
  });

  it('takes exact sums as 128-bit decimals', () => {
    const sum = request('t', { inputs: [revenue], states: states(['sum', column(revenue)]) });
    const column128 = { form: 'bigint', type: decimal(2), values: [2n ** 100n], valid: null } as const;
    const ipc = encodeBatch({ rowCount: 1, fields: [{ name: 's0_sum', column: column128 }] }, undefined, {
      exact: 'decimal128',
    });
    expect(decodeAggregate(sum, { ipc }).fields[0]?.column).toEqual(column128);
  });

  it('is the one coordinate where nothing is asked for', () => {
    expect(decodeAggregate(request('t', {}), { ipc: new Uint8Array() })).toEqual({ rowCount: 1, fields: [] });
  });

  it('refuses a result without a column asked for, and a key that is no input', () => {
    const lacking = { ...sent, fields: sent.fields.slice(1) };
    expect(() => decodeAggregate(asked, { ipc: encodeBatch(lacking) })).toThrow(RangeError);
    expect(() => resultColumns(request('t', { inputs: [region], keys: ['day'] }))).toThrow(
      'aggregate: key day is no input; the inputs are region',
    );
  });
});
