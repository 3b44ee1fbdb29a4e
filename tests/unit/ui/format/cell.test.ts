import { describe, expect, it } from 'vitest';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import { alignsRight, canonicalText, cellFormatter } from '../../../../src/ui/format/cell.ts';

/** Day numbers counted by hand: 19,723 days lie between 1970-01-01 and 2024-01-01. */
const NEW_YEAR_2024 = 19_723;

const cases: readonly [type: LogicalType, value: Scalar | null, shown: string, copied: string][] = [
  [TEXT, 'East', 'East', 'East'],
  [TEXT, '', '“”', ''],
  [TEXT, ' East ', '·East·', ' East '],
  [TEXT, 'a b', 'a b', 'a b'],
  [TEXT, null, '—', ''],
  [INT64, 1329, '1,329', '1329'],
  [INT64, -1329, '−1,329', '-1329'],
  [INT64, 9_007_199_254_740_993n, '9,007,199,254,740,993', '9007199254740993'],
  [decimal(2), 115780616, '1,157,806.16', '1157806.16'],
  [decimal(2), -5, '−0.05', '-0.05'],
  [decimal(0), 7, '7', '7'],
  [DOUBLE, 0.1 + 0.2, '0.3', '0.30000000000000004'],
  [DOUBLE, -0, '0.0', '0'],
  [DOUBLE, null, '—', ''],
  [BOOL, true, 'true', 'true'],
  [BOOL, false, 'false', 'false'],
  [DAY, NEW_YEAR_2024, '2024-01-01', '2024-01-01'],
  [period('week'), NEW_YEAR_2024, '2024-W01', '2024-W01'],
  [period('month'), NEW_YEAR_2024, '2024-01', '2024-01'],
  [period('quarter'), NEW_YEAR_2024, '2024-Q1', '2024-Q1'],
  [period('year'), NEW_YEAR_2024, '2024', '2024'],
];

describe('cells', () => {
  it.each(cases)('%j %s is shown as %s and copied as %s', (type, value, shown, copied) => {
    const format = cellFormatter(type, 'en-US', () => [0.3]);
    expect(format(value).text).toBe(shown);
    expect(canonicalText(value, type)).toBe(copied);
  });

  it('says what a sign means', () => {
    const format = cellFormatter(TEXT, 'en-US', () => []);
    expect(format(null)).toEqual({ text: '—', quiet: true, spoken: 'null' });
    expect(format('')).toEqual({ text: '“”', quiet: true, spoken: 'empty text' });
    expect(format('—').quiet).toBe(false);
  });

  it('sets numbers to the right and nothing else', () => {
    expect([INT64, decimal(2), DOUBLE].every(alignsRight)).toBe(true);
    expect([TEXT, BOOL, DAY].some(alignsRight)).toBe(false);
  });
});
