import { expect, test } from 'vitest';
import { type Batch, batchBytes, type Column, columnLength, columnOf, valueAt } from '../../../src/columns/column.ts';
import { toDictionary } from '../../../src/columns/dictionary.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { TextColumnBuilder } from '../../../src/columns/text-column.ts';

const valid = Uint8Array.of(1, 0, 1);
const CASES: readonly [string, Column, (Scalar | null)[]][] = [
  ['text', { form: 'dictionary', type: TEXT, codes: Int32Array.of(1, -1, 0), values: ['a', 'b'] }, ['b', null, 'a']],
  ['numbers', { form: 'number', type: INT64, values: Float64Array.of(3, 0, 3), valid }, [3, null, 3]],
  ['wide range', { form: 'number', type: INT64, values: Float64Array.of(2 ** 52, 0, -1), valid }, [2 ** 52, null, -1]],
  ['doubles', { form: 'number', type: DOUBLE, values: Float64Array.of(0.5, 0, 2), valid: null }, [0.5, 0, 2]],
  ['days', { form: 'number', type: DAY, values: Float64Array.of(-1, 0, -1), valid: null }, [-1, 0, -1]],
  ['booleans', { form: 'number', type: BOOL, values: Float64Array.of(1, 0, 0), valid }, [true, null, false]],
  [
    'all NULL',
    { form: 'number', type: INT64, values: new Float64Array(3), valid: new Uint8Array(3) },
    [null, null, null],
  ],
  ['bigints', { form: 'bigint', type: decimal(2), values: [2n ** 60n, 0n, 7n], valid }, [2n ** 60n, null, 7]],
  ['nothing', { form: 'number', type: INT64, values: new Float64Array(0), valid: null }, []],
];

/** Integers of a narrow range come as an ascending dictionary, others in the order of first occurrence. */
const NARROW = ['numbers', 'days', 'booleans'];

test.each(CASES)('values of %s, also as a dictionary', (name, column, expected) => {
  const list = (each: Column) => Array.from({ length: columnLength(each) }, (_, row) => valueAt(each, row));
  expect(list(column)).toEqual(expected);
  const dictionary = toDictionary(column);
  expect(list(dictionary)).toEqual(expected);
  expect(dictionary.values).toEqual(
    [...new Set(expected.filter((value) => value !== null))].sort((a, b) => {
      // What is a dictionary already keeps its own order.
      return column.form === 'dictionary' || NARROW.includes(name) ? (a < b ? -1 : 1) : 0;
    }),
  );
});

test('columnOf names what there is', () => {
  const batch: Batch = {
    rowCount: 0,
    fields: [
      { name: 'a', column: toDictionary({ form: 'number', type: INT64, values: new Float64Array(0), valid: null }) },
    ],
  };
  expect(columnOf(batch, 'a').type).toEqual(INT64);
  expect(() => columnOf(batch, 'b')).toThrow('batch: no column b; it has a');
});

test('bytes held', () => {
  const fields = CASES.slice(0, 3).map(([name, column]) => ({ name, column }));
  expect(batchBytes({ rowCount: 3, fields })).toBe(12 + 2 * 18 + 2 * (24 + 3));
});

test('a text column grows row by row', () => {
  const builder = new TextColumnBuilder();
  const expected = Array.from({ length: 5000 }, (_, row) => (row % 7 === 0 ? null : `t${row % 11}`));
  for (const text of expected) builder.push(text);
  const column = builder.column();
  expect(expected.map((_, row) => valueAt(column, row))).toEqual(expected);
  expect(column.values.length).toBe(11);
});
