import { compareCodePoints } from '../canon/code-point.ts';
import type { DimensionFamily, FdEdge, SemanticManifest } from './manifest.ts';

/** The part of a manifest that these functions read. */
export type FdDag = Pick<SemanticManifest, 'fdDag'>;

/** A way to climb: from one of the given dimensions along edges, each one's parent the next one's child. */
export interface FdPath {
  readonly from: string;
  /** Empty where `from` is the target itself. */
  readonly edges: readonly FdEdge[];
}

/** No two names are joined by more paths than this: compiling refuses collections in which they are. */
export const MAX_PATHS = 100;

/**
 * Every path of edges from any of `from` (dimension names) to a dimension or attribute: shortest first, ties by edge
 * ids and then by where they start. A dimension that is itself in `from` is reached by the empty path.
 */
export function pathsTo(manifest: FdDag, from: readonly string[], target: string): readonly FdPath[] {
  const edgesInto = byParent(manifest.fdDag);
  const starts = new Set(from);
  // Walking back from the target visits only what leads there; the DAG has no cycle, so every walk ends.
  const walk = (name: string, tail: readonly FdEdge[]): readonly FdPath[] => {
    const here = starts.has(name) ? [{ from: name, edges: tail }] : [];
    return [...here, ...(edgesInto.get(name) ?? []).flatMap((edge) => walk(edge.child, [edge, ...tail]))];
  };
  return [...walk(target, [])].sort(comparePaths);
}

/** Whether a dimension or attribute is among `names` or follows from them along edges. */
export function determines(manifest: FdDag, names: Iterable<string>, target: string): boolean {
  const given = new Set(names);
  if (given.has(target)) return true;
  for (const finer of descendants(manifest, target)) if (given.has(finer)) return true;
  return false;
}

/** Everything coarser than a name: what it determines (dimensions and attributes), nearest first, without itself. */
export function ancestors(manifest: FdDag, name: string): ReadonlySet<string> {
  return reached(name, byChild(manifest.fdDag), (edge) => edge.parent);
}

/** Everything finer than a name: the dimensions that determine it, nearest first, without itself. */
export function descendants(manifest: FdDag, name: string): ReadonlySet<string> {
  return reached(name, byParent(manifest.fdDag), (edge) => edge.child);
}

/** The dimension family that a dimension belongs to; undefined for what is no dimension. */
export function familyOf(
  manifest: Pick<SemanticManifest, 'dimensionFamilies'>,
  dimension: string,
): DimensionFamily | undefined {
  return manifest.dimensionFamilies.find((family) => family.dimensions.includes(dimension));
}

/** The edge of an id; undefined where there is none. */
export function edgeNamed(manifest: FdDag, id: string): FdEdge | undefined {
  return manifest.fdDag.find((edge) => edge.id === id);
}

/**
 * The names in an order in which every child comes before its parents, ties by name. Where edges lead in a circle,
 * the circle instead: its names in order, the first again at the end, starting at the least.
 */
export function finestFirst(
  names: readonly string[],
  edges: readonly Pick<FdEdge, 'child' | 'parent'>[],
): { readonly order: readonly string[] } | { readonly cycle: readonly string[] } {
  const order: string[] = [];
  let left = [...new Set(names)].sort(compareCodePoints);
  while (left.length > 0) {
    const next = left.find((name) => !edges.some((edge) => edge.parent === name && left.includes(edge.child)));
    if (next === undefined) return { cycle: cycleAmong(left, edges) };
    order.push(next);
    left = left.filter((name) => name !== next);
  }
  return { order };
}

/** Every name left has a child that is left too, so following children must meet a name again. */
function cycleAmong(left: readonly string[], edges: readonly Pick<FdEdge, 'child' | 'parent'>[]): readonly string[] {
  const walked: string[] = [];
  let name = left[0] ?? '';
  while (!walked.includes(name)) {
    walked.push(name);
    const children = edges
      .filter((edge) => edge.parent === name && left.includes(edge.child))
      .map((edge) => edge.child);
    name = children.sort(compareCodePoints)[0] ?? name;
  }
  const circle = walked.slice(walked.indexOf(name)).reverse();
  const least = [...circle].sort(compareCodePoints)[0] ?? name;
  const at = circle.indexOf(least);
  return [...circle.slice(at), ...circle.slice(0, at), least];
}

/** How many paths lead from a name to each of its ancestors. Counts, so it is quick even where paths are many. */
export function pathCounts(manifest: FdDag, from: string): ReadonlyMap<string, number> {
  const names = [from, ...ancestors(manifest, from)];
  const sorted = finestFirst(names, manifest.fdDag);
  const counts = new Map<string, number>([[from, 1]]);
  if ('cycle' in sorted) return counts;
  const parentsOf = byChild(manifest.fdDag);
  for (const name of sorted.order) {
    const here = counts.get(name) ?? 0;
    for (const edge of parentsOf.get(name) ?? []) counts.set(edge.parent, (counts.get(edge.parent) ?? 0) + here);
  }
  counts.delete(from);
  return counts;
}

function reached(
  start: string,
  edgesFrom: ReadonlyMap<string, readonly FdEdge[]>,
  next: (edge: FdEdge) => string,
): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [start];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    for (const edge of edgesFrom.get(name) ?? []) {
      const other = next(edge);
      if (other === start || found.has(other)) continue;
      found.add(other);
      queue.push(other);
    }
  }
  return found;
}

function byChild(edges: readonly FdEdge[]): ReadonlyMap<string, readonly FdEdge[]> {
  return grouped(edges, (edge) => edge.child);
}

function byParent(edges: readonly FdEdge[]): ReadonlyMap<string, readonly FdEdge[]> {
  return grouped(edges, (edge) => edge.parent);
}

function grouped(edges: readonly FdEdge[], key: (edge: FdEdge) => string): ReadonlyMap<string, readonly FdEdge[]> {
  const groups = new Map<string, FdEdge[]>();
  for (const edge of edges) {
    const group = groups.get(key(edge));
    if (group === undefined) groups.set(key(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}

function comparePaths(a: FdPath, b: FdPath): number {
  const length = a.edges.length - b.edges.length;
  if (length !== 0) return length;
  for (let i = 0; i < a.edges.length; i++) {
    const order = compareCodePoints(a.edges[i]?.id ?? '', b.edges[i]?.id ?? '');
    if (order !== 0) return order;
  }
  return compareCodePoints(a.from, b.from);
}
