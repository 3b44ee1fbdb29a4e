import { type CalendarLevel, periodIndex } from '../../columns/calendar.ts';
import { finiteColumn } from '../double-arithmetic.ts';
import { bigIntegers, type FlatColumn, integerColumn } from '../flat-column.ts';
import type { Track } from './track.ts';

/** A sum that is carried from row to row. */
interface RunningTotal {
  restart(): void;
  add(row: number): void;
  /** Writes the sum so far as the value of the row. */
  tell(row: number): void;
}

/**
 * Sum of the input from the partition's first period up to the row's own, or from the first of the period of `reset`
 * that holds it. NULL inputs are skipped: NULL before the first value, then the sum so far. Exact sums stay exact
 * whatever their size; a sum of doubles is NULL once it is not finite.
 */
export function runningSum(input: FlatColumn, track: Track, reset: CalendarLevel | null): FlatColumn {
  const { type } = input;
  const rowCount = input.values.length;
  if (input.form === 'number') {
    const sums = new Float64Array(rowCount);
    const valid = walk(track, reset, input, compensatedTotal(input.values, sums));
    if (type.kind === 'double') return finiteColumn(sums, valid);
    // Each sum is told before the next value is added, so sums that are all safe were exact at every step.
    if (sums.every(Number.isSafeInteger)) return { form: 'number', type, values: sums, valid };
  }
  const sums = new Array<bigint>(rowCount).fill(0n);
  const valid = walk(track, reset, input, exactTotal(bigIntegers(input), sums));
  return integerColumn(type, sums, valid);
}

/** Goes along the track; returns which rows have a sum, null where all have. */
function walk(
  { rows, places, starts, days }: Track,
  reset: CalendarLevel | null,
  input: FlatColumn,
  total: RunningTotal,
): Uint8Array | null {
  const spans = Int32Array.from(days, (day) => (reset === null ? 0 : periodIndex(day, reset)));
  const valid = new Uint8Array(input.values.length);
  let told = 0;
  for (let partition = 0; partition + 1 < starts.length; partition++) {
    let span: number | null = null;
    let isEmpty = true;
    for (let i = starts[partition] ?? 0; i < (starts[partition + 1] ?? 0); i++) {
      const row = rows[i] ?? 0;
      const here = spans[places[i] ?? 0] ?? 0;
      if (here !== span) {
        span = here;
        isEmpty = true;
        total.restart();
      }
      if (input.valid === null || input.valid[row] === 1) {
        isEmpty = false;
        total.add(row);
      }
      if (isEmpty) continue;
      total.tell(row);
      valid[row] = 1;
      told++;
    }
  }
  return told === valid.length ? null : valid;
}

/** In doubles, with what rounding lost carried along (Neumaier 1974). */
function compensatedTotal(values: Float64Array, sums: Float64Array): RunningTotal {
  let sum = 0;
  let lost = 0;
  return {
    restart: () => {
      sum = 0;
      lost = 0;
    },
    add: (row) => {
      const value = values[row] ?? 0;
      const next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
    },
    tell: (row) => {
      sums[row] = sum + lost;
    },
  };
}

function exactTotal(values: readonly bigint[], sums: bigint[]): RunningTotal {
  let sum = 0n;
  return {
    restart: () => {
      sum = 0n;
    },
    add: (row) => {
      sum += values[row] ?? 0n;
    },
    tell: (row) => {
      sums[row] = sum;
    },
  };
}
