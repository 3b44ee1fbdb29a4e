import { fingerprint } from '../canon/fingerprint.ts';
import { DOUBLE, INT64, type LogicalType, type TypeKind } from '../columns/logical-type.ts';
import { STATES, type StateName } from './state.ts';

export type OperatorName = 'SUM' | 'COUNT' | 'COUNT(*)' | 'MIN' | 'MAX' | 'AVG' | 'MEDIAN' | 'COUNT_DISTINCT';

/** How an operator's value follows from its state columns, in the order of `states`. */
export type Finish =
  /** The one state column, as it is; exact sums outside int64 are OVERFLOW. */
  | 'state'
  /** sum ÷ count, one division; NULL where count is 0. */
  | 'mean'
  /** (low + high) ÷ 2, one division. */
  | 'midpoint';

export interface OperatorDefinition {
  readonly name: OperatorName;
  /** The word of the default output name `op_x`. */
  readonly word: string;
  readonly accepts: readonly TypeKind[];
  readonly result: (input: LogicalType) => LogicalType;
  readonly states: readonly StateName[];
  readonly finish: Finish;
  /** Value over no rows (and where a series has no rows at a coordinate). */
  readonly empty: 'null' | 'zero';
  /** Applies to a family only if the family lists it (its parts may be blocked along a dimension family). */
  readonly mustBeListed: boolean;
  readonly doc: string;
}

const NUMERIC: readonly TypeKind[] = ['int64', 'decimal', 'double'];
const ORDERED: readonly TypeKind[] = ['text', 'int64', 'decimal', 'double', 'date'];
const ANY: readonly TypeKind[] = ['text', 'int64', 'decimal', 'double', 'bool', 'date'];

const same = (input: LogicalType) => input;
const toInteger = () => INT64;
const toDouble = () => DOUBLE;

/** L1: every operator, once. */
export const OPERATORS: { readonly [Name in OperatorName]: OperatorDefinition & { readonly name: Name } } = {
  SUM: {
    name: 'SUM',
    word: 'sum',
    accepts: NUMERIC,
    result: same,
    states: ['sum'],
    finish: 'state',
    empty: 'null',
    mustBeListed: true,
    doc: 'Sum of the non-null values; NULL over none. Keeps the type; exact for int64 and decimal.',
  },
  COUNT: {
    name: 'COUNT',
    word: 'count',
    accepts: ANY,
    result: toInteger,
    states: ['count'],
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    doc: 'Number of non-null values.',
  },
  'COUNT(*)': {
    name: 'COUNT(*)',
    word: 'count',
    accepts: ANY,
    result: toInteger,
    states: ['rows'],
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    doc: 'Number of rows.',
  },
  MIN: {
    name: 'MIN',
    word: 'min',
    accepts: ORDERED,
    result: same,
    states: ['min'],
    finish: 'state',
    empty: 'null',
    mustBeListed: false,
    doc: 'Smallest non-null value; text by code point.',
  },
  MAX: {
    name: 'MAX',
    word: 'max',
    accepts: ORDERED,
    result: same,
    states: ['max'],
    finish: 'state',
    empty: 'null',
    mustBeListed: false,
    doc: 'Largest non-null value; text by code point.',
  },
  AVG: {
    name: 'AVG',
    word: 'avg',
    accepts: NUMERIC,
    result: toDouble,
    states: ['sum', 'count'],
    finish: 'mean',
    empty: 'null',
    mustBeListed: false,
    doc: 'Mean of the non-null values: their exact sum divided once by their number.',
  },
  MEDIAN: {
    name: 'MEDIAN',
    word: 'median',
    accepts: NUMERIC,
    result: toDouble,
    states: ['median'],
    finish: 'midpoint',
    empty: 'null',
    mustBeListed: false,
    doc: 'Middle of the non-null values; the mean of the two middle ones where their number is even. Never rolls up.',
  },
  COUNT_DISTINCT: {
    name: 'COUNT_DISTINCT',
    word: 'count_distinct',
    accepts: ANY,
    result: toInteger,
    states: ['distinct'],
    finish: 'state',
    empty: 'zero',
    mustBeListed: false,
    doc: 'Number of distinct non-null values. Never rolls up.',
  },
};

/** The operator of a name as a person writes it in a call, case-insensitive; `COUNT(*)` is asked for as such. */
export function operatorNamed(name: string): OperatorDefinition | undefined {
  const upper = name.toUpperCase();
  return Object.values(OPERATORS).find((operator) => operator.name === upper);
}

/** Whether every state of the operator merges, so that its value over a whole follows from any partition. */
export function rollsUp(operator: OperatorDefinition): boolean {
  return operator.states.every((state) => STATES[state].merge !== null);
}

/** Fingerprint of L1: names, accepted types, states, finish and null rules; documentation is left out. */
export function operatorsHash(): string {
  return fingerprint(
    'operators',
    Object.values(OPERATORS).map(({ name, accepts, states, finish, empty, mustBeListed }) => ({
      name,
      accepts,
      states,
      finish,
      empty,
      mustBeListed,
      merges: states.map((state) => STATES[state].merge),
    })),
  );
}
