import type { CalendarLevel } from '../../columns/calendar.ts';
import { INT64, type LogicalType, period } from '../../columns/logical-type.ts';
import type { Expression } from '../expression.ts';
import type { DateFunction } from '../functions.ts';
import { arithmetic, call, negated } from './build.ts';
import { argument, functionsOf, INTEGER, LEVEL, type Row, type ScalarFunction } from './scalar-function.ts';

/** Levels that nest one in the next. Weeks nest in nothing: of the other levels only a day leads to one. */
const NESTED: readonly CalendarLevel[] = ['day', 'month', 'quarter', 'year'];
const LEVELS: readonly CalendarLevel[] = ['day', 'week', 'month', 'quarter', 'year'];

/** The calendar level of a name, in either case; undefined where it is none. */
export function levelNamed(name: string): CalendarLevel | undefined {
  return LEVELS.find((level) => level === name.toLowerCase());
}

/** Functions of dates: a date stands for a period of its level. */
export const DATE_ROWS: readonly ScalarFunction[] = functionsOf('dates', [
  part('YEAR', 'The calendar year.', "YEAR(DATE '2024-05-31') = 2024", NESTED),
  part('QUARTER', 'The quarter of the year, 1 to 4.', "QUARTER(DATE '2024-05-31') = 2", ['day', 'month', 'quarter']),
  part('MONTH', 'The month of the year, 1 to 12.', "MONTH(DATE '2024-05-31') = 5", ['day', 'month']),
  part('WEEK', 'The ISO week number, 1 to 53.', "WEEK(DATE '2024-12-30') = 1", ['day', 'week']),
  part('DAY', 'The day of the month, 1 to 31.', "DAY(DATE '2024-05-31') = 31", ['day']),
  part('WEEKDAY', 'The day of the week: Monday is 1, Sunday 7.', "WEEKDAY(DATE '2024-05-31') = 5", ['day']),
  {
    name: 'DATE_TRUNC',
    signature: "DATE_TRUNC('level', d)",
    doc: 'The period of the level (week, month, quarter, year) that holds the date; the levels of d nest in it.',
    example: "DATE_TRUNC('month', DATE '2024-05-31') = '2024-05'",
    parameters: [LEVEL, { kind: 'date', levels: LEVELS }],
    build: (args) => {
      const [written, date] = [argument(args, 0), argument(args, 1)];
      const level = written.kind === 'literal' ? levelNamed(String(written.value)) : undefined;
      const accepts = date.type.kind === 'date' ? levelsOver(date.type.level) : LEVELS;
      if (level === undefined || !accepts.includes(level)) {
        return { kind: 'misfit', argument: 0, accepts: accepts.map((each) => `'${each}'`) };
      }
      const type = period(level);
      return levelOf(date.type) === level ? date : call('PERIOD', [date], type);
    },
  },
  {
    name: 'DATE_ADD',
    signature: 'DATE_ADD(d, n)',
    doc: 'The date n periods of its level later, as d + n; NULL where that date does not exist.',
    example: "DATE_ADD(DATE '2024-02-28', 2) = '2024-03-01'",
    parameters: [{ kind: 'date', levels: LEVELS }, INTEGER],
    build: (args) => shifted('+', argument(args, 0), argument(args, 1)),
  },
  {
    name: 'DATE_DIFF',
    signature: 'DATE_DIFF(d1, d2)',
    doc: 'Number of periods from d2 to d1, as d1 − d2; both are of one level.',
    example: "DATE_DIFF(DATE '2024-03-01', DATE '2024-02-28') = 2",
    parameters: [
      { kind: 'date', levels: LEVELS },
      { kind: 'date', levels: LEVELS },
    ],
    alike: true,
    build: (args) => distance(argument(args, 0), argument(args, 1)),
  },
]);

/** `date + n` and `date − n`: n periods of the date's level later or earlier. */
export function shifted(operator: '+' | '-', date: Expression, n: Expression): Expression {
  return call('SHIFT', [date, operator === '+' ? n : negated(n)], date.type);
}

/** `later − earlier` of dates of one level: the number of periods between. */
export function distance(later: Expression, earlier: Expression): Expression {
  return arithmetic('-', call('PERIOD_INDEX', [later], INT64), call('PERIOD_INDEX', [earlier], INT64));
}

/** A whole number that a date has. */
function part(name: DateFunction, doc: string, example: string, levels: readonly CalendarLevel[]): Row {
  return {
    name,
    signature: `${name}(d)`,
    doc: levels.length === 1 ? `${doc} Of a day.` : `${doc} Of a ${levels.join(', ')}.`,
    example,
    parameters: [{ kind: 'date', levels }],
    build: (args) => call(name, args, INT64),
  };
}

/** The level itself, and those that it nests in. */
function levelsOver(level: CalendarLevel): readonly CalendarLevel[] {
  if (level === 'day') return LEVELS;
  return level === 'week' ? ['week'] : NESTED.slice(NESTED.indexOf(level));
}

function levelOf(type: LogicalType): CalendarLevel | undefined {
  return type.kind === 'date' ? type.level : undefined;
}
