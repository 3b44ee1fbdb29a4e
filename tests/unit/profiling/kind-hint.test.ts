import { expect, test } from 'vitest';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { columnOfValues } from './columns.ts';
import { profileOf } from './profiled.ts';

const rows = <Value>(of: (row: number) => Value) => Array.from({ length: 20 }, (_, row) => of(row));

test.each<[name: string, type: LogicalType, values: readonly (Scalar | null)[], hint: string, evidence: RegExp]>([
  ['order', TEXT, rows((row) => `O${row}`), 'key', /no two of 20 rows agree, and none is NULL/],
  ['order_id', INT64, rows((row) => row * 1_000_000), 'key', /its name ends/],
  ['n', INT64, rows((row) => row), 'key', /no two/],
  ['hash', INT64, rows((row) => 2n ** 60n + BigInt(row)), 'key', /no two/],
  ['stock', INT64, rows((row) => row * 1_000_000), 'metric', /whole numbers/],
  ['store', TEXT, rows((row) => `S${row % 3}`), 'dimension', /3 distinct among 20 values/],
  ['store_id', INT64, rows((row) => row % 3), 'dimension', /its name ends/],
  ['maybe', TEXT, rows((row) => (row === 0 ? null : `O${row}`)), 'dimension', /19 distinct among 19 values/],
  ['day', DAY, rows((row) => row), 'date', /the type is date/],
  ['written', TEXT, rows((row) => `2024-01-${String(row + 1).padStart(2, '0')}`), 'date', /reads as a date/],
  ['price', decimal(2), rows((row) => row * 7), 'metric', /decimal\(2\)/],
  ['weight', DOUBLE, rows((row) => row / 7), 'metric', /double/],
  ['typed', TEXT, rows((row) => `${row % 7}.5`), 'metric', /reads as a number/],
  ['article', TEXT, rows((row) => `00${row % 7}`), 'dimension', /7 distinct/],
  ['quantity', INT64, rows((row) => row % 5), 'metric', /5 distinct among 20/],
  ['open', BOOL, rows((row) => row % 2 === 0), 'flag', /bool/],
  ['returned', TEXT, rows((row) => (row % 2 === 0 ? 'N' : 'Y')), 'flag', /N and Y/],
  ['bit', INT64, rows((row) => row % 2), 'flag', /0 and 1/],
  ['side', TEXT, rows((row) => (row % 2 === 0 ? 'East' : 'West')), 'dimension', /2 distinct/],
  [
    'note',
    TEXT,
    rows((row) => `${'a sentence of some length, which no list has twice '.repeat(2)}${row}`),
    'text',
    /characters on average/,
  ],
])('%s: %o', async (name, type, values, hint, evidence) => {
  const [profile] = (await profileOf({ [name]: columnOfValues(values, type) }, values.length)).columns;
  expect(profile?.kind.hint).toBe(hint);
  expect(profile?.kind.evidence.join('; ')).toMatch(evidence);
});

test('a number that determines another column names something', async () => {
  const store = rows((row) => row % 4);
  const region = store.map((each) => (each < 2 ? 'East' : 'West'));
  const { columns } = await profileOf(
    { store: columnOfValues(store, INT64), region: columnOfValues(region, TEXT) },
    20,
  );
  expect(columns[0]?.kind).toEqual({
    hint: 'dimension',
    evidence: ['4 distinct among 20 values', 'determines region'],
  });
});
