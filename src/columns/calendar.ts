/** Levels of the built-in calendar. Each period is represented by its first day. */
export type CalendarLevel = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** Days since 1970-01-01 in the proleptic Gregorian calendar; may be negative. */
export type DayNumber = number;

const DAYS_PER_ERA = 146_097;

/** Day number of a civil date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil). */
export function dayNumber(year: number, month: number, day: number): DayNumber {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - 719_468;
}

/** Civil date of a day number (same source, civil_from_days). Months and days count from 1. */
export function civilDate(days: DayNumber): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / DAYS_PER_ERA);
  const dayOfEra = z - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** First day of the period of `level` that holds the day. Weeks are ISO 8601: they begin on Monday. */
export function periodStart(days: DayNumber, level: CalendarLevel): DayNumber {
  switch (level) {
    case 'day':
      return days;
    case 'week':
      return days - modulo(days + 3, 7);
    case 'month': {
      const { day } = civilDate(days);
      return days - day + 1;
    }
    case 'quarter': {
      const { year, month } = civilDate(days);
      return dayNumber(year, month - ((month - 1) % 3), 1);
    }
    case 'year':
      return dayNumber(civilDate(days).year, 1, 1);
  }
}

/** Last day of the period of `level` that holds the day. */
export function periodEnd(days: DayNumber, level: CalendarLevel): DayNumber {
  const start = periodStart(days, level);
  switch (level) {
    case 'day':
      return start;
    case 'week':
      return start + 6;
    case 'month':
      return periodStart(start + 31, 'month') - 1;
    case 'quarter':
      return periodStart(start + 93, 'quarter') - 1;
    case 'year':
      return periodStart(start + 366, 'year') - 1;
  }
}

/** Prints a period: `2024-01-31`, `2024-W05` (ISO week year), `2024-01`, `2024-Q1`, `2024`. */
export function printPeriod(days: DayNumber, level: CalendarLevel): string {
  const { year, month, day } = civilDate(days);
  switch (level) {
    case 'day':
      return `${printYear(year)}-${two(month)}-${two(day)}`;
    case 'week': {
      // The ISO week belongs to the year that holds its Thursday.
      const thursday = periodStart(days, 'week') + 3;
      const weekYear = civilDate(thursday).year;
      const week = Math.floor((thursday - dayNumber(weekYear, 1, 1)) / 7) + 1;
      return `${printYear(weekYear)}-W${two(week)}`;
    }
    case 'month':
      return `${printYear(year)}-${two(month)}`;
    case 'quarter':
      return `${printYear(year)}-Q${Math.floor((month - 1) / 3) + 1}`;
    case 'year':
      return printYear(year);
  }
}

/** ISO form of a day, whatever its level: `2024-01-31`. */
export function printDay(days: DayNumber): string {
  return printPeriod(days, 'day');
}

/**
 * Reads a period in its printed form, or any level as the ISO date of its first day. Returns undefined where the text
 * is neither, or names a date that does not exist or is not the first day of such a period.
 */
export function parsePeriod(text: string, level: CalendarLevel): DayNumber | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) {
    const days = validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return days !== undefined && periodStart(days, level) === days ? days : undefined;
  }
  const start = printedStart(text, level);
  return start !== undefined && printPeriod(start, level) === text ? start : undefined;
}

function printedStart(text: string, level: CalendarLevel): DayNumber | undefined {
  const year = Number(text.slice(0, 4));
  switch (level) {
    case 'day':
      return undefined;
    case 'week':
      return /^\d{4}-W\d{2}$/.test(text)
        ? periodStart(dayNumber(year, 1, 4), 'week') + 7 * (Number(text.slice(6)) - 1)
        : undefined;
    case 'month':
      return /^\d{4}-\d{2}$/.test(text) ? validDay(year, Number(text.slice(5)), 1) : undefined;
    case 'quarter':
      return /^\d{4}-Q[1-4]$/.test(text) ? dayNumber(year, 3 * Number(text.slice(6)) - 2, 1) : undefined;
    case 'year':
      return /^\d{4}$/.test(text) ? dayNumber(year, 1, 1) : undefined;
  }
}

function validDay(year: number, month: number, day: number): DayNumber | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const days = dayNumber(year, month, day);
  const back = civilDate(days);
  return back.year === year && back.month === month && back.day === day ? days : undefined;
}

/** Largest day number that a date may have: Arrow's Date32 holds 32 bits. */
const MAX_DAY = 2_147_483_647;

/**
 * The day `count` periods of `level` later (earlier where negative): months, quarters and years keep the day of the
 * month. Null where that date does not exist (31 January + 1 month, 29 February + 1 year), or is none that a
 * column can hold.
 */
export function shiftPeriod(days: DayNumber, level: CalendarLevel, count: number): DayNumber | null {
  // No date is further from another than this, and arithmetic on what is not further is exact.
  if (!(Math.abs(count) <= 2 * MAX_DAY + 1)) return null;
  const shifted = shiftedDay(days, level, count);
  return shifted !== null && Math.abs(shifted) <= MAX_DAY ? shifted : null;
}

function shiftedDay(days: DayNumber, level: CalendarLevel, count: number): DayNumber | null {
  switch (level) {
    case 'day':
      return days + count;
    case 'week':
      return days + 7 * count;
    case 'month':
      return shiftMonths(days, count);
    case 'quarter':
      return shiftMonths(days, 3 * count);
    case 'year':
      return shiftMonths(days, 12 * count);
  }
}

function shiftMonths(days: DayNumber, months: number): DayNumber | null {
  const first = periodFromIndex(periodIndex(days, 'month') + months, 'month');
  const shifted = first + civilDate(days).day - 1;
  return periodStart(shifted, 'month') === first ? shifted : null;
}

/** Number of the period of `level` that holds the day, among all of its level: 0 holds 1 January 1970; may be negative. */
export function periodIndex(days: DayNumber, level: CalendarLevel): number {
  switch (level) {
    case 'day':
      return days;
    case 'week':
      // 1 January 1970 was a Thursday.
      return Math.floor((days + 3) / 7);
    case 'month': {
      const { year, month } = civilDate(days);
      return (year - 1970) * 12 + month - 1;
    }
    case 'quarter':
      return Math.floor(periodIndex(days, 'month') / 3);
    case 'year':
      return civilDate(days).year - 1970;
  }
}

/** First day of the period of `level` with this index. */
export function periodFromIndex(index: number, level: CalendarLevel): DayNumber {
  switch (level) {
    case 'day':
      return index;
    case 'week':
      return 7 * index - 3;
    case 'month':
      return dayNumber(1970 + Math.floor(index / 12), modulo(index, 12) + 1, 1);
    case 'quarter':
      return periodFromIndex(3 * index, 'month');
    case 'year':
      return dayNumber(1970 + index, 1, 1);
  }
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function printYear(year: number): string {
  return year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
}
