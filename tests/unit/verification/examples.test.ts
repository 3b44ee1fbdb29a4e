import { expect, test } from 'vitest';
import { dayNumber } from '../../../src/columns/calendar.ts';
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
import { firstRows, printedCell } from '../../../src/verification/examples.ts';
import { groupsOf } from './plain-batch.ts';

test.each<{ value: Scalar | null; type: LogicalType; cell: string | number | null }>([
  { value: null, type: TEXT, cell: null },
  { value: '', type: TEXT, cell: '' },
  { value: 12, type: INT64, cell: 12 },
  { value: -(2n ** 63n), type: INT64, cell: '-9223372036854775808' },
  { value: 1_157_806_16, type: decimal(2), cell: '1157806.16' },
  { value: -5, type: decimal(2), cell: '-0.05' },
  { value: 2n ** 60n, type: decimal(3), cell: '1152921504606846.976' },
  { value: 0.1, type: DOUBLE, cell: 0.1 },
  { value: -0, type: DOUBLE, cell: 0 },
  { value: true, type: BOOL, cell: 'true' },
  { value: dayNumber(2024, 12, 30), type: DAY, cell: '2024-12-30' },
  { value: dayNumber(2024, 12, 30), type: period('week'), cell: '2025-W01' },
  { value: dayNumber(2024, 4, 1), type: period('quarter'), cell: '2024-Q2' },
])('$value as $type.kind is $cell', ({ value, type, cell }) => {
  expect(printedCell(value, type)).toBe(cell);
});

test('the first rows are in the order of the columns, NULL last', () => {
  const batch = groupsOf(
    {
      a: { type: TEXT, cells: ['b', null, 'a', 'a', 'a', '😀', '～'] },
      b: { type: INT64, cells: [1, 1, 2n ** 60n, null, 3, 0, 0] },
    },
    [1, 1, 1, 1, 1, 1, 1],
  );
  expect(firstRows(batch, [0, 1, 2, 3, 4, 5, 6], ['a', 'b'])).toEqual([4, 2, 3, 0, 6]);
  expect(firstRows(batch, [1, 5, 6], ['a'])).toEqual([6, 5, 1]);
});
