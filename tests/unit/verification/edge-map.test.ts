import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { i4 } from '../../../src/collection/conditions.ts';
import { type Batch, columnOf, valueAt } from '../../../src/columns/column.ts';
import { TEXT } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import { leastParents } from '../../../src/verification/edge-map.ts';
import { nodeBackend } from '../../support/duckdb-node.ts';
import { dictionary } from './plain-batch.ts';
import { openData } from './verified-data.ts';

type Pair = readonly [Scalar | null, Scalar | null];

const COLLECTION = `
coframe: 1
name: lookup
schemas:
  - name: stores
    source: stores
    grain: [store]
    columns: {store: {dimension: store}, region: {dimension: region}}
dimension_families:
  - {name: geography, edges: [{child: store, parent: region, via: stores}]}
metric_families: []
`;
const EDGE = 'store→region via stores';

let backend: DataAPIBackend;
beforeAll(async () => {
  backend = await nodeBackend();
}, 60_000);
afterAll(() => backend.close());

describe('a lookup', () => {
  test.each<{ name: string; lines: readonly string[]; pairs: readonly Pair[]; status: string }>([
    {
      name: 'of one parent a child, in many rows',
      lines: ['S1,East', 'S1,East', 'S2,', 'S3,West', ','],
      pairs: [
        ['S1', 'East'],
        ['S2', null],
        ['S3', 'West'],
      ],
      status: 'verified',
    },
    {
      name: 'with a NULL child that has a parent',
      lines: ['S1,East', ',West'],
      pairs: [['S1', 'East']],
      status: 'contradicted',
    },
    {
      name: 'of several parents a child keeps one pair of each',
      lines: ['S2,', 'S1,West', 'S1,East', 'S2,North', 'S3,'],
      pairs: [
        ['S1', 'East'],
        ['S2', 'North'],
        ['S3', null],
      ],
      status: 'contradicted',
    },
    { name: 'without rows', lines: [], pairs: [], status: 'verified' },
  ])('$name', async ({ lines, pairs, status }) => {
    const data = await openData(backend, {
      collection: COLLECTION,
      files: { 'stores.csv': ['store,region', ...lines, ''].join('\n') },
    });
    const map = await data.edgeMap(EDGE);
    expect(map.edge).toBe(EDGE);
    expect(pairsOf(map.pairs)).toEqual(pairs);
    const attestation = data.facts.attestations.get(i4(EDGE).key);
    expect(attestation?.status).toBe(status);
    expect(await data.verify(i4(EDGE))).toEqual(attestation);
  });
});

test('leastParents keeps each child once, with the least of its parents, NULL last', () => {
  const parent = fc.option(fc.constantFrom('A', 'B', '～', '😀'), { nil: null });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y', 'z'), parent), { selector: String }), (pairs) => {
      const expected = [...new Set(pairs.map(([child]) => child))].map((child): Pair => {
        const parents = pairs.flatMap(([each, value]) => (each === child && value !== null ? [value] : []));
        const ranked = ['A', 'B', '～', '😀'].filter((value) => parents.some((each) => each === value));
        return [child, ranked[0] ?? null];
      });
      expect(pairsOf(leastParents(batchOf(pairs)))).toEqual(
        expected.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      );
    }),
  );
});

function pairsOf(pairs: Batch): readonly Pair[] {
  const [child, parent] = [columnOf(pairs, 'child'), columnOf(pairs, 'parent')];
  const rows = Array.from({ length: pairs.rowCount }, (_, row): Pair => [valueAt(child, row), valueAt(parent, row)]);
  return rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

function batchOf(pairs: readonly Pair[]): Batch {
  return {
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
  };
}
