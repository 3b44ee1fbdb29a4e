/** A run of values for each of some rows: `rows[i]` looks at `[from[i], to[i])`, whose ends never go back; none where they meet. */
export interface Ranges {
  readonly rows: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

interface Cells<Value> {
  readonly length: number;
  [index: number]: Value;
}

/**
 * Combines the values of each range into `results[row]`, and returns which rows have one (null: all). Two stacks: what
 * is ahead of a middle is kept as combinations that end there, what follows it as one combination, and the middle
 * moves on when the range has left it behind. So each value is combined about twice however long the ranges are, and
 * nothing is ever taken off a sum again.
 */
export function slide<Value>(
  values: Cells<Value>,
  { rows, from, to }: Ranges,
  combine: (a: Value, b: Value) => Value,
  results: Cells<Value>,
): Uint8Array | null {
  const valid = new Uint8Array(results.length);
  /** Combinations of `[place, middle)`. */
  const endings: Value[] = new Array(values.length);
  let middle = 0;
  let end = 0;
  let following: Value | undefined;
  let filled = 0;
  for (let i = 0; i < rows.length; i++) {
    const begin = from[i] ?? 0;
    const stop = to[i] ?? 0;
    if (begin === stop) continue;
    if (begin >= middle) {
      fillEndings(endings, values, begin, stop, combine);
      middle = stop;
      following = undefined;
    } else {
      for (let place = end; place < stop; place++) {
        const value = values[place];
        if (value !== undefined) following = following === undefined ? value : combine(following, value);
      }
    }
    end = stop;
    const ending = endings[begin];
    if (ending === undefined) continue;
    const row = rows[i] ?? 0;
    results[row] = following === undefined ? ending : combine(ending, following);
    valid[row] = 1;
    filled++;
  }
  return filled === valid.length ? null : valid;
}

function fillEndings<Value>(
  endings: Value[],
  values: Cells<Value>,
  begin: number,
  stop: number,
  combine: (a: Value, b: Value) => Value,
): void {
  let ending: Value | undefined;
  for (let place = stop - 1; place >= begin; place--) {
    const value = values[place];
    if (value === undefined) continue;
    ending = ending === undefined ? value : combine(value, ending);
    endings[place] = ending;
  }
}
