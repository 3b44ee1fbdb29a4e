import type { CalendarLevel } from '../columns/calendar.ts';
import { DOUBLE, INT64, isNumeric, type LogicalType } from '../columns/logical-type.ts';
import type { Expression } from './expression.ts';

export type WindowName =
  | 'LAG'
  | 'LEAD'
  | 'CUMSUM'
  | 'ROLLING_SUM'
  | 'ROLLING_AVG'
  | 'ROLLING_MIN'
  | 'ROLLING_MAX'
  | 'PCT_CHANGE'
  | 'RANK'
  | 'DENSE_RANK'
  | 'ROW_NUMBER';

export interface WindowDefinition {
  readonly name: WindowName;
  /** `required` or `optional`: a second argument, the number of periods. */
  readonly count: 'required' | 'optional' | 'none';
  /** Named arguments that it takes. */
  readonly takes: readonly ('step' | 'reset' | 'within')[];
  /** Whether it looks along the anchor's calendar; ranks do not. */
  readonly needsAxis: boolean;
  /** Whether it adds values up along the axis, so that blocks and replicated values count. */
  readonly sums: boolean;
  /** Which way it looks past what WHERE lets in. */
  readonly looks: 'back' | 'ahead' | null;
  readonly result: (input: LogicalType) => LogicalType | undefined;
  readonly doc: string;
}

const same = (input: LogicalType) => input;
const number = (result: (input: LogicalType) => LogicalType) => (input: LogicalType) =>
  isNumeric(input) ? result(input) : undefined;
const toDouble = number(() => DOUBLE);
const rank = (input: LogicalType) => (input.kind === 'bool' ? undefined : INT64);

/** Every window, once. Along the axis periods count, not rows: a missing period is a gap. */
export const WINDOWS: { readonly [Name in WindowName]: WindowDefinition & { readonly name: Name } } = {
  LAG: {
    name: 'LAG',
    count: 'optional',
    takes: ['step'],
    needsAxis: true,
    sums: false,
    looks: 'back',
    result: same,
    doc: 'LAG(x, n): x n periods earlier (1 where n is left out); NULL if that period has no row. `step => year`: n years earlier.',
  },
  LEAD: {
    name: 'LEAD',
    count: 'optional',
    takes: ['step'],
    needsAxis: true,
    sums: false,
    looks: 'ahead',
    result: same,
    doc: 'LEAD(x, n): x n periods later, else as LAG.',
  },
  CUMSUM: {
    name: 'CUMSUM',
    count: 'none',
    takes: ['reset'],
    needsAxis: true,
    sums: true,
    looks: 'back',
    result: number(same),
    doc: 'CUMSUM(x): sum from the first period up to this one; `reset => year`: from the first of the year.',
  },
  ROLLING_SUM: {
    name: 'ROLLING_SUM',
    count: 'required',
    takes: [],
    needsAxis: true,
    sums: true,
    looks: 'back',
    result: number(same),
    doc: 'ROLLING_SUM(x, n): sum over the periods that exist among the last n; NULL where these begin before the first period.',
  },
  ROLLING_AVG: {
    name: 'ROLLING_AVG',
    count: 'required',
    takes: [],
    needsAxis: true,
    sums: false,
    looks: 'back',
    result: toDouble,
    doc: 'ROLLING_AVG(x, n): mean over the same periods.',
  },
  ROLLING_MIN: {
    name: 'ROLLING_MIN',
    count: 'required',
    takes: [],
    needsAxis: true,
    sums: false,
    looks: 'back',
    result: number(same),
    doc: 'ROLLING_MIN(x, n): smallest over the same periods.',
  },
  ROLLING_MAX: {
    name: 'ROLLING_MAX',
    count: 'required',
    takes: [],
    needsAxis: true,
    sums: false,
    looks: 'back',
    result: number(same),
    doc: 'ROLLING_MAX(x, n): largest over the same periods.',
  },
  PCT_CHANGE: {
    name: 'PCT_CHANGE',
    count: 'optional',
    takes: ['step'],
    needsAxis: true,
    sums: false,
    looks: 'back',
    result: toDouble,
    doc: 'PCT_CHANGE(x): x ÷ LAG(x) − 1, as a fraction; n and `step` as LAG.',
  },
  RANK: {
    name: 'RANK',
    count: 'none',
    takes: ['within'],
    needsAxis: false,
    sums: false,
    looks: null,
    result: rank,
    doc: 'RANK(x): 1 for the largest; ties share and leave a gap; NULL has none. `within => region`: within each.',
  },
  DENSE_RANK: {
    name: 'DENSE_RANK',
    count: 'none',
    takes: ['within'],
    needsAxis: false,
    sums: false,
    looks: null,
    result: rank,
    doc: 'DENSE_RANK(x): as RANK, without gaps.',
  },
  ROW_NUMBER: {
    name: 'ROW_NUMBER',
    count: 'none',
    takes: ['within'],
    needsAxis: false,
    sums: false,
    looks: null,
    result: rank,
    doc: 'ROW_NUMBER(x): as RANK, ties numbered by coordinate.',
  },
};

/** The window of a name as written in a call, case-insensitive. */
export function windowNamed(name: string): WindowDefinition | undefined {
  const upper = name.toUpperCase();
  return Object.values(WINDOWS).find((window) => window.name === upper);
}

/** A window over the rows of a Frame, with every name settled. */
export interface WindowCall {
  /** `#…`: the name by which expressions refer to its column. */
  readonly name: string;
  readonly window: WindowName;
  /** Over columns of the Frame. */
  readonly input: Expression;
  /** n, at least 1 for ROLLING_*, at least 0 else; 1 where it was left out. */
  readonly count: number;
  /** The anchor's finest calendar dimension; null: it has none and the window needs none. */
  readonly axis: { readonly dimension: string; readonly level: CalendarLevel } | null;
  /** The level that `count` counts in; null: the axis's own. */
  readonly step: CalendarLevel | null;
  /** CUMSUM begins anew with each period of this level; null: never. */
  readonly reset: CalendarLevel | null;
  /** Columns of the Frame whose values part the rows: the dimensions outside the calendar, or those of `within`. */
  readonly partition: readonly string[];
  readonly type: LogicalType;
}
