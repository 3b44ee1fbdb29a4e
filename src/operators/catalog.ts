import { fingerprint } from '../canon/fingerprint.ts';
import { BOOL, DOUBLE, exactDigits, INT64, type LogicalType, type TypeKind } from '../columns/logical-type.ts';
import { arithmeticType, MAX_DIGITS } from './arithmetic.ts';
import type { Expression } from './expression.ts';
import { branch, integer } from './functions/build.ts';
import { type CombiningState, STATES, type StateArgument, type StateName } from './state.ts';

export type OperatorName =
  | 'SUM'
  | 'COUNT'
  | 'COUNT(*)'
  | 'MIN'
  | 'MAX'
  | 'AVG'
  | 'VAR_POP'
  | 'VAR_SAMP'
  | 'STDDEV_POP'
  | 'STDDEV_SAMP'
  | 'BOOL_AND'
  | 'BOOL_OR'
  | 'PRODUCT'
  | 'FIRST'
  | 'LAST'
  | 'MEDIAN'
  | 'QUANTILE'
  | 'MODE'
  | 'COUNT_DISTINCT'
  | 'WEIGHTED_AVG'
  | 'APPROX_DISTINCT'
  | 'APPROX_QUANTILE';

/** How an operator's value follows from its state columns, in the order of its states and of their columns. */
export type Finish =
  /** The one state column, as it is; exact sums outside int64 are OVERFLOW. */
  | 'state'
  /** sum ÷ count, one division; NULL where count is 0. WEIGHTED_AVG: weighted sum ÷ sum of weights. */
  | 'mean'
  /** (low + high) ÷ 2, one division. */
  | 'midpoint'
  /** low + (high − low) × the fraction of (count − 1) × q: type 7 of Hyndman and Fan 1996. */
  | 'interpolated'
  /** From (count, sum, sum of squares), exact until one division; or from `moments`. */
  | 'variance_pop'
  | 'variance_samp'
  | 'deviation_pop'
  | 'deviation_samp'
  /** Whether the extreme of 0 and 1 is 1. */
  | 'truth'
  /** mantissa × 2^exponent. */
  | 'scaled'
  /** The value column of `first` or `last`. */
  | 'period'
  /** Estimates of sketches. */
  | 'distinct_estimate'
  | 'quantile_estimate';

/** What stands in brackets after an operator, typed. */
export interface OperatorInput {
  /** null: the rows (`COUNT(*)`). */
  readonly value: Expression | null;
  readonly weight: Expression | null;
  readonly q: number | null;
  /** The input that orders rows, for FIRST and LAST. */
  readonly order: { readonly name: string; readonly type: LogicalType } | null;
  /** How rows of one period merge; null: there is one row a period. */
  readonly combine: CombiningState | null;
  /** Whether Σx² of exact numbers is proven to fit 127 bits. */
  readonly squaresFit: boolean;
}

/** One state of an operator: which, with what argument, of what. */
export interface StateUse {
  readonly state: StateName;
  readonly argument: StateArgument | null;
  readonly input: Expression | null;
}

/** An argument after the first. */
export type OperatorParameter = 'weight' | 'q';

export interface OperatorDefinition {
  readonly name: OperatorName;
  /** The word of the default output name `op_x`. */
  readonly word: string;
  readonly accepts: readonly TypeKind[];
  readonly parameters: readonly OperatorParameter[];
  /** Whether rows must be in an order: FIRST and LAST take `order` and `combine`. */
  readonly isOrdered: boolean;
  readonly result: (input: LogicalType) => LogicalType;
  /** The states that it may be finished from. */
  readonly stateNames: readonly StateName[];
  readonly states: (input: OperatorInput) => readonly StateUse[];
  readonly finish: Finish;
  /** Value over no rows (and where a series has no rows at a coordinate). */
  readonly empty: 'null' | 'zero';
  /** Applies to a family only if the family lists it (its parts may be blocked along a dimension family). */
  readonly mustBeListed: boolean;
  /** Of an estimate how far it may be off, in words; null: it is no estimate. */
  readonly error: string | null;
  /** What it makes of NULLs, in words. */
  readonly nulls: string;
  readonly doc: string;
}

const NUMERIC: readonly TypeKind[] = ['int64', 'decimal', 'double'];
const ORDERED: readonly TypeKind[] = ['text', 'int64', 'decimal', 'double', 'date'];
const ANY: readonly TypeKind[] = ['text', 'int64', 'decimal', 'double', 'bool', 'date'];

const same = (input: LogicalType) => input;
const toInteger = () => INT64;
const toDouble = () => DOUBLE;
const toBool = () => BOOL;

/** One state of the value itself. */
const plain =
  (...states: readonly StateName[]): OperatorDefinition['states'] =>
  ({ value }) =>
    states.map((state) => ({ state, argument: null, input: STATES[state].hasInput ? value : null }));

const SKIPPED = 'skipped';

/** What the four measures of spread share. */
const SPREAD = {
  accepts: NUMERIC,
  parameters: [],
  isOrdered: false,
  result: toDouble,
  stateNames: ['count', 'sum', 'moments'],
  states: spreadStates,
  empty: 'null',
  mustBeListed: false,
  error: null,
  nulls: SKIPPED,
} as const;

/** L1: every operator, once. */
export const OPERATORS: { readonly [Name in OperatorName]: OperatorDefinition & { readonly name: Name } } = {
  SUM: {
    name: 'SUM',
    word: 'sum',
    accepts: NUMERIC,
    parameters: [],
    isOrdered: false,
    result: same,
    stateNames: ['sum'],
    states: plain('sum'),
    finish: 'state',
    empty: 'null',
    mustBeListed: true,
    error: null,
    nulls: `${SKIPPED}; over none NULL`,
    doc: 'Sum of the values. Keeps the type; exact for int64 and decimal.',
  },
  COUNT: {
    name: 'COUNT',
    word: 'count',
    accepts: ANY,
    parameters: [],
    isOrdered: false,
    result: toInteger,
    stateNames: ['count'],
    states: plain('count'),
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    error: null,
    nulls: 'not counted',
    doc: 'Number of values that are not NULL.',
  },
  'COUNT(*)': {
    name: 'COUNT(*)',
    word: 'count',
    accepts: ANY,
    parameters: [],
    isOrdered: false,
    result: toInteger,
    stateNames: ['rows'],
    states: plain('rows'),
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    error: null,
    nulls: 'rows are counted whatever they hold',
    doc: 'Number of rows.',
  },
  MIN: {
    name: 'MIN',
    word: 'min',
    accepts: ORDERED,
    parameters: [],
    isOrdered: false,
    result: same,
    stateNames: ['min'],
    states: plain('min'),
    finish: 'state',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Smallest value; text by code point.',
  },
  MAX: {
    name: 'MAX',
    word: 'max',
    accepts: ORDERED,
    parameters: [],
    isOrdered: false,
    result: same,
    stateNames: ['max'],
    states: plain('max'),
    finish: 'state',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Largest value; text by code point.',
  },
  AVG: {
    name: 'AVG',
    word: 'avg',
    accepts: NUMERIC,
    parameters: [],
    isOrdered: false,
    result: toDouble,
    stateNames: ['sum', 'count'],
    states: plain('sum', 'count'),
    finish: 'mean',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Mean of the values: their exact sum divided once by their number.',
  },
  VAR_POP: {
    ...SPREAD,
    name: 'VAR_POP',
    word: 'var_pop',
    finish: 'variance_pop',
    doc: 'Mean of the squared distances from the mean; of one value 0.',
  },
  VAR_SAMP: {
    ...SPREAD,
    name: 'VAR_SAMP',
    word: 'var_samp',
    finish: 'variance_samp',
    doc: 'The same divided by one less than the number of values; of one value NULL.',
  },
  STDDEV_POP: {
    ...SPREAD,
    name: 'STDDEV_POP',
    word: 'stddev_pop',
    finish: 'deviation_pop',
    doc: 'Square root of VAR_POP.',
  },
  STDDEV_SAMP: {
    ...SPREAD,
    name: 'STDDEV_SAMP',
    word: 'stddev_samp',
    finish: 'deviation_samp',
    doc: 'Square root of VAR_SAMP.',
  },
  BOOL_AND: {
    name: 'BOOL_AND',
    word: 'bool_and',
    accepts: ['bool'],
    parameters: [],
    isOrdered: false,
    result: toBool,
    stateNames: ['min'],
    states: truthStates('min'),
    finish: 'truth',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Whether every value is TRUE.',
  },
  BOOL_OR: {
    name: 'BOOL_OR',
    word: 'bool_or',
    accepts: ['bool'],
    parameters: [],
    isOrdered: false,
    result: toBool,
    stateNames: ['max'],
    states: truthStates('max'),
    finish: 'truth',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Whether any value is TRUE.',
  },
  PRODUCT: {
    name: 'PRODUCT',
    word: 'product',
    accepts: NUMERIC,
    parameters: [],
    isOrdered: false,
    result: toDouble,
    stateNames: ['product'],
    states: plain('product'),
    finish: 'scaled',
    empty: 'null',
    mustBeListed: true,
    error: null,
    nulls: SKIPPED,
    doc: 'Product of the values, in doubles; NULL where it is beyond them.',
  },
  FIRST: {
    name: 'FIRST',
    word: 'first',
    accepts: ORDERED,
    parameters: [],
    isOrdered: true,
    result: same,
    stateNames: ['first'],
    states: periodStates('first'),
    finish: 'period',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: `${SKIPPED}, as are rows without a period`,
    doc: 'Value at the first period of the cell; rows of that period merge by `combine`.',
  },
  LAST: {
    name: 'LAST',
    word: 'last',
    accepts: ORDERED,
    parameters: [],
    isOrdered: true,
    result: same,
    stateNames: ['last'],
    states: periodStates('last'),
    finish: 'period',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: `${SKIPPED}, as are rows without a period`,
    doc: 'Value at the last period of the cell; rows of that period merge by `combine`.',
  },
  MEDIAN: {
    name: 'MEDIAN',
    word: 'median',
    accepts: NUMERIC,
    parameters: [],
    isOrdered: false,
    result: toDouble,
    stateNames: ['median'],
    states: plain('median'),
    finish: 'midpoint',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Middle of the values; the mean of the two middle ones where their number is even.',
  },
  QUANTILE: {
    name: 'QUANTILE',
    word: 'quantile',
    accepts: NUMERIC,
    parameters: ['q'],
    isOrdered: false,
    result: toDouble,
    stateNames: ['quantile'],
    states: ({ value, q }) => [{ state: 'quantile', argument: { kind: 'quantile', q: q ?? 0.5 }, input: value }],
    finish: 'interpolated',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'QUANTILE(x, q), 0 ≤ q ≤ 1: interpolated between the two nearest values (type 7 of Hyndman and Fan 1996).',
  },
  MODE: {
    name: 'MODE',
    word: 'mode',
    accepts: ORDERED,
    parameters: [],
    isOrdered: false,
    result: same,
    stateNames: ['mode'],
    states: plain('mode'),
    finish: 'state',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: SKIPPED,
    doc: 'Most frequent value; of several the smallest.',
  },
  COUNT_DISTINCT: {
    name: 'COUNT_DISTINCT',
    word: 'count_distinct',
    accepts: ANY,
    parameters: [],
    isOrdered: false,
    result: toInteger,
    stateNames: ['distinct'],
    states: plain('distinct'),
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    error: null,
    nulls: 'not counted',
    doc: 'Number of distinct values.',
  },
  WEIGHTED_AVG: {
    name: 'WEIGHTED_AVG',
    word: 'weighted_avg',
    accepts: NUMERIC,
    parameters: ['weight'],
    isOrdered: false,
    result: toDouble,
    stateNames: ['sum'],
    states: weightedStates,
    finish: 'mean',
    empty: 'null',
    mustBeListed: false,
    error: null,
    nulls: 'rows where value or weight is NULL are skipped',
    doc: 'WEIGHTED_AVG(x, w): Σ(x × w) ÷ Σw; NULL where Σw is 0.',
  },
  APPROX_DISTINCT: {
    name: 'APPROX_DISTINCT',
    word: 'approx_distinct',
    accepts: ANY,
    parameters: [],
    isOrdered: false,
    result: toInteger,
    stateNames: ['hyperloglog'],
    states: plain('hyperloglog'),
    finish: 'distinct_estimate',
    empty: 'zero',
    mustBeListed: false,
    error: 'standard error 1.6 % (HyperLogLog, 4,096 registers)',
    nulls: 'not counted',
    doc: 'Estimated number of distinct values: HyperLogLog, 4,096 registers, standard error 1.6 %.',
  },
  APPROX_QUANTILE: {
    name: 'APPROX_QUANTILE',
    word: 'approx_quantile',
    accepts: NUMERIC,
    parameters: ['q'],
    isOrdered: false,
    result: toDouble,
    stateNames: ['ddsketch'],
    // q is not part of the state: one sketch answers every q.
    states: plain('ddsketch'),
    finish: 'quantile_estimate',
    empty: 'null',
    mustBeListed: false,
    error: 'within 1 % of the value (DDSketch)',
    nulls: SKIPPED,
    doc: 'APPROX_QUANTILE(x, q): DDSketch, within 1 % of the value that stands at q.',
  },
};

/** The operator of a name as a person writes it in a call, case-insensitive; `COUNT(*)` is asked for as such. */
export function operatorNamed(name: string): OperatorDefinition | undefined {
  const upper = name.toUpperCase();
  return Object.values(OPERATORS).find((operator) => operator.name === upper);
}

/** Whether every state of the operator merges, so that its value over a whole follows from any partition. */
export function rollsUp(operator: OperatorDefinition): boolean {
  return operator.stateNames.every((state) => STATES[state].merge !== null);
}

/** The type whose values a square has; undefined where it would need too many digits. */
export function squareType(type: LogicalType): LogicalType | undefined {
  return arithmeticType('*', type, type);
}

/** Exact sums where they are proven to fit, else moments in doubles. */
function spreadStates({ value, squaresFit }: OperatorInput): readonly StateUse[] {
  if (value === null) return [];
  const type = squareType(value.type);
  const digits = exactDigits(value.type);
  if (type === undefined || digits === undefined || digits * 2 > MAX_DIGITS || !squaresFit) {
    return [{ state: 'moments', argument: null, input: value }];
  }
  const square: Expression = { kind: 'arithmetic', operator: '*', left: value, right: value, type };
  return [
    { state: 'count', argument: null, input: value },
    { state: 'sum', argument: null, input: value },
    { state: 'sum', argument: null, input: square },
  ];
}

/** Σ(x × w) and Σw, both over the rows where neither is NULL. */
function weightedStates({ value, weight }: OperatorInput): readonly StateUse[] {
  if (value === null || weight === null) return [];
  const type = arithmeticType('*', value.type, weight.type) ?? DOUBLE;
  const product: Expression = { kind: 'arithmetic', operator: '*', left: value, right: weight, type };
  const isNull: Expression = { kind: 'isNull', operand: value, type: BOOL };
  const counted: Expression = {
    kind: 'case',
    branches: [branch({ kind: 'not', operand: isNull, type: BOOL }, weight)],
    otherwise: null,
    type: weight.type,
  };
  return [
    { state: 'sum', argument: null, input: product },
    { state: 'sum', argument: null, input: counted },
  ];
}

/** TRUE as 1 and FALSE as 0, so that a state of integers holds them. */
function truthStates(state: 'min' | 'max'): OperatorDefinition['states'] {
  return ({ value }) => {
    if (value === null) return [];
    const input: Expression = {
      kind: 'case',
      branches: [branch(value, integer(1)), branch({ kind: 'not', operand: value, type: BOOL }, integer(0))],
      otherwise: null,
      type: INT64,
    };
    return [{ state, argument: null, input }];
  };
}

/** The rows of a period merge by `combine`; where there is one row a period, whatever keeps it will do. */
function periodStates(state: 'first' | 'last'): OperatorDefinition['states'] {
  return ({ value, order, combine }) => {
    if (order === null) return [];
    const argument: StateArgument = {
      kind: 'period',
      order: order.name,
      orderType: order.type,
      combine: combine ?? 'max',
    };
    return [{ state, argument, input: value }];
  };
}

/** Fingerprint of L1: names, accepted types, states, finish and null rules; documentation is left out. */
export function operatorsHash(): string {
  return fingerprint(
    'operators',
    Object.values(OPERATORS).map(
      ({ name, accepts, parameters, isOrdered, stateNames, finish, empty, mustBeListed }) => ({
        name,
        accepts,
        parameters,
        isOrdered,
        stateNames,
        finish,
        empty,
        mustBeListed,
        merges: stateNames.map((state) => STATES[state].merge),
      }),
    ),
  );
}
