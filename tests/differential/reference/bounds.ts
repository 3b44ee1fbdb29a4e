import { isExact } from './number.ts';
import type { Value } from './value.ts';

/** Whether a value is an exact number outside int64. */
export function overflows(value: Value): boolean {
  if (value === null || typeof value !== 'object' || !isExact(value)) return false;
  return value.units < -(2n ** 63n) || value.units > 2n ** 63n - 1n;
}
