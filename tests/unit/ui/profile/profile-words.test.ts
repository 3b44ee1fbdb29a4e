import { expect, test } from 'vitest';
import type { ColumnProfile, KindHint, ProfileValue } from '../../../../src/runtime/api.ts';
import {
  distinctNote,
  distinctText,
  histogramWords,
  nullsText,
  valueText,
  verdictText,
} from '../../../../src/ui/profile/profile-words.ts';

const COLUMN: ColumnProfile = {
  name: 'c',
  type: 'int64',
  level: null,
  nulls: 0,
  distinct: { count: 3, error: null },
  min: 1,
  max: 3,
  quantiles: null,
  top: [],
  histogram: null,
  kind: { hint: 'metric', evidence: [] },
  caveat: null,
};

test.each<[type: string, hint: KindHint, value: ProfileValue | null, text: string]>([
  ['int64', 'metric', 1234567, '1,234,567'],
  ['int64', 'metric', '9007199254740993', '9,007,199,254,740,993'],
  ['int64', 'metric', -12, '−12'],
  ['int64', 'dimension', 2024, '2024'],
  ['int64', 'key', -7, '−7'],
  ['decimal(2)', 'metric', '-1234.50', '−1,234.50'],
  ['decimal(2)', 'metric', '-0.05', '−0.05'],
  ['double', 'metric', 0.25, '0.25'],
  ['text', 'dimension', ' a ', '·a·'],
  ['text', 'dimension', '', '“”'],
  ['bool', 'flag', false, 'false'],
  ['date', 'date', '2024-01', '2024-01'],
  ['text', 'text', null, '—'],
])('%s, %s: %o is %s', (type, hint, value, text) => {
  expect(valueText(value, { type, kind: { hint, evidence: [] } }, 'en-US')).toBe(text);
});

test('an estimate says so; a count does not', () => {
  expect([distinctText(COLUMN, 'en-US'), distinctNote(COLUMN)]).toEqual(['3', null]);
  const estimated = { ...COLUMN, distinct: { count: 1_234_567, error: 0.01625 } };
  expect(distinctText(estimated, 'en-US')).toBe('≈ 1,234,567');
  expect(distinctNote(estimated)).toBe('estimated, standard error 1.6\u00a0%');
});

test('NULLs come with their share', () => {
  expect(nullsText(COLUMN, 10, 'en-US')).toBe('—');
  expect(nullsText({ ...COLUMN, nulls: 1000 }, 4000, 'en-US')).toBe('1,000 (25\u00a0%)');
});

test('a histogram is told in a sentence', () => {
  const bins = [
    { from: 1, to: 10, rows: 2 },
    { from: 11, to: 20, rows: 1000 },
  ];
  const words = 'Histogram of c, 2\u00a0bins; the fullest holds 1,000\u00a0rows from 11 to 20.';
  expect(histogramWords(bins, COLUMN, 'en-US')).toBe(words);
});

test('a candidate says what tests it, and what speaks against it', () => {
  const candidate = {
    left: ['a'],
    right: 'b',
    holds: true,
    groups: 3,
    testedRows: 1200,
    violations: 0,
    violatingGroups: 0,
    example: { left: [1], right: [{ value: 2, rows: 3 }] },
  };
  expect(verdictText(candidate, 'en-US')).toBe('holds: 1,200\u00a0rows test it');
  expect(verdictText({ ...candidate, holds: false, violations: 1 }, 'en-US')).toBe(
    'nearly: 1 of the 1,200\u00a0rows that test it speak against it',
  );
});
