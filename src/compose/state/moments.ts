import type { NumberColumn } from '../../columns/column.ts';
import { DOUBLE, INT64 } from '../../columns/logical-type.ts';
import type { FlatColumn } from '../flat-column.ts';
import type { Grouping } from '../grouping.ts';
import { nullWhereZero } from './null-groups.ts';
import type { ValueRuns } from './value-runs.ts';

/** Columns `count`, `mean` and `squares`. */
export type MomentColumns = readonly [count: NumberColumn, mean: NumberColumn, squares: NumberColumn];

/** The moments of each group's values, in ascending order of the values. */
export function momentGroups(values: Float64Array, { rows, counts, starts }: ValueRuns): MomentColumns {
  const moments = new Moments(starts.length - 1);
  for (let place = 0; place < starts.length - 1; place++) {
    for (let run = starts[place] ?? 0; run < (starts[place + 1] ?? 0); run++) {
      moments.take(place, counts[run] ?? 0, values[rows[run] ?? 0] ?? 0, 0);
    }
  }
  return moments.columns(Int32Array.from({ length: starts.length - 1 }, (_, place) => place));
}

/** The moments of each group's states. */
export function mergeMoments(
  [count, mean, squares]: readonly [FlatColumn, FlatColumn, FlatColumn],
  { groupOf, size, groups }: Grouping,
): MomentColumns {
  const moments = new Moments(size);
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] ?? -1;
    if (group < 0 || (count.valid !== null && count.valid[row] === 0)) continue;
    const values = [count.values[row], mean.values[row], squares.values[row]] as const;
    moments.take(group, Number(values[0] ?? 0), Number(values[1] ?? 0), Number(values[2] ?? 0));
  }
  return moments.columns(groups);
}

/** Number, mean and sum of squared distances from the mean, of as many groups. */
class Moments {
  readonly #counts: Float64Array;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;

  constructor(size: number) {
    this.#counts = new Float64Array(size);
    this.#means = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  /**
   * Takes a part into a group (T. Chan, G. Golub and R. LeVeque, Updating formulae and a pairwise algorithm for
   * computing sample variances, 1979, equations 2.1). A part of equal values has no squares.
   */
  take(group: number, count: number, mean: number, squares: number): void {
    const known = this.#counts[group] ?? 0;
    if (count === 0) return;
    if (known === 0) {
      this.#counts[group] = count;
      this.#means[group] = mean;
      this.#squares[group] = squares;
      return;
    }
    const total = known + count;
    const distance = mean - (this.#means[group] ?? 0);
    const share = count / total;
    this.#counts[group] = total;
    this.#means[group] = (this.#means[group] ?? 0) + distance * share;
    this.#squares[group] = (this.#squares[group] ?? 0) + squares + distance * distance * known * share;
  }

  /** The moments of the given groups, in their order; NULL where nothing was taken. */
  columns(groups: Int32Array): MomentColumns {
    const at = (values: Float64Array) => Float64Array.from(groups, (group) => values[group] ?? 0);
    const counts = at(this.#counts);
    return [
      nullWhereZero(counts, counts, INT64),
      nullWhereZero(at(this.#means), counts, DOUBLE),
      nullWhereZero(at(this.#squares), counts, DOUBLE),
    ];
  }
}
