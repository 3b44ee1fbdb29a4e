import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Layout, type LayoutGraph, layeredLayout } from '../../../../src/ui/graph/layered-layout.ts';

const OPTIONS = { direction: 'right', layerGap: 40, nodeGap: 12 } as const;

/** Any graph without cycles: an edge leads to a later node, or to none at all. */
const anyGraph: fc.Arbitrary<LayoutGraph> = fc.integer({ min: 0, max: 14 }).chain((count) =>
  fc.record({
    nodes: fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          id: fc.constant(`n${index}`),
          width: fc.integer({ min: 1, max: 240 }),
          height: fc.integer({ min: 1, max: 60 }),
        }),
      ),
    ),
    edges: fc
      .array(fc.tuple(fc.nat(Math.max(0, count - 1)), fc.integer({ min: 1, max: 6 })), { maxLength: 20 })
      .map((pairs) => pairs.map(([from, step]) => ({ from: `n${from}`, to: `n${from + step}` }))),
  }),
);

const box = (id: string) => ({ id, width: 100, height: 30 });

/** The length of the longest chain of edges that ends at a node, counted anew. */
function longest({ nodes, edges }: LayoutGraph, id: string): number {
  const known = new Set(nodes.map((each) => each.id));
  const above = edges.filter(({ from, to }) => to === id && known.has(from));
  return Math.max(0, ...above.map(({ from }) => longest({ nodes, edges }, from) + 1));
}

function overlaps(layout: Layout): boolean {
  return layout.nodes.some((a, i) =>
    layout.nodes
      .slice(i + 1)
      .some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  );
}

describe('any graph', () => {
  it.each(['right', 'down'] as const)(
    '%s: layers, no overlap, everything inside, edges from box to box',
    (direction) => {
      fc.assert(
        fc.property(anyGraph, (graph) => {
          const layout = layeredLayout(graph, { ...OPTIONS, direction });
          const at = new Map(layout.nodes.map((each) => [each.id, each]));
          if (layout.nodes.length !== graph.nodes.length || overlaps(layout)) return false;
          const isInside = layout.nodes.every(
            ({ x, y, width, height }) =>
              x >= -1e-6 && y >= -1e-6 && x + width <= layout.width + 1e-6 && y + height <= layout.height + 1e-6,
          );
          const isLayered = layout.nodes.every(({ id, layer }) => layer === longest(graph, id));
          const isJoined = layout.edges.every(({ from, to, points }) => {
            const [a, b, first, last] = [at.get(from), at.get(to), points[0], points.at(-1)];
            if (a === undefined || b === undefined || first === undefined || last === undefined) return false;
            return direction === 'right'
              ? first.x === a.x + a.width && last.x === b.x && b.x >= a.x + a.width + OPTIONS.layerGap
              : first.y === a.y + a.height && last.y === b.y && b.y >= a.y + a.height + OPTIONS.layerGap;
          });
          return isInside && isLayered && isJoined;
        }),
        { numRuns: 300 },
      );
    },
  );

  it('is drawn the same every time', () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const [once, again] = [layeredLayout(graph, OPTIONS), layeredLayout(structuredClone(graph), OPTIONS)];
        return JSON.stringify(once) === JSON.stringify(again);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a plan', () => {
  it('two series that share a state: nothing crosses, what is shared stands between them', () => {
    const layout = layeredLayout(
      {
        nodes: ['a', 'b', 'x', 'y', 'z', 's'].map(box),
        edges: [
          { from: 'a', to: 'z' },
          { from: 'a', to: 'y' },
          { from: 'b', to: 'y' },
          { from: 'b', to: 'x' },
          ...['x', 'y', 'z'].map((from) => ({ from, to: 's' })),
        ],
      },
      OPTIONS,
    );
    const y = (id: string) => layout.nodes.find((each) => each.id === id)?.y ?? Number.NaN;
    expect(Math.sign(y('a') - y('b'))).toBe(Math.sign(y('z') - y('x')));
    expect((y('y') - y('x')) * (y('y') - y('z'))).toBeLessThan(0);
    expect(y('s')).toBeCloseTo(y('y'));
  });

  it('a chain is a straight line', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
    ];
    const layout = layeredLayout({ nodes: ['a', 'b', 'c'].map(box), edges }, OPTIONS);
    expect(layout.nodes.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [140, 0],
      [280, 0],
    ]);
    expect([layout.width, layout.height]).toEqual([380, 30]);
  });

  it('an edge over a layer passes beside the box there', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'c' },
    ];
    const layout = layeredLayout({ nodes: ['a', 'b', 'c'].map(box), edges }, OPTIONS);
    const b = layout.nodes.find((each) => each.id === 'b');
    const long = layout.edges.find(({ from, to }) => from === 'a' && to === 'c');
    const passing = long?.points.filter(({ x }) => x >= 140 && x <= 240) ?? [];
    expect(passing).toHaveLength(2);
    for (const { y } of passing) expect(b !== undefined && (y < b.y || y > b.y + b.height)).toBe(true);
  });

  it('what would close a cycle, or leads nowhere, is left out', () => {
    const edges = [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
      { from: 'a', to: 'a' },
      { from: 'a', to: 'gone' },
    ];
    expect(layeredLayout({ nodes: ['a', 'b'].map(box), edges }, OPTIONS).edges).toHaveLength(1);
    expect(layeredLayout({ nodes: [], edges }, OPTIONS)).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
  });
});
