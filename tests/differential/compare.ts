import { printUnits } from './question.ts';
import type { Expected } from './reference/frame.ts';
import { isExact, isSame } from './reference/number.ts';
import type { Value } from './reference/value.ts';

type Json = string | number | boolean | null;
type Rows = readonly (readonly Json[])[];

/** What a session said, in the plain form in which it is compared. */
export type Given =
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'frame'; readonly columns: readonly string[]; readonly rows: readonly (readonly Json[])[] }
  /** A defect. */
  | { readonly kind: 'thrown'; readonly message: string };

/** null: what was given is what was expected; else what is wrong about it. */
export function difference(given: Given, expected: Expected): string | null {
  if (given.kind === 'thrown') return `threw ${given.message}`;
  if (expected.kind === 'open') {
    const isExpected = given.kind !== 'refused' || given.code === 'OVERFLOW' || expected.orRefused.has(given.code);
    return isExpected ? null : `refused ${given.code}`;
  }
  if (given.kind === 'refused') {
    const codes = expected.kind === 'refused' ? expected.codes : expected.orRefused;
    if (codes.has(given.code)) return null;
    return `refused ${given.code} (${given.message}), expected ${summary(expected)}`;
  }
  if (expected.kind === 'refused') return `${given.rows.length} rows, expected ${summary(expected)}`;
  if (JSON.stringify(given.columns) !== JSON.stringify(expected.columns)) {
    return `columns ${JSON.stringify(given.columns)}, expected ${JSON.stringify(expected.columns)}`;
  }
  return expected.isTied ? tiedDifference(given.rows, expected) : rowsDifference(given.rows, expected.rows);
}

/** Where two answers have not the very same estimates; null: they have. */
export function differingEstimate(first: Given, other: Given, columns: readonly string[]): string | null {
  if (first.kind !== 'frame' || other.kind !== 'frame') return null;
  for (const [place, name] of first.columns.entries()) {
    if (!columns.includes(name)) continue;
    const row = first.rows.findIndex((cells, at) => !Object.is(cells[place], other.rows[at]?.[place]));
    if (row >= 0)
      return `row ${row} has another estimate ${name}: ${other.rows[row]?.[place]}, not ${first.rows[row]?.[place]}`;
  }
  return null;
}

function rowsDifference(given: readonly (readonly Json[])[], expected: readonly (readonly Value[])[]): string | null {
  if (given.length !== expected.length) return `${given.length} rows, expected ${expected.length}`;
  for (const [place, row] of expected.entries()) {
    const found = given[place] ?? [];
    if (!isSameRow(found, row)) return `row ${place} ${JSON.stringify(found)}, expected ${printRow(row)}`;
  }
  return null;
}

/** Where tolerance decides which rows remain and in which order, each row that is there must still be right. */
function tiedDifference(
  given: readonly (readonly Json[])[],
  { all, anchor }: Extract<Expected, { kind: 'frame' }>,
): string | null {
  const coordinate = (row: readonly (Json | Value)[]) => JSON.stringify(anchor.map((place) => row[place]));
  const right = new Map(all.map((row) => [coordinate(row.map(jsonOf)), row]));
  for (const row of given) {
    const expected = right.get(coordinate(row));
    if (expected === undefined) return `row ${JSON.stringify(row)} at no coordinate that there is`;
    if (!isSameRow(row, expected)) return `row ${JSON.stringify(row)}, expected ${printRow(expected)}`;
  }
  return null;
}

function isSameRow(given: readonly Json[], expected: readonly Value[]): boolean {
  return given.length === expected.length && expected.every((value, place) => isSameCell(given[place] ?? null, value));
}

function isSameCell(given: Json, expected: Value): boolean {
  if (expected === null || typeof expected !== 'object' || isExact(expected)) return Object.is(given, jsonOf(expected));
  if (expected.slack === Number.POSITIVE_INFINITY) return given === null || typeof given === 'number';
  // An exact number that an estimate is part of may be too large for a number.
  const number = typeof given === 'string' ? Number(given) : given;
  // −0 is 0 in an answer.
  return typeof number === 'number' && !Object.is(number, -0) && isSame(number, expected);
}

/** JSON's form: integers beyond 2^53 − 1 and decimals of such units as text, other decimals as the nearest double. */
function jsonOf(value: Value): Json {
  if (value === null || typeof value !== 'object') return value;
  if (!isExact(value)) return value.double;
  const text = printUnits(value.units, value.digits);
  const size = value.units < 0n ? -value.units : value.units;
  return size > BigInt(Number.MAX_SAFE_INTEGER) ? text : Number(text) + 0;
}

/** Rows as an answer has them. */
export function printedRows(rows: readonly (readonly Value[])[]): Rows {
  return rows.map((row) => row.map(jsonOf));
}

function summary(expected: Expected): string {
  switch (expected.kind) {
    case 'open':
      return 'anything';
    case 'refused':
      return [...expected.codes].join(' or ');
    case 'frame':
      return `${expected.rows.length} rows: ${expected.rows.slice(0, 3).map(printRow).join(' ')}`;
  }
}

function printRow(row: readonly Value[]): string {
  return JSON.stringify(row.map(jsonOf));
}
