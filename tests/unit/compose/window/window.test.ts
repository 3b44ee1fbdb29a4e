import { describe, expect, it } from 'vitest';
import { type CalendarLevel, parsePeriod } from '../../../../src/columns/calendar.ts';
import { type Column, columnLength, type DictionaryColumn } from '../../../../src/columns/column.ts';
import { DOUBLE, decimal, INT64, type LogicalType, period, TEXT } from '../../../../src/columns/logical-type.ts';
import { windowColumn } from '../../../../src/compose/window/window.ts';
import { WINDOWS, type WindowCall, type WindowName } from '../../../../src/operators/window.ts';
import { type Cell, cellsOf, coded, flat } from '../table.ts';

interface Options {
  readonly count?: number;
  readonly level?: CalendarLevel;
  readonly step?: CalendarLevel;
  readonly reset?: CalendarLevel;
  readonly type?: LogicalType;
}

/** Cells of a window over rows of (period as printed, x), one partition. */
function windowOf(window: WindowName, rows: readonly (readonly [string | null, Cell])[], options: Options = {}) {
  const { level = 'day', type = INT64 } = options;
  const axis = coded(
    period(level),
    rows.map(([text]) => (text === null ? null : dayIn(text, level))),
  );
  const x = flat(
    type,
    rows.map(([, cell]) => cell),
  );
  return cellsOf(columnOver(window, { axis, x }, [axis], options));
}

function dayIn(text: string, level: CalendarLevel): number {
  const day = parsePeriod(text, level);
  if (day === undefined) throw new RangeError(text);
  return day;
}

function columnOver(
  window: WindowName,
  columns: Readonly<Record<string, Column>> & { readonly x: Column },
  coordinate: readonly DictionaryColumn[],
  options: Options = {},
): Column {
  const { level = 'day', count = 1 } = options;
  const type = WINDOWS[window].result(columns.x.type);
  if (type === undefined) throw new RangeError(`${window} is not defined`);
  const call: WindowCall = {
    name: '#w',
    window,
    input: { kind: 'column', name: 'x', type: columns.x.type },
    count,
    axis: { dimension: 'axis', level },
    step: options.step ?? null,
    reset: options.reset ?? null,
    partition: Object.keys(columns).filter((name) => name !== 'x' && name !== 'axis'),
    type,
  };
  const lookup = (name: string): Column => {
    const column = columns[name];
    if (column === undefined) throw new RangeError(name);
    return column;
  };
  const result = windowColumn(call, { columns: lookup, rowCount: columnLength(columns.x), coordinate });
  expect(result.type).toEqual(type);
  return result;
}

describe('case 9: days 1, 2 and 4 with 10, 20 and 40', () => {
  const rows = [
    ['2024-01-01', 10],
    ['2024-01-02', 20],
    ['2024-01-04', 40],
  ] as const;

  it.each<[WindowName, number, readonly Cell[]]>([
    ['LAG', 1, [null, 10, null]],
    ['LAG', 0, [10, 20, 40]],
    ['LAG', 2, [null, null, 20]],
    ['LAG', 1e17, [null, null, null]],
    ['LEAD', 1, [20, null, null]],
    ['LEAD', 3, [40, null, null]],
    ['CUMSUM', 1, [10, 30, 70]],
    ['ROLLING_SUM', 1, [10, 20, 40]],
    ['ROLLING_SUM', 2, [null, 30, 40]],
    ['ROLLING_SUM', 3, [null, null, 60]],
    ['ROLLING_SUM', 4, [null, null, 70]],
    ['ROLLING_SUM', 5, [null, null, null]],
    ['ROLLING_AVG', 3, [null, null, 30]],
    ['ROLLING_MIN', 3, [null, null, 20]],
    ['ROLLING_MAX', 3, [null, null, 40]],
    ['PCT_CHANGE', 1, [null, 1, null]],
    ['RANK', 1, [3, 2, 1]],
    ['DENSE_RANK', 1, [3, 2, 1]],
    ['ROW_NUMBER', 1, [3, 2, 1]],
  ])('%s %d', (window, count, expected) => {
    expect(windowOf(window, rows, { count })).toEqual(expected);
  });

  it('in whatever order the rows stand', () => {
    const [first, second, third] = rows;
    expect(windowOf('CUMSUM', [third, first, second])).toEqual([70, 10, 30]);
    expect(windowOf('LAG', [third, first, second])).toEqual([null, null, 10]);
    expect(windowOf('ROLLING_SUM', [third, first, second], { count: 3 })).toEqual([60, null, null]);
  });
});

describe('the calendar', () => {
  it('a year earlier is the same date, and 29 February has none', () => {
    const rows = [
      ['2023-02-28', 1],
      ['2023-03-01', 2],
      ['2024-02-28', 3],
      ['2024-02-29', 4],
      ['2024-03-01', 5],
      ['2028-02-29', 6],
    ] as const;
    expect(windowOf('LAG', rows, { step: 'year' })).toEqual([null, null, 1, null, 2, null]);
    expect(windowOf('LAG', rows, { step: 'year', count: 4 })).toEqual([null, null, null, null, null, 4]);
    expect(windowOf('LEAD', rows, { step: 'year' })).toEqual([3, 5, null, null, null, null]);
    expect(windowOf('PCT_CHANGE', rows, { step: 'year' })).toEqual([null, null, 2, null, 1.5, null]);
  });

  it('a month earlier is the same day of it', () => {
    const rows = [
      ['2024-01-29', 1],
      ['2024-01-31', 2],
      ['2024-02-29', 3],
      ['2024-03-31', 4],
    ] as const;
    expect(windowOf('LAG', rows, { step: 'month' })).toEqual([null, null, 1, null]);
    expect(windowOf('LAG', rows, { step: 'month', count: 2 })).toEqual([null, null, null, 2]);
  });

  it('a week earlier is seven days', () => {
    const rows = [
      ['2024-02-26', 1],
      ['2024-03-03', 2],
      ['2024-03-04', 3],
    ] as const;
    expect(windowOf('LAG', rows, { step: 'week' })).toEqual([null, null, 1]);
  });

  it('months, quarters and years step over year ends', () => {
    const months = [
      ['2023-01', 1],
      ['2023-12', 2],
      ['2024-01', 3],
    ] as const;
    expect(windowOf('LAG', months, { level: 'month' })).toEqual([null, null, 2]);
    expect(windowOf('LAG', months, { level: 'month', step: 'year' })).toEqual([null, null, 1]);
    expect(windowOf('ROLLING_SUM', months, { level: 'month', count: 13 })).toEqual([null, null, 6]);
    const quarters = [
      ['2023-Q1', 1],
      ['2023-Q4', 2],
      ['2024-Q1', 3],
    ] as const;
    expect(windowOf('LAG', quarters, { level: 'quarter' })).toEqual([null, null, 2]);
    expect(windowOf('LAG', quarters, { level: 'quarter', step: 'year' })).toEqual([null, null, 1]);
    const years = [
      ['2022', 1],
      ['2024', 2],
    ] as const;
    expect(windowOf('LAG', years, { level: 'year' })).toEqual([null, null]);
    expect(windowOf('LAG', years, { level: 'year', count: 2 })).toEqual([null, 1]);
  });

  it('ISO weeks go on over year ends, also in a year of 53', () => {
    const rows = [
      ['2020-W52', 1],
      ['2020-W53', 2],
      ['2021-W01', 4],
      ['2021-W03', 8],
    ] as const;
    expect(windowOf('LAG', rows, { level: 'week' })).toEqual([null, 1, 2, null]);
    expect(windowOf('ROLLING_SUM', rows, { level: 'week', count: 2 })).toEqual([null, 3, 6, 8]);
  });

  it('CUMSUM restarts in each period, and where that begins with NULL says so', () => {
    const rows = [
      ['2023-12-30', 1],
      ['2023-12-31', 2],
      ['2024-01-01', null],
      ['2024-01-02', 4],
      ['2024-01-03', null],
      ['2024-02-01', 8],
    ] as const;
    expect(windowOf('CUMSUM', rows, { reset: 'year' })).toEqual([1, 3, null, 4, 4, 12]);
    expect(windowOf('CUMSUM', rows, { reset: 'month' })).toEqual([1, 3, null, 4, 4, 8]);
    // 2024-01-01 is a Monday.
    expect(windowOf('CUMSUM', rows, { reset: 'week' })).toEqual([1, 3, null, 4, 4, 8]);
    expect(windowOf('CUMSUM', rows)).toEqual([1, 3, 3, 7, 7, 15]);
  });
});

describe('what has no value', () => {
  it('a row without a period is nobody’s neighbour', () => {
    const rows = [
      [null, 100],
      ['2024-01-01', 1],
      ['2024-01-02', 2],
    ] as const;
    expect(windowOf('LAG', rows, { count: 0 })).toEqual([null, 1, 2]);
    expect(windowOf('CUMSUM', rows)).toEqual([null, 1, 3]);
    expect(windowOf('ROLLING_MAX', rows, { count: 2 })).toEqual([null, null, 2]);
    expect(windowOf('PCT_CHANGE', rows)).toEqual([null, null, 1]);
    expect(windowOf('RANK', rows)).toEqual([1, 3, 2]);
  });

  it('NULL inputs are skipped, and periods count from the first row even where its input is NULL', () => {
    const rows = [
      ['2024-01-01', null],
      ['2024-01-02', 2],
      ['2024-01-03', null],
      ['2024-01-04', null],
    ] as const;
    expect(windowOf('ROLLING_SUM', rows, { count: 2 })).toEqual([null, 2, 2, null]);
    expect(windowOf('ROLLING_AVG', rows, { count: 2 })).toEqual([null, 2, 2, null]);
    expect(windowOf('ROLLING_MIN', rows, { count: 1 })).toEqual([null, 2, null, null]);
    expect(windowOf('ROLLING_MAX', rows, { count: 9 })).toEqual([null, null, null, null]);
    expect(windowOf('CUMSUM', rows)).toEqual([null, 2, 2, 2]);
    expect(windowOf('LAG', rows)).toEqual([null, null, 2, null]);
  });

  it('a change from 0 has no fraction', () => {
    const rows = [
      ['2024-01-01', 0],
      ['2024-01-02', 2],
      ['2024-01-03', 0],
    ] as const;
    expect(windowOf('PCT_CHANGE', rows)).toEqual([null, null, -1]);
    expect(windowOf('PCT_CHANGE', rows, { type: DOUBLE })).toEqual([null, null, -1]);
  });

  it('no rows', () => {
    for (const window of ['LAG', 'CUMSUM', 'ROLLING_AVG', 'PCT_CHANGE', 'ROW_NUMBER'] as const) {
      expect(windowOf(window, [])).toEqual([]);
    }
  });
});

describe('numbers', () => {
  it('sums past 2^53 and past int64 are exact', () => {
    const large = 2 ** 53 - 1;
    const rows = [
      ['2024-01-01', large],
      ['2024-01-02', large],
      ['2024-01-03', -large],
      ['2024-01-04', 2n ** 63n - 1n],
    ] as const;
    const safe = rows.slice(0, 3);
    expect(windowOf('CUMSUM', safe)).toEqual([large, 2n * BigInt(large), large]);
    expect(windowOf('ROLLING_SUM', safe, { count: 2 })).toEqual([null, 2n * BigInt(large), 0]);
    expect(windowOf('CUMSUM', rows)).toEqual([large, 2n * BigInt(large), large, BigInt(large) + 2n ** 63n - 1n]);
    expect(windowOf('ROLLING_MAX', rows, { count: 2 })).toEqual([null, large, large, 2n ** 63n - 1n]);
    expect(windowOf('ROLLING_AVG', rows, { count: 3 })).toEqual([null, null, large / 3, 2 ** 63 / 3]);
  });

  it('a mean of decimals is divided once', () => {
    const rows = [
      ['2024-01-01', 10],
      ['2024-01-02', 20],
    ] as const;
    expect(windowOf('ROLLING_AVG', rows, { count: 2, type: decimal(2) })).toEqual([null, 0.15]);
    expect(windowOf('ROLLING_SUM', rows, { count: 2, type: decimal(2) })).toEqual([null, 30]);
  });

  it('a large double that has left the window, or cancelled, leaves nothing behind', () => {
    const rows = [
      ['2024-01-01', 1e300],
      ['2024-01-02', 0.1],
      ['2024-01-03', 0.2],
    ] as const;
    expect(windowOf('ROLLING_SUM', rows, { count: 2, type: DOUBLE })).toEqual([null, 1e300, 0.1 + 0.2]);
    const cancelling = [
      ['2024-01-01', 0.5],
      ['2024-01-02', 1e300],
      ['2024-01-03', -1e300],
    ] as const;
    expect(windowOf('CUMSUM', cancelling, { type: DOUBLE })).toEqual([0.5, 1e300, 0.5]);
  });

  it('a sum of doubles that is not finite is NULL', () => {
    const rows = [
      ['2024-01-01', 1.5e308],
      ['2024-01-02', 1.5e308],
      ['2024-01-03', 1],
    ] as const;
    expect(windowOf('CUMSUM', rows, { type: DOUBLE })).toEqual([1.5e308, null, null]);
    expect(windowOf('ROLLING_SUM', rows, { count: 2, type: DOUBLE })).toEqual([null, null, 1.5e308]);
    expect(windowOf('ROLLING_AVG', rows, { count: 2, type: DOUBLE })).toEqual([null, null, 0.75e308]);
  });
});

describe('partitions', () => {
  const day = (n: number) => 19_723 + n;
  const axis = coded(period('day'), [day(0), day(1), day(0), day(1), day(1)]);
  const store = coded(TEXT, ['A', 'A', null, null, 'B'], ['unused']);
  const coordinate = [store, axis];

  it('are told apart by every column, and NULL is a value', () => {
    const x = flat(INT64, [1, 2, 4, 8, 16]);
    const cells = (window: WindowName, count = 1) =>
      cellsOf(columnOver(window, { axis, store, x }, coordinate, { count }));
    expect(cells('LAG')).toEqual([null, 1, null, 4, null]);
    expect(cells('LEAD')).toEqual([2, null, 8, null, null]);
    expect(cells('CUMSUM')).toEqual([1, 3, 4, 12, 16]);
    // B begins with its only row.
    expect(cells('ROLLING_SUM', 2)).toEqual([null, 3, null, 12, null]);
    expect(cells('RANK')).toEqual([2, 1, 2, 1, 1]);
  });

  it('several columns part together', () => {
    const item = coded(TEXT, ['x', 'x', 'x', 'y', 'x']);
    const x = flat(INT64, [1, 2, 4, 8, 16]);
    const column = columnOver('CUMSUM', { axis, store, item, x }, [store, item, axis]);
    expect(cellsOf(column)).toEqual([1, 3, 4, 8, 16]);
  });

  it('that leave two rows of one period together are a defect of the caller', () => {
    const x = flat(INT64, [1, 2, 4, 8, 16]);
    expect(() => columnOver('CUMSUM', { axis, x }, coordinate)).toThrow(
      new RangeError('window: two rows of one period in one partition'),
    );
  });

  it('LAG takes texts, periods and codes as they are', () => {
    const x = coded(TEXT, ['😀', 'a', null, 'a', '']);
    expect(cellsOf(columnOver('LAG', { axis, store, x }, coordinate))).toEqual([null, '😀', null, null, null]);
    const month = coded(period('month'), [1, 2, 3, 4, 5].map(day));
    expect(cellsOf(columnOver('LEAD', { axis, store, x: month }, coordinate))).toEqual([
      day(2),
      null,
      day(4),
      null,
      null,
    ]);
  });
});

describe('ranks', () => {
  const store = coded(TEXT, ['c', '～', 'b', null, 'a', '😀', 'd']);
  const cells = (window: WindowName, x: Column, within: Readonly<Record<string, Column>> = {}) =>
    cellsOf(columnOver(window, { ...within, x }, [store]));

  it('ties share, leave gaps or none, and are numbered by coordinate', () => {
    const x = flat(INT64, [7, 5, 5, 5, 9, 5, null]);
    expect(cells('RANK', x)).toEqual([2, 3, 3, 3, 1, 3, null]);
    expect(cells('DENSE_RANK', x)).toEqual([2, 3, 3, 3, 1, 3, null]);
    expect(cells('ROW_NUMBER', x)).toEqual([2, 4, 3, 6, 1, 5, null]);
    const lower = flat(DOUBLE, [1, 2, 2, 0.5, -1, 2, null]);
    expect(cells('RANK', lower)).toEqual([4, 1, 1, 5, 6, 1, null]);
    expect(cells('DENSE_RANK', lower)).toEqual([2, 1, 1, 3, 4, 1, null]);
  });

  it('of texts go by code point, of bigints by value', () => {
    expect(cells('RANK', coded(TEXT, ['a', '～', '😀', null, 'a', '', 'B']))).toEqual([3, 2, 1, null, 3, 6, 5]);
    const large = [2n ** 60n, 2n ** 60n + 1n, 1, null, 2n ** 60n, -(2n ** 60n), 0];
    expect(cells('DENSE_RANK', flat(INT64, large))).toEqual([2, 1, 3, null, 2, 5, 4]);
  });

  it('within begin anew for each value, NULL included', () => {
    const region = coded(TEXT, ['E', 'E', null, null, 'W', 'W', 'W']);
    const x = flat(INT64, [1, 2, 3, 4, 5, 5, null]);
    expect(cells('RANK', x, { region })).toEqual([2, 1, 2, 1, 1, 1, null]);
    expect(cells('ROW_NUMBER', x, { region })).toEqual([2, 1, 2, 1, 1, 2, null]);
  });
});
