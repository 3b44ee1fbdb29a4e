/** What is laid out: boxes with their sizes in pixels, and edges that lead from what is made to what it is made of. */
export interface LayoutGraph {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export interface LayoutOptions {
  /** Which way edges lead. */
  readonly direction: 'right' | 'down';
  /** Least distance between two layers, and between two boxes of one layer. */
  readonly layerGap: number;
  readonly nodeGap: number;
}

/** Where everything stands: boxes by their upper left corner, edges as points from box to box. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
}

export interface PlacedNode {
  readonly id: string;
  /** From 0, along the direction; and the place in the layer, from 0. */
  readonly layer: number;
  readonly place: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box of the graph, or a place that a long edge passes in a layer between its ends. Sizes along and across layers. */
interface Stop {
  readonly id: string;
  readonly layer: number;
  readonly depth: number;
  readonly breadth: number;
  readonly isNode: boolean;
}

/** How often the layers are put in order by their neighbours, and how often boxes are drawn towards theirs. */
const SWEEPS = 12;

/**
 * Draws a graph without cycles in layers (Sugiyama, Tagawa and Toda 1981): layers by longest path, order by barycentre
 * with the least crossings kept, places as near to their neighbours as the gaps allow. Pure: the same graph always gives
 * the same drawing. An edge that would close a cycle, or whose end is no node, is left out.
 */
export function layeredLayout(graph: LayoutGraph, { direction, layerGap, nodeGap }: LayoutOptions): Layout {
  const edges = acyclic(graph);
  const layerOf = longestPaths(graph, edges);
  const stops: Stop[] = graph.nodes.map(({ id, width, height }) => {
    const [depth, breadth] = direction === 'right' ? [width, height] : [height, width];
    return { id, layer: layerOf.get(id) ?? 0, depth, breadth, isNode: true };
  });
  const routes = edges.map(({ from, to }) => {
    const [first, last] = [layerOf.get(from) ?? 0, layerOf.get(to) ?? 0];
    const between: string[] = [];
    for (let layer = first + 1; layer < last; layer++) {
      const id = JSON.stringify([from, to, layer]);
      stops.push({ id, layer, depth: 0, breadth: 0, isNode: false });
      between.push(id);
    }
    return { from, to, path: [from, ...between, to] };
  });
  const links = routes.flatMap(({ path }) => path.slice(1).map((to, index) => [path[index] ?? '', to] as const));
  const layers = ordered(stops, links);
  const centres = centred(layers, links, nodeGap);
  return drawn({ layers, centres, routes, direction, layerGap });
}

type Link = readonly [from: string, to: string];

function acyclic({ nodes, edges }: LayoutGraph): LayoutGraph['edges'] {
  const next = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  const leadsTo = (from: string, to: string): boolean =>
    from === to || (next.get(from) ?? []).some((each) => leadsTo(each, to));
  return edges.filter(({ from, to }) => {
    const known = next.get(from);
    if (known === undefined || !next.has(to) || known.includes(to) || leadsTo(to, from)) return false;
    known.push(to);
    return true;
  });
}

function longestPaths({ nodes }: LayoutGraph, edges: LayoutGraph['edges']): ReadonlyMap<string, number> {
  const layers = new Map<string, number>();
  const layerOf = (id: string): number => {
    const known = layers.get(id);
    if (known !== undefined) return known;
    const above = edges.filter(({ to }) => to === id).map(({ from }) => layerOf(from) + 1);
    const layer = Math.max(0, ...above);
    layers.set(id, layer);
    return layer;
  };
  for (const { id } of nodes) layerOf(id);
  return layers;
}

/** The layers, each in the order in which the fewest edges cross of all that were tried. */
function ordered(stops: readonly Stop[], links: readonly Link[]): readonly (readonly Stop[])[] {
  let layers: Stop[][] = [];
  for (const stop of stops) {
    while (layers.length <= stop.layer) layers.push([]);
    layers[stop.layer]?.push(stop);
  }
  let best = layers;
  let fewest = crossings(layers, links);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    layers = swept(layers, links, sweep % 2 === 0);
    const count = crossings(layers, links);
    if (count < fewest) [best, fewest] = [layers, count];
  }
  return best;
}

/** Puts each layer in the order of the mean place of its neighbours, one layer after the other. */
function swept(layers: readonly Stop[][], links: readonly Link[], isDown: boolean): Stop[][] {
  const result = layers.map((layer) => [...layer]);
  const order = isDown ? result.keys() : [...result.keys()].reverse();
  for (const index of order) {
    const layer = result[index] ?? [];
    const before = placesOf(result[index + (isDown ? -1 : 1)] ?? []);
    const own = placesOf(layer);
    const barycentre = new Map(
      layer.map(({ id }) => {
        const near = links.flatMap(([from, to]) => (isDown ? (to === id ? [from] : []) : from === id ? [to] : []));
        const places = near.flatMap((each) => before.get(each) ?? []);
        return [id, places.length === 0 ? (own.get(id) ?? 0) : mean(places)];
      }),
    );
    const value = ({ id }: Stop) => barycentre.get(id) ?? 0;
    result[index] = layer.toSorted((a, b) => value(a) - value(b) || (own.get(a.id) ?? 0) - (own.get(b.id) ?? 0));
  }
  return result;
}

/** How many pairs of edges cross between neighbouring layers. */
export function crossings(layers: readonly (readonly { readonly id: string }[])[], links: readonly Link[]): number {
  let count = 0;
  for (const [index, layer] of layers.entries()) {
    const [upper, lower] = [placesOf(layer), placesOf(layers[index + 1] ?? [])];
    const between = links.flatMap(([from, to]) => {
      const [a, b] = [upper.get(from), lower.get(to)];
      return a === undefined || b === undefined ? [] : [[a, b] as const];
    });
    for (const [i, [a, b]] of between.entries()) {
      for (const [c, d] of between.slice(i + 1)) if ((a - c) * (b - d) < 0) count += 1;
    }
  }
  return count;
}

/** The middle of each stop across its layer: near the mean of its neighbours, in order, with gaps. */
function centred(
  layers: readonly (readonly Stop[])[],
  links: readonly Link[],
  gap: number,
): ReadonlyMap<string, number> {
  const centres = new Map<string, number>();
  for (const layer of layers)
    spread(
      layer,
      layer.map(() => 0),
      gap,
      centres,
    );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map(({ id }) => {
        const near = links.flatMap(([from, to]) => (from === id ? [to] : to === id ? [from] : []));
        return near.length === 0 ? (centres.get(id) ?? 0) : mean(near.map((each) => centres.get(each) ?? 0));
      });
      spread(layer, wanted, gap, centres);
    }
  }
  return centres;
}

/**
 * Puts the stops of a layer as near to where they are wanted as order and gaps allow: least squares, by pooling
 * neighbours that are in each other's way (Ayer et al. 1955).
 */
function spread(layer: readonly Stop[], wanted: readonly number[], gap: number, centres: Map<string, number>): void {
  let offset = 0;
  const offsets: number[] = [];
  for (const [index, stop] of layer.entries()) {
    const before = layer[index - 1];
    if (before !== undefined) offset += before.breadth / 2 + gap + stop.breadth / 2;
    offsets.push(offset);
  }
  const pools: { sum: number; count: number }[] = [];
  for (const [index, place] of wanted.entries()) {
    let pool = { sum: place - (offsets[index] ?? 0), count: 1 };
    for (let last = pools.at(-1); last !== undefined && last.sum / last.count > pool.sum / pool.count; ) {
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
      pools.pop();
      last = pools.at(-1);
    }
    pools.push(pool);
  }
  const free = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  for (const [index, { id }] of layer.entries()) centres.set(id, (free[index] ?? 0) + (offsets[index] ?? 0));
}

interface Drawing {
  readonly layers: readonly (readonly Stop[])[];
  readonly centres: ReadonlyMap<string, number>;
  readonly routes: readonly { readonly from: string; readonly to: string; readonly path: readonly string[] }[];
  readonly direction: 'right' | 'down';
  readonly layerGap: number;
}

/** Turns places along and across the layers into places on the page, from (0, 0). */
function drawn({ layers, centres, routes, direction, layerGap }: Drawing): Layout {
  const all = layers.flat();
  const least = Math.min(0, ...all.map(({ id, breadth }) => (centres.get(id) ?? 0) - breadth / 2));
  const starts: number[] = [];
  let reached = 0;
  for (const layer of layers) {
    starts.push(reached);
    reached += Math.max(0, ...layer.map((each) => each.depth)) + layerGap;
  }
  const turned = (along: number, across: number) =>
    direction === 'right' ? { x: along, y: across } : { x: across, y: along };
  const boxes = new Map(
    layers.flatMap((layer, index) =>
      layer.map((stop, place) => {
        const depth = Math.max(0, ...layer.map((each) => each.depth));
        const centre = (centres.get(stop.id) ?? 0) - least;
        return [stop.id, { stop, place, along: starts[index] ?? 0, depth, centre }] as const;
      }),
    ),
  );
  const nodes = [...boxes.values()].flatMap(({ stop, place, along, centre }) => {
    if (!stop.isNode) return [];
    const { id, layer, depth, breadth } = stop;
    const size = turned(depth, breadth);
    return [{ id, layer, place, ...turned(along, centre - breadth / 2), width: size.x, height: size.y }];
  });
  const edges = routes.map(({ from, to, path }) => {
    const points = path.flatMap((id, index) => {
      const box = boxes.get(id);
      if (box === undefined) return [];
      const { stop, along, depth, centre } = box;
      const leaves = turned(along + (stop.isNode ? stop.depth : depth), centre);
      const enters = turned(along, centre);
      if (index === 0) return [leaves];
      return index === path.length - 1 ? [enters] : [enters, leaves];
    });
    return { from, to, points };
  });
  const size = turned(Math.max(0, reached - layerGap), extent(all, centres, least));
  return { width: size.x, height: size.y, nodes, edges };
}

function extent(stops: readonly Stop[], centres: ReadonlyMap<string, number>, least: number): number {
  return Math.max(0, ...stops.map(({ id, breadth }) => (centres.get(id) ?? 0) - least + breadth / 2));
}

function placesOf(layer: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(layer.map(({ id }, index) => [id, index]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}
