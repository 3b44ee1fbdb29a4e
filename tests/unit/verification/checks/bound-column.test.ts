import { describe, expect, test } from 'vitest';
import type { Column } from '../../../../src/columns/column.ts';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  printType,
  TEXT,
} from '../../../../src/columns/logical-type.ts';
import { convertColumn } from '../../../../src/sources/conversion.ts';
import type { SourceSnapshot } from '../../../../src/sources/snapshot.ts';
import { SourceError } from '../../../../src/sources/source-error.ts';
import { isReadableAs, judgeBinding } from '../../../../src/verification/checks/bound-column.ts';

const TYPES: readonly LogicalType[] = [TEXT, INT64, decimal(2), DOUBLE, BOOL, DAY, period('month'), period('year')];

describe.each(
  TYPES.map((declared) => ({
    declared,
    as: `${declared.kind}${declared.kind === 'date' ? ` ${declared.level}` : ''}`,
  })),
)('as $as', ({ declared }) => {
  test.each([TEXT, INT64, decimal(3), DOUBLE, BOOL, DAY].map((found) => ({ found, printed: printType(found) })))(
    '$printed is bound just where sources read it',
    ({ found, printed }) => {
      expect(isReadableAs(printed, declared)).toBe(canConvert(found, declared));
    },
  );
});

test.each([
  { printed: 'decimal(30)', declared: decimal(2), readable: true },
  { printed: 'list<int64>', declared: TEXT, readable: false },
  { printed: 'time', declared: DAY, readable: false },
])('$printed', ({ printed, declared, readable }) => {
  expect(isReadableAs(printed, declared)).toBe(readable);
});

test.each([
  { name: 'amount', type: decimal(2), holds: true, counts: {}, rows: [] },
  { name: 'amount', type: DAY, holds: false, counts: { incompatible: 1 }, rows: [['amount', 'date', 'int64']] },
  { name: 'other', type: INT64, holds: false, counts: { missing: 1 }, rows: [] },
])('$name as $type.kind: $counts', ({ name, type, holds, counts, rows }) => {
  const judged = judgeBinding(name, { physical: name, type, role: { kind: 'measure' } }, SNAPSHOT);
  expect({ holds: judged.holds, counts: judged.counts, rows: judged.examples.rows }).toEqual({ holds, counts, rows });
});

test('a column that no schema binds any more is missing', () => {
  expect(judgeBinding('amount', undefined, SNAPSHOT)).toMatchObject({ holds: false, counts: { missing: 1 } });
});

const SNAPSHOT: SourceSnapshot = {
  name: 'sales',
  kind: 'parquet',
  location: 'sales.parquet',
  contentHash: '0'.repeat(64),
  bytes: 1,
  rowCount: 1,
  columns: [{ name: 'amount', type: 'int64', nullable: true }],
  statistics: [],
};

/** Whether the reader of sources takes an empty column of one type as another. */
function canConvert(found: LogicalType, declared: LogicalType): boolean {
  const column: Column =
    found.kind === 'text'
      ? { form: 'dictionary', type: found, codes: new Int32Array(0), values: [] }
      : { form: 'number', type: found, values: new Float64Array(0), valid: null };
  try {
    convertColumn(column, declared, { source: 's', location: 's', column: 'c', lineOf: () => null });
    return true;
  } catch (error) {
    if (error instanceof SourceError && error.fault.code === 'INCOMPATIBLE_TYPE') return false;
    throw error;
  }
}
