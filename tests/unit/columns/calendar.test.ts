import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CalendarLevel,
  civilDate,
  dayNumber,
  parsePeriod,
  periodEnd,
  periodFromIndex,
  periodIndex,
  periodStart,
  printDay,
  printPeriod,
  shiftPeriod,
} from '../../../src/columns/calendar.ts';

const LEVELS: readonly CalendarLevel[] = ['day', 'week', 'month', 'quarter', 'year'];
const FIRST = Date.UTC(2000, 0, 1) / 86_400_000;
/** Days of the years 1 to 9998, so that every period around them is within four-digit years. */
const days = fc.integer({ min: dayNumber(1, 1, 1), max: dayNumber(9998, 12, 31) });

/** Independent of the code under test: the platform's own proleptic Gregorian calendar. */
function iso(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

describe('dates', () => {
  test('a day number and its civil date are those of the platform', () => {
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: dayOfMonth } = civilDate(day);
        expect([year, month, dayOfMonth]).toEqual(iso(day).split('-').map(Number));
        expect(dayNumber(year, month, dayOfMonth)).toBe(day);
        expect(printDay(day)).toBe(iso(day));
        expect(parsePeriod(iso(day), 'day')).toBe(day);
      }),
    );
  });

  test.each([
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2024-02-30', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-01-00', false],
    ['0000-01-01', true],
    ['2024-1-01', false],
    [' 2024-01-01', false],
    ['2024-01-01T00:00', false],
    ['20240101', false],
  ])('%s is a date: %s', (text, isDate) => {
    expect(parsePeriod(text, 'day') !== undefined).toBe(isDate);
  });
});

describe('periods', () => {
  test.each<[string, CalendarLevel, string, string, string]>([
    ['2024-01-31', 'week', '2024-01-29', '2024-02-04', '2024-W05'],
    ['2024-12-30', 'week', '2024-12-30', '2025-01-05', '2025-W01'],
    ['2021-01-03', 'week', '2020-12-28', '2021-01-03', '2020-W53'],
    ['2005-01-01', 'week', '2004-12-27', '2005-01-02', '2004-W53'],
    ['1969-12-31', 'week', '1969-12-29', '1970-01-04', '1970-W01'],
    ['2024-02-29', 'month', '2024-02-01', '2024-02-29', '2024-02'],
    ['2023-12-31', 'month', '2023-12-01', '2023-12-31', '2023-12'],
    ['2024-05-05', 'quarter', '2024-04-01', '2024-06-30', '2024-Q2'],
    ['2023-11-01', 'quarter', '2023-10-01', '2023-12-31', '2023-Q4'],
    ['2024-07-01', 'year', '2024-01-01', '2024-12-31', '2024'],
    ['0007-07-01', 'year', '0007-01-01', '0007-12-31', '0007'],
  ])('%s by %s is %s to %s, printed %s', (text, level, start, end, printed) => {
    const day = parsePeriod(text, 'day') ?? Number.NaN;
    expect(printDay(periodStart(day, level))).toBe(start);
    expect(printDay(periodEnd(day, level))).toBe(end);
    expect(printPeriod(periodStart(day, level), level)).toBe(printed);
    expect(parsePeriod(printed, level)).toBe(periodStart(day, level));
  });

  test('a period holds its days and no other, and reads back in both forms', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...LEVELS), (day, level) => {
        const start = periodStart(day, level);
        const end = periodEnd(day, level);
        expect(start).toBeLessThanOrEqual(day);
        expect(end).toBeGreaterThanOrEqual(day);
        expect(periodStart(end, level)).toBe(start);
        expect(periodStart(end + 1, level)).toBe(end + 1);
        expect(parsePeriod(printPeriod(start, level), level)).toBe(start);
        expect(parsePeriod(printDay(start), level)).toBe(start);
        if (day !== start) expect(parsePeriod(printDay(day), level)).toBeUndefined();
      }),
    );
  });

  test.each<[string, CalendarLevel]>([
    ['2024-W00', 'week'],
    ['2024-W53', 'week'],
    ['2024-W5', 'week'],
    ['2024-13', 'month'],
    ['2024-Q5', 'quarter'],
    ['2024-Q0', 'quarter'],
    ['24', 'year'],
    ['2024-01', 'year'],
    ['2024', 'month'],
    ['2024-01-02', 'month'],
    ['2024-01-30', 'week'],
  ])('%s is no %s', (text, level) => {
    expect(parsePeriod(text, level)).toBeUndefined();
  });

  test('weeks begin on Monday', () => {
    for (let day = FIRST; day < FIRST + 800; day++) {
      expect(new Date(periodStart(day, 'week') * 86_400_000).getUTCDay()).toBe(1);
    }
  });
});

describe('distances', () => {
  test.each<[string, CalendarLevel, number, string | null]>([
    ['2024-01-31', 'day', 1, '2024-02-01'],
    ['2024-01-31', 'week', -5, '2023-12-27'],
    ['2024-01-31', 'month', 1, null],
    ['2024-01-31', 'month', 2, '2024-03-31'],
    ['2024-01-29', 'month', 1, '2024-02-29'],
    ['2023-01-29', 'month', 1, null],
    ['2024-01-31', 'month', -11, null],
    ['2024-01-31', 'month', -13, '2022-12-31'],
    ['2024-11-30', 'quarter', 1, null],
    ['2024-11-28', 'quarter', 1, '2025-02-28'],
    ['2024-02-29', 'year', 1, null],
    ['2024-02-29', 'year', 4, '2028-02-29'],
    ['1972-02-29', 'year', -4, '1968-02-29'],
    ['2024-02-29', 'year', 0, '2024-02-29'],
    ['2024-01-01', 'day', 2 ** 31, null],
    ['2024-01-01', 'year', 1e300, null],
    ['2024-01-01', 'week', Number.NaN, null],
  ])('%s shifted by %s × %d is %s', (from, level, count, to) => {
    const day = parsePeriod(from, 'day');
    expect(day).toBeDefined();
    if (day === undefined) return;
    const shifted = shiftPeriod(day, level, count);
    expect(shifted === null ? null : printDay(shifted)).toBe(to);
  });

  test.each<[CalendarLevel, string, number]>([
    ['day', '1970-01-01', 0],
    ['day', '1969-12-31', -1],
    ['week', '1970-01-04', 0],
    ['week', '1970-01-05', 1],
    ['week', '1969-12-28', -1],
    ['month', '1969-12-31', -1],
    ['month', '2024-02-29', 649],
    ['quarter', '1969-12-31', -1],
    ['quarter', '2024-04-01', 217],
    ['year', '1969-12-31', -1],
    ['year', '2024-12-31', 54],
  ])('the index of the %s of %s is %d', (level, day, index) => {
    expect(periodIndex(parsePeriod(day, 'day') ?? Number.NaN, level)).toBe(index);
  });

  test.each(LEVELS)('the index of a %s names its first day, and a shifted start is n indexes on', (level) => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        const start = periodStart(day, level);
        const index = periodIndex(day, level);
        expect(periodFromIndex(index, level)).toBe(start);
        expect(periodFromIndex(index + 1, level)).toBe(periodEnd(day, level) + 1);
        expect(shiftPeriod(start, level, count)).toBe(periodFromIndex(index + count, level));
      }),
    );
  });
});
