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
