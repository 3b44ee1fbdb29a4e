import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DOUBLE, decimal, INT64, type LogicalType, TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { BackendState } from '../../../src/operators/state.ts';
import { attestSibling } from '../../../src/protocol/attest-sibling.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { column, own, request, states } from '../backends/requests.ts';
import { loadPlain } from '../backends/tables.ts';

type Rows = readonly (readonly [string | null, Scalar | null])[];

let backend: DataAPIBackend;
beforeAll(async () => {
  backend = await nodeBackend();
});
afterEach(async () => {
  for (const table of await backend.listTables()) await backend.drop(table);
});
afterAll(() => backend.close());

async function attest(
  root: { type: LogicalType; rows: Rows; state?: BackendState },
  sibling: { type: LogicalType; rows: Rows },
) {
  const region = own('region', TEXT);
  const side = async (table: string, type: LogicalType, rows: Rows, state: BackendState) => {
    await loadPlain(backend, table, {
      region: { type: TEXT, values: rows.map(([key]) => key) },
      v: { type, values: rows.map(([, value]) => value) },
    });
    const v = own('v', type);
    return request(table, { inputs: [region, v], keys: ['region'], states: states([state, column(v)]) });
  };
  return attestSibling(
    backend,
    'sibling',
    await side('root', root.type, root.rows, root.state ?? 'sum'),
    await side('sibling', sibling.type, sibling.rows, 'sum'),
  );
}

const CASES = [
  {
    what: 'agrees key by key, NULL being a key',
    root: {
      type: INT64,
      rows: [
        ['East', 3],
        ['East', 4],
        [null, 1],
      ],
    },
    sibling: {
      type: INT64,
      rows: [
        [null, 1],
        ['East', 7],
      ],
    },
    finding: {
      coordinate_count: 2,
      mismatch_count: 0,
      root_only_count: 0,
      sibling_only_count: 0,
      holds: true,
      examples: [],
    },
  },
  {
    what: 'differs by one unit',
    root: {
      type: decimal(2),
      rows: [
        ['East', 300],
        ['West', 5],
      ],
    },
    sibling: {
      type: decimal(2),
      rows: [
        ['East', 301],
        ['West', 5],
      ],
    },
    finding: {
      coordinate_count: 2,
      mismatch_count: 1,
      holds: false,
      examples: [{ kind: 'value', coordinate: ['East'], root: 300, sibling: 301 }],
    },
  },
  {
    what: 'a key on one side only contradicts, also with 0',
    root: {
      type: INT64,
      rows: [
        ['East', 7],
        ['North', 1],
      ],
    },
    sibling: {
      type: INT64,
      rows: [
        ['East', 7],
        ['West', 0],
      ],
    },
    finding: {
      coordinate_count: 3,
      root_only_count: 1,
      sibling_only_count: 1,
      holds: false,
      examples: [
        { kind: 'root_only', coordinate: ['North'], root: 1, sibling: null },
        { kind: 'sibling_only', coordinate: ['West'], root: null, sibling: 0 },
      ],
    },
  },
  {
    what: 'NULL is not 0',
    root: {
      type: INT64,
      rows: [
        ['East', null],
        ['West', null],
      ],
    },
    sibling: {
      type: INT64,
      rows: [
        ['East', 0],
        ['West', null],
      ],
    },
    finding: { mismatch_count: 1, examples: [{ kind: 'value', coordinate: ['East'], root: null, sibling: 0 }] },
  },
  {
    what: 'exact beyond 64 bits',
    root: {
      type: INT64,
      rows: [
        ['East', 9_223_372_036_854_775_807n],
        ['East', 1],
      ],
    },
    sibling: { type: INT64, rows: [['East', 9_223_372_036_854_775_807n]] },
    finding: {
      mismatch_count: 1,
      examples: [
        { kind: 'value', coordinate: ['East'], root: 9_223_372_036_854_775_808n, sibling: 9_223_372_036_854_775_807n },
      ],
    },
  },
  {
    what: 'decimals of different digits are compared by value',
    root: {
      type: decimal(2),
      rows: [
        ['East', 250],
        ['West', 251],
      ],
    },
    sibling: {
      type: decimal(1),
      rows: [
        ['East', 25],
        ['West', 25],
      ],
    },
    finding: { mismatch_count: 1, examples: [{ kind: 'value', coordinate: ['West'], root: 251, sibling: 25 }] },
  },
  {
    what: 'doubles agree within the tolerance of what was summed',
    root: {
      type: DOUBLE,
      rows: [
        ['East', 1e9],
        ['East', -1e9],
        ['East', 0.1],
        ['West', 1],
      ],
    },
    // East: Σ|x| = 2e9, so that 2e-3 is allowed; West: 1e-9.
    sibling: {
      type: DOUBLE,
      rows: [
        ['East', 0.1011],
        ['West', 1 + 5e-10],
      ],
    },
    finding: { holds: true },
  },
  {
    what: 'doubles past the tolerance differ',
    root: {
      type: DOUBLE,
      rows: [
        ['East', 0.1],
        ['West', 1],
      ],
    },
    sibling: {
      type: DOUBLE,
      rows: [
        ['East', 0.1011],
        ['West', 1 + 3e-9],
      ],
    },
    finding: { mismatch_count: 2 },
  },
  {
    what: 'counts against a column of counts',
    root: {
      type: TEXT,
      rows: [
        ['East', 'a'],
        ['East', null],
        ['East', 'b'],
      ],
      state: 'count',
    },
    sibling: { type: INT64, rows: [['East', 2]] },
    finding: { holds: true },
  },
] as const;

describe('a pre-aggregate against its root', () => {
  it.each(CASES)('$what', async ({ root, sibling, finding }) => {
    expect(await attest(root, sibling)).toMatchObject(finding);
  });

  it('shows at most five examples, in coordinate order', async () => {
    const rows = ['f', 'e', 'd', 'c', 'b', null, 'a'].map((key) => [key, 1] as const);
    const { examples, root_only_count } = await attest({ type: INT64, rows }, { type: INT64, rows: [] });
    expect(root_only_count).toBe(7);
    expect(examples.map(({ coordinate }) => coordinate[0])).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('refuses to compare other than one column a side', async () => {
    const n = own('n', INT64);
    await loadPlain(backend, 't', { n: { type: INT64, values: [1] } });
    const of = (...names: BackendState[]) =>
      request('t', { inputs: [n], states: states(...names.map((name) => [name, column(n)] as const)) });
    await expect(attestSibling(backend, 'x', of('sum', 'min'), of('sum'))).rejects.toThrow('asks for 2 states');
    await expect(attestSibling(backend, 'x', of('sum'), of('median'))).rejects.toThrow('median has 2 columns');
  });
});
