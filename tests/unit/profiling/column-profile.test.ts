import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { ProfileValue } from '../../../src/profiling/profile.ts';
import { columnOfValues } from './columns.ts';
import { profileOf, profileOfColumn } from './profiled.ts';

/** Days from 1970-01-01 to a civil date, by the platform's own calendar. */
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const isoDay = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

const TYPES: readonly {
  readonly type: LogicalType;
  readonly values: fc.Arbitrary<Scalar>;
  readonly print: (value: Scalar) => ProfileValue;
}[] = [
  {
    type: TEXT,
    values: fc.oneof(
      fc.constantFrom('', ' ', "it's", '"quoted"', 'a,b', 'ﬀ', '𝒳', '￿', 'A', 'a'),
      fc.string({ maxLength: 3 }),
    ),
    print: (value) => value as string,
  },
  {
    type: INT64,
    values: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger()),
    print: (value) => value as number,
  },
  {
    type: INT64,
    values: fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
      fc.integer({ min: -2, max: 2 }),
    ),
    print: (value) => (typeof value === 'bigint' ? String(value) : (value as number)),
  },
  {
    type: decimal(2),
    values: fc.integer({ min: -500, max: 500 }),
    print: (value) =>
      `${Number(value) < 0 ? '-' : ''}${Math.floor(Math.abs(Number(value)) / 100)}.${String(Math.abs(Number(value)) % 100).padStart(2, '0')}`,
  },
  {
    type: DOUBLE,
    values: fc
      .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 0.1, -0.1, 1e300, -1e300))
      .map((value) => value + 0),
    print: (value) => value as number,
  },
  {
    type: DAY,
    values: fc.integer({ min: day('1999-12-25'), max: day('2004-03-01') }),
    print: (value) => isoDay(Number(value)),
  },
  { type: BOOL, values: fc.boolean(), print: (value) => value as boolean },
];

/** Ascending; text by code point. */
function before(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [[...a], [...b]].map((each) => each.map((character) => character.codePointAt(0) ?? 0)) as [
      number[],
      number[],
    ];
    for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return Number(x[i]) - Number(y[i]);
    return x.length - y.length;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

describe.each(TYPES)('$type.kind: every figure is what plain loops over the values give', ({ type, values, print }) => {
  test('generated columns', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values, { nil: null, freq: 5 }), { maxLength: 60 }), async (cells) => {
        // A column is in bigint form as soon as one of its integers needs it.
        const profile = await profileOfColumn(columnOfValues(cells, type), cells.length);
        const present = cells.filter((cell) => cell !== null).sort(before);
        const counts = new Map<Scalar, number>();
        for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1);
        expect(profile.nulls).toBe(cells.length - present.length);
        expect(profile.distinct).toEqual({ count: counts.size, error: null });
        const [first] = present;
        const last = present.at(-1);
        expect(profile.min).toEqual(first === undefined ? null : print(first));
        expect(profile.max).toEqual(last === undefined ? null : print(last));
        const top = [...counts].sort((a, b) => b[1] - a[1] || before(a[0], b[0])).slice(0, 10);
        expect(profile.top).toEqual(top.map(([value, rows]) => ({ value: print(value), rows })));
        const hasScale = type.kind !== 'text' && type.kind !== 'bool' && present.length > 0;
        expect(profile.quantiles).toEqual(
          hasScale
            ? {
                error: null,
                at: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => {
                  return { share, value: print(present[Math.floor(share * (present.length - 1))] ?? 0) };
                }),
              }
            : null,
        );
        if (!hasScale) {
          expect(profile.histogram).toBeNull();
          return;
        }
        const bins = profile.histogram ?? [];
        expect(bins.length).toBeLessThanOrEqual(20);
        expect(bins[0]?.from).toEqual(profile.min);
        expect(bins.at(-1)?.to).toEqual(profile.max);
        const unitsOf = (value: ProfileValue): Scalar => {
          if (type.kind === 'date') return day(String(value));
          if (type.kind === 'decimal') return Number(String(value).replace('.', ''));
          return type.kind === 'int64' && typeof value === 'string' ? BigInt(value) : value;
        };
        bins.forEach(({ from, to, rows }, at) => {
          const isHalfOpen = type.kind === 'double' && at < bins.length - 1;
          const inside = present.filter((value) => {
            return value >= unitsOf(from) && (isHalfOpen ? value < unitsOf(to) : value <= unitsOf(to));
          });
          expect(rows).toBe(inside.length);
        });
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(present.length);
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ['the smallest doubles', [-2.5e-323, 0, 5e-324]],
  ['doubles next to each other', [1, 1 + Number.EPSILON]],
  ['doubles farther apart than the largest', [-1.7e308, 1.7e308, 0]],
])('the bins of %s begin and end where they do, and hold each value once', async (_, values) => {
  const { histogram, min, max } = await profileOfColumn(columnOfValues(values, DOUBLE), values.length);
  expect([histogram?.[0]?.from, histogram?.at(-1)?.to]).toEqual([min, max]);
  expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
  expect(histogram?.reduce((sum, { rows }) => sum + rows, 0)).toBe(values.length);
});

describe('columns of no or one value', () => {
  test('no rows at all', async () => {
    const { columns, dependencies } = await profileOf({ a: columnOfValues([], INT64), b: columnOfValues([], TEXT) }, 0);
    for (const column of columns) {
      expect(column).toMatchObject({
        nulls: 0,
        distinct: { count: 0, error: null },
        min: null,
        max: null,
        top: [],
        histogram: null,
        quantiles: null,
      });
    }
    expect(dependencies).toMatchObject({ constants: [], keys: [], candidates: [], omitted: 0, leftOut: [] });
  });

  test('NULL in every row', async () => {
    const profile = await profileOfColumn(columnOfValues([null, null, null], decimal(2)), 3);
    expect(profile).toMatchObject({
      nulls: 3,
      distinct: { count: 0, error: null },
      min: null,
      max: null,
      top: [],
      histogram: null,
    });
    expect(profile.kind).toEqual({ hint: 'metric', evidence: ['no value to tell by; the type is decimal(2)'] });
  });

  test('one value in every row', async () => {
    const profile = await profileOfColumn(columnOfValues([1.5, 1.5, 1.5], DOUBLE), 3);
    expect(profile).toMatchObject({
      min: 1.5,
      max: 1.5,
      top: [{ value: 1.5, rows: 3 }],
      histogram: [{ from: 1.5, to: 1.5, rows: 3 }],
    });
  });

  test('periods print as such', async () => {
    const profile = await profileOfColumn(columnOfValues([day('2024-01-01'), day('2024-03-01')], period('month')), 2);
    expect(profile).toMatchObject({ type: 'date', level: 'month', min: '2024-01', max: '2024-03' });
  });

  test('doubles whose difference is no double', async () => {
    const largest = Number.MAX_VALUE;
    const { histogram } = await profileOfColumn(columnOfValues([-largest, 0, largest], DOUBLE), 3);
    expect(histogram?.map(({ rows }) => rows)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('more distinct values than are counted', () => {
  const ROWS = 20_000;
  const BOUND = 1000;
  /** Half of the rows have one of 10 values, the others one each. */
  const numbers = Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? (row / 2) % 10 : 1e7 + 7919 * row));

  test.each([
    { form: 'numbers', type: DOUBLE, values: numbers.map((each) => each + 0.5) },
    { form: 'bigints', type: INT64, values: numbers.map((each) => 2n ** 60n + BigInt(each)) },
  ])('$form: what is estimated says so, and the rest is exact', async ({ type, values }) => {
    const profile = await profileOfColumn(columnOfValues(values, type), ROWS, BOUND);
    const exact = ROWS / 2 + 10;
    expect(profile.distinct.error).toBeCloseTo(0.016, 3);
    // Four standard errors.
    expect(Math.abs(profile.distinct.count / exact - 1)).toBeLessThan(0.065);
    const sorted = values.toSorted(before).map(String);
    expect([String(profile.min), String(profile.max)]).toEqual([sorted[0], sorted.at(-1)]);
    expect(profile.nulls).toBe(0);
    expect(profile.top.map(({ rows }) => rows)).toEqual(new Array(10).fill(ROWS / 20));
    expect(profile.histogram?.reduce((sum, bin) => sum + bin.rows, 0)).toBe(ROWS);
    expect(profile.quantiles?.error).toBe(0.01);
    for (const { share, value } of profile.quantiles?.at ?? []) {
      const wanted = Number(sorted[Math.floor(share * (ROWS - 1))]);
      expect(Math.abs(Number(value) - wanted)).toBeLessThanOrEqual(0.0101 * Math.abs(wanted));
    }
  });

  test('texts are counted, however many there are', async () => {
    const texts = Array.from({ length: 3000 }, (_, row) => `t${row}`);
    const profile = await profileOfColumn(columnOfValues(texts, TEXT), texts.length, BOUND);
    expect(profile.distinct).toEqual({ count: 3000, error: null });
  });

  test('such a column takes no part in dependencies, which is told', async () => {
    const rows = 2 * BOUND + 2;
    const many = Array.from({ length: rows }, (_, row) => Math.floor(row / 2) * 1e6 + 0.5);
    const half = Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 'even' : 'odd'));
    const { dependencies } = await profileOf(
      { many: columnOfValues(many, DOUBLE), half: columnOfValues(half, TEXT) },
      rows,
      BOUND,
    );
    expect(dependencies.candidates).toEqual([]);
    expect(dependencies.leftOut).toEqual([{ column: 'many', reason: 'it has too many distinct values to be counted' }]);
  });
});
