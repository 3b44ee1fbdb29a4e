import { DOUBLE, INT64, type LogicalType, TEXT } from '../columns/logical-type.ts';

/** States that a backend computes. */
export type BackendState = 'sum' | 'count' | 'rows' | 'min' | 'max' | 'median' | 'distinct' | 'coordinates';

/**
 * States that the engine worker makes of rows that a backend has grouped: of (anchor, value, count) rows, in ascending
 * order of the values, or of (anchor, order, state) rows.
 */
export type FoldedState = 'product' | 'mode' | 'quantile' | 'moments' | 'hyperloglog' | 'ddsketch' | 'first' | 'last';

/** What is computed per group. An operator is finished from one or more states; a state is the unit that is stored. */
export type StateName = BackendState | FoldedState;

/** What a state needs to be told beside its input. Plain data: part of an entry's key. */
export type StateArgument =
  | { readonly kind: 'quantile'; readonly q: number }
  /** `first` and `last`: the input that orders rows, and the state that rows of one period merge in. */
  | {
      readonly kind: 'period';
      readonly order: string;
      readonly orderType: LogicalType;
      readonly combine: CombiningState;
    };

/** States of one column that rows of one period merge in. */
export type CombiningState = 'sum' | 'min' | 'max';

/** How two states of one group become the state of their union. */
export type Merge =
  | 'add'
  | 'min'
  | 'max'
  | 'union'
  | 'multiply'
  | 'moments'
  | 'hyperloglog'
  | 'ddsketch'
  /** The state of the earlier or later period; those of one period combine. */
  | 'first'
  | 'last';

export interface StateDefinition {
  readonly name: StateName;
  /** Whether it reads an input expression; `rows` and `coordinates` do not. */
  readonly hasInput: boolean;
  /** `backend`: computed there. `values`: folded from (anchor, value, count) rows. `periods`: from (anchor, order, state) rows. */
  readonly madeOf: 'backend' | 'values' | 'periods';
  /** The state's columns for an input of a type (any type where it has none). Names are unique within the state. */
  readonly columns: (
    input: LogicalType,
    argument: StateArgument | null,
  ) => readonly { readonly name: string; readonly type: LogicalType }[];
  /** null: two states cannot be merged, so the state never rolls up. */
  readonly merge: Merge | null;
  /** Value over no rows. */
  readonly empty: 'null' | 'zero';
  readonly doc: string;
}

const own = (name: string) => (input: LogicalType) => [{ name, type: input }];
const integer = (name: string) => () => [{ name, type: INT64 }];

/** Columns of `first` and `last`: the period, and the combining state of its rows. */
const periodColumns: StateDefinition['columns'] = (input, argument) => {
  if (argument?.kind !== 'period') throw new RangeError('state: first and last need an order');
  return [
    { name: 'order', type: argument.orderType },
    { name: 'value', type: input },
  ];
};

/** One row a state. NULL inputs are skipped by every state; all but `count`, `rows` and `distinct` are NULL of none. */
export const STATES: { readonly [Name in StateName]: StateDefinition & { readonly name: Name } } = {
  sum: {
    name: 'sum',
    hasInput: true,
    madeOf: 'backend',
    columns: own('sum'),
    merge: 'add',
    empty: 'null',
    doc: 'Sum of the non-null inputs; exact (128-bit while aggregating) for int64 and decimal.',
  },
  count: {
    name: 'count',
    hasInput: true,
    madeOf: 'backend',
    columns: integer('count'),
    merge: 'add',
    empty: 'zero',
    doc: 'Number of non-null inputs.',
  },
  rows: {
    name: 'rows',
    hasInput: false,
    madeOf: 'backend',
    columns: integer('rows'),
    merge: 'add',
    empty: 'zero',
    doc: 'Number of rows.',
  },
  min: {
    name: 'min',
    hasInput: true,
    madeOf: 'backend',
    columns: own('min'),
    merge: 'min',
    empty: 'null',
    doc: 'Smallest non-null input.',
  },
  max: {
    name: 'max',
    hasInput: true,
    madeOf: 'backend',
    columns: own('max'),
    merge: 'max',
    empty: 'null',
    doc: 'Largest non-null input.',
  },
  median: {
    name: 'median',
    hasInput: true,
    madeOf: 'backend',
    columns: (input) => [
      { name: 'low', type: input },
      { name: 'high', type: input },
    ],
    merge: null,
    empty: 'null',
    doc: 'The two middle order statistics of the non-null inputs; equal where their number is odd.',
  },
  distinct: {
    name: 'distinct',
    hasInput: true,
    madeOf: 'backend',
    columns: integer('distinct'),
    merge: null,
    empty: 'zero',
    doc: 'Number of distinct non-null inputs.',
  },
  coordinates: {
    name: 'coordinates',
    hasInput: false,
    madeOf: 'backend',
    columns: () => [],
    merge: 'union',
    empty: 'null',
    doc: 'No column: the coordinates themselves.',
  },
  product: {
    name: 'product',
    hasInput: true,
    madeOf: 'values',
    columns: () => [
      { name: 'mantissa', type: DOUBLE },
      { name: 'exponent', type: INT64 },
    ],
    merge: 'multiply',
    empty: 'null',
    doc: 'Product of the non-null inputs as mantissa × 2^exponent, the mantissa 0 or 1 ≤ |mantissa| < 2: nothing overflows on the way.',
  },
  mode: {
    name: 'mode',
    hasInput: true,
    madeOf: 'values',
    columns: own('mode'),
    merge: null,
    empty: 'null',
    doc: 'The non-null input that occurs most often; of several the smallest.',
  },
  quantile: {
    name: 'quantile',
    hasInput: true,
    madeOf: 'values',
    columns: (input) => [
      { name: 'low', type: input },
      { name: 'high', type: input },
      { name: 'count', type: INT64 },
    ],
    merge: null,
    empty: 'null',
    doc: 'The order statistics on both sides of (count − 1) × q, from 0, and the number of non-null inputs.',
  },
  moments: {
    name: 'moments',
    hasInput: true,
    madeOf: 'values',
    columns: () => [
      { name: 'count', type: INT64 },
      { name: 'mean', type: DOUBLE },
      { name: 'squares', type: DOUBLE },
    ],
    merge: 'moments',
    empty: 'null',
    doc: 'Number, mean and sum of squared distances from the mean, in doubles (Chan, Golub and LeVeque 1979).',
  },
  hyperloglog: {
    name: 'hyperloglog',
    hasInput: true,
    madeOf: 'values',
    columns: () => [{ name: 'sketch', type: TEXT }],
    merge: 'hyperloglog',
    empty: 'null',
    doc: 'HyperLogLog sketch of the distinct non-null inputs (Flajolet et al. 2007) as text.',
  },
  ddsketch: {
    name: 'ddsketch',
    hasInput: true,
    madeOf: 'values',
    columns: () => [{ name: 'sketch', type: TEXT }],
    merge: 'ddsketch',
    empty: 'null',
    doc: 'DDSketch of the non-null inputs (Masson, Rim and Lee 2019) as text.',
  },
  first: {
    name: 'first',
    hasInput: true,
    madeOf: 'periods',
    columns: periodColumns,
    merge: 'first',
    empty: 'null',
    doc: 'The first period with a non-null input, and the combining state of its rows.',
  },
  last: {
    name: 'last',
    hasInput: true,
    madeOf: 'periods',
    columns: periodColumns,
    merge: 'last',
    empty: 'null',
    doc: 'The last period with a non-null input, and the combining state of its rows.',
  },
};

/** Whether the states of parts give the state of the whole. */
export function isMergeable(state: StateName): boolean {
  return STATES[state].merge !== null;
}

/** Whether a backend computes the state itself. */
export function isBackendState(state: StateName): state is BackendState {
  return STATES[state].madeOf === 'backend';
}
