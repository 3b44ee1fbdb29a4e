import type { CalendarLevel } from '../../../../src/columns/calendar.ts';
import type { LogicalType } from '../../../../src/columns/logical-type.ts';
import type { WindowName } from '../../../../src/operators/window.ts';
import { nearestDouble } from '../rational.ts';
import { compareTexts } from '../reference.ts';
import type { Cell } from '../table.ts';

const MS_PER_DAY = 86_400_000;

/** A row as the reference sees it: `group` parts the rows, `day` is its period's first day. */
export interface WindowRow {
  readonly group: Cell;
  readonly day: number | null;
  readonly x: Cell;
}

export interface WindowQuestion {
  readonly window: WindowName;
  readonly count: number;
  readonly level: CalendarLevel;
  readonly step: CalendarLevel | null;
  readonly reset: CalendarLevel | null;
  readonly type: LogicalType;
}

/** Day number of a civil date by the platform's calendar; undefined where there is no such date. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.getTime() / MS_PER_DAY : undefined;
}

/** First day of the period that holds the day, by the platform's calendar. */
export function firstDay(day: number, level: CalendarLevel): number {
  const date = new Date(day * MS_PER_DAY);
  const year = date.getUTCFullYear();
  switch (level) {
    case 'day':
      return day;
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7);
    case 'month':
      return Date.UTC(year, date.getUTCMonth(), 1) / MS_PER_DAY;
    case 'quarter':
      return Date.UTC(year, date.getUTCMonth() - (date.getUTCMonth() % 3), 1) / MS_PER_DAY;
    case 'year':
      return Date.UTC(year, 0, 1) / MS_PER_DAY;
  }
}

/** Whether `to` lies in one of the `count` periods of the level that begin with the one of `from`: gone through one by one. */
function isWithin(from: number, to: number, level: CalendarLevel, count: number): boolean {
  let day = firstDay(to, level);
  for (let back = 0; back < count; back++) {
    if (day <= firstDay(from, level)) return true;
    day = firstDay(day - 1, level);
  }
  return false;
}

function shifted(day: number, level: CalendarLevel, count: number): number | undefined {
  const date = new Date(day * MS_PER_DAY);
  const months = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[level];
  if (months === 0) return day + count * (level === 'week' ? 7 : 1);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months * count, 1));
  return dayOf(target.getUTCFullYear(), target.getUTCMonth() + 1, date.getUTCDate());
}

/** The window's value in each row: for every row all rows are looked through. */
export function referenceWindow(question: WindowQuestion, rows: readonly WindowRow[]): readonly Cell[] {
  return rows.map((row, position) => cellOf(question, rows, row, position));
}

function cellOf(question: WindowQuestion, rows: readonly WindowRow[], row: WindowRow, position: number): Cell {
  const { window, count, level, reset, type } = question;
  const peers = rows.filter(({ group }) => group === row.group);
  switch (window) {
    case 'RANK':
      return row.x === null ? null : 1 + peers.filter(({ x }) => isLarger(x, row.x)).length;
    case 'DENSE_RANK':
      return row.x === null ? null : 1 + new Set(peers.flatMap(({ x }) => (isLarger(x, row.x) ? [x] : []))).size;
    case 'ROW_NUMBER': {
      if (row.x === null) return null;
      const before = rows.filter(
        (other, i) =>
          other.group === row.group &&
          (isLarger(other.x, row.x) || (other.x === row.x && i !== position && byCoordinate(other, row) < 0)),
      );
      return 1 + before.length;
    }
  }
  const { day } = row;
  if (day === null) return null;
  const dated = peers.flatMap((peer) => (peer.day === null ? [] : [{ day: peer.day, x: peer.x }]));
  const neighbour = (direction: number): Cell => {
    const target = shifted(day, question.step ?? level, direction * count);
    return dated.find((peer) => peer.day === target)?.x ?? null;
  };
  const last = (): readonly Cell[] | null => {
    const first = Math.min(...dated.map((peer) => peer.day));
    if (isWithin(first, day, level, count - 1)) return null;
    return dated
      .filter((peer) => peer.day <= day && isWithin(peer.day, day, level, count))
      .sort((a, b) => a.day - b.day)
      .map(({ x }) => x);
  };
  switch (window) {
    case 'LAG':
      return neighbour(-1);
    case 'LEAD':
      return neighbour(1);
    case 'PCT_CHANGE': {
      const then = neighbour(-1);
      return row.x === null || then === null ? null : change(row.x, then, type);
    }
    case 'CUMSUM': {
      const start = reset === null ? Number.NEGATIVE_INFINITY : firstDay(day, reset);
      const upTo = dated.filter((peer) => peer.day >= start && peer.day <= day).sort((a, b) => a.day - b.day);
      return sumOf(
        upTo.map(({ x }) => x),
        type,
      );
    }
    case 'ROLLING_SUM':
      return sumOf(last(), type);
    case 'ROLLING_AVG': {
      const cells = last();
      const sum = sumOf(cells, type);
      const number = (cells ?? []).filter((cell) => cell !== null).length;
      if (sum === null) return null;
      return type.kind === 'double' ? Number(sum) / number : nearestDouble(BigInt(sum), BigInt(number) * scale(type));
    }
    case 'ROLLING_MIN':
      return extreme(last(), (a, b) => isLarger(b, a));
    case 'ROLLING_MAX':
      return extreme(last(), (a, b) => isLarger(a, b));
  }
}

function scale(type: LogicalType): bigint {
  return type.kind === 'decimal' ? 10n ** BigInt(type.digits) : 1n;
}

function isLarger(a: Cell, b: Cell): boolean {
  if (a === null || b === null) return false;
  return typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) > 0 : a > b;
}

/** Coordinates are (group, day): ascending, NULLs last. */
function byCoordinate(a: WindowRow, b: WindowRow): number {
  return compareCells(a.group, b.group) || compareCells(a.day, b.day);
}

function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return isLarger(a, b) ? 1 : isLarger(b, a) ? -1 : 0;
}

function change(now: Exclude<Cell, null>, then: Exclude<Cell, null>, type: LogicalType): number | null {
  if (type.kind === 'double') {
    const ratio = Number(now) / Number(then);
    return Number.isFinite(ratio) ? ratio - 1 : null;
  }
  return BigInt(then) === 0n ? null : nearestDouble(BigInt(now), BigInt(then)) - 1;
}

function sumOf(cells: readonly Cell[] | null, type: LogicalType): Cell {
  const values = (cells ?? []).filter((cell) => cell !== null);
  if (values.length === 0) return null;
  if (type.kind === 'double') return values.reduce<number>((sum, value) => sum + Number(value), 0);
  const sum = values.reduce<bigint>((total, value) => total + BigInt(value), 0n);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
}

function extreme(cells: readonly Cell[] | null, wins: (a: Cell, b: Cell) => boolean): Cell {
  return (cells ?? []).reduce<Cell>((best, cell) => (best === null || wins(cell, best) ? cell : best), null);
}
