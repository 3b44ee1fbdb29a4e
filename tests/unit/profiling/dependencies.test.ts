import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { Dependencies, Dependency } from '../../../src/profiling/profile.ts';
import { tableProfile } from '../../../src/profiling/table-profile.ts';
import { columnOfValues } from './columns.ts';
import { paceOf, profileOf } from './profiled.ts';

type Cell = number | null;
type Table = Readonly<Record<string, readonly Cell[]>>;

async function dependenciesOf(table: Table): Promise<Dependencies> {
  const rows = Object.values(table)[0]?.length ?? 0;
  const columns = Object.entries(table).map(([name, cells]) => [name, columnOfValues(cells, INT64)] as const);
  return (await profileOf(Object.fromEntries(columns), rows)).dependencies;
}

/** Every figure of left → right by definition, from the rows as they are. */
function judged(table: Table, left: readonly string[], right: string) {
  const rows = Object.values(table)[0]?.length ?? 0;
  const groups = new Map<string, Map<Cell, number>>();
  let nullsWithRight = 0;
  for (let row = 0; row < rows; row++) {
    const key = left.map((name) => table[name]?.[row] ?? null);
    const value = table[right]?.[row] ?? null;
    if (!key.includes(null)) {
      const group = groups.get(String(key)) ?? new Map<Cell, number>();
      groups.set(String(key), group.set(value, (group.get(value) ?? 0) + 1));
    } else if (value !== null) nullsWithRight++;
  }
  let violations = nullsWithRight;
  let violatingGroups = nullsWithRight > 0 ? 1 : 0;
  let testedRows = 0;
  for (const group of groups.values()) {
    const all = [...group.values()].reduce((sum, each) => sum + each, 0);
    const most = Math.max(...group.values());
    violations += all - most;
    if (most < all) violatingGroups++;
    if (all > 1) testedRows += all;
  }
  return { groups: groups.size, violations, violatingGroups, testedRows };
}

/** All left sides of at most two columns, by size. */
function leftSides(names: readonly string[]): readonly (readonly string[])[] {
  const pairs = names.flatMap((first, at) => names.slice(at + 1).map((second) => [first, second]));
  return [...names.map((name) => [name]), ...pairs];
}

/** What a search should find, by trying everything. */
function bruteForce(table: Table) {
  const names = Object.keys(table);
  const rows = Object.values(table)[0]?.length ?? 0;
  if (rows < 2) return { constants: [], keys: [], candidates: [] };
  const constants = names.filter((name) => new Set(table[name]).size <= 1);
  const varied = names.filter((name) => !constants.includes(name));
  const isUnique = (left: readonly string[]) => judged(table, left, left[0] ?? '').testedRows === 0;
  const hasNull = (left: readonly string[]) => left.some((name) => table[name]?.includes(null));
  const sides = leftSides(varied);
  const within = (smaller: readonly string[], larger: readonly string[]) =>
    smaller.length < larger.length && smaller.every((name) => larger.includes(name));
  const unique = sides.filter(isUnique);
  const keys = unique.filter((left) => !hasNull(left) && !unique.some((other) => within(other, left)));
  const candidates = varied.flatMap((right) => {
    const all = sides
      .filter((left) => !left.includes(right) && !isUnique(left))
      .map((left) => ({ left, right, ...judged(table, left, right) }));
    const holding = all.filter(({ violations }) => violations === 0);
    const near = all.filter(({ violations, testedRows }) => violations > 0 && violations <= 0.01 * testedRows);
    const smallest = holding.filter(({ left }) => !holding.some((other) => within(other.left, left)));
    const told = [...holding, ...near];
    return [
      ...smallest.map((each) => ({ ...each, holds: true })),
      ...near.flatMap((each) =>
        told.some((other) => within(other.left, each.left)) ? [] : [{ ...each, holds: false }],
      ),
    ];
  });
  return { constants, keys, candidates };
}

const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Small tables whose columns depend on each other more often than chance would have it. */
const tables: fc.Arbitrary<Table> = fc
  .record({ rows: fc.integer({ min: 0, max: 14 }), width: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, width }) =>
    fc.array(
      fc.oneof(
        fc.array(fc.option(fc.integer({ min: 0, max: 3 }), { nil: null, freq: 6 }), {
          minLength: rows,
          maxLength: rows,
        }),
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: rows, maxLength: rows }),
        fc.constant(Array.from({ length: rows }, (_, row) => row)),
        fc.constant(Array.from({ length: rows }, (_, row) => Math.floor(row / 3))),
        fc.constant(Array.from({ length: rows }, (_, row) => (row % 4 === 3 ? null : row % 4))),
        fc.constant(new Array<number>(rows).fill(7)),
        fc.constant(new Array<null>(rows).fill(null)),
      ),
      { minLength: width, maxLength: width },
    ),
  )
  .map((columns) => Object.fromEntries(columns.map((cells, at) => [NAMES[at] ?? '', cells])));

const signature = ({
  left,
  right,
  ...rest
}: Pick<Dependency, 'left' | 'right' | 'holds' | 'groups' | 'violations' | 'violatingGroups' | 'testedRows'>) =>
  `${[...left].sort().join(', ')} → ${right} ${JSON.stringify([rest.holds, rest.groups, rest.testedRows, rest.violations, rest.violatingGroups])}`;

test('what is found is what trying every left side finds: minimal, with the same counts', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const found = await dependenciesOf(table);
      const expected = bruteForce(table);
      expect(found.constants).toEqual(expected.constants);
      expect(found.keys.map(String).sort()).toEqual(expected.keys.map(String).sort());
      expect(found.candidates.map(signature).sort()).toEqual(expected.candidates.map(signature).sort());
      for (const { left, right, holds, example } of found.candidates) {
        const rows = Object.values(table)[0]?.length ?? 0;
        const inside = Array.from({ length: rows }, (_, row) => row).filter((row) =>
          left.every((name, at) => example.left.includes(null) || (table[name]?.[row] ?? null) === example.left[at]),
        );
        expect(inside.length).toBeGreaterThan(0);
        expect(example.right.length).toBe(holds ? 1 : example.right.length);
        for (const { value } of example.right)
          expect(inside.map((row) => table[right]?.[row] ?? null)).toContain(value);
      }
    }),
    { numRuns: 400 },
  );
});

describe('larger tables', () => {
  const ROWS = 40_000;
  const cells = (of: (row: number) => Cell) => Array.from({ length: ROWS }, (_, row) => of(row));
  /** Spreads rows without a pattern (multiplication by a prime). */
  const scattered = (row: number, size: number) => ((row * 48_271) % 2_147_483_647) % size;

  test('a few violations among many rows are counted, and the worst left side is the example', async () => {
    const store = cells((row) => scattered(row, 200));
    const region = store.map((each, row) => (row === 17 || row === 900 ? 99 : Number(each) % 7));
    const { candidates } = await dependenciesOf({ store, region });
    const [found] = candidates;
    expect(candidates).toHaveLength(1);
    expect(found).toMatchObject({
      left: ['store'],
      right: 'region',
      holds: false,
      groups: 200,
      testedRows: ROWS,
      violations: 2,
    });
    expect(found).toMatchObject(judged({ store, region }, ['store'], 'region'));
    const [usual, strange] = found?.example.right ?? [];
    expect(strange).toEqual({ value: 99, rows: 1 });
    expect(usual?.value).toBe(Number(found?.example.left[0]) % 7);
  });

  test('one that a single row in the last piece refutes does not hold', async () => {
    const store = cells((row) => (row === ROWS - 1 ? 3 : scattered(row, 200)));
    const region = cells((row) => (row === ROWS - 1 ? 1000 : Number(store[row]) % 7));
    const { candidates } = await dependenciesOf({ store, region });
    expect(candidates).toMatchObject([{ holds: false, violations: 1, violatingGroups: 1, example: { left: [3] } }]);
  });

  test('two columns determine a third that neither does, and a pair that is a key is told as one', async () => {
    const few = Array.from({ length: 1200 }, (_, row) => row);
    const a = few.map((row) => row % 30);
    const b = few.map((row) => Math.floor(row / 30) % 10);
    const c = few.map((row) => (Number(a[row]) * 13 + Number(b[row]) * 7) % 11);
    const key = few.map((row) => Math.floor(row / 30));
    const { candidates, keys } = await dependenciesOf({ a, b, c, key });
    expect(keys).toEqual([['a', 'key']]);
    expect(candidates.map(signature).sort()).toEqual(bruteForce({ a, b, c, key }).candidates.map(signature).sort());
    expect(candidates).toContainEqual(expect.objectContaining({ left: ['a', 'b'], right: 'c', holds: true }));
  });

  test('pairs are judged by every row: a candidate, and one that only the last rows speak against', async () => {
    const a = cells((row) => scattered(row, 150));
    const b = cells((row) => scattered(row * 7 + 3, 90));
    const c = cells((row) => (Number(a[row]) * 13 + Number(b[row]) * 7) % 11);
    const d = c.map((each, row) => (row > ROWS - 20 && row % 2 === 0 ? null : each));
    const { candidates, keys } = await dependenciesOf({ a, b, c, d });
    expect(keys).toEqual([]);
    const expected = [
      { left: ['a', 'b'], right: 'c', holds: true },
      { left: ['c'], right: 'd', holds: false },
      { left: ['d'], right: 'c', holds: false },
    ].map((each) => signature({ ...each, ...judged({ a, b, c, d }, each.left, each.right) }));
    expect(candidates.map(signature)).toEqual(expect.arrayContaining(expected));
    const pair = judged({ a, b, c, d }, ['a', 'b'], 'd');
    expect(pair.violations).toBeGreaterThan(0);
    expect(candidates).toContainEqual(
      expect.objectContaining({ left: ['a', 'b'], right: 'd', holds: false, violations: pair.violations }),
    );
  });

  test('columns beyond those that are paired stand on left sides only by themselves, and are told', async () => {
    const rows = 60;
    const table = Object.fromEntries(
      Array.from({ length: 26 }, (_, at) => [
        `c${at}`,
        Array.from({ length: rows }, (_, row) => scattered(row * 31 + at * 977, 3 + at)),
      ]),
    );
    const { leftOut, candidates, omitted } = await dependenciesOf(table);
    expect(leftOut.map(({ column }) => column)).toHaveLength(2);
    for (const { column } of leftOut) {
      expect(candidates.some(({ left }) => left.length === 2 && left.includes(column))).toBe(false);
    }
    expect(candidates.length).toBeLessThanOrEqual(100);
    expect(omitted).toBeGreaterThanOrEqual(0);
  });
});

test('a cancel is heard while the rows are looked at, and others have their turn', async () => {
  const controller = new AbortController();
  const rows = 200_000;
  const cells = Array.from({ length: rows }, (_, row) => row % 1000);
  let pauses = 0;
  const pace = paceOf({
    signal: controller.signal,
    pause: async () => {
      pauses += 1;
      if (pauses === 3) controller.abort(new DOMException('enough', 'AbortError'));
    },
    // Time flies: every look at the clock is a turn later.
    clock: (() => {
      let now = 0;
      return () => {
        now += 20;
        return now;
      };
    })(),
  });
  const columns = ['a', 'b', 'c'].map((name) => ({
    name,
    read: async () => ({ ok: true, column: columnOfValues(cells, INT64), caveat: null }) as const,
  }));
  const profiling = tableProfile({ table: 't', contentHash: '', rowCount: rows, columns }, { pace, clock: () => 0 });
  await expect(profiling).rejects.toMatchObject({ name: 'AbortError' });
  expect(pauses).toBe(3);
});

test('texts, quotes among them, are told as they are', async () => {
  const left = ['say "hi"', "it's", 'say "hi"', "it's", 'x', 'x'];
  const right = ['"', "'", '"', "'", null, null];
  const { dependencies } = await profileOf({ left: columnOfValues(left, TEXT), right: columnOfValues(right, TEXT) }, 6);
  expect(dependencies.candidates).toEqual([
    {
      left: ['left'],
      right: 'right',
      holds: true,
      groups: 3,
      testedRows: 6,
      violations: 0,
      violatingGroups: 0,
      example: { left: ['say "hi"'], right: [{ value: '"', rows: 2 }] },
    },
  ]);
});
