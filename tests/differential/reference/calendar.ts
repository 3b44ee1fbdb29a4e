import type { Level } from '../world.ts';

const DAY = 86_400_000;

/** The printed period of a coarser level that holds the day or period. */
export function climbPeriod(printed: string, from: Level, to: Level): string {
  if (from === to) return printed;
  const year = printed.slice(0, 4);
  switch (to) {
    case 'week':
      return isoWeek(printed);
    case 'month':
      return printed.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.ceil(Number(printed.slice(5, 7)) / 3)}`;
    case 'year':
      return year;
    case 'day':
      throw new RangeError(`reference: ${from} leads to no day`);
  }
}

/** The last day of a printed period, in ISO form. */
export function lastDay(printed: string, level: Level): string {
  const year = Number(printed.slice(0, 4));
  const month = Number(printed.slice(5, 7));
  switch (level) {
    case 'day':
      return printed;
    case 'week':
      return isoDay(mondayOf(printed) + 6);
    case 'month':
      return isoDay(Date.parse(`${month === 12 ? four(year + 1) : four(year)}-${two((month % 12) + 1)}-01`) / DAY - 1);
    case 'quarter':
      return lastDay(`${four(year)}-${two(3 * Number(printed.slice(6)))}`, 'month');
    case 'year':
      return `${four(year)}-12-31`;
  }
}

/** Days of 1970 on, as ISO. */
export function isoDay(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/** ISO 8601 week: the week of the Thursday of the day's week. */
export function isoWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY);
  const year = thursday.toISOString().slice(0, 4);
  const week = Math.floor((thursday.getTime() - Date.parse(`${year}-01-01`)) / (7 * DAY)) + 1;
  return `${year}-W${two(week)}`;
}

function mondayOf(week: string): number {
  const fourth = Date.parse(`${week.slice(0, 4)}-01-04`) / DAY;
  const weekday = (new Date(fourth * DAY).getUTCDay() + 6) % 7;
  return fourth - weekday + 7 * (Number(week.slice(6)) - 1);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function four(value: number): string {
  return String(value).padStart(4, '0');
}

/** Year, month and day of an ISO day. */
function partsOf(day: string): readonly [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

/** The first day of a printed period, in days of 1970 on. */
export function firstDay(printed: string, level: Level): number {
  switch (level) {
    case 'day':
      return Date.parse(printed) / DAY;
    case 'week':
      return mondayOf(printed);
    case 'month':
      return Date.parse(`${printed}-01`) / DAY;
    case 'quarter':
      return Date.parse(`${printed.slice(0, 4)}-${two(3 * Number(printed.slice(6)) - 2)}-01`) / DAY;
    case 'year':
      return Date.parse(`${printed}-01-01`) / DAY;
  }
}

/** How many periods of the level lie before this one, counted from some fixed one. */
export function periodNumber(printed: string, level: Level): number {
  const year = Number(printed.slice(0, 4));
  switch (level) {
    case 'day':
      return Date.parse(printed) / DAY;
    case 'week':
      return Math.round(mondayOf(printed) / 7);
    case 'month':
      return year * 12 + Number(printed.slice(5, 7));
    case 'quarter':
      return year * 4 + Number(printed.slice(6));
    case 'year':
      return year;
  }
}

/**
 * The period of `level` that is `count` periods of `step` later: a day keeps its day of the month, and is null where
 * that does not exist; undefined where it is of no year from 1 to 9999.
 */
export function shifted(printed: string, level: Level, step: Level, count: number): string | null | undefined {
  if (step === 'day') return periodOf(Date.parse(printed) / DAY + count, 'day');
  if (step === 'week') return periodOf(firstDay(printed, level) + 7 * count, level);
  const start = isoDay(firstDay(printed, level));
  const [year, month] = partsOf(start);
  const months = year * 12 + month - 1 + count * (step === 'year' ? 12 : step === 'quarter' ? 3 : 1);
  const [wantedYear, wantedMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  if (wantedYear < 1 || wantedYear > 9999) return undefined;
  const wanted = `${four(wantedYear)}-${two(wantedMonth)}-${start.slice(8)}`;
  const days = Date.parse(wanted) / DAY;
  // The platform reads 30 February as a day of March, or not at all.
  if (!Number.isInteger(days) || isoDay(days) !== wanted) return null;
  return periodOf(days, level);
}

/** The printed period of a level that holds a day; undefined where that is of no year from 1 to 9999. */
function periodOf(days: number, level: Level): string | undefined {
  const end = Date.parse('9999-12-31') / DAY;
  if (!(days >= Date.parse('0001-01-01') / DAY && days <= end)) return undefined;
  return level === 'day' ? isoDay(days) : climbPeriod(isoDay(days), 'day', level);
}

/** A whole number that a printed period has. */
export function partOfPeriod(name: string, printed: string, level: Level): number {
  switch (name) {
    case 'YEAR':
      return Number(printed.slice(0, 4));
    case 'QUARTER':
      return level === 'quarter' ? Number(printed.slice(6)) : Math.ceil(Number(printed.slice(5, 7)) / 3);
    case 'MONTH':
      return Number(printed.slice(5, 7));
    case 'WEEK':
      return Number((level === 'week' ? printed : isoWeek(printed)).slice(6));
    case 'DAY':
      return Number(printed.slice(8, 10));
    case 'WEEKDAY':
      return ((new Date(`${printed}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
    default:
      throw new RangeError(`reference: no part ${name} of a date`);
  }
}
