import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ancestors,
  descendants,
  determines,
  edgeNamed,
  familyOf,
  finestFirst,
  pathCounts,
  pathsTo,
} from '../../../src/collection/fd-dag.ts';
import type { FdEdge } from '../../../src/collection/manifest.ts';
import { retailManifest } from './retail.ts';

const edge = (child: string, parent: string, via = 'x'): FdEdge => ({
  kind: 'lookup',
  id: `${child}→${parent} via ${via}`,
  child,
  parent,
  via,
  childColumn: child,
  parentColumn: parent,
});

const ids = (paths: ReturnType<typeof pathsTo>) => paths.map(({ from, edges }) => [from, ...edges.map(({ id }) => id)]);

describe('the retail collection', () => {
  const manifest = retailManifest();

  test('what follows from what', () => {
    expect([...ancestors(manifest, 'day')].sort()).toEqual(['month', 'quarter', 'week', 'year']);
    expect([...ancestors(manifest, 'week')]).toEqual([]);
    expect([...ancestors(manifest, 'store')].sort()).toEqual(['region', 'store_name']);
    expect([...descendants(manifest, 'year')].sort()).toEqual(['day', 'month', 'quarter']);
    expect(determines(manifest, ['store', 'day'], 'region')).toBe(true);
    expect(determines(manifest, ['store', 'day'], 'store_name')).toBe(true);
    expect(determines(manifest, ['week'], 'year')).toBe(false);
    expect(determines(manifest, ['region'], 'store')).toBe(false);
    expect(determines(manifest, ['region'], 'region')).toBe(true);
    expect(determines(manifest, [], 'region')).toBe(false);
  });

  test('families and edges by name', () => {
    expect(familyOf(manifest, 'month')?.dimensions).toEqual(['day', 'month', 'quarter', 'week', 'year']);
    expect(familyOf(manifest, 'customer')?.name).toBe('customer');
    expect(familyOf(manifest, 'store_name')).toBeUndefined();
    expect(edgeNamed(manifest, 'store→region via stores')?.kind).toBe('lookup');
    expect(edgeNamed(manifest, 'region→store via stores')).toBeUndefined();
  });

  test('paths', () => {
    expect(ids(pathsTo(manifest, ['day', 'store'], 'year'))).toEqual([
      ['day', 'day→month', 'month→quarter', 'quarter→year'],
    ]);
    expect(ids(pathsTo(manifest, ['month'], 'month'))).toEqual([['month']]);
  });
});

test('paths: shortest first, ties by edge ids, from every start', () => {
  const fdDag = [edge('a', 'b'), edge('b', 'd'), edge('a', 'c'), edge('c', 'd'), edge('a', 'd', 'y'), edge('a', 'd')];
  expect(ids(pathsTo({ fdDag }, ['a', 'c'], 'd'))).toEqual([
    ['a', 'a→d via x'],
    ['a', 'a→d via y'],
    ['c', 'c→d via x'],
    ['a', 'a→b via x', 'b→d via x'],
    ['a', 'a→c via x', 'c→d via x'],
  ]);
});

/** Random edges from lower to higher numbers: a DAG. */
const dags = fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.constantFrom('x', 'y')), { maxLength: 12 }).map((triples) => {
  const edges = new Map<string, FdEdge>();
  for (const [a, b, via] of triples) {
    if (a === b) continue;
    const made = edge(`n${Math.min(a, b)}`, `n${Math.max(a, b)}`, via);
    edges.set(made.id, made);
  }
  return [...edges.values()];
});

/** All paths by brute force: every sequence of edges that fits. */
function naivePaths(fdDag: readonly FdEdge[], from: string, to: string): readonly string[] {
  const here = from === to ? [''] : [];
  return [
    ...here,
    ...fdDag
      .filter(({ child }) => child === from)
      .flatMap(({ id, parent }) => naivePaths(fdDag, parent, to).map((rest) => `${id};${rest}`)),
  ];
}

test('paths, counts and reachability agree with walking every edge', () => {
  fc.assert(
    fc.property(dags, fc.nat(6), fc.nat(6), (fdDag, a, b) => {
      const from = `n${a}`;
      const to = `n${b}`;
      const expected = naivePaths(fdDag, from, to);
      const found = pathsTo({ fdDag }, [from], to).map(({ edges }) => edges.map(({ id }) => `${id};`).join(''));
      expect([...found].sort()).toEqual([...expected].sort());
      expect(determines({ fdDag }, [from], to)).toBe(expected.length > 0);
      if (from !== to) {
        expect(pathCounts({ fdDag }, from).get(to) ?? 0).toBe(expected.length);
        expect(ancestors({ fdDag }, from).has(to)).toBe(expected.length > 0);
        expect(descendants({ fdDag }, to).has(from)).toBe(expected.length > 0);
      }
    }),
  );
});

test('finest first: every child before its parents, whatever the order given', () => {
  fc.assert(
    fc.property(
      dags,
      fc.shuffledSubarray(['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6'], { minLength: 7 }),
      (edges, names) => {
        const sorted = finestFirst(names, edges);
        if (!('order' in sorted)) throw new Error('a DAG has no circle');
        for (const { child, parent } of edges) {
          expect(sorted.order.indexOf(child)).toBeLessThan(sorted.order.indexOf(parent));
        }
        expect(sorted).toEqual(finestFirst([...names].reverse(), [...edges].reverse()));
      },
    ),
  );
});

test.each([
  [[edge('a', 'a')], ['a', 'a']],
  [
    [edge('b', 'c'), edge('c', 'b'), edge('a', 'b')],
    ['b', 'c', 'b'],
  ],
  [
    [edge('c', 'a'), edge('a', 'b'), edge('b', 'c'), edge('c', 'd'), edge('d', 'e')],
    ['a', 'b', 'c', 'a'],
  ],
])('a circle is named from its least name along its edges', (edges, cycle) => {
  const names = edges.flatMap(({ child, parent }) => [child, parent]);
  expect(finestFirst(names, edges)).toEqual({ cycle });
});
