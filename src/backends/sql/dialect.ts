import type { CalendarLevel } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { ArithmeticOperator } from '../../operators/expression.ts';
import type { Merge, StateName } from '../../operators/state.ts';
import type { BackendName } from '../../protocol/backend.ts';

/** States that have columns. */
export type ValueState = Exclude<StateName, 'coordinates'>;

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
  /** Exact integers as an integer whose sums and products never wrap. */
  readonly wide: (sql: string) => string;
  /** A wide integer × 10^digits, digits > 0. */
  readonly rescale: (sql: string, digits: number) => string;
  /** Sums, differences and products of wide integers, or of doubles (then not yet made finite). */
  readonly arithmetic: (operator: ArithmeticOperator, left: string, right: string) => string;
  readonly negate: (sql: string) => string;
  /** The double nearest to an exact integer of 10^−digits units. */
  readonly toDouble: (sql: string, digits: number) => string;
  /** The double, NULL where it is not finite; −0 becomes 0. */
  readonly finite: (sql: string) => string;
  /** First day of the period that holds a date; ISO weeks. */
  readonly periodStart: (sql: string, level: CalendarLevel) => string;
  /** Aggregates of a state over rows, one for each of its columns; not yet in the form of a result. */
  readonly aggregate: Readonly<Record<ValueState, (input: string) => readonly string[]>>;
  /** One aggregate over states of parts. Never called for `union`. */
  readonly merge: Readonly<Record<Exclude<Merge, 'union'>, (state: string) => string>>;
  /** A finished aggregate in the form of a result column of the type; `zero` gives 0 in place of NULL. */
  readonly result: (sql: string, type: LogicalType, empty: 'null' | 'zero') => string;
  /** A key in the form of a result column. */
  readonly key: (sql: string, type: LogicalType) => string;
  /** A text in its coded form as its place among the values of that form, from 0; NULL stays NULL. */
  readonly code: (sql: string) => string;
}
