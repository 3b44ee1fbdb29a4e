import { compareNumbers, type Numeric } from './number.ts';

/** NULL, a text (a period is its printed form), a truth, or a number. */
export type Value = null | string | boolean | Numeric;

/**
 * Orders two values that are not NULL: texts by code point, FALSE before TRUE. Printed periods of one level order as
 * the periods do. undefined where the tolerance of doubles leaves it open.
 */
export function compareValues(a: string | boolean | Numeric, b: string | boolean | Numeric): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (typeof a === 'object' && typeof b === 'object') return compareNumbers(a, b);
  throw new TypeError(`reference: ${typeof a} does not compare with ${typeof b}`);
}

/** By code point: the platform's iteration over a string gives code points. */
export function compareTexts(a: string, b: string): number {
  const left = [...a].map((each) => each.codePointAt(0) ?? 0);
  const right = [...b].map((each) => each.codePointAt(0) ?? 0);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** A text that is the same for equal values only. */
export function keyOf(value: Value): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (!('units' in value)) return `double ${value.double}`;
  // 0.10 and 0.1 are one number.
  let { units, digits } = value;
  while (digits > 0 && units % 10n === 0n) {
    units /= 10n;
    digits -= 1;
  }
  return `exact ${units}e-${digits}`;
}

/** Whether a number may as well be NULL: what it was divided by may be zero, or its sum may leave the doubles. */
export function isUnsettled(value: Value): boolean {
  return value !== null && typeof value === 'object' && 'slack' in value && value.slack === Number.POSITIVE_INFINITY;
}
