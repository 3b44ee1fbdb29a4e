import type { Level as CalendarLevel } from '../world.ts';
import { climbPeriod, periodNumber, shifted } from './calendar.ts';
import type { WindowLeaf } from './leaf.ts';
import { combined, isExact, whole } from './number.ts';
import { overNothing, reduced, sumOf } from './reduce.ts';
import { compareValues, isUnsettled, keyOf, type Value } from './value.ts';

/** A row of the Frame as a window sees it. */
export interface WindowRow {
  /** The same for rows that a window looks at together. */
  readonly partition: string;
  /** The printed period; NULL has none. */
  readonly period: Value;
  readonly input: Value;
}

/** Two rows of one period stand in one partition. */
export class Collision extends Error {}

/** The window's value at each of the rows, which come in coordinate order. */
export function windowValues(leaf: WindowLeaf, rows: readonly WindowRow[]): readonly Value[] {
  const values: Value[] = rows.map(() => null);
  for (const partition of new Set(rows.map((row) => row.partition))) {
    const places = rows.flatMap((row, place) => (row.partition === partition ? [place] : []));
    const inside = places.flatMap((place) => rows[place] ?? []);
    const found = leaf.axis === null ? ranks(leaf, inside) : alongAxis(leaf, leaf.axis.level, inside);
    for (const [at, place] of places.entries()) values[place] = found[at] ?? null;
  }
  return values;
}

/** 1 for the largest; rows whose order, or whether they have a value, the tolerance leaves open may have any rank. */
function ranks({ window }: WindowLeaf, rows: readonly WindowRow[]): readonly Value[] {
  const inputs = rows.map(({ input }) => input);
  const isOpen = inputs.some(
    (a, i) =>
      isUnsettled(a) || inputs.some((b, j) => i < j && a !== null && b !== null && compareValues(a, b) === undefined),
  );
  return inputs.map((own, place) => {
    if (own === null) return null;
    if (isOpen) return { double: 0, slack: Number.POSITIVE_INFINITY };
    const larger = inputs.filter((each) => each !== null && (compareValues(each, own) ?? 0) > 0);
    if (window === 'RANK') return whole(larger.length + 1);
    if (window === 'DENSE_RANK') return whole(new Set(larger.map((each) => keyOf(comparableKey(each)))).size + 1);
    const before = inputs.slice(0, place).filter((each) => each !== null && compareValues(each, own) === 0);
    return whole(larger.length + before.length + 1);
  });
}

/** Doubles that are equal whatever room they have around them. */
function comparableKey(value: Value): Value {
  return value !== null && typeof value === 'object' && !isExact(value) ? { double: value.double, slack: 0 } : value;
}

function alongAxis(leaf: WindowLeaf, level: CalendarLevel, rows: readonly WindowRow[]): readonly Value[] {
  const at = new Map<string, Value>();
  for (const { period, input } of rows) {
    if (typeof period !== 'string') continue;
    if (at.has(period)) throw new Collision();
    at.set(period, input);
  }
  const periods = [...at.keys()].sort((a, b) => periodNumber(a, level) - periodNumber(b, level));
  return rows.map(({ period, input }) =>
    typeof period === 'string' ? valueAt(leaf, level, period, input, at, periods) : null,
  );
}

function valueAt(
  { window, count, step, reset }: WindowLeaf,
  level: CalendarLevel,
  period: string,
  input: Value,
  at: ReadonlyMap<string, Value>,
  periods: readonly string[],
): Value {
  const neighbour = (direction: 1 | -1): Value => {
    const found = shifted(period, level, step ?? level, direction * count);
    return typeof found === 'string' ? (at.get(found) ?? null) : null;
  };
  const own = periodNumber(period, level);
  const valuesFrom = (first: number) =>
    periods.filter((each) => periodNumber(each, level) >= first && periodNumber(each, level) <= own);
  switch (window) {
    case 'LAG':
      return neighbour(-1);
    case 'LEAD':
      return neighbour(1);
    case 'PCT_CHANGE': {
      const then = neighbour(-1);
      if (input === null || then === null || typeof input !== 'object' || typeof then !== 'object') return null;
      const ratio = combined('/', input, then);
      return ratio && combined('-', ratio, { double: 1, slack: 0 });
    }
    case 'CUMSUM': {
      const span = (each: string) => (reset === null ? '' : climbPeriod(each, level, reset));
      return runningSum(
        periods
          .filter((each) => span(each) === span(period) && periodNumber(each, level) <= own)
          .map((each) => at.get(each) ?? null),
      );
    }
    case 'ROLLING_SUM':
    case 'ROLLING_AVG':
    case 'ROLLING_MIN':
    case 'ROLLING_MAX': {
      const begin = own - count + 1;
      const [first] = periods;
      if (first === undefined || begin < periodNumber(first, level)) return null;
      const operator = ({ ROLLING_SUM: 'SUM', ROLLING_AVG: 'AVG', ROLLING_MIN: 'MIN', ROLLING_MAX: 'MAX' } as const)[
        window
      ];
      const taken = valuesFrom(begin).map((each) => ({ value: at.get(each) ?? null, weight: null, order: null }));
      if (taken.every(({ value }) => value === null)) return overNothing(operator);
      return reduced({ operator, q: null, combine: null, isComputed: false }, taken);
    }
    default:
      throw new RangeError(`reference: ${window} goes along no axis`);
  }
}

/** The sum of what there is; NULL on from where it leaves the doubles. */
function runningSum(values: readonly Value[]): Value {
  const numbers = values.flatMap((each) => (each !== null && typeof each === 'object' ? [each] : []));
  if (numbers.length === 0) return null;
  for (let count = 1; count <= numbers.length; count++) if (sumOf(numbers.slice(0, count)) === null) return null;
  return sumOf(numbers);
}
