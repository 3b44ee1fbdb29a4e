import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../src/columns/calendar.ts';
import { DAY, decimal, INT64, period, TEXT } from '../../../src/columns/logical-type.ts';
import { climbColumn, climbSteps } from '../../../src/compose/climb.ts';
import type { EdgeMap } from '../../../src/compose/frame.ts';
import type { Step } from '../../../src/resolution/access.ts';
import { batchOf, type Cell, cellsOf, coded, flat } from './table.ts';

const toRegion: Step = {
  kind: 'lookup',
  edge: 'store→region via stores',
  schema: 'stores',
  source: 'stores',
  childColumn: 'store',
  childType: TEXT,
  parentColumn: 'region',
  type: TEXT,
};
const toZone: Step = {
  ...toRegion,
  edge: 'region→zone via regions',
  childColumn: 'region',
  parentColumn: 'zone',
  type: INT64,
};

function edgeMaps(...maps: readonly EdgeMap[]): ReadonlyMap<string, EdgeMap> {
  return new Map(maps.map((map) => [map.edge, map]));
}

const stores: EdgeMap = {
  edge: toRegion.edge,
  pairs: batchOf({ child: coded(TEXT, ['S1', 'S2', 'S3', 'S4']), parent: coded(TEXT, ['East', 'East', 'West', null]) }),
};
const regions: EdgeMap = {
  edge: toZone.edge,
  pairs: batchOf({ child: coded(TEXT, ['West', 'East']), parent: flat(INT64, [7, null]) }),
};

describe('climbColumn', () => {
  it('takes children to their parents; NULL, unmatched and parentless children to NULL', () => {
    const column = coded(TEXT, ['S3', 'S9', null, 'S1', 'S4', 'S2', 'S3']);
    const climbed = climbColumn(column, toRegion, edgeMaps(stores));
    expect(cellsOf(climbed)).toEqual(['West', null, null, 'East', null, 'East', 'West']);
    expect(climbed.values.toSorted()).toEqual(['East', 'West']);
    expect(climbed.type).toEqual(TEXT);
  });

  it('goes several steps', () => {
    const climbed = climbSteps(coded(TEXT, ['S1', 'S3', null]), [toRegion, toZone], edgeMaps(stores, regions));
    expect(cellsOf(climbed)).toEqual([null, 7, null]);
    expect(climbed.type).toEqual(INT64);
  });

  it('is the column itself without steps', () => {
    const column = coded(TEXT, ['S1']);
    expect(climbSteps(column, [], new Map())).toBe(column);
  });

  it('says which edge map is missing', () => {
    expect(() => climbColumn(coded(TEXT, ['S1']), toRegion, new Map())).toThrow(/no edge map store→region via stores/);
  });

  it.each([
    ['week', [dayNumber(2023, 12, 25), dayNumber(2024, 1, 1), dayNumber(2024, 12, 30), null]],
    ['month', [dayNumber(2023, 12, 1), dayNumber(2024, 1, 1), dayNumber(2024, 12, 1), null]],
    ['quarter', [dayNumber(2023, 10, 1), dayNumber(2024, 1, 1), dayNumber(2024, 10, 1), null]],
    ['year', [dayNumber(2023, 1, 1), dayNumber(2024, 1, 1), dayNumber(2024, 1, 1), null]],
  ] as const)('climbs the calendar from day to %s', (level, expected) => {
    const days = coded(DAY, [dayNumber(2023, 12, 31), dayNumber(2024, 1, 1), dayNumber(2024, 12, 30), null]);
    const climbed = climbColumn(days, { kind: 'calendar', edge: `day→${level}`, from: 'day', to: level }, new Map());
    expect(cellsOf(climbed)).toEqual(expected);
    expect(climbed.type).toEqual(period(level));
    expect(new Set(climbed.values).size).toBe(climbed.values.length);
  });

  it('agrees with a plain map, whatever the order and form of the pairs', () => {
    const parent = fc.option(fc.integer({ min: 0, max: 5 }));
    const pairs = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 60 }), parent), {
      selector: ([child]) => child,
      maxLength: 50,
    });
    const cells = fc.array(fc.option(fc.integer({ min: 0, max: 70 })), { maxLength: 60 });
    fc.assert(
      fc.property(pairs, cells, fc.boolean(), fc.boolean(), (entries, children, isChildCoded, isParentCoded) => {
        const form = (isCoded: boolean, column: readonly Cell[]) =>
          isCoded ? coded(decimal(1), column) : flat(decimal(1), column);
        const step: Step = { ...toRegion, type: decimal(1) };
        const edgeMap: EdgeMap = {
          edge: step.edge,
          pairs: batchOf({
            child: form(
              isChildCoded,
              entries.map(([child]) => child),
            ),
            parent: form(
              isParentCoded,
              entries.map(([, value]) => value),
            ),
          }),
        };
        const expected = new Map(entries);
        const climbed = climbColumn(coded(decimal(1), children), step, edgeMaps(edgeMap));
        expect(cellsOf(climbed)).toEqual(
          children.map((child) => (child === null ? null : (expected.get(child) ?? null))),
        );
        expect(new Set(climbed.values).size).toBe(climbed.values.length);
      }),
      { numRuns: 1000 },
    );
  });
});
