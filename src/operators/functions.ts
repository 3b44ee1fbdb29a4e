import type { LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { dateFunction } from './functions/date-functions.ts';
import { numberFunction } from './functions/number-functions.ts';
import { textFunction } from './functions/text-functions.ts';

/**
 * The scalar functions that an expression may hold once it is typed. Everything else that a person may write (ABS,
 * ROUND, COALESCE, GREATEST, …) is made of these, CASE and arithmetic.
 */
export type NumberFunction =
  /** Largest whole number ≤ x: of an exact number int64, of a double a double. */
  | 'FLOOR'
  /** Remainder of exact numbers with the sign of the dividend; NULL where the divisor is 0. */
  | 'MOD'
  /** Of doubles; NULL outside their domain and where the result is not finite. */
  | 'SQRT'
  | 'EXP'
  | 'LN'
  | 'LOG10'
  | 'POWER';

export type TextFunction =
  | 'UPPER'
  | 'LOWER'
  | 'TRIM'
  /** In code points. */
  | 'LENGTH'
  /** SUBSTR(text, start from 1[, length]): code points; NULL of a negative length. */
  | 'SUBSTR'
  | 'REPLACE'
  | 'CONCAT'
  | 'CONTAINS'
  | 'STARTS_WITH'
  | 'ENDS_WITH';

export type DateFunction =
  | 'YEAR'
  | 'QUARTER'
  | 'MONTH'
  /** ISO week number. */
  | 'WEEK'
  | 'DAY'
  /** ISO: Monday is 1. */
  | 'WEEKDAY'
  /** The period of the type's level that holds the date. */
  | 'PERIOD'
  /** SHIFT(date, n): n periods of the date's level later; NULL where that date does not exist. */
  | 'SHIFT'
  /** Number of the period among all of its level, so that differences count periods. */
  | 'PERIOD_INDEX';

export type FunctionName = NumberFunction | TextFunction | DateFunction;

const NUMBER_FUNCTIONS: ReadonlySet<FunctionName> = new Set<NumberFunction>([
  'FLOOR',
  'MOD',
  'SQRT',
  'EXP',
  'LN',
  'LOG10',
  'POWER',
]);

/** Whether every backend computes the function itself; of all others it gets the table (`map`). */
export function isNumberFunction(name: FunctionName): name is NumberFunction {
  return NUMBER_FUNCTIONS.has(name);
}

const TEXT_FUNCTIONS: ReadonlySet<FunctionName> = new Set<TextFunction>([
  'UPPER',
  'LOWER',
  'TRIM',
  'LENGTH',
  'SUBSTR',
  'REPLACE',
  'CONCAT',
  'CONTAINS',
  'STARTS_WITH',
  'ENDS_WITH',
]);

function isTextFunction(name: FunctionName): name is TextFunction {
  return TEXT_FUNCTIONS.has(name);
}

/**
 * A function's value on scalars (see Scalar for their forms): NULL where an argument is, and where the function is not
 * defined. `argumentTypes` tell digits and levels of the arguments, `type` of the result. Throws `TypeError` on values
 * of another type: a defect of the caller.
 */
export function applyFunction(
  name: FunctionName,
  args: readonly (Scalar | null)[],
  argumentTypes: readonly LogicalType[],
  type: LogicalType,
): Scalar | null {
  const values = args.filter((value) => value !== null);
  if (values.length < args.length) return null;
  if (isNumberFunction(name)) return numberFunction(name, values, argumentTypes, type);
  return isTextFunction(name) ? textFunction(name, values) : dateFunction(name, values, argumentTypes, type);
}

/** A function's value as it stands in an expression. */
export interface FunctionCall {
  readonly name: FunctionName;
  readonly argumentTypes: readonly LogicalType[];
  readonly type: LogicalType;
}
