import { DoubleCodes } from './double-codes.ts';
import type { Codes, LeftSides } from './left-sides.ts';
import { type Pace, PIECE_ROWS } from './pace.ts';

/** Memory that every search for conflicts uses again; `balance` is 0 between two. */
export interface ConflictMemory {
  readonly favourite: Int32Array;
  readonly balance: Int32Array;
}

export function conflictMemory(rows: number): ConflictMemory {
  return { favourite: new Int32Array(rows + 1), balance: new Int32Array(rows + 1) };
}

/**
 * A lower bound of the violations of left → right: rows that stand against each other, paired off in each left side as
 * the majority vote of R. S. Boyer and J S. Moore pairs them (of two with different rights one must go), and the rows with
 * NULL on the left and a value on the right. It is 0 exactly where there is no violation. The search ends once the bound
 * is passed, as a rule within the first rows.
 */
export async function conflictsOf(
  left: LeftSides,
  right: Codes,
  bound: number,
  { favourite, balance }: ConflictMemory,
  pace: Pace,
): Promise<number> {
  const { numbers, order, places } = left;
  const { codes } = right;
  let conflicts = 0;
  for (let from = 0; from < places && conflicts <= bound; from += PIECE_ROWS) {
    const to = Math.min(places, from + PIECE_ROWS);
    for (let place = from; place < to; place++) {
      const number = numbers[place] ?? 0;
      const code = codes[order === null ? place : (order[place] ?? 0)] ?? -1;
      if (number === 0) {
        if (code >= 0) conflicts++;
        continue;
      }
      const votes = balance[number] ?? 0;
      if (votes === 0) {
        favourite[number] = code;
        balance[number] = 1;
      } else if (favourite[number] === code) balance[number] = votes + 1;
      else {
        balance[number] = votes - 1;
        conflicts++;
        if (conflicts > bound) break;
      }
    }
    await pace.beat();
  }
  balance.fill(0, 0, left.count + 1);
  return conflicts;
}

/** What all rows say of left → right. */
export interface Violations {
  readonly violations: number;
  readonly violatingGroups: number;
  /** Place of a row whose left side has the most violations, else the most rows: the first of them. −1: no rows. */
  readonly examplePlace: number;
}

/** Counts the violations exactly; `holds`: there are none. All rows are numbered. */
export async function violationsOf(left: LeftSides, right: Codes, holds: boolean, pace: Pace): Promise<Violations> {
  const rows = rowsOf(left);
  await pace.beat();
  const most = holds ? rows : await mostOf(left, right, rows, pace);
  let violations = 0;
  let violatingGroups = 0;
  rows.forEach((all, number) => {
    const standing = most[number] ?? 0;
    violations += all - standing;
    if (all > standing) violatingGroups++;
  });
  let examplePlace = -1;
  let weight = -1;
  for (let place = 0; place < left.numbers.length; place++) {
    const number = left.numbers[place] ?? 0;
    const all = rows[number] ?? 0;
    // Rows with NULL on the left are an example of a violation only.
    const present = violations > 0 ? all - (most[number] ?? 0) : number === 0 ? 0 : all;
    if (present > weight) {
      weight = present;
      examplePlace = place;
    }
  }
  await pace.beat();
  return { violations, violatingGroups, examplePlace };
}

function rowsOf({ numbers, count }: LeftSides): Int32Array {
  const rows = new Int32Array(count + 1);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    rows[number] = (rows[number] ?? 0) + 1;
  }
  return rows;
}

/**
 * How many rows of each left side may stay: those with its most frequent right; with NULL on the left, those with NULL.
 * Pairs are counted only of left sides that have more than one right: as a rule they are few.
 */
async function mostOf(left: LeftSides, right: Codes, rows: Int32Array, pace: Pace): Promise<Int32Array> {
  const { numbers, order } = left;
  const { codes, size } = right;
  const mixed = mixedSides(left, right);
  const most = rows.map((count, number) => (number === 0 || mixed[number] === 1 ? 0 : count));
  await pace.beat();
  const pairs = new DoubleCodes();
  const pairRows: number[] = [];
  for (let from = 0; from < numbers.length; from += PIECE_ROWS) {
    const to = Math.min(numbers.length, from + PIECE_ROWS);
    for (let place = from; place < to; place++) {
      const number = numbers[place] ?? 0;
      if (number > 0 && mixed[number] === 0) continue;
      const code = codes[order === null ? place : (order[place] ?? 0)] ?? -1;
      if (number === 0) {
        if (code < 0) most[0] = (most[0] ?? 0) + 1;
        continue;
      }
      const pair = pairs.codeOf(number * (size + 1) + code + 1);
      const count = (pairRows[pair] ?? 0) + 1;
      pairRows[pair] = count;
      if (count > (most[number] ?? 0)) most[number] = count;
    }
    await pace.beat();
  }
  return most;
}

/** 1 for each left side with more than one right. */
function mixedSides({ numbers, order, count }: LeftSides, { codes }: Codes): Uint8Array {
  const mixed = new Uint8Array(count + 1);
  // 0 says that none was met; NULL is 1.
  const first = new Int32Array(count + 1);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    const code = (codes[order === null ? place : (order[place] ?? 0)] ?? -1) + 2;
    if (first[number] === 0) first[number] = code;
    else if (first[number] !== code) mixed[number] = 1;
  }
  return mixed;
}
