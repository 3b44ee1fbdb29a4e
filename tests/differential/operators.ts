import { DOUBLE, INT64, isNumeric, isOrdered } from './logical-type.ts';
import type { Type } from './world.ts';

export const OPERATORS = [
  'SUM',
  'COUNT',
  'MIN',
  'MAX',
  'AVG',
  'VAR_POP',
  'VAR_SAMP',
  'STDDEV_POP',
  'STDDEV_SAMP',
  'BOOL_AND',
  'BOOL_OR',
  'PRODUCT',
  'FIRST',
  'LAST',
  'MEDIAN',
  'QUANTILE',
  'MODE',
  'COUNT_DISTINCT',
  'WEIGHTED_AVG',
  'APPROX_DISTINCT',
  'APPROX_QUANTILE',
] as const;
export type Operator = (typeof OPERATORS)[number];

export const WINDOWS = [
  'LAG',
  'LEAD',
  'CUMSUM',
  'ROLLING_SUM',
  'ROLLING_AVG',
  'ROLLING_MIN',
  'ROLLING_MAX',
  'PCT_CHANGE',
  'RANK',
  'DENSE_RANK',
  'ROW_NUMBER',
] as const;
export type Window = (typeof WINDOWS)[number];

/** Operators by which rows of one period may merge. */
export const COMBINING = ['SUM', 'MIN', 'MAX'] as const;
export type Combining = (typeof COMBINING)[number];

export function operatorOf(callee: string): Operator | undefined {
  return OPERATORS.find((each) => each === callee);
}

export function windowOf(callee: string): Window | undefined {
  return WINDOWS.find((each) => each === callee);
}

export function combiningOf(word: string | undefined): Combining | null {
  return COMBINING.find((each) => each === word) ?? null;
}

/** Operators that cannot be merged: a family has one alone. */
export const ALONE: readonly Operator[] = ['MEDIAN', 'MODE', 'COUNT_DISTINCT'];

/** Whether the operator needs rows in an order. */
export function isPeriodic(operator: Operator): boolean {
  return operator === 'FIRST' || operator === 'LAST';
}

/** Whether the operator applies to a family only where that lists it. */
export function mustBeListed(operator: Operator): boolean {
  return operator === 'SUM' || operator === 'PRODUCT';
}

/** Whether it counts: over no rows it is 0, and counts add up whatever a family lists. */
export function counts(operator: Operator): boolean {
  return operator === 'COUNT' || operator === 'COUNT_DISTINCT' || operator === 'APPROX_DISTINCT';
}

export function accepts(operator: Operator, type: Type): boolean {
  switch (operator) {
    case 'COUNT':
    case 'COUNT_DISTINCT':
    case 'APPROX_DISTINCT':
      return true;
    case 'MIN':
    case 'MAX':
    case 'FIRST':
    case 'LAST':
    case 'MODE':
      return isOrdered(type);
    case 'BOOL_AND':
    case 'BOOL_OR':
      return type.kind === 'bool';
    default:
      return isNumeric(type);
  }
}

/** The operators that take a type. */
export function operatorsFor(type: Type): readonly Operator[] {
  return OPERATORS.filter((each) => accepts(each, type));
}

/** Type of an operator's value. */
export function resultType(operator: Operator, input: Type): Type {
  switch (operator) {
    case 'SUM':
    case 'MIN':
    case 'MAX':
    case 'FIRST':
    case 'LAST':
    case 'MODE':
    case 'BOOL_AND':
    case 'BOOL_OR':
      return input;
    case 'COUNT':
    case 'COUNT_DISTINCT':
    case 'APPROX_DISTINCT':
      return INT64;
    default:
      return DOUBLE;
  }
}

/** Type of a window's value; undefined where it does not take the input. */
export function windowType(window: Window, input: Type): Type | undefined {
  switch (window) {
    case 'LAG':
    case 'LEAD':
      return input;
    case 'RANK':
    case 'DENSE_RANK':
    case 'ROW_NUMBER':
      return isOrdered(input) ? INT64 : undefined;
    case 'ROLLING_AVG':
    case 'PCT_CHANGE':
      return isNumeric(input) ? DOUBLE : undefined;
    default:
      return isNumeric(input) ? input : undefined;
  }
}
