import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { OperatorName } from '../../operators/catalog.ts';
import type { Expression } from '../../operators/expression.ts';

/** A value that an engine must give: exactly, but for doubles, which agree as answers do. */
export type Expected = Scalar | null;

/** One group of rows, and what must be made of it. */
export interface VectorGroup {
  readonly name: string;
  readonly x: readonly Expected[];
  /** Divisors or weights. */
  readonly y?: readonly Expected[];
  /** Days that order the rows. */
  readonly days?: readonly Expected[];
  /** State columns of operators that the backend computes, in the order of their states. */
  readonly expected: Partial<Readonly<Record<OperatorName, readonly Expected[]>>>;
  /** The distinct values and how many rows have each: what operators that fold values are made of. */
  readonly counts?: readonly (readonly [value: Expected, rows: number])[];
  /** The days with the sum of their rows: what FIRST and LAST are made of. */
  readonly periods?: readonly (readonly [day: Expected, sum: Expected])[];
}

/** Inputs of one type whose answers are known. */
export interface VectorSet {
  /** Of the columns x and y. */
  readonly type: LogicalType;
  /** What is aggregated, over columns of these names; and its type. */
  readonly input: (x: string, y: string) => Expression;
  readonly inputType: LogicalType;
  /** Whether sums of squares of exact numbers fit 127 bits; they do unless it says otherwise. */
  readonly squaresFit?: boolean;
  readonly groups: readonly VectorGroup[];
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

/** The states of a group, from which follow those of each operator that is made of them. */
interface GroupStates {
  readonly rows: number;
  readonly count: number;
  readonly distinct: number;
  readonly min?: Expected;
  readonly max?: Expected;
  readonly sum?: Expected;
  /** Sum of squares, of exact numbers. */
  readonly squares?: Expected;
  readonly median?: readonly [low: Expected, high: Expected];
}

function operators({ rows, count, distinct, ...of }: GroupStates): VectorGroup['expected'] {
  const { min, max, sum, squares, median } = of;
  const spread = sum === undefined || squares === undefined ? undefined : [count, sum, squares];
  return {
    COUNT: [count],
    'COUNT(*)': [rows],
    COUNT_DISTINCT: [distinct],
    ...(min === undefined ? {} : { MIN: [min] }),
    ...(max === undefined ? {} : { MAX: [max] }),
    ...(sum === undefined ? {} : { SUM: [sum], AVG: [sum, count] }),
    ...(median === undefined ? {} : { MEDIAN: median }),
    ...(spread === undefined ? {} : { VAR_POP: spread, VAR_SAMP: spread, STDDEV_POP: spread, STDDEV_SAMP: spread }),
  };
}

const NOTHING = {
  count: 0,
  distinct: 0,
  min: null,
  max: null,
  sum: null,
  squares: null,
  median: [null, null],
} as const;

/** Golden vectors. Every operator must have a group of some type that it accepts. */
export const VECTORS: readonly VectorSet[] = [
  {
    ...plain(INT64),
    groups: [
      {
        name: 'nulls between',
        x: [null, 2, null, 3],
        expected: operators({
          rows: 4,
          count: 2,
          distinct: 2,
          min: 2,
          max: 3,
          sum: 5,
          squares: 13,
          median: [2, 3],
        }),
        counts: [
          [null, 2],
          [2, 1],
          [3, 1],
        ],
      },
      { name: 'only nulls', x: [null, null], expected: operators({ rows: 2, ...NOTHING }), counts: [[null, 2]] },
      {
        name: 'ties',
        x: [5, 1, 5, 1, 5],
        expected: operators({
          rows: 5,
          count: 5,
          distinct: 2,
          min: 1,
          max: 5,
          sum: 17,
          squares: 77,
          median: [5, 5],
        }),
        counts: [
          [1, 2],
          [5, 3],
        ],
      },
      {
        name: 'one row',
        x: [-7],
        expected: operators({
          rows: 1,
          count: 1,
          distinct: 1,
          min: -7,
          max: -7,
          sum: -7,
          squares: 49,
          median: [-7, -7],
        }),
      },
      {
        name: 'beyond 2^53',
        x: [9_007_199_254_740_993n, 1, 2],
        expected: operators({
          rows: 3,
          count: 3,
          distinct: 3,
          min: 1,
          max: 9_007_199_254_740_993n,
          sum: 9_007_199_254_740_996n,
          squares: 9_007_199_254_740_993n ** 2n + 5n,
          median: [2, 2],
        }),
        counts: [
          [1, 1],
          [2, 1],
          [9_007_199_254_740_993n, 1],
        ],
      },
      {
        name: 'weights',
        x: [1, 2, null, 4],
        y: [10, null, 5, 20],
        expected: { WEIGHTED_AVG: [90, 30] },
      },
      {
        name: 'days',
        x: [3, 4, null, 5, 6],
        days: [19_782, -1, -1, 19_782, null],
        expected: {},
        periods: [
          [-1, 4],
          [19_782, 8],
          [null, 6],
        ],
      },
    ],
  },
  {
    ...plain(INT64),
    squaresFit: false,
    groups: [
      {
        name: 'a sum that passes 64 bits on the way',
        x: [MAX, MAX, -MAX, -MAX, 4],
        expected: operators({ rows: 5, count: 5, distinct: 3, min: -MAX, max: MAX, sum: 4, median: [4, 4] }),
      },
      {
        name: 'neighbours that are one as doubles',
        x: [MAX, MAX - 1n],
        expected: operators({ rows: 2, count: 2, distinct: 2, min: MAX - 1n, max: MAX }),
        counts: [
          [MAX, 1],
          [MAX - 1n, 1],
        ],
      },
    ],
  },
  {
    ...plain(decimal(2)),
    groups: [
      {
        name: 'cents',
        x: [10, 20, 1, null],
        expected: operators({
          rows: 4,
          count: 3,
          distinct: 3,
          min: 1,
          max: 20,
          sum: 31,
          squares: 501,
          median: [10, 10],
        }),
      },
    ],
  },
  {
    ...plain(DOUBLE),
    groups: [
      {
        name: 'nulls between',
        x: [0.5, null, 1.25],
        expected: operators({ rows: 3, count: 2, distinct: 2, min: 0.5, max: 1.25, sum: 1.75, median: [0.5, 1.25] }),
      },
      {
        name: 'only nulls',
        x: [null],
        expected: operators({
          rows: 1,
          count: 0,
          distinct: 0,
          min: null,
          max: null,
          sum: null,
          median: [null, null],
        }),
      },
      {
        name: 'cancelling',
        x: [1e16, 1, -1e16, 2],
        expected: operators({ rows: 4, count: 4, distinct: 4, min: -1e16, max: 1e16, sum: 3, median: [1, 2] }),
      },
      {
        name: 'tenths',
        x: [0.1, 0.2, 0.3],
        expected: operators({ rows: 3, count: 3, distinct: 3, min: 0.1, max: 0.3, sum: 0.6, median: [0.2, 0.2] }),
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
        expected: operators({ rows: 4, count: 1, distinct: 1, min: 1.5, max: 1.5, sum: 1.5, median: [1.5, 1.5] }),
        counts: [
          [null, 3],
          [1.5, 1],
        ],
      },
      {
        name: 'minus zero is zero',
        x: [0, 0],
        y: [-1, 1],
        expected: operators({ rows: 2, count: 2, distinct: 1, min: 0, max: 0, sum: 0, median: [0, 0] }),
        counts: [[0, 2]],
      },
    ],
  },
  {
    ...plain(TEXT),
    groups: [
      {
        name: 'by code point',
        x: ['\u{1f600}', '\uff5e', null, 'b', 'B', 'b'],
        expected: operators({ rows: 6, count: 5, distinct: 4, min: 'B', max: '\u{1f600}' }),
        counts: [
          ['\u{1f600}', 1],
          ['\uff5e', 1],
          [null, 1],
          ['b', 2],
          ['B', 1],
        ],
      },
      { name: 'empty', x: ['', null], expected: operators({ rows: 2, count: 1, distinct: 1, min: '', max: '' }) },
    ],
  },
  {
    ...plain(DAY),
    groups: [
      {
        name: 'before and after 1970',
        x: [-1, 19_782, null, -1],
        expected: operators({ rows: 4, count: 3, distinct: 2, min: -1, max: 19_782 }),
      },
    ],
  },
  {
    ...plain(BOOL),
    groups: [
      {
        name: 'three-valued',
        x: [true, null, false, true],
        expected: { ...operators({ rows: 4, count: 3, distinct: 2 }), BOOL_AND: [0], BOOL_OR: [1] },
      },
      { name: 'only nulls', x: [null], expected: { BOOL_AND: [null], BOOL_OR: [null] } },
      { name: 'only true', x: [true, null], expected: { BOOL_AND: [1], BOOL_OR: [1] } },
      { name: 'only false', x: [false], expected: { BOOL_AND: [0], BOOL_OR: [0] } },
    ],
  },
];
