import type { Random } from '../random.ts';
import { isoWeek } from '../reference/calendar.ts';
import type { Cell, Level, Type } from '../world.ts';

const TEXTS = [
  'East',
  'east',
  'West',
  'Süd',
  '',
  ' ',
  'a,b',
  '"q"',
  "O'Neill",
  '😀',
  '～',
  '𐐷𐐷',
  '\uffee',
  'NULL',
  'NaN',
  'null',
  '0',
  '1',
  '01',
  '1e3',
  'true',
  '2024-01-01',
  'line\nbreak',
  'tab\there',
  'e\u0301',
  'é',
  '%',
  '_x_',
  '\\',
  ';--',
  'Zürich 🏔️',
  '\u202eabc',
  'ẞ',
  'ß',
  'SS',
];
const INTEGERS = [0n, 1n, -1n, 2n, 3n, 5n, 7n, -12n, 100n, 1000n, 86_400n];
const LARGE = [
  2n ** 63n - 1n,
  -(2n ** 63n),
  -(2n ** 63n) + 1n,
  2n ** 62n,
  2n ** 53n,
  2n ** 53n - 1n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  9_007_199_254_740_993n,
  4_611_686_018_427_387_905n,
  1_000_000_000_000_000_003n,
];
const WILD = [1e16, -1e16, 0.1, 0.2, 0.3, -0.3, 1 / 3, 1e-300, -1e300, 1e300, 5e-324, 123456.789, 1e15 + 0.5, 2 ** 53];

/** What values a column draws from. Small pools make duplicates, and joins that meet. */
export interface Pool {
  readonly type: Type;
  readonly cells: readonly Cell[];
  readonly nulls: number;
}

/** A pool for the keys of a type: distinct values. */
export function keyPool(random: Random, type: Type, most: number): Pool {
  const cells = new Map<string, Cell>();
  const count = random.between(1, most);
  for (let tries = 0; cells.size < count && tries < 200; tries++) {
    const cell = cellOf(random, type, 'key');
    cells.set(String(cell), cell);
  }
  return { type, cells: [...cells.values()], nulls: random.pick([0, 0.05, 0.2]) };
}

/** A pool for measures, which may hold the extreme ones. */
export function measurePool(random: Random, type: Type): Pool {
  const flavor = random.weighted([
    [6, 'plain'],
    [2, 'wild'],
    [1, 'large'],
  ] as const);
  const cells = Array.from({ length: random.between(1, 14) }, () => cellOf(random, type, flavor));
  return { type, cells, nulls: random.pick([0, 0.1, 0.4, 1]) };
}

export function draw(random: Random, pool: Pool): Cell {
  return random.chance(pool.nulls) ? null : random.pick(pool.cells);
}

type Flavor = 'key' | 'plain' | 'wild' | 'large';

function cellOf(random: Random, type: Type, flavor: Flavor): Cell {
  switch (type.kind) {
    case 'text':
      return random.chance(0.6) ? random.pick(TEXTS) : `${random.pick(['S', 'P', 'ж'])}${random.between(1, 9)}`;
    case 'int64':
      if (flavor === 'large' || (flavor === 'key' && random.chance(0.15))) return random.pick(LARGE);
      return random.chance(0.5) ? random.pick(INTEGERS) : BigInt(random.between(-500, 2000));
    case 'decimal':
      if (flavor === 'large') return random.pick(LARGE);
      return BigInt(random.between(-40_000, 90_000)) * (flavor === 'wild' ? 100_000_007n : 1n);
    case 'double':
      // What is not finite is NULL to every reader, and −0 is 0.
      if (flavor !== 'plain' && random.chance(0.08)) return random.pick([Number.NaN, Number.POSITIVE_INFINITY, -0]);
      if (flavor === 'wild' || flavor === 'large') return random.pick(WILD) * random.pick([1, 1, -1, 3]);
      return random.between(-400, 4000) / 4;
    case 'bool':
      return random.chance(0.5);
    case 'date':
      return period(random, type.level);
  }
}

/** A printed period: mostly of 2023 to 2025 about the ends of years, now and then far away. */
export function period(random: Random, level: Level): string {
  const day = random.weighted<() => string>([
    [6, () => dayAfter('2023-12-18', random.between(0, 95))],
    [2, () => dayAfter('2023-06-01', random.between(0, 800))],
    [2, () => random.pick(['2024-02-29', '2024-12-30', '2024-12-31', '2021-01-03', '2020-12-31', '2025-01-01'])],
    [
      1,
      () =>
        random.pick(['0001-01-01', '1582-10-10', '1899-12-31', '1969-12-31', '1970-01-01', '9999-12-31', '2400-02-29']),
    ],
  ])();
  switch (level) {
    case 'day':
      return day;
    case 'week':
      return isoWeek(day);
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case 'year':
      return day.slice(0, 4);
  }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
