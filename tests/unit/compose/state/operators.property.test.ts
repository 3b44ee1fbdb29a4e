import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/columns/column.ts';
import { decimal, INT64, type LogicalType } from '../../../../src/columns/logical-type.ts';
import { finish } from '../../../../src/compose/finish.ts';
import { computeState } from '../../../../src/compose/state/compute-state.ts';
import { arithmeticType } from '../../../../src/operators/arithmetic.ts';
import { OPERATORS, type OperatorName } from '../../../../src/operators/catalog.ts';
import type { StateName } from '../../../../src/operators/state.ts';
import { type Cell, cellsOf, flat } from '../table.ts';
import { FORMS, type Form, grouped, inputOf, type Row, rowsOfType, useOf, VALUES } from './arbitrary-rows.ts';
import { type Expected, referenceOperator, type Sample } from './operator-reference.ts';

type Combine = 'sum' | 'min' | 'max';

/** Everything that a state of an operator may be computed of. */
interface Question {
  readonly operator: OperatorName;
  readonly type: LogicalType;
  readonly weightType: LogicalType;
  readonly rows: readonly (Row & { readonly weight: Cell })[];
  readonly form: Form;
  readonly q: number;
  readonly combine: Combine;
}

const questions = fc
  .tuple(fc.constantFrom(...Object.values(OPERATORS)), fc.constantFrom(INT64, decimal(1)))
  .chain(([{ name, accepts }, weightType]) =>
    fc.constantFrom(...VALUES.filter(({ type }) => accepts.includes(type.kind))).chain(({ type, cells }) =>
      fc.record({
        operator: fc.constant(name),
        type: fc.constant(type),
        weightType: fc.constant(weightType),
        rows: rowsOfType(cells, 14).chain((rows) =>
          fc
            .array(fc.option(fc.integer({ min: -2, max: 30 })), { minLength: rows.length, maxLength: rows.length })
            .map((weights) => rows.map((row, i) => ({ ...row, count: 1, weight: weights[i] ?? null }))),
        ),
        form: fc.constantFrom(...FORMS),
        q: fc.oneof(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), fc.double({ min: 0, max: 1, noNaN: true })),
        combine: fc.constantFrom<Combine>('sum', 'min', 'max').filter((it) => it !== 'sum' || exact(type)),
      }),
    ),
  );

function exact(type: LogicalType): boolean {
  return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
}

/** The states of an operator over all rows, each of the input that its definition asks for. */
function statesOf(question: Question): { readonly names: readonly StateName[]; readonly columns: readonly Column[] } {
  const { operator, type, weightType, rows, form, q, combine } = question;
  const grouping = grouped(rows.length);
  const of = (state: StateName, inputType: LogicalType, cells: readonly Cell[]) => {
    const input = inputOf(
      rows.map((row, i) => ({ ...row, value: cells[i] ?? null })),
      inputType,
      form,
      false,
    );
    return computeState(useOf(state, inputType, { q, combine }), input, grouping);
  };
  const values = rows.map(({ value }) => value);
  const isSpread = OPERATORS[operator].stateNames.includes('moments');
  if (isSpread && type.kind !== 'double') {
    const squares = of('sum', arithmeticType('*', type, type) ?? INT64, products(values, values));
    const columns = [...of('count', type, values), ...of('sum', type, values), ...squares];
    return { names: ['count', 'sum', 'sum'], columns };
  }
  if (isSpread) return { names: ['moments'], columns: of('moments', type, values) };
  if (operator === 'WEIGHTED_AVG') {
    const weights = rows.map(({ weight, value }) => (value === null ? null : weight));
    const sums = of('sum', arithmeticType('*', type, weightType) ?? INT64, products(values, weights));
    return { names: ['sum', 'sum'], columns: [...sums, ...of('sum', weightType, weights)] };
  }
  const isTruth = operator === 'BOOL_AND' || operator === 'BOOL_OR';
  const cells = isTruth ? values.map((value) => (value === null ? null : Number(value))) : values;
  const names = OPERATORS[operator].stateNames;
  return { names, columns: names.flatMap((state) => of(state, isTruth ? INT64 : type, cells)) };

  /** Weights are decimals of one digit beside doubles: a double is one tenth of them. */
  function products(a: readonly Cell[], b: readonly Cell[]): readonly Cell[] {
    return a.map((left, i) => {
      const right = b[i] ?? null;
      if (left === null || right === null) return null;
      if (type.kind === 'double') return (Number(left) * Number(right)) / (weightType.kind === 'decimal' ? 10 : 1);
      const product = BigInt(left) * BigInt(right);
      return Number.isSafeInteger(Number(product)) ? Number(product) : product;
    });
  }
}

function finished(question: Question): Column {
  const { operator, type, q } = question;
  const { names, columns } = statesOf(question);
  const result = OPERATORS[operator].result(type);
  return finish({ name: '#0', operator, type: result, states: names, parameters: { q } }, columns);
}

function expectCell(actual: Cell, expected: Expected): void {
  if (expected.kind === 'cell' || actual === null) {
    expect(actual).toStrictEqual(expected.cell);
    return;
  }
  expect(Math.abs(Number(actual) - expected.cell)).toBeLessThanOrEqual(expected.allowed);
}

describe('an operator over rows', () => {
  it('is what a plain reading of its definition gives', () => {
    const seen = new Set<OperatorName>();
    fc.assert(
      fc.property(questions, (question) => {
        const { operator, rows, type, weightType, q, combine } = question;
        const column = finished(question);
        const samples: readonly Sample[] = rows;
        const [cell = null] = cellsOf(column);
        expectCell(cell, referenceOperator(operator, samples, type, weightType, { q, combine }));
        expect(column.type).toEqual(OPERATORS[operator].result(type));
        seen.add(operator);
      }),
      { numRuns: 4000 },
    );
    expect(seen.size).toBe(Object.keys(OPERATORS).length);
  });

  it('QUANTILE at a half is MEDIAN', () => {
    const exactRows = fc
      .constantFrom(...VALUES.slice(0, 3))
      .chain(({ type, cells }) => rowsOfType(cells).map((rows) => ({ type, rows })));
    fc.assert(
      fc.property(exactRows, ({ type, rows }) => {
        const shared = { type, weightType: INT64, form: 'flat', q: 0.5, combine: 'sum' } as const;
        const weighted = rows.map((row) => ({ ...row, weight: null }));
        const [median, quantile] = (['MEDIAN', 'QUANTILE'] as const).map((operator) =>
          cellsOf(finished({ ...shared, operator, rows: weighted })),
        );
        expect(quantile).toStrictEqual(median);
      }),
      { numRuns: 500 },
    );
  });
});

describe('by hand', () => {
  const rowsOf = (cells: readonly Cell[], counts?: readonly number[]): readonly Row[] =>
    cells.map((value, i) => ({ key: 'A', part: 0, value, order: null, count: counts?.[i] ?? 1 }));

  it.each<[string, StateName, LogicalType, readonly Cell[], readonly number[], readonly Cell[]]>([
    ['the smallest of two modes', 'mode', INT64, [7, 3, 5], [2, 2, 1], [3]],
    ['a mode by its count', 'mode', INT64, [7, 3, 5, 7], [2, 3, 1, 2], [7]],
    ['a quarter of 1, 2, 2, 10', 'quantile', INT64, [10, 1, 2], [1, 1, 2], [1, 2, 4]],
    ['the middle of an odd number', 'median', INT64, [10, 1, 2], [1, 1, 1], [2, 2]],
    ['the middle of an even number', 'median', INT64, [1, 4], [3, 3], [1, 4]],
    [
      'distinct, past 2^53',
      'distinct',
      INT64,
      [9007199254740993n, 9007199254740992n, 9007199254740993n],
      [1, 1, 1],
      [2],
    ],
    ['2 × 3 × 3 × −4 = −72 = −1.125 × 2^6', 'product', INT64, [3, -4, 2], [2, 1, 1], [-1.125, 6]],
    ['a zero in a product', 'product', INT64, [3, 0, -2], [1, 1, 1], [0, 0]],
    ['2^4000', 'product', INT64, [2], [4000], [1, 4000]],
    ['the largest doubles', 'product', { kind: 'double' }, [Number.MAX_VALUE], [1], [2 - 2 ** -52, 1023]],
    ['the smallest double', 'product', { kind: 'double' }, [5e-324], [2], [1, -2148]],
    ['moments of 1, 2, 3, 4', 'moments', INT64, [4, 2, 1, 3], [1, 1, 1, 1], [4, 2.5, 5]],
    ['moments of one value, many times', 'moments', decimal(1), [1], [1000], [1000, 0.1, 0]],
    ['a sum with counts past 2^53', 'sum', INT64, [2 ** 52, -1], [4, 1], [18014398509481983n]],
    ['a sum with counts that comes back', 'sum', INT64, [-(2 ** 52), 2 ** 52], [2, 3], [2 ** 52]],
  ])('%s', (_, state, type, cells, counts, expected) => {
    const rows = rowsOf(cells, counts);
    const use = useOf(state, type, { q: 0.25 });
    for (const form of FORMS) {
      const columns = computeState(use, inputOf(rows, type, form, true), grouped(rows.length));
      expect(columns.flatMap(cellsOf)).toStrictEqual(expected);
    }
  });

  it('a product that leaves the doubles on the way comes back', () => {
    const values = flat({ kind: 'double' }, [1e300, 1e300, 1e-300, 1e-300, 3]);
    const use = useOf('product', { kind: 'double' });
    const columns = computeState(use, { values, counts: null, order: null }, grouped(5));
    const metric = { name: '#0', operator: 'PRODUCT', type: { kind: 'double' }, states: ['product'] } as const;
    const [product] = cellsOf(finish({ ...metric, parameters: { q: null } }, columns));
    expect(Math.abs(Number(product) - 3)).toBeLessThan(1e-12);
  });
});
