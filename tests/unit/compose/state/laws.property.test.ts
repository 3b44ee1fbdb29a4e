import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/columns/column.ts';
import { TEXT } from '../../../../src/columns/logical-type.ts';
import { computeState } from '../../../../src/compose/state/compute-state.ts';
import { takeRows } from '../../../../src/compose/take.ts';
import { mergeState } from '../../../../src/engine/rollup/merge.ts';
import { isMergeable, STATES, type StateName } from '../../../../src/operators/state.ts';
import { type Cell, cellsOf, flat } from '../table.ts';
import { expanded, FORMS, grouped, inputOf, NUMBERS, type Row, rowsOfType, useOf, VALUES } from './arbitrary-rows.ts';

type Combine = 'sum' | 'min' | 'max';

const NUMERIC: readonly StateName[] = ['sum', 'median', 'quantile', 'product', 'moments', 'ddsketch'];
const STATE_NAMES = Object.values(STATES)
  .map(({ name }) => name)
  .filter((name) => name !== 'coordinates');

/** A state of rows of a type that it takes. */
const cases = fc
  .tuple(fc.constantFrom(...STATE_NAMES), fc.constantFrom<Combine>('sum', 'min', 'max'))
  .chain(([state, combine]) => {
    const isPeriod = state === 'first' || state === 'last';
    const isNumeric = NUMERIC.includes(state) || (isPeriod && combine === 'sum');
    // Sums of doubles of any size leave nothing to compare once they cancel.
    const isSum = state === 'sum' || state === 'moments' || isPeriod;
    const kinds = !isNumeric ? VALUES : isSum ? NUMBERS.slice(0, 3) : NUMBERS;
    return fc.constantFrom(...kinds).chain(({ type, cells }) =>
      fc.record({
        use: fc.double({ min: 0, max: 1, noNaN: true }).map((q) => useOf(state, type, { q, combine })),
        type: fc.constant(type),
        rows: rowsOfType(cells),
        form: fc.constantFrom(...FORMS),
      }),
    );
  });

/** Only doubles that were added up or multiplied in another order may differ, by their rounding. */
function expectSame(
  state: StateName,
  actual: readonly Column[],
  expected: readonly Column[],
  rows: readonly Row[],
): void {
  expect(actual.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
  const [a, b] = [actual, expected].map((columns) => columns.map(cellsOf));
  if (state === 'product') {
    expectSameProducts(a ?? [], b ?? []);
    return;
  }
  const scale = rows.reduce((sum, { value, count }) => sum + Math.abs(Number(value) || 0) * count, 0);
  const squares = rows.reduce((sum, { value, count }) => sum + (Number(value) || 0) ** 2 * count, 0);
  actual.forEach(({ type }, i) => {
    if (state !== 'moments' || type.kind !== 'double') expect(a?.[i]).toStrictEqual(b?.[i]);
    else expectClose(a?.[i] ?? [], b?.[i] ?? [], i === 1 ? scale : squares);
  });
}

function expectClose(a: readonly Cell[], b: readonly Cell[], scale: number): void {
  expect(a.map((cell) => cell === null)).toEqual(b.map((cell) => cell === null));
  a.forEach((cell, i) => {
    const other = Number(b[i] ?? 0);
    expect(Math.abs(Number(cell ?? 0) - other)).toBeLessThanOrEqual(1e-9 * Math.abs(other) + 1e-12 * scale);
  });
}

/** Mantissas beside a power of two may stand on either side of it. */
function expectSameProducts(a: readonly (readonly Cell[])[], b: readonly (readonly Cell[])[]): void {
  const scaled = (columns: readonly (readonly Cell[])[], reference: readonly Cell[]) =>
    (columns[0] ?? []).map((mantissa, i) => {
      return mantissa === null
        ? null
        : Number(mantissa) * 2 ** (Number(columns[1]?.[i] ?? 0) - Number(reference[i] ?? 0));
    });
  expectClose(scaled(a, b[1] ?? []), scaled(b, b[1] ?? []), 0);
}

const keysOf = (rows: readonly Row[]) => rows.map(({ key }) => key);

describe('states', () => {
  it('of the parts merge to the state of the whole', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ use, type, rows, form }, counted) => {
        fc.pre(isMergeable(use.state));
        const byKey = grouped(rows.length, keysOf(rows));
        const byPart = grouped(
          rows.length,
          keysOf(rows),
          rows.map(({ part }) => part),
        );
        const input = inputOf(rows, type, form, counted);
        const parts = computeState(use, input, byPart);
        const keyOfPart = Array.from(byPart.rows, (row) => rows[row]?.key ?? null);
        const merging = grouped(keyOfPart.length, keyOfPart);
        const merged = mergeState(use.state, use.argument, parts, merging);
        const whole = computeState(use, input, byKey);
        // Groups come in the order of each grouping's own dictionary.
        const labels = (keys: readonly Cell[], { rows: of }: { readonly rows: Int32Array }) =>
          Array.from(of, (row) => String(keys[row] ?? null));
        const order = labels(keysOf(rows), byKey);
        const found = labels(keyOfPart, merging);
        const place = Int32Array.from(order, (label) => found.indexOf(label));
        expectSame(
          use.state,
          merged.map((column) => takeRows(column, place)),
          whole,
          rows,
        );
      }),
      { numRuns: 1200 },
    );
  });

  it('are the same from rows with counts, in any order and form', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...FORMS), ({ use, type, rows, form }, otherForm) => {
        const each = expanded(rows);
        const turned = each.toReversed();
        const counted = computeState(use, inputOf(rows, type, form, true), grouped(rows.length));
        const plain = computeState(use, inputOf(each, type, otherForm, false), grouped(each.length));
        const reversed = computeState(use, inputOf(turned, type, otherForm, false), grouped(each.length));
        // Bit for bit: what is folded is folded in ascending order, and these doubles add up exactly.
        expect(plain.map(cellsOf)).toStrictEqual(counted.map(cellsOf));
        expect(reversed.map(cellsOf)).toStrictEqual(counted.map(cellsOf));
      }),
      { numRuns: 1200 },
    );
  });

  it('leave NULLs out', () => {
    fc.assert(
      fc.property(cases, ({ use, type, rows, form }) => {
        fc.pre(use.state !== 'rows');
        const kept = rows.filter(({ value }) => value !== null);
        const all = computeState(use, inputOf(rows, type, form, true), grouped(rows.length));
        const without = computeState(use, inputOf(kept, type, form, true), grouped(kept.length));
        expect(all.map(cellsOf)).toStrictEqual(without.map(cellsOf));
      }),
      { numRuns: 400 },
    );
  });

  it.each(STATE_NAMES)('%s of no value is what its definition says, and merges as such', (state) => {
    const { type } = VALUES[0] ?? { type: TEXT };
    const use = useOf(state, type);
    const nulls: readonly Row[] = [1, 2].map((part) => ({ key: 'A', part, value: null, order: part, count: 1 }));
    const expected = STATES[state].empty === 'zero' ? 0 : null;
    for (const rows of state === 'rows' ? [[]] : [[], nulls]) {
      for (const form of FORMS) {
        const columns = computeState(use, inputOf(rows, type, form, false), grouped(rows.length));
        const definitions = STATES[state].columns(type, use.argument);
        expect(columns.map((column) => column.type)).toEqual(definitions.map((column) => column.type));
        expect(columns.map(cellsOf)).toStrictEqual(definitions.map(() => [expected]));
        if (!isMergeable(state)) continue;
        const twice = columns.map((column) => takeRows(column, Int32Array.of(0, 0)));
        for (const [merged, rowCount] of [
          [twice, 2],
          [columns.map((column) => takeRows(column, new Int32Array(0))), 0],
        ] as const) {
          const result = mergeState(state, use.argument, merged, grouped(rowCount));
          expect(result.map(cellsOf)).toStrictEqual(definitions.map(() => [expected]));
        }
      }
    }
  });

  it('leave out the rows of no group', () => {
    const rows = [1, 2, 4].map((value, i) => ({ key: 'A', part: 0, value, order: 3 - i, count: 1 }));
    const { type } = VALUES[0] ?? { type: TEXT };
    const grouping = { groupOf: Int32Array.of(0, 0, -1), size: 1, groups: Int32Array.of(0), rows: Int32Array.of(0) };
    const without = rows.slice(0, 2);
    for (const state of STATE_NAMES) {
      const use = useOf(state, type);
      const columns = computeState(use, inputOf(rows, type, 'flat', false), grouping);
      const expected = computeState(use, inputOf(without, type, 'flat', false), grouped(2));
      expect(columns.map(cellsOf)).toStrictEqual(expected.map(cellsOf));
    }
  });

  it('refuse what they lack', () => {
    const { type } = VALUES[0] ?? { type: TEXT };
    const values = flat(type, [1]);
    const input = { values, counts: null, order: null };
    const grouping = grouped(1);
    expect(() =>
      computeState({ state: 'sum', argument: null, inputType: type }, { ...input, values: null }, grouping),
    ).toThrow(/sum needs values/);
    expect(() => computeState(useOf('last', type), input, grouping)).toThrow(/last needs an order/);
    expect(() => computeState({ state: 'quantile', argument: null, inputType: type }, input, grouping)).toThrow(
      /its q/,
    );
    expect(() => mergeState('mode', null, [values], grouping)).toThrow(/mode does not merge/);
    expect(() => mergeState('first', null, [values, values], grouping)).toThrow(/needs its order/);
    expect(() => mergeState('moments', null, [values], grouping)).toThrow(/moments has no column 1/);
  });
});
