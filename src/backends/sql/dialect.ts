import type { CalendarLevel } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { ArithmeticOperator, ComparisonOperator } from '../../operators/expression.ts';
import type { NumberFunction } from '../../operators/functions.ts';
import type { BackendState, Merge } from '../../operators/state.ts';
import type { BackendName } from '../../protocol/backend.ts';

/** States that have columns. */
export type ValueState = Exclude<BackendState, 'coordinates'>;

/** How their parts merge. */
export type ValueMerge = Extract<Merge, 'add' | 'min' | 'max'>;

/** Functions of doubles. */
export type RealFunction = Exclude<NumberFunction, 'MOD'>;

/** What is known of the exact numbers that a state aggregates; of all else it says `safe`. */
export interface Integers {
  /** `safe`: at most 2^53 − 1 in magnitude. `int64`: fits 64 bits. `wide`: stands in the wide form. */
  readonly each: 'safe' | 'int64' | 'wide';
  /** The same of the sum over all rows; `beyond`: it may not fit 64 bits. */
  readonly total: 'safe' | 'int64' | 'beyond';
}

/** Exact integers that may not fit 64 bits, in a form of their own: their arithmetic never wraps and loses no digit. */
export interface WideIntegers {
  /** An integer of 64 bits in the wide form. */
  readonly of: (sql: string) => string;
  readonly literal: (value: bigint) => string;
  /** × 10^digits, digits > 0. */
  readonly rescale: (sql: string, digits: number) => string;
  readonly arithmetic: (operator: Exclude<ArithmeticOperator, '/'>, left: string, right: string) => string;
  readonly negate: (sql: string) => string;
  readonly compare: (operator: ComparisonOperator, left: string, right: string) => string;
  /** The largest integer ≤ 10^−digits units, digits > 0; in the wide form too. */
  readonly floor: (sql: string, digits: number) => string;
  /** The remainder with the sign of the dividend; NULL where the divisor is 0. */
  readonly modulo: (left: string, right: string) => string;
  /** The double nearest to 10^−digits units. */
  readonly toDouble: (sql: string, digits: number) => string;
}

/**
 * How one database spells what the generator says. Every member is a pure function from SQL text to SQL text; each takes
 * and gives operands that need no further brackets. Text columns may be stored in a coded form (e.g. an enumeration):
 * grouped, counted and merged as they are, `text` gives the form that is compared and joined.
 */
export interface Dialect {
  readonly name: BackendName;
  /** A quoted identifier, whatever the name holds. */
  readonly identifier: (name: string) => string;
  /** A typed literal; exact numbers are integers of units. */
  readonly literal: (value: Scalar | null, type: LogicalType) => string;
  /** A text column in the form whose `=` and `<` go by code point. */
  readonly text: (sql: string) => string;
  readonly wide: WideIntegers;
  /** An integer × 10^digits, digits > 0, where the result fits 64 bits. */
  readonly rescale: (sql: string, digits: number) => string;
  /** Sums, differences and products of integers that fit 64 bits, or of doubles (then not yet made finite). */
  readonly arithmetic: (operator: ArithmeticOperator, left: string, right: string) => string;
  readonly negate: (sql: string) => string;
  /** The largest integer ≤ 10^−digits units of 64 bits, digits > 0. */
  readonly floor: (sql: string, digits: number) => string;
  /** The remainder of integers of 64 bits with the sign of the dividend, which is not −2^63; NULL where the divisor is 0. */
  readonly modulo: (left: string, right: string) => string;
  /** Of doubles that are finite or NULL: such a double, NULL where the function is not defined. */
  readonly real: Readonly<Record<RealFunction, (...args: readonly string[]) => string>>;
  /** The double nearest to an integer of 10^−digits units. */
  readonly toDouble: (sql: string, digits: number) => string;
  /** The double, NULL where it is not finite; −0 becomes 0. */
  readonly finite: (sql: string) => string;
  /** First day of the period that holds a date; ISO weeks. */
  readonly periodStart: (sql: string, level: CalendarLevel) => string;
  /** Aggregates of a state over rows, one for each of its columns; not yet in the form of a result. */
  readonly aggregate: Readonly<Record<ValueState, (input: string, integers: Integers) => readonly string[]>>;
  /** One aggregate over states of parts. */
  readonly merge: Readonly<Record<ValueMerge, (state: string, integers: Integers) => string>>;
  /**
   * A finished aggregate in the form of a result column of the type; `zero` gives 0 in place of NULL. `isSafe`: it is no
   * exact number beyond 2^53 − 1.
   */
  readonly result: (sql: string, type: LogicalType, empty: 'null' | 'zero', isSafe: boolean) => string;
  /**
   * A statement that gives a function's table as `child` and `parent`, one row a child. There is at least one pair, a
   * child once and none of them NULL; `isWide`: parents are exact numbers in the wide form.
   */
  readonly pairs: (
    pairs: ReadonlyMap<Scalar, Scalar>,
    child: LogicalType,
    parent: LogicalType,
    isWide: boolean,
  ) => string;
  /** Whether a value is among others of its type, at least one; `isWide`: it is an exact number in the wide form. */
  readonly isAmong: (sql: string, values: readonly Scalar[], type: LogicalType, isWide: boolean) => string;
  /** A key in the form of a result column; `isSafe` as above. */
  readonly key: (sql: string, type: LogicalType, isSafe: boolean) => string;
  /** A text in its coded form as its place among the values of that form, from 0; NULL stays NULL. */
  readonly code: (sql: string) => string;
}
