import { describe, expect, test } from 'vitest';
import { dayNumber } from '../../../../src/columns/calendar.ts';
import { DAY, DOUBLE, decimal, INT64, type LogicalType, period, TEXT } from '../../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../../src/columns/scalar.ts';
import type { EdgeMap } from '../../../../src/compose/frame.ts';
import type { OperatorName } from '../../../../src/operators/catalog.ts';
import type { SiblingExample } from '../../../../src/protocol/attest-sibling.ts';
import type { Step } from '../../../../src/resolution/access.ts';
import { judgeTotality } from '../../../../src/verification/checks/edge-total.ts';
import { judgeKept } from '../../../../src/verification/checks/filter-keeps.ts';
import { judgeGrain } from '../../../../src/verification/checks/grain-present.ts';
import { judgeGroups } from '../../../../src/verification/checks/grain-unique.ts';
import { judgeColumn } from '../../../../src/verification/checks/measure-column.ts';
import { judgePairs } from '../../../../src/verification/checks/own-parent.ts';
import { judgePaths } from '../../../../src/verification/checks/paths-agree.ts';
import { judgeSibling } from '../../../../src/verification/checks/sibling-coherent.ts';
import { dictionary, groupsOf } from '../plain-batch.ts';

type Cells = readonly (Scalar | null)[];

const NONE = { columns: [], rows: [] };

describe('I2: rows grouped by the grain', () => {
  test.each<{
    name: string;
    type: LogicalType;
    cells: Cells;
    sizes: readonly number[];
    holds: boolean;
    counts: object;
    rows: readonly (readonly (string | number | null)[])[];
  }>([
    {
      name: 'no row',
      type: TEXT,
      cells: [],
      sizes: [],
      holds: true,
      counts: { rows: 0, coordinates: 0, duplicates: 0 },
      rows: [],
    },
    {
      name: 'one row each',
      type: TEXT,
      cells: ['b', 'a'],
      sizes: [1, 1],
      holds: true,
      counts: { rows: 2, coordinates: 2, duplicates: 0 },
      rows: [],
    },
    {
      name: 'NULL is no coordinate of the grain, however often it occurs',
      type: TEXT,
      cells: ['a', null],
      sizes: [1, 7],
      holds: true,
      counts: { rows: 8, coordinates: 1, duplicates: 0 },
      rows: [],
    },
    {
      name: 'at most five examples, in order by code point',
      type: TEXT,
      cells: ['😀', '～', 'e', 'd', 'c', 'b', 'a'],
      sizes: [2, 2, 2, 2, 1, 3, 2],
      holds: false,
      counts: { rows: 14, coordinates: 7, duplicates: 6 },
      rows: [
        ['a', 2],
        ['b', 3],
        ['d', 2],
        ['e', 2],
        ['～', 2],
      ],
    },
    {
      name: 'integers beyond 2^53 as text',
      type: INT64,
      cells: [9_007_199_254_740_993n, 10],
      sizes: [2, 2],
      holds: false,
      counts: { rows: 4, coordinates: 2, duplicates: 2 },
      rows: [
        [10, 2],
        ['9007199254740993', 2],
      ],
    },
    {
      name: 'dates as they print',
      type: DAY,
      cells: [dayNumber(2024, 2, 1), dayNumber(2024, 1, 31)],
      sizes: [2, 2],
      holds: false,
      counts: { rows: 4, coordinates: 2, duplicates: 2 },
      rows: [
        ['2024-01-31', 2],
        ['2024-02-01', 2],
      ],
    },
    {
      name: 'decimals with all their digits',
      type: decimal(2),
      cells: [-1230],
      sizes: [2],
      holds: false,
      counts: { rows: 2, coordinates: 1, duplicates: 1 },
      rows: [['-12.30', 2]],
    },
  ])('$name', ({ type, cells, sizes, holds, counts, rows }) => {
    const judged = judgeGroups(groupsOf({ k0: { type, cells } }, sizes), ['k0'], ['key']);
    const examples = holds ? NONE : { columns: ['key', 'rows'], rows };
    expect(judged).toEqual({ holds, counts, examples });
  });
});

describe('I3: values of the grain', () => {
  test.each([
    { rows: 0, values: [0, 0], holds: true, nulls: 0, examples: NONE },
    { rows: 9, values: [9, 9], holds: true, nulls: 0, examples: NONE },
    {
      rows: 9,
      values: [9, 4],
      holds: false,
      nulls: 5,
      examples: { columns: ['dimension', 'nulls'], rows: [['store', 5]] },
    },
    {
      rows: 9,
      values: [8, 7],
      holds: false,
      nulls: 3,
      examples: {
        columns: ['dimension', 'nulls'],
        rows: [
          ['month', 1],
          ['store', 2],
        ],
      },
    },
  ])('$values of $rows', ({ rows, values, holds, nulls, examples }) => {
    expect(judgeGrain(rows, values, ['month', 'store'])).toEqual({ holds, counts: { rows, nulls }, examples });
  });
});

function mapOf(edge: string, pairs: readonly (readonly [Scalar, Scalar | null])[]): EdgeMap {
  return {
    edge,
    pairs: {
      rowCount: pairs.length,
      fields: [
        {
          name: 'child',
          column: dictionary(
            pairs.map(([child]) => child),
            TEXT,
          ),
        },
        {
          name: 'parent',
          column: dictionary(
            pairs.map(([, parent]) => parent),
            TEXT,
          ),
        },
      ],
    },
  };
}

describe('I5: children against the lookup', () => {
  const map = mapOf('e', [
    ['S1', 'East'],
    ['S2', null],
  ]);
  test.each<{
    name: string;
    cells: Cells;
    sizes: readonly number[];
    counts: object;
    rows: readonly (readonly (string | number)[])[];
  }>([
    { name: 'no row', cells: [], sizes: [], counts: { rows: 0, missing_parents: 0, null_children: 0 }, rows: [] },
    {
      name: 'a NULL parent is a parent, a NULL child has none to miss',
      cells: ['S1', 'S2', null],
      sizes: [3, 2, 4],
      counts: { rows: 9, missing_parents: 0, null_children: 4 },
      rows: [],
    },
    {
      name: 'rows are counted, not children',
      cells: ['S9', 'S1', 'S8'],
      sizes: [3, 2, 4],
      counts: { rows: 9, missing_parents: 7, null_children: 0 },
      rows: [
        ['S8', 4],
        ['S9', 3],
      ],
    },
  ])('$name', ({ cells, sizes, counts, rows }) => {
    const holds = rows.length === 0;
    const examples = holds ? NONE : { columns: ['store', 'rows'], rows };
    expect(judgeTotality(groupsOf({ k0: { type: TEXT, cells } }, sizes), map, 'store')).toEqual({
      holds,
      counts,
      examples,
    });
  });
});

function lookupStep(edge: string): Step {
  return {
    kind: 'lookup',
    edge,
    schema: 's',
    source: 's',
    childColumn: 'c',
    parentColumn: 'p',
    childType: TEXT,
    type: TEXT,
  };
}

describe('I6: ways to one dimension', () => {
  const maps = new Map([
    [
      'a',
      mapOf('a', [
        ['X', 'US'],
        ['Y', 'CA'],
        ['Z', null],
      ]),
    ],
    [
      'b',
      mapOf('b', [
        ['X', 'US'],
        ['Y', 'MX'],
        ['Z', null],
      ]),
    ],
  ]);
  const ways = ['a', 'b'].map((edge) => ({ key: 'k0', steps: [lookupStep(edge)], label: `x → ${edge}` }));
  test.each<{ cells: Cells; differing: number; rows: readonly (readonly (string | null)[])[] }>([
    { cells: [], differing: 0, rows: [] },
    { cells: ['X', 'Z', null, 'unknown'], differing: 0, rows: [] },
    { cells: ['Y', 'X'], differing: 1, rows: [['Y', 'CA', 'MX']] },
  ])('$cells', ({ cells, differing, rows }) => {
    const sizes = cells.map(() => 1);
    const holds = differing === 0;
    expect(judgePaths(groupsOf({ k0: { type: TEXT, cells } }, sizes), ways, maps, ['x'], 'country')).toEqual({
      holds,
      counts: { keys: cells.length, differing },
      examples: holds ? NONE : { columns: ['x', 'country by x → a', 'country by x → b'], rows },
    });
  });
});

describe('I8: a measure', () => {
  test.each<{
    type: LogicalType;
    operators: readonly OperatorName[];
    rounded: number;
    holds: boolean;
    rows: readonly (readonly string[])[];
  }>([
    { type: decimal(2), operators: ['SUM', 'MAX'], rounded: 0, holds: true, rows: [] },
    { type: decimal(2), operators: ['SUM'], rounded: 1, holds: false, rows: [] },
    { type: TEXT, operators: ['COUNT', 'MAX', 'COUNT_DISTINCT'], rounded: 0, holds: true, rows: [] },
    {
      type: TEXT,
      operators: ['MAX', 'SUM'],
      rounded: 0,
      holds: false,
      rows: [['SUM', 'int64, decimal, double', 'text']],
    },
    { type: TEXT, operators: [], rounded: 0, holds: true, rows: [] },
  ])('$type.kind under $operators, $rounded rounded', ({ type, operators, rounded, holds, rows }) => {
    const judged = judgeColumn(9, 4, { notFinite: 3, rounded }, type, operators);
    expect(judged).toEqual({
      holds,
      counts: { rows: 9, nulls: 4, not_finite: 3, rounded },
      examples: rows.length === 0 ? NONE : { columns: ['operator', 'accepts', 'found'], rows },
    });
  });
});

describe('I9: own parents', () => {
  const edge = { id: 'day→month', child: 'day', parent: 'month' };
  const step: Step = { kind: 'calendar', edge: 'day→month', from: 'day', to: 'month' };
  const january = dayNumber(2024, 1, 1);
  test.each<{ name: string; days: Cells; months: Cells; rows: readonly (readonly (string | null)[])[] }>([
    { name: 'agree', days: [january + 30, january, null], months: [january, january, null], rows: [] },
    {
      name: 'differ, NULL included',
      days: [january + 31, january, null],
      months: [january, null, january],
      rows: [
        ['2024-01-01', null, '2024-01'],
        ['2024-02-01', '2024-01', '2024-02'],
        [null, '2024-01', null],
      ],
    },
  ])('$name', ({ days, months, rows }) => {
    const batch = groupsOf({ k0: { type: DAY, cells: days }, k1: { type: period('month'), cells: months } }, [5, 6, 7]);
    const holds = rows.length === 0;
    expect(judgePairs(batch, edge, step, new Map())).toEqual({
      holds,
      counts: { rows: 18, pairs: 3, differing: rows.length },
      examples: holds ? NONE : { columns: ['day', 'month', 'month by day→month'], rows },
    });
  });
});

describe('I10: both sides at the grain', () => {
  const example = (
    kind: SiblingExample['kind'],
    day: number,
    root: Scalar | null,
    sibling: Scalar | null,
  ): SiblingExample => ({
    kind,
    coordinate: [day, null],
    root,
    sibling,
  });
  test.each<{
    type: LogicalType;
    examples: readonly SiblingExample[];
    rows: readonly (readonly (string | number | null)[])[];
  }>([
    { type: INT64, examples: [], rows: [] },
    {
      type: INT64,
      examples: [example('value', 0, 2 ** 53 - 1, 2n ** 70n)],
      rows: [['1970-01-01', null, 9_007_199_254_740_991, '1180591620717411303424']],
    },
    {
      type: decimal(2),
      examples: [example('root_only', 0, 730, null), example('sibling_only', 1, null, 0)],
      rows: [
        ['1970-01-01', null, '7.30', null],
        ['1970-01-02', null, null, '0.00'],
      ],
    },
    { type: DOUBLE, examples: [example('value', 0, 0.1, -0)], rows: [['1970-01-01', null, 0.1, 0]] },
  ])('$type.kind: $rows', ({ type, examples, rows }) => {
    const finding = {
      coordinate_count: 9,
      mismatch_count: 1,
      root_only_count: 2,
      sibling_only_count: 3,
      holds: examples.length === 0,
      examples,
    };
    expect(judgeSibling(finding, ['day', 'region'], [DAY, TEXT, type])).toEqual({
      holds: examples.length === 0,
      counts: { keys: 9, differing: 1, only_root: 2, only_sibling: 3 },
      examples: rows.length === 0 ? NONE : { columns: ['day', 'region', 'root', 'sibling'], rows },
    });
  });
});

describe('I11: rows kept', () => {
  test.each([
    { rows: 9, kept: 9, holds: true },
    { rows: 9, kept: 1, holds: true },
    { rows: 9, kept: 0, holds: false },
    { rows: 0, kept: 0, holds: false },
  ])('$kept of $rows', ({ rows, kept, holds }) => {
    expect(judgeKept(rows, kept)).toEqual({ holds, counts: { rows, kept, dropped: rows - kept }, examples: NONE });
  });
});
