import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column, DictionaryColumn } from '../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import { coordinateRows, everyRow, inCoordinateOrder, orderRows } from '../../../src/compose/order.ts';
import { compareTexts } from './reference.ts';
import { batchOf, type Cell, cellsOf, coded, flat, rowsOf } from './table.ts';

function ordered(column: Column, descending: boolean): readonly Cell[] {
  const cells = cellsOf(column);
  return Array.from(orderRows([{ column, descending }], everyRow(cells.length)), (row) => cells[row] ?? null);
}

describe('orderRows', () => {
  const texts = ['😀', 'a', null, '～'];
  const numbers = [3, null, -1.5, 0, 1e300, -2];
  const integers = [2n ** 60n, 5, null, -(2n ** 60n), 2n ** 60n + 1n];

  it.each<[string, Column, boolean, readonly Cell[]]>([
    ['text by code point', coded(TEXT, texts), false, ['a', '～', '😀', null]],
    ['text descending, NULL last too', coded(TEXT, texts), true, ['😀', '～', 'a', null]],
    ['doubles', flat(DOUBLE, numbers), false, [-2, -1.5, 0, 3, 1e300, null]],
    ['doubles descending', flat(DOUBLE, numbers), true, [1e300, 3, 0, -1.5, -2, null]],
    ['integers past 2^53', flat(INT64, integers), false, [-(2n ** 60n), 5, 2n ** 60n, 2n ** 60n + 1n, null]],
    ['integers past 2^53 descending', flat(INT64, integers), true, [2n ** 60n + 1n, 2n ** 60n, 5, -(2n ** 60n), null]],
    ['booleans', flat(BOOL, [true, null, false]), false, [false, true, null]],
    ['booleans in dictionary form', coded(BOOL, [true, null, false]), false, [false, true, null]],
    ['days', coded(DAY, [19_723, null, 19_000], [19_999]), false, [19_000, 19_723, null]],
    ['only NULLs', flat(DOUBLE, [null, null]), true, [null, null]],
    ['no row', flat(DOUBLE, []), false, []],
  ])('%s', (_, column, descending, expected) => {
    expect(ordered(column, descending)).toEqual(expected);
  });

  it('keeps the order of rows that are equal, and takes −0 for 0', () => {
    const column = { form: 'number', type: DOUBLE, values: Float64Array.of(0, -0, 1, -0), valid: null } as const;
    expect([...orderRows([{ column, descending: false }], everyRow(4))]).toEqual([0, 1, 3, 2]);
    expect([...orderRows([{ column, descending: true }], everyRow(4))]).toEqual([2, 0, 1, 3]);
  });

  it('agrees with a comparison sort over several keys', () => {
    const row = fc.tuple(
      fc.option(fc.constantFrom('a', 'b', '～', '😀', ''), { freq: 4 }),
      fc.option(
        fc.double({ noNaN: true }).map((x) => x + 0),
        { freq: 4 },
      ),
      fc.option(fc.integer({ min: -3, max: 3 }), { freq: 4 }),
      fc.option(fc.constantFrom(2n ** 60n, -(2n ** 60n), 2n ** 53n + 1n), { freq: 4 }),
    );
    const keys = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), keys, (cells, list) => {
        const columns = [
          coded(
            TEXT,
            cells.map(([a]) => a),
            ['zz'],
          ),
          flat(
            DOUBLE,
            cells.map(([, b]) => b),
          ),
          flat(
            INT64,
            cells.map(([, , c]) => c),
          ),
          flat(
            INT64,
            cells.map(([, , , d]) => d),
          ),
        ];
        const sortKeys = list.flatMap(([index, descending]) => {
          const column = columns[index];
          return column === undefined ? [] : [{ column, descending }];
        });
        const expected = cells
          .map((_, i) => i)
          .sort((i, j) => {
            for (const [index, descending] of list) {
              const side = compareCells(cells[i]?.[index] ?? null, cells[j]?.[index] ?? null, descending);
              if (side !== 0) return side;
            }
            return i - j;
          });
        expect([...orderRows(sortKeys, everyRow(cells.length))]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

/** NULLs last whichever the direction. */
function compareCells(a: Cell, b: Cell, descending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const side = typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) : a < b ? -1 : a > b ? 1 : 0;
  return descending ? -side : side;
}

const coordinates = fc.integer({ min: 1, max: 4 }).chain((dimensions) => {
  const cell = fc.constantFrom<Cell>('a', 'b', 'c', '～', '😀', null);
  return fc.uniqueArray(fc.array(cell, { minLength: dimensions, maxLength: dimensions }), {
    selector: (coordinate) => JSON.stringify(coordinate),
    minLength: 1,
    maxLength: 40,
  });
});

function columnsOf(rows: readonly (readonly Cell[])[], unused: readonly string[]): readonly DictionaryColumn[] {
  return (rows[0] ?? []).map((_, d) =>
    coded(
      TEXT,
      rows.map((row) => row[d] ?? null),
      unused,
    ),
  );
}

function inOrder(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  return rows.toSorted((a, b) => {
    for (let d = 0; d < a.length; d++) {
      const side = compareCells(a[d] ?? null, b[d] ?? null, false);
      if (side !== 0) return side;
    }
    return 0;
  });
}

describe('coordinateRows', () => {
  it('agrees with a comparison sort, and is null exactly where the rows are in order', () => {
    fc.assert(
      fc.property(coordinates, fc.subarray(['x', 'b', '0']), fc.boolean(), (generated, unused, isSorted) => {
        const rows = isSorted ? inOrder(generated) : generated;
        const columns = columnsOf(rows, unused);
        const found = coordinateRows(columns, rows.length);
        const expected = inOrder(rows);
        expect(Array.from(found ?? everyRow(rows.length), (row) => rows[row])).toEqual(expected);
        expect(found === null).toBe(JSON.stringify(rows) === JSON.stringify(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it('sorts sparse coordinates of large dictionaries', () => {
    const values = Array.from({ length: 3000 }, (_, i) => `v${String(i).padStart(4, '0')}`);
    const column = (codes: readonly number[]): DictionaryColumn => ({
      form: 'dictionary',
      type: TEXT,
      codes: Int32Array.from(codes),
      values,
    });
    const codes = Array.from({ length: 3000 }, (_, i) => (i * 7) % 3000);
    const found = coordinateRows([column(codes), column(codes.toReversed())], 3000);
    const first = Array.from(found ?? [], (row) => codes[row] ?? -1);
    expect(first).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });
});

describe('inCoordinateOrder', () => {
  it('leaves nothing to sort: rows and dictionaries ascend, and every row keeps its value', () => {
    fc.assert(
      fc.property(coordinates, fc.subarray(['x', 'b', '0']), (rows, unused) => {
        const columns = columnsOf(rows, unused);
        const named = Object.fromEntries(columns.map((column, d) => [`d${d}`, column]));
        const batch = batchOf({
          ...named,
          value: flat(
            INT64,
            rows.map((_, i) => i),
          ),
        });
        const arranged = inCoordinateOrder(batch, columns.length);
        expect(rowsOf(arranged)).toEqual(inOrder(rows.map((row, i) => [...row, i])));
        const dictionaries = arranged.fields.flatMap(({ column }) => (column.form === 'dictionary' ? [column] : []));
        expect(coordinateRows(dictionaries, arranged.rowCount)).toBeNull();
        for (const { values } of dictionaries) {
          expect(values).toEqual(values.toSorted((a, b) => compareTexts(String(a), String(b))));
        }
        expect(inCoordinateOrder(arranged, columns.length)).toEqual(arranged);
      }),
      { numRuns: 500 },
    );
  });
});
