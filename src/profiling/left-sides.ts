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
  /** Left side of each place of the order. */
  readonly numbers: Int32Array;
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
  return { order: null, numbers, count: size, testedRows, withNull };
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
 * told by the second alone. `numbers`: memory for as many rows as there are, which may hold anything.
 */
export function pairSides(first: Codes, second: Codes, order: Int32Array, numbers: Int32Array): LeftSides {
  const numberOf = new Int32Array(second.size);
  const rowsOf = new Int32Array(second.size);
  let count = 0;
  let testedRows = 0;
  let withNull = 0;
  let present = -1;
  let earlier = 0;
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    const a = first.codes[row] ?? -1;
    const b = second.codes[row] ?? -1;
    if (a < 0 || b < 0) {
      numbers[place] = 0;
      withNull++;
      continue;
    }
    if (a !== present) {
      present = a;
      earlier = count;
    }
    if ((numberOf[b] ?? 0) <= earlier) {
      count++;
      numberOf[b] = count;
      rowsOf[b] = 1;
    } else {
      const rows = (rowsOf[b] ?? 0) + 1;
      rowsOf[b] = rows;
      testedRows += rows === 2 ? 2 : 1;
    }
    numbers[place] = numberOf[b] ?? 0;
  }
  return { order, numbers, count, testedRows, withNull };
}
