import { printPeriod } from '../../columns/calendar.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import { printUnits, type Scalar } from '../../columns/scalar.ts';
import { doubleFormatter } from './double.ts';
import { exactFormatter } from './exact.ts';

/** How a cell looks: `plain` text; `quiet` for what stands in place of a value (NULL, the empty text). */
export interface CellText {
  readonly text: string;
  readonly quiet: boolean;
  /** What a screen reader says instead of the text, where the text is a sign. */
  readonly spoken: string | null;
}

/** The writer of one column's cells, made once a column. `sample` yields the doubles that fix the fraction digits. */
export type CellFormatter = (value: Scalar | null) => CellText;

const NULL_CELL: CellText = { text: '—', quiet: true, spoken: 'null' };
const EMPTY_CELL: CellText = { text: '“”', quiet: true, spoken: 'empty text' };

/** Makes the writer of a column of a type in a locale. */
export function cellFormatter(type: LogicalType, locale: string, sample: () => Iterable<number>): CellFormatter {
  const write = valueWriter(type, locale, sample);
  return (value) => {
    if (value === null) return NULL_CELL;
    if (value === '') return EMPTY_CELL;
    return { text: write(value), quiet: false, spoken: null };
  };
}

function valueWriter(type: LogicalType, locale: string, sample: () => Iterable<number>): (value: Scalar) => string {
  switch (type.kind) {
    case 'text':
      return (value) => visibleSpaces(String(value));
    case 'bool':
      return (value) => (value === true ? 'true' : 'false');
    case 'date':
      return (value) => printPeriod(Number(value), type.level);
    case 'int64':
      return exactWriter(0, locale);
    case 'decimal':
      return exactWriter(type.digits, locale);
    case 'double': {
      const format = doubleFormatter(sample(), locale);
      return (value) => format(Number(value));
    }
  }
}

function exactWriter(digits: number, locale: string): (value: Scalar) => string {
  const format = exactFormatter(digits, locale);
  return (value) => (typeof value === 'bigint' || typeof value === 'number' ? format(value) : String(value));
}

/** Text with its leading and trailing spaces shown as `·`, so that `East ` is not read as `East`. */
export function visibleSpaces(text: string): string {
  return text.replace(/^ +| +$/g, (spaces) => '·'.repeat(spaces.length));
}

/** The value as it is typed and copied: full digits, `-`, no grouping; NULL is the empty text. */
export function canonicalText(value: Scalar | null, type: LogicalType): string {
  if (value === null) return '';
  switch (type.kind) {
    case 'text':
      return String(value);
    case 'bool':
      return value === true ? 'true' : 'false';
    case 'date':
      return printPeriod(Number(value), type.level);
    case 'int64':
    case 'decimal':
      return typeof value === 'bigint' || typeof value === 'number'
        ? printUnits(value, type.kind === 'decimal' ? type.digits : 0)
        : String(value);
    case 'double':
      return String(value === 0 ? 0 : value);
  }
}

/** Whether values of the type stand to the right, so that their points align. */
export function alignsRight(type: LogicalType): boolean {
  return type.kind === 'int64' || type.kind === 'decimal' || type.kind === 'double';
}
