import { CHOICE_ROWS } from './choice-rows.ts';
import { DATE_ROWS } from './date-rows.ts';
import { NUMBER_ROWS } from './number-rows.ts';
import type { ScalarFunction } from './scalar-function.ts';
import { TEXT_ROWS } from './text-rows.ts';

/** Every scalar function that a person may write, once. What an argument is NULL in gives NULL, but for those that choose. */
export const SCALAR_FUNCTIONS: readonly ScalarFunction[] = [...NUMBER_ROWS, ...TEXT_ROWS, ...DATE_ROWS, ...CHOICE_ROWS];

const BY_NAME: ReadonlyMap<string, ScalarFunction> = new Map(SCALAR_FUNCTIONS.map((each) => [each.name, each]));

/** The scalar function of a name as written in a call, case-insensitive. */
export function functionNamed(name: string): ScalarFunction | undefined {
  return BY_NAME.get(name.toUpperCase());
}
