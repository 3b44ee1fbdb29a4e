import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../src/columns/calendar.ts';
import {
  BOOL,
  DAY,
  DOUBLE,
  decimal,
  INT64,
  type LogicalType,
  period,
  TEXT,
} from '../../../src/columns/logical-type.ts';
import type { FrameData } from '../../../src/compose/frame.ts';
import { jsonValue, printScalar } from '../../../src/compose/printed-value.ts';
import { frameIpc, frameRows } from '../../../src/compose/result.ts';
import type { FrameColumn } from '../../../src/planning/plan.ts';
import { nameOf, seriesOf } from './plans.ts';
import { batchOf, type Cell, coded, flat } from './table.ts';

const NEW_YEAR = dayNumber(2024, 1, 1);

describe('values', () => {
  it.each<[string, Cell, LogicalType, unknown, string]>([
    ['text', 'a', TEXT, 'a', 'a'],
    ['NULL', null, TEXT, null, 'NULL'],
    ['an integer', 42, INT64, 42, '42'],
    ['an integer past 2^53', 9007199254740993n, INT64, '9007199254740993', '9007199254740993'],
    ['a decimal', 115780616, decimal(2), 1157806.16, '1157806.16'],
    ['a decimal with a closing zero', -1230, decimal(2), -12.3, '-12.30'],
    ['a decimal past 2^53 units', -900719925474099301n, decimal(2), '-9007199254740993.01', '-9007199254740993.01'],
    ['a double', 0.1, DOUBLE, 0.1, '0.1'],
    ['−0', -0, DOUBLE, 0, '0'],
    ['−0 units', -0, decimal(2), 0, '0.00'],
    ['a double that is not finite', Number.NaN, DOUBLE, null, 'null'],
    ['a boolean', false, BOOL, false, 'false'],
    ['a day', NEW_YEAR, DAY, '2024-01-01', '2024-01-01'],
    ['a week', NEW_YEAR, period('week'), '2024-W01', '2024-W01'],
    ['a month', NEW_YEAR, period('month'), '2024-01', '2024-01'],
    ['a quarter', NEW_YEAR, period('quarter'), '2024-Q1', '2024-Q1'],
    ['a year', NEW_YEAR, period('year'), '2024', '2024'],
  ])('%s', (_, value, type, json, printed) => {
    expect(jsonValue(value, type)).toStrictEqual(json);
    expect(printScalar(value, type)).toBe(printed);
  });
});

describe('a Frame', () => {
  const month = period('month');
  const frame: FrameData = {
    batch: batchOf({
      region: coded(TEXT, ['East', null]),
      month: coded(month, [NEW_YEAR, NEW_YEAR]),
      name: coded(TEXT, [null, '～']),
      revenue: flat(decimal(2), [30, -5]),
      total: flat(INT64, [9007199254740993n, null]),
      mean: flat(DOUBLE, [0.15, null]),
      big: flat(BOOL, [true, null]),
    }),
    types: [TEXT, month, TEXT, decimal(2), INT64, DOUBLE, BOOL],
    anchor: ['region', 'month'],
  };
  const columns: readonly FrameColumn[] = [
    { kind: 'anchor', name: 'region', dimension: 'region', type: TEXT },
    { kind: 'anchor', name: 'month', dimension: 'month', type: month },
    { kind: 'determined', name: 'name', target: 'name', type: TEXT },
    seriesOf('revenue', nameOf('m0', decimal(2))),
    seriesOf('total', nameOf('m1', INT64)),
    seriesOf('mean', nameOf('m2', DOUBLE)),
    seriesOf('big', nameOf('m3', BOOL)),
  ];

  it('as rows', () => {
    expect(frameRows(frame)).toEqual({
      columns: ['region', 'month', 'name', 'revenue', 'total', 'mean', 'big'],
      rows: [
        ['East', '2024-01', null, 0.3, '9007199254740993', 0.15, true],
        [null, '2024-01', '～', -0.05, null, null, null],
      ],
    });
  });

  it('without a row, and without a column', () => {
    const empty: FrameData = { batch: batchOf({ x: flat(INT64, []) }), types: [INT64], anchor: [] };
    expect(frameRows(empty)).toEqual({ columns: ['x'], rows: [] });
    expect(tableFromIPC(frameIpc(empty, [seriesOf('x', nameOf('m0', INT64))])).numRows).toBe(0);
  });

  it('as Arrow, with types, levels and roles', () => {
    const table = tableFromIPC(frameIpc(frame, columns));
    const schema = table.schema.fields.map((field) => [
      field.name,
      String(field.type),
      Object.fromEntries(field.metadata),
    ]);
    expect(schema).toEqual([
      ['region', 'Dictionary<Int32, Utf8>', { 'coframe.type': 'text', 'coframe.role': 'anchor' }],
      ['month', 'Date32<DAY>', { 'coframe.type': 'date', 'coframe.level': 'month', 'coframe.role': 'anchor' }],
      ['name', 'Dictionary<Int32, Utf8>', { 'coframe.type': 'text', 'coframe.role': 'determined' }],
      ['revenue', 'Decimal[38e+2]', { 'coframe.type': 'decimal(2)', 'coframe.role': 'series' }],
      ['total', 'Int64', { 'coframe.type': 'int64', 'coframe.role': 'series' }],
      ['mean', 'Float64', { 'coframe.type': 'double', 'coframe.role': 'series' }],
      ['big', 'Bool', { 'coframe.type': 'bool', 'coframe.role': 'series' }],
    ]);
    const cells = (name: string) => [...(table.getChild(name) ?? [])];
    expect(cells('region')).toEqual(['East', null]);
    expect(cells('name')).toEqual([null, '～']);
    expect(cells('total')).toEqual([9007199254740993n, null]);
    expect(cells('mean')).toEqual([0.15, null]);
    expect(cells('big')).toEqual([true, null]);
    expect(cells('month').map(Number)).toEqual([NEW_YEAR * 86_400_000, NEW_YEAR * 86_400_000]);
    expect(cells('revenue').map((words) => [...words])).toEqual([
      [30, 0, 0, 0],
      [0xffff_fffb, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff],
    ]);
  });
});
