import type { EntrySummary } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { countOf } from '../format/count.ts';
import type { GraphEdge, GraphNode } from '../graph/graph-view.tsx';
import { stateWords } from '../provenance/state-words.ts';
import { anchorText } from '../words/phrase.ts';
import { ancestry, backendOf, type EntryByKey, entryTitle } from './entry-words.ts';

/** Entries drawn at once: more boxes than this say nothing. */
const MOST = 40;

/** Which entries are drawn: all, or those of one family in one state. */
export interface LatticeGroup {
  readonly id: string;
  readonly label: string;
  readonly entries: readonly EntrySummary[];
}

/** What may be drawn: everything while that is few enough, then each state of each family, those with most entries first. */
export function latticeGroups(entries: readonly EntrySummary[]): readonly LatticeGroup[] {
  const metric = entries.filter(({ domain }) => domain === 'metric');
  const groups = new Map<string, { id: string; label: string; entries: EntrySummary[] }>();
  for (const entry of metric) {
    const id = JSON.stringify([entry.family, entry.state]);
    const group = groups.get(id) ?? { id, label: stateWords(entry), entries: [] };
    groups.set(id, group);
    group.entries.push(entry);
  }
  const sorted = [...groups.values()].sort((a, b) => b.entries.length - a.entries.length || (a.id < b.id ? -1 : 1));
  if (metric.length > MOST || sorted.length < 2) return sorted;
  return [{ id: 'all', label: 'everything', entries: metric }, ...sorted];
}

/** A picture of entries: what derives from what, from the backends on. */
export interface Lattice {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Entries of the group that are not drawn. */
  readonly hidden: number;
}

/** The node of what an evicted entry was. */
const GONE = 'gone';

/** The most asked of a group with all that they derive from; each edge leads from what was read to what was made of it. */
export function latticeOf(group: LatticeGroup, byKey: EntryByKey, locale: string): Lattice {
  const chosen = [...group.entries]
    .sort((a, b) => b.accessCount - a.accessCount || (a.key < b.key ? -1 : 1))
    .slice(0, MOST);
  const drawn = new Map(
    chosen.flatMap((entry) => [...ancestry(entry, byKey), entry]).map((entry) => [entry.key, entry] as const),
  );
  const roots = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  for (const entry of drawn.values()) {
    const root = drawn.has(entry.derivedFrom) ? null : rootOf(entry);
    if (root !== null) roots.set(root.id, root);
    edges.push({ from: root?.id ?? entry.derivedFrom, to: entry.key });
  }
  const hidden = group.entries.filter(({ key }) => !drawn.has(key)).length;
  const boxes = [...drawn.values()].map((entry) => entryNode(entry, byKey, locale));
  return { nodes: [...roots.values(), ...boxes], edges, hidden };
}

/** What an entry descends from, nearest last: `DuckDB → revenue @ (day, region) → revenue @ (region)`. */
export function descentText(entry: EntrySummary, byKey: EntryByKey): string {
  const chain = [entry, ...ancestry(entry, byKey)];
  const first = chain.at(-1) ?? entry;
  return [backendOf(first) ?? 'an entry since evicted', ...chain.toReversed().map(named)].join(' → ');
}

function rootOf(entry: EntrySummary): GraphNode {
  const backend = backendOf(entry);
  const label = backend ?? 'an entry since evicted';
  return {
    id: backend === null ? GONE : `backend ${backend}`,
    kind: backend === null ? 'gone' : 'backend',
    tone: backend === null ? 'plain' : 'read',
    word: backend === null ? 'gone' : 'backend',
    label,
    details: [],
    spoken: backend === null ? label : `backend ${label}`,
  };
}

function entryNode(entry: EntrySummary, byKey: EntryByKey, locale: string): GraphNode {
  const size = `${countOf(entry.rows, 'row', 'rows', locale)}, ${formatBytes(entry.bytes)}`;
  const asked = `asked ${countOf(entry.accessCount, 'time', 'times', locale)}`;
  const parent = byKey.get(entry.derivedFrom);
  const from = parent === undefined ? (backendOf(entry) ?? 'an entry since evicted') : named(parent);
  return {
    id: entry.key,
    kind: 'entry',
    tone: 'stored',
    word: `${stateWords(entry)}${entry.hinted ? ', hint' : ''}${entry.pinned ? ', pinned' : ''}`,
    label: entry.filter === null ? anchorText(entry.anchor) : `${anchorText(entry.anchor)} where ${entry.filter}`,
    details: [size, asked],
    spoken: `${stateWords(entry)} at ${anchorText(entry.anchor)}${
      entry.filter === null ? '' : ` where ${entry.filter}`
    }, ${size}, ${asked}, from ${from}`,
  };
}

function named(entry: EntrySummary): string {
  return entry.filter === null ? entryTitle(entry) : `${entryTitle(entry)} where ${entry.filter}`;
}
