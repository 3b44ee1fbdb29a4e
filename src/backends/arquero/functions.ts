import { addAggregateFunction, addFunction } from 'arquero';
import { compareCodePoints } from '../../canon/code-point.ts';
import { type CalendarLevel, periodStart } from '../../columns/calendar.ts';
import { unitsToDouble } from '../../columns/scalar.ts';
import {
  type ExactValue,
  exactDifference,
  exactFloor,
  exactInteger,
  exactModulo,
  exactProduct,
  exactSum,
} from './exact-integer.ts';

/** What an aggregate keeps of a group. Arquero gives all aggregates of one column one object, so names are ours alone. */
interface GroupState {
  /** `exact_sum`: the part of the sum that is a safe number, and the rest. */
  safeSum?: number;
  largeSum?: bigint;
  textMin?: string | undefined;
  textMax?: string | undefined;
  distinctValues?: Set<unknown>;
  /** `low_middle`, `high_middle`: the values, and once the first of the two is asked for, sorted. */
  middleValues?: ExactValue[];
  sortedValues?: ArrayLike<ExactValue> | null;
}

/** What Arquero lacks, or has otherwise than SQL means it; all under names that Arquero itself does not use. */
export function registerFunctions(): void {
  const options = { override: true };
  // Functions of a row. NULL is NaN, or undefined for text.
  addFunction('exact_add', exactSum, options);
  addFunction('exact_subtract', exactDifference, options);
  addFunction('exact_multiply', exactProduct, options);
  addFunction('exact_floor', exactFloor, options);
  addFunction('exact_modulo', exactModulo, options);
  addFunction('finite', finite, options);
  addFunction('finite_power', finitePower, options);
  addFunction('units_to_double', unitsToDouble, options);
  addFunction('compare_texts', compareTexts, options);
  addFunction('period_start', startOfPeriod, options);

  // Aggregates. `add` never sees NULL: Arquero skips undefined and NaN.
  addAggregateFunction('exact_sum', { create: exactSumOperator, param: [1] }, options);
  addAggregateFunction('text_min', { create: textMinOperator, param: [1] }, options);
  addAggregateFunction('text_max', { create: textMaxOperator, param: [1] }, options);
  addAggregateFunction('count_distinct', { create: countDistinctOperator, param: [1] }, options);
  addAggregateFunction('middle_values', { create: middleValuesOperator, param: [1] }, options);
  addAggregateFunction('low_middle', { create: middleOperator(lowPlace), param: [1], req: ['middle_values'] }, options);
  addAggregateFunction(
    'high_middle',
    { create: middleOperator(highPlace), param: [1], req: ['middle_values'] },
    options,
  );
}

/** The double, NULL where it is not finite; −0 becomes 0. */
function finite(value: number): number {
  return value - value === 0 ? value + 0 : Number.NaN;
}

/** The power, NULL where it is not finite; JavaScript has 1 for the power 0 of NaN. */
function finitePower(base: number, exponent: number): number {
  return Number.isNaN(base) ? base : finite(base ** exponent);
}

/** Below, at or above 0 as the code points of the texts are; NaN where either is NULL. */
function compareTexts(left: string | undefined, right: string | undefined): number {
  return typeof left === 'string' && typeof right === 'string' ? compareCodePoints(left, right) : Number.NaN;
}

function startOfPeriod(day: number, level: CalendarLevel): number {
  return Number.isNaN(day) ? day : periodStart(day, level);
}

const ignore = () => {};

/** Doubles while they are exact, bigints for what is beyond: Arquero's `sum` rounds, and takes no mixture. */
const exactSumOperator = () => ({
  init: (group: GroupState) => {
    group.safeSum = 0;
    group.largeSum = 0n;
  },
  add: (group: GroupState, value: ExactValue) => {
    const safe = group.safeSum ?? 0;
    const sum = typeof value === 'number' ? safe + value : Number.POSITIVE_INFINITY;
    // A rounded sum is never safe where the true one is not.
    if (sum <= Number.MAX_SAFE_INTEGER && sum >= Number.MIN_SAFE_INTEGER) {
      group.safeSum = sum;
      return;
    }
    group.largeSum = (group.largeSum ?? 0n) + BigInt(safe) + BigInt(value);
    group.safeSum = 0;
  },
  rem: ignore,
  value: (group: GroupState & { readonly valid?: number }) =>
    group.valid === 0 ? undefined : exactInteger(BigInt(group.safeSum ?? 0) + (group.largeSum ?? 0n), 'a sum'),
});

const textMinOperator = () => ({
  init: (group: GroupState) => {
    group.textMin = undefined;
  },
  add: (group: GroupState, text: string) => {
    if (group.textMin === undefined || compareCodePoints(text, group.textMin) < 0) group.textMin = text;
  },
  rem: ignore,
  value: (group: GroupState) => group.textMin,
});

const textMaxOperator = () => ({
  init: (group: GroupState) => {
    group.textMax = undefined;
  },
  add: (group: GroupState, text: string) => {
    if (group.textMax === undefined || compareCodePoints(text, group.textMax) > 0) group.textMax = text;
  },
  rem: ignore,
  value: (group: GroupState) => group.textMax,
});

/** Arquero's `distinct` counts NULL as one more value. */
const countDistinctOperator = () => ({
  init: (group: GroupState) => {
    group.distinctValues = new Set();
  },
  add: (group: GroupState, value: unknown) => {
    group.distinctValues?.add(value);
  },
  rem: ignore,
  value: (group: GroupState) => group.distinctValues?.size ?? 0,
});

const middleValuesOperator = () => ({
  init: (group: GroupState) => {
    group.middleValues = [];
    group.sortedValues = null;
  },
  add: (group: GroupState, value: ExactValue) => {
    group.middleValues?.push(value);
  },
  rem: ignore,
  value: (group: GroupState) => group.middleValues,
});

const lowPlace = (count: number) => Math.ceil(count / 2) - 1;
const highPlace = (count: number) => Math.floor(count / 2);

/** One of the two middle values as it is; Arquero's `median` gives their mean, rounded. */
function middleOperator(place: (count: number) => number) {
  return () => ({
    init: ignore,
    add: ignore,
    rem: ignore,
    value: (group: GroupState) => {
      group.sortedValues ??= ascending(group.middleValues ?? []);
      return group.sortedValues[place(group.sortedValues.length)];
    },
  });
}

function ascending(values: readonly ExactValue[]): ArrayLike<ExactValue> {
  // Without bigints a typed array sorts many times faster.
  if (values.every((value) => typeof value === 'number')) return Float64Array.from(values).sort();
  // `<` compares numbers with bigints exactly.
  return values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
