import { compareCodePoints } from '../../canon/code-point.ts';

/** Freezes plain data all the way down and returns it. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFrozen(item);
  }
  return value;
}

/** A record of a map with its keys sorted. It inherits nothing, so that looking up `constructor` finds nothing. */
export function sortedRecord(map: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const record: Record<string, string> = Object.create(null);
  for (const [key, value] of [...map].sort(([a], [b]) => compareCodePoints(a, b))) record[key] = value;
  return record;
}
