import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber } from '../../../../src/columns/calendar.ts';
import type { Batch } from '../../../../src/columns/column.ts';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../../src/columns/logical-type.ts';
import type { EdgeMap } from '../../../../src/compose/frame.ts';
import { type RollUpClimb, type RollUpRequest, rollUp } from '../../../../src/engine/rollup/rollup.ts';
import type { Expression } from '../../../../src/operators/expression.ts';
import type { StateArgument, StateName } from '../../../../src/operators/state.ts';
import type { Step } from '../../../../src/resolution/access.ts';
import { compareTexts } from '../../compose/reference.ts';
import { batchOf, type Cell, coded, flat, rowsOf } from '../../compose/table.ts';

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
const REGION_OF: Readonly<Record<string, string | null>> = { S1: 'East', S2: 'East', S3: 'West', S4: null };
const edgeMaps: ReadonlyMap<string, EdgeMap> = new Map([
  [
    toRegion.edge,
    {
      edge: toRegion.edge,
      pairs: batchOf({ child: coded(TEXT, Object.keys(REGION_OF)), parent: coded(TEXT, Object.values(REGION_OF)) }),
    },
  ],
]);
const region: RollUpClimb = { name: 'region', from: 'store', steps: [toRegion] };
const year: RollUpClimb = {
  name: 'year',
  from: 'day',
  steps: [{ kind: 'calendar', edge: 'day→year', from: 'day', to: 'year' }],
};

function entry(
  keys: Readonly<Record<string, LogicalType>>,
  column: string,
  type: LogicalType,
  rows: readonly (readonly Cell[])[],
): Batch {
  const names = Object.entries(keys);
  const fields = names.map(([name, keyType], i) => ({
    name,
    column: coded(
      keyType,
      rows.map((row) => row[i] ?? null),
    ),
  }));
  return {
    rowCount: rows.length,
    fields: [
      ...fields,
      {
        name: column,
        column: flat(
          type,
          rows.map((row) => row[names.length] ?? null),
        ),
      },
    ],
  };
}

function rolled(batch: Batch, state: StateName, changes: Partial<RollUpRequest>): readonly (readonly Cell[])[] {
  const request = {
    batch,
    state,
    argument: null,
    inputType: batch.fields.at(-1)?.column.type ?? null,
    filter: null,
    climbs: [],
    keys: [],
    ...changes,
  };
  return rowsOf(rollUp(request, edgeMaps));
}

const byText = (a: readonly Cell[], b: readonly Cell[]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('rollUp', () => {
  const dayRegion = entry({ day: DAY, region: TEXT }, 'sum', INT64, [
    [1, 'East', 1],
    [1, 'West', 2],
    [2, 'West', 4],
  ]);
  const isRegion = (name: string): Expression => ({
    kind: 'compare',
    operator: '=',
    left: { kind: 'column', name: 'region', type: TEXT },
    right: { kind: 'literal', value: name, type: TEXT },
    type: BOOL,
  });

  it.each<[string, Partial<RollUpRequest>, readonly (readonly Cell[])[]]>([
    ['AT day WHERE region = East', { keys: ['day'], filter: isRegion('East') }, [[1, 1]]],
    [
      'AT day',
      { keys: ['day'] },
      [
        [1, 3],
        [2, 4],
      ],
    ],
    ['AT () WHERE region = East', { filter: isRegion('East') }, [[1]]],
    ['AT ()', {}, [[7]]],
    ['AT () WHERE region = North', { filter: isRegion('North') }, [[null]]],
    ['AT day WHERE region = North', { keys: ['day'], filter: isRegion('North') }, []],
  ])('from (day, region): %s', (_, changes, expected) => {
    expect(rolled(dayRegion, 'sum', changes)).toEqual(expected);
  });

  it('counts nothing as 0', () => {
    const counts = entry({ region: TEXT }, 'count', INT64, [['East', 3]]);
    expect(rolled(counts, 'count', { filter: isRegion('North') })).toEqual([[0]]);
    expect(rolled(entry({ region: TEXT }, 'rows', INT64, []), 'rows', {})).toEqual([[0]]);
  });

  it('climbs: East 10, NULL 5 from the stores; unknown, parentless and NULL stores are one coordinate', () => {
    const stores = entry({ store: TEXT }, 'sum', INT64, [
      ['S1', 10],
      ['S9', 3],
      ['S4', 1],
      [null, 1],
    ]);
    expect(rolled(stores, 'sum', { climbs: [region], keys: ['region'] })).toEqual([
      ['East', 10],
      [null, 5],
    ]);
    expect(rolled(stores, 'sum', {})).toEqual([[15]]);
    const notEast: Expression = { kind: 'not', operand: isRegion('East'), type: BOOL };
    expect(rolled(stores, 'sum', { climbs: [region], filter: notEast })).toEqual([[null]]);
    const isNull: Expression = { kind: 'isNull', operand: { kind: 'column', name: 'region', type: TEXT }, type: BOOL };
    expect(rolled(stores, 'sum', { climbs: [region], filter: isNull })).toEqual([[5]]);
  });

  it('climbs the calendar beside a key that it keeps', () => {
    const days = entry({ day: DAY, store: TEXT }, 'sum', INT64, [
      [dayNumber(2023, 12, 31), 'S1', 1],
      [dayNumber(2024, 1, 1), 'S3', 2],
      [dayNumber(2024, 12, 30), 'S2', 4],
    ]);
    expect(rolled(days, 'sum', { climbs: [region, year], keys: ['year', 'region'] })).toEqual([
      [dayNumber(2023, 1, 1), 'East', 1],
      [dayNumber(2024, 1, 1), 'East', 4],
      [dayNumber(2024, 1, 1), 'West', 2],
    ]);
  });

  it.each<[string, StateName, LogicalType, readonly Cell[], Cell]>([
    ['sums past 2^53 exactly', 'sum', INT64, [9007199254740991, 9007199254740991], 18014398509481982n],
    ['partial sums past 2^53 that come back', 'sum', INT64, [9007199254740991, 2, -9007199254740991], 2],
    ['sums past int64: finish decides', 'sum', decimal(2), [2n ** 63n - 1n, 1], 2n ** 63n],
    ['sums past int64 that come back', 'sum', decimal(2), [2n ** 63n - 1n, 1, -1], 2n ** 63n - 1n],
    ['skips NULLs', 'sum', decimal(2), [null, 5, null], 5],
    ['only NULLs', 'sum', decimal(2), [null, null], null],
    ['doubles', 'sum', DOUBLE, [0.5, 0.25, null], 0.75],
    ['the smallest', 'min', INT64, [3, null, -2], -2],
    ['the largest', 'max', INT64, [-3, null, -2], -2],
    ['the largest past 2^53', 'max', INT64, [9007199254740993n, 9007199254740994n, null], 9007199254740994n],
    ['the smallest double', 'min', DOUBLE, [0.5, -0.25], -0.25],
    ['the last day', 'max', DAY, [19_000, 19_723, null], 19_723],
    ['the smallest text by code point', 'min', TEXT, ['😀', '～', null], '～'],
    ['the largest text by code point', 'max', TEXT, ['😀', '～', 'a'], '😀'],
    ['no largest', 'max', TEXT, [null, null], null],
  ])('merges %s', (_, state, type, cells, expected) => {
    const batch = entry(
      { store: TEXT },
      state,
      type,
      cells.map((cell, i) => [`S${i}`, cell]),
    );
    expect(rolled(batch, state, {})).toStrictEqual([[expected]]);
  });

  it('lists coordinates without a state', () => {
    const batch: Batch = {
      rowCount: 3,
      fields: [
        { name: 'store', column: coded(TEXT, ['S3', 'S1', 'S2']) },
        { name: 'day', column: coded(DAY, [1, 1, 2]) },
      ],
    };
    const request: RollUpRequest = {
      batch,
      state: 'coordinates',
      argument: null,
      inputType: null,
      filter: null,
      climbs: [region],
      keys: ['region'],
    };
    expect(rowsOf(rollUp(request, edgeMaps)).toSorted(byText)).toEqual([['East'], ['West']]);
    expect(rollUp({ ...request, keys: [] }, edgeMaps).rowCount).toBe(1);
  });

  it('merges states of several columns under their names', () => {
    const months = [1, 2, 1];
    const keys = { store: coded(TEXT, ['S1', 'S1', 'S2']), month: coded(DAY, months) };
    const argument: StateArgument = { kind: 'period', order: 'month', orderType: DAY, combine: 'sum' };
    const last = batchOf({ ...keys, order: flat(DAY, months), value: flat(INT64, [10, 7, 5]) });
    const shape = { batch: last, state: 'last', argument, inputType: INT64, filter: null, climbs: [region] } as const;
    const east = rollUp({ ...shape, keys: ['region'] }, edgeMaps);
    expect(east.fields.map(({ name }) => name)).toEqual(['region', 'order', 'value']);
    expect(rowsOf(east)).toEqual([['East', 2, 7]]);
    expect(rowsOf(rollUp({ ...shape, state: 'first', keys: ['region'] }, edgeMaps))).toEqual([['East', 1, 15]]);
    const moments = batchOf({
      ...keys,
      count: flat(INT64, [2, 2, null]),
      mean: flat(DOUBLE, [1.5, 3.5, null]),
      squares: flat(DOUBLE, [0.5, 0.5, null]),
    });
    const whole = rolled(moments, 'moments', { inputType: INT64, keys: ['store'] });
    expect(whole).toEqual([
      ['S1', 4, 2.5, 5],
      ['S2', null, null, null],
    ]);
  });

  it('keeps a dimension apart from a state column of the same name', () => {
    const batch = entry({ sum: TEXT }, 'sum', INT64, [
      ['a', 1],
      ['b', 2],
      ['a', 4],
    ]);
    expect(rolled(batch, 'sum', { keys: ['sum'] })).toEqual([
      ['a', 5],
      ['b', 2],
    ]);
  });

  it('leaves no value in a dictionary that does not occur, where that is most of them', () => {
    const batch = entry(
      { store: TEXT },
      'sum',
      INT64,
      Array.from({ length: 50 }, (_, i) => [`S${i}`, i]),
    );
    const filter: Expression = {
      kind: 'in',
      operand: { kind: 'column', name: 'store', type: TEXT },
      values: ['S7', 'S8'],
      type: BOOL,
    };
    const [field] = rollUp(
      { batch, state: 'sum', argument: null, inputType: INT64, filter, climbs: [], keys: ['store'] },
      edgeMaps,
    ).fields;
    expect(field?.column.form === 'dictionary' && field.column.values).toEqual(['S7', 'S8']);
  });

  it.each<[string, StateName, Partial<RollUpRequest>, RegExp]>([
    ['a state that does not merge', 'distinct', {}, /the state distinct does not merge/],
    ['a key that it does not have', 'sum', { keys: ['month'] }, /no column month/],
    [
      'a missing edge map',
      'sum',
      { climbs: [{ ...region, from: 'region', steps: [{ ...toRegion, edge: 'other' }] }], keys: ['region'] },
      /no edge map other/,
    ],
  ])('refuses %s', (_, state, changes, message) => {
    expect(() => rolled(dayRegion, state, changes)).toThrow(message);
  });
});

describe('laws', () => {
  const store = fc.constantFrom<Cell>('S1', 'S2', 'S3', 'S4', 'S9', null);
  const day = fc.constantFrom<Cell>(dayNumber(2023, 12, 30), dayNumber(2023, 12, 31), dayNumber(2024, 1, 1), null);
  const integers = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 60n, max: 2n ** 66n }),
  );
  const texts = fc.constantFrom('a', 'b', '～', '😀', '');
  const kinds: readonly {
    readonly state: StateName;
    readonly type: LogicalType;
    readonly cells: fc.Arbitrary<Cell>;
  }[] = [
    { state: 'sum', type: decimal(2), cells: fc.option(fc.integer({ min: -99, max: 99 })) },
    { state: 'sum', type: INT64, cells: fc.option(integers) },
    { state: 'count', type: INT64, cells: fc.nat({ max: 9 }) },
    { state: 'min', type: INT64, cells: fc.option(integers) },
    {
      state: 'max',
      type: DOUBLE,
      cells: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0)),
    },
    { state: 'min', type: TEXT, cells: fc.option(texts) },
    { state: 'max', type: TEXT, cells: fc.option(texts) },
  ];
  const entries = fc.constantFrom(...kinds).chain(({ state, type, cells }) =>
    fc
      .uniqueArray(fc.tuple(store, day, fc.integer({ min: 0, max: 400 }), cells), {
        selector: ([a, b, c]) => JSON.stringify([a, b, c]),
        maxLength: 40,
      })
      .map((rows) => ({ state, type, rows, batch: entry({ store: TEXT, day: DAY, sku: INT64 }, state, type, rows) })),
  );
  const names = fc.subarray(['store', 'day', 'sku', 'region', 'year']);
  const climbs = [region, year];
  const early: Expression = {
    kind: 'compare',
    operator: '<',
    left: { kind: 'column', name: 'sku', type: INT64 },
    right: { kind: 'literal', value: 200, type: INT64 },
    type: BOOL,
  };

  const START_OF_2024 = dayNumber(2024, 1, 1);
  const cellOf: Readonly<Record<string, (row: readonly Cell[]) => Cell>> = {
    store: ([s = null]) => s,
    day: ([, d = null]) => d,
    sku: ([, , k = null]) => k,
    region: ([s = null]) => REGION_OF[String(s)] ?? null,
    year: ([, d = null]) => (d === null ? null : Number(d) >= START_OF_2024 ? START_OF_2024 : dayNumber(2023, 1, 1)),
  };

  function merged(state: StateName, a: Cell, b: Cell): Cell {
    if (a === null || b === null) return a ?? b;
    if (state === 'sum' || state === 'count') {
      const sum = BigInt(a) + BigInt(b);
      return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
    }
    const side = typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) : a < b ? -1 : 1;
    return side < 0 === (state === 'min') ? a : b;
  }

  const sorted = (rows: readonly (readonly Cell[])[]) =>
    rows.map((row) => row.map((cell) => (typeof cell === 'bigint' ? `${cell}n` : cell))).toSorted(byText);

  it('agrees with a plain loop over a map', () => {
    fc.assert(
      fc.property(entries, names, fc.boolean(), ({ state, type, rows, batch }, keys, isFiltered) => {
        const expected = new Map<string, readonly Cell[]>();
        if (keys.length === 0) expected.set('[]', [state === 'count' ? 0 : null]);
        for (const row of rows) {
          if (isFiltered && Number(row[2]) >= 200) continue;
          const coordinate = keys.map((key) => cellOf[key]?.(row) ?? null);
          const before = expected.get(JSON.stringify(coordinate))?.at(-1) ?? null;
          expected.set(JSON.stringify(coordinate), [...coordinate, merged(state, before, row[3])]);
        }
        const result = rollUp(
          { batch, state, argument: null, inputType: type, filter: isFiltered ? early : null, climbs, keys },
          edgeMaps,
        );
        expect(sorted(rowsOf(result))).toEqual(sorted([...expected.values()]));
        expect(result.fields.map(({ name }) => name)).toEqual([...keys, state]);
        expect(result.fields.at(-1)?.column.type).toEqual(type);
      }),
      { numRuns: 1500 },
    );
  });

  it('two steps are one', () => {
    fc.assert(
      fc.property(entries, fc.subarray(['region', 'year', 'sku']), ({ state, type, batch }, keys) => {
        const request = { state, argument: null, inputType: type, filter: null };
        const once = rollUp({ ...request, batch, climbs, keys }, edgeMaps);
        const between = rollUp({ ...request, batch, climbs: [year], keys: ['sku', 'year', 'store'] }, edgeMaps);
        const twice = rollUp({ ...request, batch: between, climbs: [region], keys }, edgeMaps);
        expect(sorted(rowsOf(twice))).toEqual(sorted(rowsOf(once)));
      }),
      { numRuns: 1000 },
    );
  });
});
