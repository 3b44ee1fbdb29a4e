import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INT64, TEXT } from '../../../src/columns/logical-type.ts';
import { type JoinPart, joinStates } from '../../../src/compose/join.ts';
import type { StateName } from '../../../src/operators/state.ts';
import { type Cell, cellsOf, coded, flat } from './table.ts';

type Row = readonly [readonly Cell[], Cell];

function part(
  key: string,
  state: StateName,
  dimensions: number,
  rows: readonly Row[],
  unused: readonly string[] = [],
): JoinPart {
  return {
    key,
    state,
    rowCount: rows.length,
    coordinate: Array.from({ length: dimensions }, (_, d) =>
      coded(
        TEXT,
        rows.map(([coordinate]) => coordinate[d] ?? null),
        unused,
      ),
    ),
    columns: [
      flat(
        INT64,
        rows.map(([, value]) => value),
      ),
    ],
  };
}

/** coordinate as JSON → one value an atom. */
function joinedRows(parts: readonly JoinPart[]): ReadonlyMap<string, readonly Cell[]> {
  const { rowCount, coordinate, states } = joinStates(parts);
  const keys = coordinate.map(cellsOf);
  const values = parts.map(({ key }) => (states.get(key) ?? []).flatMap(cellsOf));
  const rows = Array.from(
    { length: rowCount },
    (_, row) => [JSON.stringify(keys.map((cells) => cells[row])), values.map((cells) => cells[row] ?? null)] as const,
  );
  expect(new Set(rows.map(([key]) => key)).size).toBe(rowCount);
  return new Map(rows);
}

describe('joinStates', () => {
  it('fills absent cells with the state over no rows: NULL for a sum, 0 for a count', () => {
    const sum = part('sum', 'sum', 1, [[['S1'], 10]]);
    const count = part('count', 'count', 1, [
      [['S2'], 2],
      [[null], 1],
    ]);
    expect(joinedRows([sum, count])).toEqual(
      new Map([
        ['["S1"]', [10, 0]],
        ['["S2"]', [null, 2]],
        ['[null]', [null, 1]],
      ]),
    );
  });

  it('does not copy atoms on the same coordinates', () => {
    const rows: readonly Row[] = [
      [['S1'], 10],
      [['S2'], 4],
    ];
    const sum = part('sum', 'sum', 1, rows);
    const count = part('count', 'count', 1, rows);
    const joined = joinStates([sum, count]);
    expect(joined.coordinate).toBe(sum.coordinate);
    expect(joined.states.get('count')).toBe(count.columns);
  });

  it.each<[string, readonly Row[], readonly Row[]]>([
    ['an atom has its row', [[[], 7]], [[[], 3]]],
    ['one has none', [], [[[], 3]]],
    ['none has', [], []],
  ])('has exactly one row without dimensions: %s', (_, sums, counts) => {
    const expected = [sums[0]?.[1] ?? null, counts[0]?.[1] ?? 0];
    expect(joinedRows([part('sum', 'sum', 0, sums), part('count', 'count', 0, counts)])).toEqual(
      new Map([['[]', expected]]),
    );
  });

  it('refuses two rows at one coordinate', () => {
    const twice = part('sum', 'sum', 1, [
      [['S1'], 1],
      [['S1'], 2],
    ]);
    expect(() => joinStates([twice, part('count', 'count', 1, [])])).toThrow(/atom sum has two rows at one coordinate/);
  });

  it('agrees with a plain map', () => {
    const cell = fc.constantFrom<Cell>('a', 'b', 'c', null);
    const rows = (dimensions: number) =>
      fc.uniqueArray(
        fc.tuple(fc.array(cell, { minLength: dimensions, maxLength: dimensions }), fc.option(fc.integer())),
        {
          selector: ([coordinate]) => JSON.stringify(coordinate),
          maxLength: 12,
        },
      );
    const atoms = fc
      .integer({ min: 1, max: 3 })
      .chain((dimensions) =>
        fc.tuple(
          fc.constant(dimensions),
          fc.array(
            fc.tuple(fc.constantFrom<StateName>('sum', 'count'), rows(dimensions), fc.subarray(['z', 'b', 'c'])),
            { minLength: 1, maxLength: 4 },
          ),
        ),
      );
    fc.assert(
      fc.property(atoms, ([dimensions, list]) => {
        const parts = list.map(([state, cells, unused], i) => part(`atom ${i}`, state, dimensions, cells, unused));
        const expected = new Map<string, Cell[]>();
        list.forEach(([, cells], i) => {
          for (const [coordinate, value] of cells) {
            const key = JSON.stringify(coordinate);
            const row = expected.get(key) ?? list.map(([state]) => (state === 'count' ? 0 : null));
            row[i] = value;
            expected.set(key, row);
          }
        });
        expect(joinedRows(parts)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
