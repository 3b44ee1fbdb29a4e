import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { OperatorName } from '../../operators/catalog.ts';
import type { Expression } from '../../operators/expression.ts';

/** A value that an operator must give: exactly, but for doubles, which agree as answers do. */
export type Expected = Scalar | null;

/** Inputs of one type whose answers are known: each named group of rows, with what every operator makes of it. */
export interface VectorSet {
  /** Of the columns x and y. */
  readonly type: LogicalType;
  /** What is aggregated, over columns of these names; and its type. */
  readonly input: (x: string, y: string) => Expression;
  readonly inputType: LogicalType;
  readonly groups: readonly {
    readonly name: string;
    readonly x: readonly (Scalar | null)[];
    readonly y?: readonly (Scalar | null)[];
    readonly expected: Partial<Readonly<Record<OperatorName, Expected>>>;
  }[];
}

const MAX = 9_223_372_036_854_775_807n;

/** Aggregates the column x itself. */
function plain(type: LogicalType): Pick<VectorSet, 'type' | 'input' | 'inputType'> {
  return { type, input: (x) => ({ kind: 'column', name: x, type }), inputType: type };
}

/** Aggregates x ÷ y, doubles. */
const QUOTIENT: Pick<VectorSet, 'type' | 'input' | 'inputType'> = {
  type: DOUBLE,
  input: (x, y) => ({
    kind: 'arithmetic',
    operator: '/',
    left: { kind: 'column', name: x, type: DOUBLE },
    right: { kind: 'column', name: y, type: DOUBLE },
    type: DOUBLE,
  }),
  inputType: DOUBLE,
};

/** Golden vectors. Every set must have a group for every operator that accepts its type. */
export const VECTORS: readonly VectorSet[] = [
  {
    ...plain(INT64),
    groups: [
      {
        name: 'nulls between',
        x: [null, 2, null, 3],
        expected: { SUM: 5, COUNT: 2, 'COUNT(*)': 4, MIN: 2, MAX: 3, AVG: 2.5, MEDIAN: 2.5, COUNT_DISTINCT: 2 },
      },
      {
        name: 'only nulls',
        x: [null, null],
        expected: {
          SUM: null,
          COUNT: 0,
          'COUNT(*)': 2,
          MIN: null,
          MAX: null,
          AVG: null,
          MEDIAN: null,
          COUNT_DISTINCT: 0,
        },
      },
      {
        name: 'ties',
        x: [5, 1, 5, 1, 5],
        expected: { SUM: 17, COUNT: 5, 'COUNT(*)': 5, MIN: 1, MAX: 5, AVG: 3.4, MEDIAN: 5, COUNT_DISTINCT: 2 },
      },
      {
        name: 'one row',
        x: [-7],
        expected: { SUM: -7, COUNT: 1, 'COUNT(*)': 1, MIN: -7, MAX: -7, AVG: -7, MEDIAN: -7, COUNT_DISTINCT: 1 },
      },
      {
        name: 'all equal',
        x: [3, 3, 3, 3],
        expected: { SUM: 12, COUNT: 4, 'COUNT(*)': 4, MIN: 3, MAX: 3, AVG: 3, MEDIAN: 3, COUNT_DISTINCT: 1 },
      },
      {
        name: 'beyond 2^53',
        x: [9_007_199_254_740_993n, 1, 2],
        expected: {
          SUM: 9_007_199_254_740_996n,
          COUNT: 3,
          'COUNT(*)': 3,
          MIN: 1,
          MAX: 9_007_199_254_740_993n,
          AVG: 3_002_399_751_580_332,
          MEDIAN: 2,
          COUNT_DISTINCT: 3,
        },
      },
      {
        name: 'a sum that passes 64 bits on the way',
        x: [MAX, MAX, -MAX, -MAX, 4],
        expected: { SUM: 4, COUNT: 5, 'COUNT(*)': 5, MIN: -MAX, MAX, AVG: 0.8, MEDIAN: 4, COUNT_DISTINCT: 3 },
      },
      {
        name: 'neighbours that are one as doubles',
        x: [MAX, MAX - 1n],
        expected: { COUNT: 2, 'COUNT(*)': 2, MIN: MAX - 1n, MAX, COUNT_DISTINCT: 2 },
      },
    ],
  },
  {
    ...plain(decimal(2)),
    groups: [
      {
        name: 'cents',
        x: [10, 20, 1, null],
        expected: { SUM: 31, COUNT: 3, 'COUNT(*)': 4, MIN: 1, MAX: 20, AVG: 0.31 / 3, MEDIAN: 0.1, COUNT_DISTINCT: 3 },
      },
    ],
  },
  {
    ...plain(DOUBLE),
    groups: [
      {
        name: 'nulls between',
        x: [0.5, null, 1.25],
        expected: {
          SUM: 1.75,
          COUNT: 2,
          'COUNT(*)': 3,
          MIN: 0.5,
          MAX: 1.25,
          AVG: 0.875,
          MEDIAN: 0.875,
          COUNT_DISTINCT: 2,
        },
      },
      {
        name: 'only nulls',
        x: [null],
        expected: {
          SUM: null,
          COUNT: 0,
          'COUNT(*)': 1,
          MIN: null,
          MAX: null,
          AVG: null,
          MEDIAN: null,
          COUNT_DISTINCT: 0,
        },
      },
      {
        name: 'cancelling',
        x: [1e16, 1, -1e16, 2],
        expected: { SUM: 3, COUNT: 4, 'COUNT(*)': 4, MIN: -1e16, MAX: 1e16, MEDIAN: 1.5, COUNT_DISTINCT: 4 },
      },
      {
        name: 'tenths',
        x: [0.1, 0.2, 0.3],
        expected: { SUM: 0.6, COUNT: 3, 'COUNT(*)': 3, MIN: 0.1, MAX: 0.3, AVG: 0.2, MEDIAN: 0.2, COUNT_DISTINCT: 3 },
      },
    ],
  },
  {
    ...QUOTIENT,
    groups: [
      {
        name: 'not a number, and infinite',
        x: [0, 1, -1, 6],
        y: [0, 0, 0, 4],
        expected: { SUM: 1.5, COUNT: 1, 'COUNT(*)': 4, MIN: 1.5, MAX: 1.5, AVG: 1.5, MEDIAN: 1.5, COUNT_DISTINCT: 1 },
      },
      {
        name: 'minus zero is zero',
        x: [0, 0],
        y: [-1, 1],
        expected: { SUM: 0, COUNT: 2, 'COUNT(*)': 2, MIN: 0, MAX: 0, AVG: 0, MEDIAN: 0, COUNT_DISTINCT: 1 },
      },
    ],
  },
  {
    ...plain(TEXT),
    groups: [
      {
        name: 'by code point',
        x: ['\u{1f600}', '\uff5e', null, 'b', 'B', 'b'],
        expected: { COUNT: 5, 'COUNT(*)': 6, MIN: 'B', MAX: '\u{1f600}', COUNT_DISTINCT: 4 },
      },
      { name: 'empty', x: ['', null], expected: { COUNT: 1, 'COUNT(*)': 2, MIN: '', MAX: '', COUNT_DISTINCT: 1 } },
    ],
  },
  {
    ...plain(DAY),
    groups: [
      {
        name: 'before and after 1970',
        x: [-1, 19_782, null, -1],
        expected: { COUNT: 3, 'COUNT(*)': 4, MIN: -1, MAX: 19_782, COUNT_DISTINCT: 2 },
      },
    ],
  },
  {
    ...plain(BOOL),
    groups: [
      { name: 'three-valued', x: [true, null, false, true], expected: { COUNT: 3, 'COUNT(*)': 4, COUNT_DISTINCT: 2 } },
    ],
  },
];
