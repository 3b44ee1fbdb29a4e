import fc from 'fast-check';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../../src/columns/logical-type.ts';
import { dictionaryKey, type Grouping, groupRows } from '../../../../src/compose/grouping.ts';
import type { ComputedState, StateInput } from '../../../../src/compose/state/compute-state.ts';
import { type Cell, coded, flat } from '../table.ts';

/** One row: where it belongs, what it holds and how often it counts. */
export interface Row {
  readonly key: Cell;
  readonly part: number;
  readonly value: Cell;
  readonly order: Cell;
  readonly count: number;
}

const integer = (low: bigint, high: bigint) =>
  fc.bigInt({ min: low, max: high }).map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

/** Few values, so that some are equal, and values beyond the safe integers. */
const INTEGERS = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -1000, max: 1000 }),
  integer(-(2n ** 63n), 2n ** 63n - 1n),
  integer(2n ** 53n - 2n, 2n ** 53n + 4n),
);

/** Multiples of 2^−10, so that a test can hold them as integers. */
export const BINARY_DIGITS = 10;
const BINARY = fc
  .oneof(fc.integer({ min: -2048, max: 2048 }), fc.integer({ min: -(2 ** 40), max: 2 ** 40 }))
  .map((value) => value / 2 ** BINARY_DIGITS);

const ANY_DOUBLE = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

/** The values of a type. Doubles are multiples of 2^−10. */
export const VALUES: readonly { readonly type: LogicalType; readonly cells: fc.Arbitrary<Cell> }[] = [
  { type: INT64, cells: INTEGERS },
  { type: decimal(2), cells: INTEGERS },
  { type: DOUBLE, cells: BINARY },
  { type: TEXT, cells: fc.constantFrom('a', 'b', '', '～', '😀', 'é', 'ab') },
  { type: DAY, cells: fc.integer({ min: 19_000, max: 19_010 }) },
  { type: BOOL, cells: fc.boolean() },
];

/** Numbers only, doubles of any size among them. */
export const NUMBERS = [...VALUES.slice(0, 3), { type: DOUBLE, cells: ANY_DOUBLE }];

/** Rows of a column of a type. */
export function rowsOfType(cells: fc.Arbitrary<Cell>, maxLength = 40): fc.Arbitrary<readonly Row[]> {
  const row = fc.record({
    key: fc.constantFrom<Cell>('A', 'B', 'C', null),
    part: fc.nat({ max: 3 }),
    value: fc.option(cells, { freq: 5 }),
    order: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 6 }),
    count: fc.integer({ min: 1, max: 4 }),
  });
  return fc.array(row, { maxLength });
}

/** How a column of rows is held. */
export type Form = 'flat' | 'dictionary';

export const FORMS: readonly Form[] = ['flat', 'dictionary'];

/** The rows as a state's input; `counted`: with their counts. */
export function inputOf(rows: readonly Row[], type: LogicalType, form: Form, counted: boolean): StateInput {
  const column = form === 'flat' ? flat : coded;
  return {
    values: column(
      type,
      rows.map(({ value }) => value),
    ),
    counts: counted
      ? flat(
          INT64,
          rows.map(({ count }) => count),
        )
      : null,
    order: column(
      DAY,
      rows.map(({ order }) => order),
    ),
  };
}

/** Each row as often as it counts. */
export function expanded(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => Array.from({ length: row.count }, () => ({ ...row, count: 1 })));
}

/** Rows grouped by columns of cells; by none, into one group. */
export function grouped(rowCount: number, ...columns: readonly (readonly Cell[])[]): Grouping {
  return groupRows(
    columns.map((cells) =>
      dictionaryKey(
        coded(
          TEXT,
          cells.map((cell) => (cell === null ? null : String(cell))),
        ),
      ),
    ),
    rowCount,
    null,
  );
}

/** A state with the argument that it needs. */
export function useOf(
  state: ComputedState['state'],
  type: LogicalType,
  { q = 0.5, combine = 'sum' }: { readonly q?: number; readonly combine?: 'sum' | 'min' | 'max' } = {},
): ComputedState {
  switch (state) {
    case 'quantile':
      return { state, argument: { kind: 'quantile', q }, inputType: type };
    case 'first':
    case 'last':
      return { state, argument: { kind: 'period', order: 'day', orderType: DAY, combine }, inputType: type };
    default:
      return { state, argument: null, inputType: type };
  }
}
