import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf, valueAt } from '../../../src/columns/column.ts';
import { DAY, INT64, TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import { attestFd } from '../../../src/protocol/attest-fd.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { columnNunique } from '../../../src/protocol/column-nunique.ts';
import { pairDistinct } from '../../../src/protocol/pair-distinct.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { loadPlain } from '../backends/tables.ts';

interface Case {
  readonly what: string;
  readonly pairs: readonly (readonly [Scalar | null, Scalar | null])[];
  readonly distinct: number;
  readonly violations: number;
  readonly examples: readonly { child: Scalar | null; parents: readonly (Scalar | null)[] }[];
  /** The edge's map, by child. */
  readonly map: readonly (readonly [Scalar, Scalar | null])[];
}

const twoParents = (child: string): [string, string][] => [
  [child, 'x'],
  [child, 'y'],
];

const CASES: readonly Case[] = [
  { what: 'no rows', pairs: [], distinct: 0, violations: 0, examples: [], map: [] },
  {
    what: 'one parent each, repeated',
    pairs: [
      ['a', 'x'],
      ['b', 'x'],
      ['a', 'x'],
    ],
    distinct: 2,
    violations: 0,
    examples: [],
    map: [
      ['a', 'x'],
      ['b', 'x'],
    ],
  },
  {
    what: 'a child without a parent',
    pairs: [
      ['a', null],
      ['b', 'x'],
      ['a', null],
    ],
    distinct: 2,
    violations: 0,
    examples: [],
    map: [
      ['a', null],
      ['b', 'x'],
    ],
  },
  {
    what: 'two parents',
    pairs: [
      ['b', 'y'],
      ['a', 'x'],
      ['b', 'x'],
    ],
    distinct: 2,
    violations: 1,
    examples: [{ child: 'b', parents: ['x', 'y'] }],
    map: [
      ['a', 'x'],
      ['b', 'x'],
      ['b', 'y'],
    ],
  },
  {
    what: 'NULL counts as a parent',
    pairs: [
      ['a', 'x'],
      ['a', null],
    ],
    distinct: 1,
    violations: 1,
    examples: [{ child: 'a', parents: ['x', null] }],
    map: [
      ['a', 'x'],
      ['a', null],
    ],
  },
  {
    what: 'a NULL child with a NULL parent is no violation',
    pairs: [
      [null, null],
      ['a', 'x'],
    ],
    distinct: 1,
    violations: 0,
    examples: [],
    map: [['a', 'x']],
  },
  {
    what: 'NULL children with parents are one violation',
    pairs: [
      [null, 'PW'],
      [null, 'FM'],
      [null, null],
      ['GA', 'US'],
    ],
    distinct: 1,
    violations: 1,
    examples: [{ child: null, parents: ['FM', 'PW'] }],
    map: [['GA', 'US']],
  },
  {
    what: 'six violations: five examples, by code point',
    pairs: [...['😀', '～', 'c', 'b', 'a'].flatMap(twoParents), [null, 'x']],
    distinct: 5,
    violations: 6,
    examples: ['a', 'b', 'c', '～', '😀'].map((child) => ({ child, parents: ['x', 'y'] })),
    map: ['a', 'b', 'c', '～', '😀'].flatMap(twoParents),
  },
];

describe('functional dependencies on the data', () => {
  let backend: DataAPIBackend;
  beforeAll(async () => {
    backend = await nodeBackend();
  });
  afterAll(() => backend.close());

  it.each(CASES)('$what', async ({ pairs, distinct, violations, examples, map }) => {
    await backend.drop('t');
    await loadPlain(backend, 't', {
      c: { type: TEXT, values: pairs.map(([child]) => child) },
      p: { type: TEXT, values: pairs.map(([, parent]) => parent) },
    });
    const finding = await attestFd(backend, 'fd', 't', { column: 'c', type: TEXT }, { column: 'p', type: TEXT });
    expect(finding).toMatchObject({
      distinct_x_count: distinct,
      violation_count: violations,
      holds: violations === 0,
      examples,
    });
    const child = columnOf(finding.pairs, 'child');
    const parent = columnOf(finding.pairs, 'parent');
    const found = Array.from({ length: finding.pairs.rowCount }, (_, row) => [
      valueAt(child, row),
      valueAt(parent, row),
    ]);
    expect(found.length).toBe(map.length);
    expect(found).toEqual(expect.arrayContaining(map.map((pair) => [...pair])));
  });

  it('counts a column, and the pairs of two', async () => {
    await backend.drop('t');
    await loadPlain(backend, 't', {
      n: { type: INT64, values: [1, 1, null, 2, null] },
      d: { type: DAY, values: [10, 10, null, 10, 11] },
    });
    const n = { column: 'n', type: INT64 };
    const d = { column: 'd', type: DAY };
    expect(await columnNunique(backend, 'n', 't', n)).toEqual({ rows: 5, nulls: 2, distinct: 2 });
    expect(await columnNunique(backend, 'n', 't', d)).toEqual({ rows: 5, nulls: 1, distinct: 2 });
    expect((await pairDistinct(backend, 'n', 't', n, d)).rowCount).toBe(4);
  });
});
