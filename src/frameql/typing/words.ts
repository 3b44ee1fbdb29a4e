import type { CalendarLevel } from '../../columns/calendar.ts';
import { type LogicalType, printType } from '../../columns/logical-type.ts';

const PERIOD_EXAMPLES: { readonly [Level in CalendarLevel]: string } = {
  day: "'2024-01-31'",
  week: "'2024-W05'",
  month: "'2024-01'",
  quarter: "'2024-Q1'",
  year: '2024',
};

/** A type in a message: `text`, `a month like '2024-01'`. */
export function typeWords(type: LogicalType): string {
  return type.kind === 'date' ? `a ${type.level} like ${PERIOD_EXAMPLES[type.level]}` : printType(type);
}
