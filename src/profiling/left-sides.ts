/** A column as numbers for its distinct values; −1 is NULL. */
export interface Codes {
  readonly codes: Int32Array;
  /** Distinct values without NULL. */
  readonly size: number;
}

/**
 * The left sides of a table's rows, numbered from 1; 0 is a left side with NULL in it. Rows are in an order in which
 * numbers that are near each other stand near each other, so that what is counted of them stays in a processor's cache.
 */
export interface LeftSides {
  /** null: rows are in their own order. */
  readonly order: Int32Array | null;
  /** Left side of each place of the order, as far as `places`; all other figures are of these places too. */
  readonly numbers: Int32Array;
  readonly places: number;
  readonly count: number;
  /** Rows that share their left side with another. */
  readonly testedRows: number;
  /** Rows with NULL on the left. */
  readonly withNull: number;
}

/** The left sides of one column: its codes. `counts`: rows of each. */
export function singleSides({ codes, size }: Codes, counts: Int32Array, numbers: Int32Array): LeftSides {
  let withNull = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    numbers[row] = code + 1;
    if (code < 0) withNull++;
  }
  let testedRows = 0;
  for (const rows of counts) if (rows >= 2) testedRows += rows;
  return { order: null, numbers, places: codes.length, count: size, testedRows, withNull };
}

/** The rows by one column, NULL last; rows of one value stay in their order. */
export function orderBy({ codes }: Codes, counts: Int32Array): Int32Array {
  const order = new Int32Array(codes.length);
  const places = new Int32Array(counts.length + 1);
  for (let code = 0; code < counts.length; code++) places[code + 1] = (places[code] ?? 0) + (counts[code] ?? 0);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    const bucket = code < 0 ? counts.length : code;
    const place = places[bucket] ?? 0;
    order[place] = row;
    places[bucket] = place + 1;
  }
  return order;
}

/**
 * The left sides of two columns, over the rows ordered by the first: among the rows of one of its values a left side is
 * told by the second alone. They are numbered as far as someone looks: most are refuted by an eighth of the rows.
 */
export class PairSides implements LeftSides {
  readonly order: Int32Array;
  readonly numbers: Int32Array;
  places = 0;
  count = 0;
  testedRows = 0;
  withNull = 0;
  private readonly firstCounts: Int32Array;
  private readonly second: Codes;
  /** Number and rows of each second value's left side, where that is among the present first value's. */
  private readonly numberOf: Int32Array;
  private readonly rowsOf: Int32Array;
  /** The first value at the place reached, where its rows end, and how many left sides stood before them. */
  private group = -1;
  private groupEnd = 0;
  private earlier = 0;

  /** `order`: the rows by the first column, of which `firstCounts` are the rows of each value; `numbers`: memory for them. */
  constructor(firstCounts: Int32Array, second: Codes, order: Int32Array, numbers: Int32Array) {
    this.firstCounts = firstCounts;
    this.second = second;
    this.order = order;
    this.numbers = numbers;
    this.numberOf = new Int32Array(second.size);
    this.rowsOf = new Int32Array(second.size);
  }

  /** Numbers the places before `to`. */
  extend(to: number): void {
    const { order, numbers, firstCounts, numberOf, rowsOf } = this;
    const { codes } = this.second;
    let { count, testedRows, withNull, group, groupEnd, earlier } = this;
    for (let place = this.places; place < to; place++) {
      while (place >= groupEnd && group < firstCounts.length) {
        group++;
        groupEnd += firstCounts[group] ?? 0;
        earlier = count;
      }
      const code = group < firstCounts.length ? (codes[order[place] ?? 0] ?? -1) : -1;
      if (code < 0) {
        numbers[place] = 0;
        withNull++;
        continue;
      }
      if ((numberOf[code] ?? 0) <= earlier) {
        count++;
        numberOf[code] = count;
        rowsOf[code] = 1;
      } else {
        const rows = (rowsOf[code] ?? 0) + 1;
        rowsOf[code] = rows;
        testedRows += rows === 2 ? 2 : 1;
      }
      numbers[place] = numberOf[code] ?? 0;
    }
    Object.assign(this, { count, testedRows, withNull, group, groupEnd, earlier, places: to });
  }
}
