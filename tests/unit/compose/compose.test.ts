import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOL, DAY, DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import { compose } from '../../../src/compose/compose.ts';
import type { EdgeMap, FrameData } from '../../../src/compose/frame.ts';
import type { Expression } from '../../../src/operators/expression.ts';
import type { Plan } from '../../../src/planning/plan.ts';
import { atomOf, type Dimensions, metricOf, nameOf, planOf, seriesOf, statesOf, type TestAtom } from './plans.ts';
import { batchOf, type Cell, coded, rowsOf } from './table.ts';

const MONEY = decimal(2);
const LARGEST = 2n ** 63n - 1n;

function sumOf(key: string, dimensions: Dimensions, type: LogicalType, rows: readonly (readonly Cell[])[]): TestAtom {
  return atomOf(key, 'sum', dimensions, [{ name: 'sum', type }], rows);
}

function countOf(key: string, dimensions: Dimensions, rows: readonly (readonly Cell[])[]): TestAtom {
  return atomOf(key, 'count', dimensions, [{ name: 'count', type: INT64 }], rows);
}

function frame(plan: Plan, atoms: readonly TestAtom[], edgeMaps: ReadonlyMap<string, EdgeMap> = new Map()): FrameData {
  const result = compose(plan, statesOf(atoms), edgeMaps);
  if (!result.ok) throw new Error(`refused: ${result.column} at ${result.coordinate.join(', ')}`);
  return result.frame;
}

const minus = (left: Expression, right: Expression): Expression => ({
  kind: 'arithmetic',
  operator: '-',
  left,
  right,
  type: left.type,
});
const compared = (operator: '=' | '<>' | '>' | '>=', left: Expression, value: Cell, type = left.type): Expression => ({
  kind: 'compare',
  operator,
  left,
  right: { kind: 'literal', value, type },
  type: BOOL,
});

describe('NULL coordinates', () => {
  const region = { region: TEXT };

  it('come last', () => {
    const sum = sumOf('revenue', region, INT64, [
      [null, 5],
      ['East', 10],
    ]);
    const plan = planOf(
      region,
      [sum],
      [metricOf('m0', 'SUM', INT64, 'revenue')],
      [seriesOf('revenue', nameOf('m0', INT64))],
    );
    expect(rowsOf(frame(plan, [sum]).batch)).toEqual([
      ['East', 10],
      [null, 5],
    ]);
  });

  it('are no region that differs from East', () => {
    const sum = sumOf('revenue', region, INT64, [
      [null, 5],
      ['East', 10],
      ['West', 2],
    ]);
    const plan = planOf(
      region,
      [sum],
      [metricOf('m0', 'SUM', INT64, 'revenue')],
      [seriesOf('revenue', nameOf('m0', INT64))],
      {
        having: compared('<>', nameOf('region', TEXT), 'East'),
      },
    );
    expect(rowsOf(frame(plan, [sum]).batch)).toEqual([['West', 2]]);
  });

  it('join with each other', () => {
    const sum = sumOf('s', region, INT64, [[null, 5]]);
    const count = countOf('c', region, [
      [null, 2],
      ['East', 1],
    ]);
    const metrics = [metricOf('m0', 'SUM', INT64, 's'), metricOf('m1', 'COUNT', INT64, 'c')];
    const plan = planOf(region, [sum, count], metrics, [
      seriesOf('s', nameOf('m0', INT64)),
      seriesOf('n', nameOf('m1', INT64)),
    ]);
    expect(rowsOf(frame(plan, [sum, count]).batch)).toEqual([
      ['East', null, 1],
      [null, 5, 2],
    ]);
  });
});

describe('absence and formulas', () => {
  it('S1 10, 1, 1, 9; S2 NULL, 2, 0, NULL; S3 has no row', () => {
    const store = { store: TEXT };
    const atoms = [
      sumOf('sales', store, INT64, [['S1', 10]]),
      sumOf('returned', store, INT64, [
        ['S2', 2],
        ['S1', 1],
      ]),
      countOf('n', store, [['S1', 1]]),
    ];
    const metrics = [
      metricOf('m0', 'SUM', INT64, 'sales'),
      metricOf('m1', 'SUM', INT64, 'returned'),
      metricOf('m2', 'COUNT', INT64, 'n'),
    ];
    const plan = planOf(store, atoms, metrics, [
      seriesOf('sales', nameOf('m0', INT64)),
      seriesOf('returned', nameOf('m1', INT64)),
      seriesOf('n', nameOf('m2', INT64)),
      seriesOf('net', minus(nameOf('m0', INT64), nameOf('m1', INT64))),
    ]);
    expect(rowsOf(frame(plan, atoms).batch)).toEqual([
      ['S1', 10, 1, 1, 9],
      ['S2', null, 2, 0, null],
    ]);
  });

  it.each<[string, readonly (readonly Cell[])[], readonly (readonly Cell[])[], readonly Cell[]]>([
    ['states over no rows', [[null]], [[0]], [null, 0]],
    ['one atom without its row', [], [[3]], [null, 3]],
    ['no atom with a row', [], [], [null, 0]],
  ])('AT () has exactly one row: %s', (_, sums, counts, expected) => {
    const atoms = [sumOf('s', {}, MONEY, sums), countOf('c', {}, counts)];
    const metrics = [metricOf('m0', 'SUM', MONEY, 's'), metricOf('m1', 'COUNT', MONEY, 'c')];
    const plan = planOf({}, atoms, metrics, [seriesOf('s', nameOf('m0', MONEY)), seriesOf('n', nameOf('m1', INT64))]);
    expect(rowsOf(frame(plan, atoms).batch)).toEqual([expected]);
    expect(frame(plan, atoms).anchor).toEqual([]);
  });

  it('and HAVING may take that row away', () => {
    const atom = sumOf('s', {}, MONEY, [[null]]);
    const plan = planOf({}, [atom], [metricOf('m0', 'SUM', MONEY, 's')], [seriesOf('s', nameOf('m0', MONEY))], {
      having: compared('>', nameOf('s', MONEY), 0),
    });
    expect(rowsOf(frame(plan, [atom]).batch)).toEqual([]);
  });
});

describe('numbers and order', () => {
  it('0.10 and 0.20: SUM 0.30, which HAVING sum_x = 0.30 keeps; AVG 0.15', () => {
    const atoms = [sumOf('s', {}, MONEY, [[30]]), countOf('c', {}, [[2]])];
    const metrics = [metricOf('m0', 'SUM', MONEY, 's'), metricOf('m1', 'AVG', MONEY, 's', 'c')];
    const columns = [seriesOf('sum_x', nameOf('m0', MONEY)), seriesOf('avg_x', nameOf('m1', DOUBLE))];
    const having: Expression = {
      kind: 'and',
      operands: [compared('=', nameOf('sum_x', MONEY), 30), compared('=', nameOf('avg_x', DOUBLE), 15, MONEY)],
      type: BOOL,
    };
    expect(rowsOf(frame(planOf({}, atoms, metrics, columns, { having }), atoms).batch)).toEqual([[30, 0.15]]);
  });

  it('3868636.36 − 2710830.20 is 1157806.16', () => {
    const atoms = [sumOf('r', {}, MONEY, [[386863636]]), sumOf('c', {}, MONEY, [[271083020]])];
    const metrics = [metricOf('m0', 'SUM', MONEY, 'r'), metricOf('m1', 'SUM', MONEY, 'c')];
    const plan = planOf({}, atoms, metrics, [seriesOf('profit', minus(nameOf('m0', MONEY), nameOf('m1', MONEY)))]);
    expect(rowsOf(frame(plan, atoms).batch)).toEqual([[115780616]]);
  });

  it.each<[string, Cell, Expression, string | null]>([
    ['2^63 − 1 and 1', LARGEST + 1n, nameOf('m0', INT64), 'x'],
    ['and −1 as a third row', LARGEST, nameOf('m0', INT64), null],
    ['−2^63 − 1', -LARGEST - 2n, nameOf('m0', INT64), 'x'],
    [
      'an expression past int64',
      LARGEST,
      { ...minus(nameOf('m0', INT64), { kind: 'literal', value: -1, type: INT64 }) },
      'x',
    ],
    [
      'a step past int64 that comes back',
      LARGEST,
      minus(minus(nameOf('m0', INT64), { kind: 'literal', value: -1, type: INT64 }), {
        kind: 'literal',
        value: 1,
        type: INT64,
      }),
      null,
    ],
    [
      'a metric past int64 under an expression that is not',
      LARGEST + 1n,
      minus(nameOf('m0', INT64), { kind: 'literal', value: 1, type: INT64 }),
      'x',
    ],
  ])('OVERFLOW: %s', (_, value, expression, column) => {
    const atom = sumOf('s', {}, INT64, [[value]]);
    const plan = planOf({}, [atom], [metricOf('m0', 'SUM', INT64, 's')], [seriesOf('x', expression)]);
    const result = compose(plan, statesOf([atom]), new Map());
    expect(result.ok ? null : result).toEqual(column && { ok: false, code: 'OVERFLOW', column, coordinate: [] });
  });

  it('OVERFLOW names the first coordinate in order, printed, and the first column', () => {
    const dimensions = { month: { kind: 'date', level: 'month' } as const, store: TEXT };
    const rows = [
      [19_723, 'S2', LARGEST + 1n],
      [19_723, null, LARGEST + 1n],
      [19_692, 'S1', 1],
      [19_723, 'S1', LARGEST * 2n],
    ];
    const atom = sumOf('s', dimensions, MONEY, rows);
    const metrics = [metricOf('m0', 'SUM', MONEY, 's')];
    const plan = planOf(
      dimensions,
      [atom],
      metrics,
      [seriesOf('a', nameOf('m0', MONEY)), seriesOf('b', nameOf('m0', MONEY))],
      {
        having: compared('=', nameOf('store', TEXT), 'S9'),
      },
    );
    expect(compose(plan, statesOf([atom]), new Map())).toEqual({
      ok: false,
      code: 'OVERFLOW',
      column: 'a',
      coordinate: ['2024-01', 'S1'],
    });
  });

  it.each([
    [false, ['a', '～', '😀', null]],
    [true, ['😀', '～', 'a', null]],
  ])('text by code point, NULL last: descending %s', (descending, expected) => {
    const dimensions = { t: TEXT };
    const atom = sumOf('s', dimensions, INT64, [
      ['😀', 1],
      [null, 1],
      ['a', 1],
      ['～', 1],
    ]);
    const plan = planOf(dimensions, [atom], [metricOf('m0', 'SUM', INT64, 's')], [seriesOf('x', nameOf('m0', INT64))], {
      order: [{ column: 't', descending }],
    });
    expect(rowsOf(frame(plan, [atom]).batch).map(([text]) => text)).toEqual(expected);
  });
});

describe('arranging', () => {
  const dimensions = { region: TEXT, store: TEXT };
  const atom = sumOf('s', dimensions, INT64, [
    ['West', 'S6', 5],
    ['East', 'S1', 7],
    ['East', 'S3', null],
    ['West', 'S5', 5],
    ['East', 'S2', 9],
    ['East', 'S4', 7],
  ]);
  const arranged = (changes: Partial<Plan>) =>
    rowsOf(
      frame(
        planOf(dimensions, [atom], [metricOf('m0', 'SUM', INT64, 's')], [seriesOf('x', nameOf('m0', INT64))], changes),
        [atom],
      ).batch,
    );

  it.each<[string, Partial<Plan>, readonly (readonly Cell[])[]]>([
    [
      'in coordinate order',
      {},
      [
        ['East', 'S1', 7],
        ['East', 'S2', 9],
        ['East', 'S3', null],
        ['East', 'S4', 7],
        ['West', 'S5', 5],
        ['West', 'S6', 5],
      ],
    ],
    [
      'LIMIT 2',
      { limit: { count: 2, per: [] } },
      [
        ['East', 'S1', 7],
        ['East', 'S2', 9],
      ],
    ],
    ['LIMIT 0', { limit: { count: 0, per: [] } }, []],
    [
      'LIMIT past the rows',
      { having: compared('>=', nameOf('x', INT64), 9), limit: { count: 9, per: [] } },
      [['East', 'S2', 9]],
    ],
    [
      'ORDER BY x DESC: ties by coordinate, NULL last',
      { order: [{ column: 'x', descending: true }] },
      [
        ['East', 'S2', 9],
        ['East', 'S1', 7],
        ['East', 'S4', 7],
        ['West', 'S5', 5],
        ['West', 'S6', 5],
        ['East', 'S3', null],
      ],
    ],
    [
      'ORDER BY region DESC, x LIMIT 2 PER region',
      {
        order: [
          { column: 'region', descending: true },
          { column: 'x', descending: false },
        ],
        limit: { count: 2, per: ['region'] },
      },
      [
        ['West', 'S5', 5],
        ['West', 'S6', 5],
        ['East', 'S1', 7],
        ['East', 'S4', 7],
      ],
    ],
  ])('%s', (_, changes, expected) => {
    expect(arranged(changes)).toEqual(expected);
  });

  it('cuts dictionaries to what is left', () => {
    const plan = planOf(dimensions, [atom], [metricOf('m0', 'SUM', INT64, 's')], [seriesOf('x', nameOf('m0', INT64))], {
      limit: { count: 1, per: [] },
    });
    const store = frame(plan, [atom]).batch.fields[1]?.column;
    expect(store?.form === 'dictionary' && store.values).toEqual(['S1']);
  });

  it('passes the columns of one atom in order on uncopied', () => {
    const sorted = sumOf('s', { region: TEXT }, INT64, [
      ['East', 1],
      ['West', 2],
      [null, 3],
    ]);
    const plan = planOf(
      { region: TEXT },
      [sorted],
      [metricOf('m0', 'SUM', INT64, 's')],
      [seriesOf('x', nameOf('m0', INT64))],
    );
    const [region, x] = frame(plan, [sorted]).batch.fields;
    const [given, sum] = sorted.states.batch.fields;
    expect(region?.column).toBe(given?.column);
    expect(x?.column.form === 'number' && sum?.column.form === 'number' && x.column.values === sum.column.values).toBe(
      true,
    );
  });
});

describe('columns', () => {
  const storeName: EdgeMap = {
    edge: 'store→store_name via stores',
    pairs: batchOf({ child: coded(TEXT, ['S1', 'S2']), parent: coded(TEXT, ['Alpha', 'Beta']) }),
  };
  const determined = { kind: 'determined', name: 'name', target: 'store_name', type: TEXT } as const;
  const climbed = {
    target: 'store_name',
    from: 'store',
    steps: [
      {
        kind: 'lookup',
        edge: storeName.edge,
        schema: 'stores',
        source: 'stores',
        childColumn: 'store',
        childType: TEXT,
        parentColumn: 'store_name',
        type: TEXT,
      },
    ],
    type: TEXT,
  } as const;
  const sum = sumOf('s', { store: TEXT }, INT64, [
    ['S1', 1],
    ['S2', 2],
    ['S9', 3],
  ]);
  const metrics = [metricOf('m0', 'SUM', INT64, 's')];
  const edgeMaps = new Map([[storeName.edge, storeName]]);

  it('determined by the anchor are climbed', () => {
    const plan = planOf({ store: TEXT }, [sum], metrics, [determined, seriesOf('x', nameOf('m0', INT64))], {}, [
      climbed,
    ]);
    expect(rowsOf(frame(plan, [sum], edgeMaps).batch)).toEqual([
      ['S1', 'Alpha', 1],
      ['S2', 'Beta', 2],
      ['S9', null, 3],
    ]);
  });

  it('determined by the anchor serve expressions too, without being shown', () => {
    const isAlpha = compared('=', nameOf('store_name', TEXT), 'Alpha');
    const plan = planOf({ store: TEXT }, [sum], metrics, [seriesOf('is_alpha', isAlpha)], {}, [climbed]);
    const { batch, types, anchor } = frame(plan, [sum], edgeMaps);
    expect(batch.fields.map(({ name }) => name)).toEqual(['store', 'is_alpha']);
    expect(types).toEqual([TEXT, BOOL]);
    expect(anchor).toEqual(['store']);
    expect(rowsOf(batch)).toEqual([
      ['S1', true],
      ['S2', false],
      ['S9', null],
    ]);
  });

  it('stand where the statement lists them, under their own names', () => {
    const plan = planOf({ store: TEXT }, [sum], metrics, [], {
      columns: [seriesOf('x', nameOf('m0', INT64)), { kind: 'anchor', name: 'shop', dimension: 'store', type: TEXT }],
      order: [{ column: 'shop', descending: true }],
      limit: { count: 1, per: ['shop'] },
    });
    const { batch, anchor } = frame(plan, [sum]);
    expect(batch.fields.map(({ name }) => name)).toEqual(['x', 'shop']);
    expect(anchor).toEqual(['shop']);
    expect(rowsOf(batch)).toEqual([
      [3, 'S9'],
      [2, 'S2'],
      [1, 'S1'],
    ]);
  });

  it('of a dimension named like a state column are told apart by place', () => {
    const dimensions = { sum: TEXT };
    const atom = sumOf('s', dimensions, INT64, [
      ['b', 1],
      ['a', 2],
    ]);
    const plan = planOf(dimensions, [atom], metrics, [seriesOf('x', nameOf('m0', INT64))]);
    expect(rowsOf(frame(plan, [atom]).batch)).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('may be the coordinates alone', () => {
    const dimensions = { day: DAY, region: TEXT };
    const atom = atomOf(
      'c',
      'coordinates',
      dimensions,
      [],
      [
        [19_724, 'East'],
        [19_723, 'West'],
        [19_723, 'East'],
      ],
    );
    const plan = planOf(dimensions, [atom], [], []);
    expect(rowsOf(frame(plan, [atom]).batch)).toEqual([
      [19_723, 'East'],
      [19_723, 'West'],
      [19_724, 'East'],
    ]);
  });

  it('need their atom', () => {
    const plan = planOf({ store: TEXT }, [sum], metrics, [seriesOf('x', nameOf('m0', INT64))]);
    expect(() => compose(plan, new Map(), new Map())).toThrow(/no states for atom s/);
  });
});

describe('compose agrees with a plain program over row objects', () => {
  const dimensions = { store: TEXT, region: TEXT };
  const key = fc.tuple(fc.constantFrom('S1', 'S2', 'S3', null), fc.constantFrom('East', 'West', null));
  const rows = (value: fc.Arbitrary<number | null>) =>
    fc.uniqueArray(fc.tuple(key, value), { selector: ([coordinate]) => JSON.stringify(coordinate), maxLength: 12 });
  const nullable = fc.option(fc.integer({ min: -5, max: 5 }));
  const order = fc.uniqueArray(
    fc.record({ column: fc.constantFrom('store', 'region', 's', 'n', 'd'), descending: fc.boolean() }),
    {
      selector: ({ column }) => column,
      maxLength: 3,
    },
  );

  it('joined, computed, kept, ordered and limited', () => {
    fc.assert(
      fc.property(
        rows(nullable),
        rows(fc.nat({ max: 4 })),
        fc.option(fc.integer({ min: -5, max: 5 })),
        order,
        fc.option(fc.nat({ max: 3 })),
        fc.boolean(),
        (sums, counts, least, sort, limit, isPer) => {
          const atoms = [
            sumOf(
              's',
              dimensions,
              INT64,
              sums.map(([coordinate, value]) => [...coordinate, value]),
            ),
            countOf(
              'c',
              dimensions,
              counts.map(([coordinate, value]) => [...coordinate, value]),
            ),
          ];
          const per = isPer ? ['region'] : [];
          const plan = planOf(
            dimensions,
            atoms,
            [metricOf('m0', 'SUM', INT64, 's'), metricOf('m1', 'COUNT', INT64, 'c')],
            [
              seriesOf('s', nameOf('m0', INT64)),
              seriesOf('n', nameOf('m1', INT64)),
              seriesOf('d', minus(nameOf('m0', INT64), nameOf('m1', INT64))),
            ],
            {
              having: least === null ? null : compared('>=', nameOf('d', INT64), least),
              order: sort,
              limit: limit === null ? null : { count: limit, per },
            },
          );

          const table = new Map<string, Record<string, Cell>>();
          const cell = (coordinate: readonly Cell[]) => {
            const [store = null, region = null] = coordinate;
            const row = table.get(JSON.stringify(coordinate)) ?? { store, region, s: null, n: 0, d: null };
            table.set(JSON.stringify(coordinate), row);
            return row;
          };
          for (const [coordinate, value] of sums) cell(coordinate).s = value;
          for (const [coordinate, value] of counts) cell(coordinate).n = value;
          for (const row of table.values()) row.d = row.s === null ? null : Number(row.s) - Number(row.n);
          const kept = [...table.values()].filter(
            (row) => least === null || (row.d !== null && Number(row.d) >= least),
          );
          const keys = [...sort, { column: 'store', descending: false }, { column: 'region', descending: false }];
          kept.sort((a, b) => {
            for (const { column, descending } of keys) {
              const left = a[column] ?? null;
              const right = b[column] ?? null;
              if (left === right) continue;
              if (left === null || right === null) return left === null ? 1 : -1;
              return left < right === descending ? 1 : -1;
            }
            return 0;
          });
          const taken = new Map<Cell, number>();
          const expected = kept.filter((row) => {
            const group = isPer ? (row.region ?? null) : 'all';
            taken.set(group, (taken.get(group) ?? 0) + 1);
            return limit === null || (taken.get(group) ?? 0) <= limit;
          });
          expect(rowsOf(frame(plan, atoms).batch)).toEqual(
            expected.map(({ store, region, s, n, d }) => [store, region, s, n, d]),
          );
        },
      ),
      { numRuns: 1500 },
    );
  });
});
