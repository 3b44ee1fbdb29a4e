import type { CalendarLevel } from '../../columns/calendar.ts';
import type { Expression } from '../expression.ts';

export type FunctionGroup = 'numbers' | 'text' | 'dates' | 'choice';

/** What may stand as an argument. */
export type Takes =
  | { readonly kind: 'number' }
  /** int64 or decimal. */
  | { readonly kind: 'exact' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'text' }
  | { readonly kind: 'date'; readonly levels: readonly CalendarLevel[] }
  /** Any value. */
  | { readonly kind: 'value' }
  /** A number of digits after the point, written out: 0 to 18. */
  | { readonly kind: 'digits' }
  /** The name of a calendar level, written out as a text. */
  | { readonly kind: 'level' };

/** An argument that does not fit the others: which, and what could stand there. */
export interface Misfit {
  readonly kind: 'misfit';
  readonly argument: number;
  readonly accepts: readonly string[];
}

/** A scalar function as a person writes it. */
export interface ScalarFunction {
  /** Upper case. */
  readonly name: string;
  readonly group: FunctionGroup;
  /** `ROUND(x[, n])` */
  readonly signature: string;
  readonly doc: string;
  /** A call with its value: `ROUND(2.345, 2) = 2.35`. */
  readonly example: string;
  /** In order; those from `required` on may be left out. */
  readonly parameters: readonly Takes[];
  readonly required: number;
  /** Whether the last parameter may be repeated. */
  readonly repeats: boolean;
  /** Whether the arguments of `value` and `date` parameters are of one type: numbers, or one type, or dates of one level. */
  readonly alike: boolean;
  /** What it is in the core, over arguments that fit the parameters. */
  readonly build: (args: readonly Expression[]) => Expression | Misfit;
}

export const NUMBER: Takes = { kind: 'number' };
export const EXACT: Takes = { kind: 'exact' };
export const INTEGER: Takes = { kind: 'integer' };
export const TEXTS: Takes = { kind: 'text' };
export const VALUE: Takes = { kind: 'value' };
export const DIGITS: Takes = { kind: 'digits' };
export const LEVEL: Takes = { kind: 'level' };

/** What is said of a function; one that takes a fixed number of unrelated arguments says no more of them. */
export type Row = Omit<ScalarFunction, 'required' | 'repeats' | 'alike' | 'group'> &
  Partial<Pick<ScalarFunction, 'required' | 'repeats' | 'alike'>>;

/** The functions of a group, whole. */
export function functionsOf(group: FunctionGroup, rows: readonly Row[]): readonly ScalarFunction[] {
  return rows.map((row) => ({ required: row.parameters.length, repeats: false, alike: false, ...row, group }));
}

/** The argument at a place. Throws `RangeError` where there is none: a defect of the caller. */
export function argument(args: readonly Expression[], at: number): Expression {
  const found = args[at];
  if (found === undefined) throw new RangeError(`function: no argument ${at}; it has ${args.length}`);
  return found;
}
