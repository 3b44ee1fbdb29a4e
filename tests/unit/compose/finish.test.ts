import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/columns/column.ts';
import { DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import { finish, overflowingRows } from '../../../src/compose/finish.ts';
import { OPERATORS, type OperatorName } from '../../../src/operators/catalog.ts';
import { type Cell, cellsOf, flat } from './table.ts';

const LARGEST = 2n ** 63n - 1n;

function finished(operator: OperatorName, inputType: LogicalType, states: readonly Column[]): Column {
  const type = OPERATORS[operator].result(inputType);
  return finish({ name: 'm0', label: 'x', operator, atoms: [], inputType, type }, states);
}

describe('AVG', () => {
  it.each<[string, LogicalType, Cell, number, Cell]>([
    ['0.10 and 0.20', decimal(2), 30, 2, 0.15],
    ['of three', INT64, 10, 3, 10 / 3],
    ['no value', decimal(2), null, 0, null],
    ['a sum past int64 still has a mean', INT64, LARGEST * 4n, 4, 2 ** 63],
    ['a sum past 2^53: one division', decimal(2), 9007199254740993n, 3, 30023997515803.31],
    ['a count and its digits past 2^53', decimal(18), 1, 1_000_000, 1e-24],
    ['a double', DOUBLE, 1, 3, 1 / 3],
    ['a double sum that is not finite', DOUBLE, Number.POSITIVE_INFINITY, 3, null],
    ['of nothing but zeros', INT64, 0, 2, 0],
  ])('%s', (_, type, sum, count, expected) => {
    const column = finished('AVG', type, [flat(type, [sum]), flat(INT64, [count])]);
    expect(column.type).toEqual(DOUBLE);
    expect(cellsOf(column)).toStrictEqual([expected]);
  });
});

describe('MEDIAN', () => {
  it.each<[string, LogicalType, Cell, Cell, Cell]>([
    ['odd', INT64, 3, 3, 3],
    ['even', INT64, 1, 4, 2.5],
    ['decimals', decimal(2), 10, 21, 0.155],
    ['none', decimal(2), null, null, null],
    ['the two largest int64', INT64, LARGEST - 1n, LARGEST, 2 ** 63],
    ['doubles whose sum is past the doubles', DOUBLE, 2 ** 1023, 1.5 * 2 ** 1023, 1.25 * 2 ** 1023],
    ['the smallest double', DOUBLE, 5e-324, 5e-324, 5e-324],
    ['opposite', DOUBLE, -1.5, 1.5, 0],
  ])('%s', (_, type, low, high, expected) => {
    expect(cellsOf(finished('MEDIAN', type, [flat(type, [low]), flat(type, [high])]))).toStrictEqual([expected]);
  });
});

describe('operators that are their state', () => {
  it('pass the column on uncopied', () => {
    const values = Float64Array.of(1, 2);
    const column = finished('SUM', decimal(2), [{ form: 'number', type: decimal(2), values, valid: null }]);
    expect(column.form === 'number' && column.values).toBe(values);
  });

  it.each<[OperatorName, LogicalType, readonly Cell[], readonly Cell[]]>([
    ['SUM', decimal(2), [30, null], [30, null]],
    ['SUM', DOUBLE, [1.5, Number.POSITIVE_INFINITY, -0, null], [1.5, null, 0, null]],
    ['MIN', TEXT, ['a', null], ['a', null]],
    ['MAX', DAY, [19_723, null], [19_723, null]],
    ['COUNT', TEXT, [0, 3], [0, 3]],
    ['COUNT_DISTINCT', TEXT, [0, 3], [0, 3]],
  ])('%s of %o', (operator, input, states, expected) => {
    const column = finished(operator, input, [flat(OPERATORS[operator].result(input), states)]);
    expect(cellsOf(column)).toStrictEqual(expected);
  });
});

describe('overflowingRows', () => {
  it('finds exact values outside int64, at either end', () => {
    const column = flat(INT64, [LARGEST, LARGEST + 1n, null, -LARGEST - 1n, -LARGEST - 2n]);
    expect([...overflowingRows(column)]).toEqual([1, 4]);
    expect([...overflowingRows(flat(DOUBLE, [1e300]))]).toEqual([]);
  });
});
