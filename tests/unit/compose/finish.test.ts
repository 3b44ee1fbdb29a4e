import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import { finish, overflowingRows } from '../../../src/compose/finish.ts';
import { OPERATORS, type OperatorName } from '../../../src/operators/catalog.ts';
import type { StateName } from '../../../src/operators/state.ts';
import { type Cell, cellsOf, flat } from './table.ts';

/** From here on doubles leave integers out. */
const LONG = 2n ** 53n;
const LARGEST = 2n ** 63n - 1n;

function finished(
  operator: OperatorName,
  inputType: LogicalType,
  states: readonly Column[],
  stateNames: readonly StateName[] = OPERATORS[operator].stateNames,
  q: number | null = null,
): Column {
  const type = OPERATORS[operator].result(inputType);
  return finish({ name: 'm0', operator, type, states: stateNames, parameters: { q } }, states);
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

const EXACT: readonly StateName[] = ['count', 'sum', 'sum'];

describe('variance of exact sums', () => {
  // [count, Σx, Σx²] in units → VAR_POP, VAR_SAMP.
  it.each<[string, LogicalType, number, Cell, Cell, Cell, Cell]>([
    ['1, 2, 3, 4', INT64, 4, 10, 30, 1.25, 5 / 3],
    ['0.10, 0.20', decimal(2), 2, 30, 500, 0.0025, 0.005],
    ['one value', decimal(2), 1, 30, 900, 0, null],
    ['none', INT64, 0, null, null, null, null],
    ['all equal', INT64, 3, 9, 27, 0, 0],
    // Doubles lose every digit of this one: 2^53 and two above it.
    ['2^53, 2^53 + 1, 2^53 + 2', INT64, 3, 3n * LONG + 3n, 3n * LONG ** 2n + 6n * LONG + 5n, 2 / 3, 1],
    ['units of 18 digits', decimal(18), 2, 3, 5, 2.5e-37, 5e-37],
  ])('%s', (_, type, count, sum, squares, pop, samp) => {
    const columns = [flat(INT64, [count]), flat(type, [sum]), flat(type, [squares])];
    expect(cellsOf(finished('VAR_POP', type, columns, EXACT))).toStrictEqual([pop]);
    expect(cellsOf(finished('VAR_SAMP', type, columns, EXACT))).toStrictEqual([samp]);
    const root = (variance: Cell) => (variance === null ? null : Math.sqrt(Number(variance)));
    expect(cellsOf(finished('STDDEV_POP', type, columns, EXACT))).toStrictEqual([root(pop)]);
    expect(cellsOf(finished('STDDEV_SAMP', type, columns, EXACT))).toStrictEqual([root(samp)]);
  });
});

describe('variance of moments', () => {
  const columns = [flat(INT64, [4, 1, null, 2]), flat(DOUBLE, [2.5, 7, null, 0]), flat(DOUBLE, [5, 0, null, Infinity])];

  it.each<[OperatorName, readonly Cell[]]>([
    ['VAR_POP', [1.25, 0, null, null]],
    ['VAR_SAMP', [5 / 3, null, null, null]],
    ['STDDEV_POP', [Math.sqrt(1.25), 0, null, null]],
    ['STDDEV_SAMP', [Math.sqrt(5 / 3), null, null, null]],
  ])('%s', (operator, expected) => {
    expect(cellsOf(finished(operator, DOUBLE, columns, ['moments']))).toStrictEqual(expected);
  });
});

describe('QUANTILE', () => {
  it.each<[string, LogicalType, Cell, Cell, number | null, number, Cell]>([
    ['a quarter of the way', INT64, 1, 2, 4, 0.75, 1.25],
    ['on a value', INT64, 3, 3, 5, 0.5, 3],
    ['decimals', decimal(2), 10, 20, 3, 0.25, 0.15],
    ['opposite ends of the doubles', DOUBLE, -1.5 * 2 ** 1023, 1.5 * 2 ** 1023, 2, 0.5, 0],
    [
      'the difference of two near integers past 2^53',
      INT64,
      9007199254740993n,
      9007199254740999n,
      2,
      0.5,
      9007199254740996,
    ],
    ['none', INT64, null, null, null, 0.5, null],
  ])('%s', (_, type, low, high, count, q, expected) => {
    const columns = [flat(type, [low]), flat(type, [high]), flat(INT64, [count])];
    expect(cellsOf(finished('QUANTILE', type, columns, ['quantile'], q))).toStrictEqual([expected]);
  });

  it('needs its q', () => {
    const columns = [flat(INT64, [1]), flat(INT64, [1]), flat(INT64, [1])];
    expect(() => finished('QUANTILE', INT64, columns)).toThrow(/QUANTILE m0 has no q/);
  });
});

describe('PRODUCT', () => {
  it.each<[string, Cell, Cell, Cell]>([
    ['24', 1.5, 4, 24],
    ['zero', 0, 0, 0],
    ['the largest double', 2 - 2 ** -52, 1023, Number.MAX_VALUE],
    ['beyond the doubles', 1, 1024, null],
    ['far beyond', -1.5, 4096, null],
    ['the smallest double', 1, -1074, 5e-324],
    ['halfway below it: to even', 1, -1075, 0],
    ['a hair above halfway', 1 + 2 ** -52, -1075, 5e-324],
    ['a subnormal, rounded once', 1 + 2 ** -52, -1060, 2 ** -1060],
    ['far below', 1.5, -4096, 0],
    ['none', null, null, null],
  ])('%s', (_, mantissa, exponent, expected) => {
    const column = finished('PRODUCT', DOUBLE, [flat(DOUBLE, [mantissa]), flat(INT64, [exponent])]);
    expect(cellsOf(column)).toStrictEqual([expected]);
  });
});

describe('WEIGHTED_AVG', () => {
  it.each<[string, LogicalType, LogicalType, Cell, Cell, Cell]>([
    ['0.10 × 1 + 0.40 × 2 over 3', decimal(2), INT64, 90, 3, 0.3],
    ['0.10 × 0.5 + 0.40 × 1.5 over 2.0', decimal(3), decimal(1), 650, 20, 0.325],
    ['weights that cancel', INT64, INT64, 7, 0, null],
    ['doubles whose weights cancel', DOUBLE, INT64, 7, 0, null],
    ['doubles', DOUBLE, decimal(1), 1.5, 20, 0.75],
    ['none', decimal(2), decimal(2), null, null, null],
  ])('%s', (_, product, weight, sum, weights, expected) => {
    const column = finished('WEIGHTED_AVG', product, [flat(product, [sum]), flat(weight, [weights])], ['sum', 'sum']);
    expect(cellsOf(column)).toStrictEqual([expected]);
  });
});

describe('the others', () => {
  it('BOOL_AND and BOOL_OR are whether the extreme is 1', () => {
    const column = finished('BOOL_AND', BOOL, [flat(INT64, [1, 0, null])]);
    expect(column.type).toEqual(BOOL);
    expect(cellsOf(column)).toStrictEqual([true, false, null]);
    expect(cellsOf(finished('BOOL_OR', BOOL, [flat(INT64, [1, 0, null])]))).toStrictEqual([true, false, null]);
  });

  it('FIRST and LAST are the value of the period', () => {
    const columns = [flat(DAY, [1, 2, null]), flat(decimal(2), [30, LARGEST + 1n, null])];
    const column = finished('LAST', decimal(2), columns);
    expect(cellsOf(column)).toStrictEqual([30, LARGEST + 1n, null]);
    expect([...overflowingRows(column)]).toEqual([1]);
    expect(cellsOf(finished('FIRST', TEXT, [flat(DAY, [1, null]), flat(TEXT, ['a', null])]))).toStrictEqual([
      'a',
      null,
    ]);
  });

  it('estimates are those of the sketches; of none 0, or NULL', () => {
    const distinct = finished('APPROX_DISTINCT', TEXT, [flat(TEXT, ['AAB', null, ''])]);
    expect(distinct.type).toEqual(INT64);
    expect(cellsOf(distinct)).toStrictEqual([1, 0, 0]);
    const sketches = flat(TEXT, ['2||', null, '0||', '1||1']);
    const quantile = cellsOf(finished('APPROX_QUANTILE', DOUBLE, [sketches], ['ddsketch'], 1));
    expect(quantile).toStrictEqual([0, null, null, 1.01]);
  });

  it('refuses a missing state column', () => {
    expect(() => finished('AVG', INT64, [flat(INT64, [1])])).toThrow(/AVG m0 has no state column 1/);
    expect(() => finished('VAR_POP', INT64, [flat(INT64, [1])])).toThrow(/VAR_POP m0 has no state column 1/);
  });
});

describe('overflowingRows', () => {
  it('finds exact values outside int64, at either end', () => {
    const column = flat(INT64, [LARGEST, LARGEST + 1n, null, -LARGEST - 1n, -LARGEST - 2n]);
    expect([...overflowingRows(column)]).toEqual([1, 4]);
    expect([...overflowingRows(flat(DOUBLE, [1e300]))]).toEqual([]);
  });
});
