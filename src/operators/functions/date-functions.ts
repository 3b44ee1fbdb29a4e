import {
  type CalendarLevel,
  civilDate,
  dayNumber,
  periodIndex,
  periodStart,
  shiftPeriod,
} from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { DateFunction } from '../functions.ts';

/** A function of a date on non-null values; `argumentTypes` and `type` give the levels. */
export function dateFunction(
  name: DateFunction,
  args: readonly Scalar[],
  argumentTypes: readonly LogicalType[],
  type: LogicalType,
): Scalar | null {
  const day = Number(args[0]);
  switch (name) {
    case 'YEAR':
      return civilDate(day).year;
    case 'QUARTER':
      return Math.floor((civilDate(day).month + 2) / 3);
    case 'MONTH':
      return civilDate(day).month;
    case 'WEEK':
      return isoWeek(day);
    case 'DAY':
      return civilDate(day).day;
    case 'WEEKDAY':
      return day - periodStart(day, 'week') + 1;
    case 'PERIOD':
      return periodStart(day, levelOf(type));
    case 'SHIFT':
      return shiftPeriod(day, levelOf(argumentTypes[0] ?? type), Number(args[1]));
    case 'PERIOD_INDEX':
      return periodIndex(day, levelOf(argumentTypes[0] ?? type));
  }
}

/** ISO 8601: a week is of the year that holds its Thursday. */
function isoWeek(day: number): number {
  const thursday = periodStart(day, 'week') + 3;
  return Math.floor((thursday - dayNumber(civilDate(thursday).year, 1, 1)) / 7) + 1;
}

function levelOf(type: LogicalType): CalendarLevel {
  if (type.kind === 'date') return type.level;
  throw new TypeError(`expression: ${type.kind} where a date stands`);
}
