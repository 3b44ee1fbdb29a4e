import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarLevel } from '../../../../src/columns/calendar.ts';
import type { Column } from '../../../../src/columns/column.ts';
import { DOUBLE, decimal, INT64, type LogicalType, period, TEXT } from '../../../../src/columns/logical-type.ts';
import { sameDouble } from '../../../../src/columns/tolerance.ts';
import { windowColumn } from '../../../../src/compose/window/window.ts';
import { WINDOWS, type WindowCall, type WindowName } from '../../../../src/operators/window.ts';
import { type Cell, cellsOf, coded, flat } from '../table.ts';
import { dayOf, firstDay, referenceWindow, type WindowRow } from './reference.ts';

/** What an input column may hold. */
const INPUTS: readonly { type: LogicalType; isCoded: boolean; cells: fc.Arbitrary<Exclude<Cell, null>> }[] = [
  { type: INT64, isCoded: false, cells: fc.integer({ min: -4, max: 4 }) },
  { type: INT64, isCoded: true, cells: fc.constantFrom(3, -3, 0, 2n ** 60n) },
  { type: INT64, isCoded: false, cells: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(whole) },
  { type: INT64, isCoded: false, cells: fc.maxSafeInteger() },
  { type: decimal(2), isCoded: false, cells: fc.integer({ min: -100_000, max: 100_000 }) },
  { type: DOUBLE, isCoded: false, cells: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => x + 0) },
  { type: DOUBLE, isCoded: false, cells: fc.constantFrom(1e300, -1e300, 1, 0.1, 0, -2) },
  { type: TEXT, isCoded: true, cells: fc.constantFrom('a', 'B', '～', '😀', '') },
];

function whole(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** Days around year ends, ends of months and leap days, of years that follow one another or lie apart. */
const day = fc
  .tuple(
    fc.constantFrom(1899, 1900, 1969, 1970, 1999, 2000, 2019, 2020, 2021, 2023, 2024, 2025, 2026),
    fc.constantFrom(1, 2, 3, 12),
    fc.constantFrom(1, 2, 3, 4, 5, 8, 27, 28, 29, 30, 31),
  )
  .map(([year, month, date]) => dayOf(year, month, date))
  .filter((found) => found !== undefined);

/** Days of one season, so that periods follow one another. */
const near = fc
  .tuple(fc.constantFrom(18_262, 19_723, -3), fc.integer({ min: -40, max: 70 }))
  .map(([base, offset]) => base + offset);

const COARSER: { readonly [Level in CalendarLevel]: readonly CalendarLevel[] } = {
  day: ['day', 'week', 'month', 'quarter', 'year'],
  week: ['week'],
  month: ['month', 'quarter', 'year'],
  quarter: ['quarter', 'year'],
  year: ['year'],
};

const question = fc
  .tuple(fc.constantFrom(...Object.keys(COARSER)), fc.constantFrom(...Object.values(WINDOWS)))
  .chain(([name, window]) => {
    const level = levelNamed(name);
    const coarser = fc.option(fc.constantFrom(...COARSER[level]));
    return fc.record({
      window: fc.constant(window.name),
      level: fc.constant(level),
      count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(12, 40, 400)),
      step: window.takes.includes('step') ? coarser : fc.constant(null),
      reset: window.takes.includes('reset') ? coarser : fc.constant(null),
    });
  });

function levelNamed(name: string): CalendarLevel {
  switch (name) {
    case 'day':
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return name;
    default:
      throw new RangeError(name);
  }
}

const group = fc.option(fc.constantFrom('n', '～', '😀'), { freq: 3 });

/** An input and rows of one (group, period) each; `days` is what their periods are drawn from. */
const table = fc.constantFrom(...INPUTS).chain(({ type, isCoded, cells }) =>
  fc.record({
    type: fc.constant(type),
    isCoded: fc.constant(isCoded),
    rows: fc.constantFrom(day, near).chain((days) =>
      fc.array(fc.tuple(group, fc.option(days, { freq: 12 }), fc.option(cells, { freq: 5 })), {
        maxLength: 40,
        size: 'max',
      }),
    ),
  }),
);

function distinctRows(cells: readonly (readonly [Cell, number | null, Cell])[], level: CalendarLevel): WindowRow[] {
  const rows = new Map<string, WindowRow>();
  for (const [text, date, x] of cells) {
    const start = date === null ? null : firstDay(date, level);
    rows.set(`${text} ${start}`, { group: text, day: start, x });
  }
  return [...rows.values()];
}

function callOf(asked: Omit<WindowCall, 'name' | 'input' | 'axis' | 'partition'> & { readonly level: CalendarLevel }) {
  return (input: LogicalType): WindowCall => ({
    ...asked,
    name: '#w',
    input: { kind: 'column', name: 'x', type: input },
    axis: WINDOWS[asked.window].needsAxis ? { dimension: 'axis', level: asked.level } : null,
    partition: ['group'],
  });
}

/** Windows whose doubles go through sums, which may differ in their last bits. */
const SUMMING: ReadonlySet<WindowName> = new Set(['CUMSUM', 'ROLLING_SUM', 'ROLLING_AVG']);

describe('windowColumn', () => {
  it('agrees with a reference that looks through all rows for each row', () => {
    let told = 0;
    fc.assert(
      fc.property(question, table, (asked, { type: input, isCoded, rows: cells }) => {
        const type = WINDOWS[asked.window].result(input);
        if (type === undefined) return;
        const rows = distinctRows(cells, asked.level);
        const groups = coded(
          TEXT,
          rows.map((row) => row.group),
          ['unused'],
        );
        const axis = coded(
          period(asked.level),
          rows.map((row) => row.day),
          [99_000],
        );
        const inputs = rows.map((row) => row.x);
        const x = isCoded ? coded(input, inputs) : flat(input, inputs);
        const columns: Readonly<Record<string, Column>> = { group: groups, axis, x };
        const lookup = (name: string): Column => {
          const column = columns[name];
          if (column === undefined) throw new RangeError(name);
          return column;
        };
        const call = callOf({ ...asked, type })(input);
        const column = windowColumn(call, { columns: lookup, rowCount: rows.length, coordinate: [groups, axis] });
        const found = cellsOf(column);
        const expected = referenceWindow({ ...asked, type: input }, rows);
        told += expected.filter((cell) => cell !== null).length;
        expect(column.type).toEqual(type);
        if (column.form !== 'dictionary') {
          // What is NULL holds 0, as columns do.
          expect(found.every((cell, row) => cell !== null || Number(column.values[row]) === 0)).toBe(true);
        }
        if (input.kind !== 'double' || !SUMMING.has(asked.window)) {
          expect(found).toStrictEqual(expected);
          return;
        }
        const magnitude = inputs.reduce<number>((sum, cell) => sum + Math.abs(Number(cell ?? 0)), 0);
        const isSame = (a: Cell, b: Cell) =>
          typeof a === 'number' && typeof b === 'number' ? sameDouble(a, b, magnitude) : a === b;
        expect(found.every((cell, row) => isSame(cell, expected[row] ?? null))).toBe(true);
      }),
      { numRuns: 3000 },
    );
    // Most questions are about rows that have a value, not about gaps alone.
    expect(told).toBeGreaterThan(20_000);
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(question, table, fc.infiniteStream(fc.nat()), (asked, { type: input, rows: cells }, places) => {
        const type = WINDOWS[asked.window].result(input);
        if (type === undefined || input.kind === 'double') return;
        const rows = distinctRows(cells, asked.level);
        const keyed = rows.map((row) => [places.next().value, row] as const);
        const shuffled = keyed.toSorted(([a], [b]) => a - b).map(([, row]) => row);
        const answers = [rows, shuffled].map((ordered) => {
          const columns: Readonly<Record<string, Column>> = {
            group: coded(
              TEXT,
              ordered.map((row) => row.group),
            ),
            axis: coded(
              period(asked.level),
              ordered.map((row) => row.day),
            ),
            x: flat(
              input,
              ordered.map((row) => row.x),
            ),
          };
          const lookup = (name: string): Column => columns[name] ?? flat(INT64, []);
          const coordinate = ['group', 'axis'].flatMap((name) => {
            const column = lookup(name);
            return column.form === 'dictionary' ? [column] : [];
          });
          const call = callOf({ ...asked, type })(input);
          const cellsFound = cellsOf(windowColumn(call, { columns: lookup, rowCount: ordered.length, coordinate }));
          return new Map(ordered.map((row, i) => [`${row.group} ${row.day}`, cellsFound[i]]));
        });
        const [first, second] = answers;
        expect(second).toEqual(first);
      }),
      { numRuns: 600 },
    );
  });
});
