import { compareCodePoints } from '../canon/code-point.ts';
import type { Access } from '../resolution/access.ts';
import { rollUpMilliseconds } from './cost.ts';
import type { EntryRow, EntryUse, MetricRow } from './entry.ts';

/** An entry with how it has been used. */
interface Held {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

const DAY = 86_400_000;

/**
 * Entries go in this order of rank, and within a rank by worth. Maps of edges and attestations are cheap to compute and
 * small, but they are what lets a reload answer without a backend, so they rank above plain entries.
 */
const RANK = { plain: 0, qm: 1, hinted: 2 } as const;

/** An entry that goes to make room, and what it costs to be without it. */
export interface Eviction {
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds that it takes to have it again. */
  readonly milliseconds: number;
  /** The entry that it is rolled up from then; null: it is computed anew. */
  readonly from: MetricRow | null;
}

/** Chooses what goes, first to go first, so that `needed` bytes more stay within the budget. */
export type EvictionPolicy = (held: readonly Held[], options: RoomWanted) => readonly Eviction[];

/** How much room is wanted, and for what. */
export interface RoomWanted {
  readonly needed: number;
  readonly budget: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Keys of entries that may not go. */
  readonly inUse: ReadonlySet<string>;
}

/** Bytes that entries may take: the smaller of what the installation allows and half of what the browser grants. */
export function budgetOf(maxBytes: number, quota: number | null): number {
  return quota === null ? maxBytes : Math.min(maxBytes, Math.floor(quota / 2));
}

/**
 * The entries to evict, first to go first, so that `needed` bytes more stay within the budget: what costs least to be
 * without. Hinted entries go last; pinned ones and those in use never do. Where no eviction could make that much room
 * nothing goes for it, and only what is over the budget as it is goes.
 *
 *     worth = milliseconds to have it again × (1 + uses) ÷ (1 + days unused) ÷ bytes
 *
 * Milliseconds to have it again: those it took to compute, or those of a roll-up where an entry that stays gives it.
 * (GreedyDual-Size-Frequency, Cherkasova 1998, with age in place of its clock.)
 */
export const toEvict: EvictionPolicy = (held, { needed, budget, now, inUse }) => {
  const over = bytesOf(held) - budget;
  if (over + needed <= 0) return [];
  // An entry whose file is still being written has no bytes to give.
  const mayGo = held.filter(({ row, use }) => !use.pinned && !inUse.has(row.key) && row.bytes > 0);
  const excess = over + needed <= bytesOf(mayGo) ? over + needed : over;
  return spared(cheapest(held, mayGo, excess, now), excess);
};

/**
 * Picks the least worth again and again. Worths only grow as others go, since those may be what an entry could be had
 * from: so the least is sure to be the least once its worth, computed anew, leaves it there.
 */
function cheapest(held: readonly Held[], mayGo: readonly Held[], excess: number, now: number): readonly Eviction[] {
  const staying = new Siblings(held);
  const candidates = mayGo.map((entry) => candidate(entry, staying, now)).sort(byOrderOfGoing);
  const chosen: Eviction[] = [];
  // The first to go stands last, where taking it out is cheap.
  candidates.reverse();
  for (let freed = 0; freed < excess; ) {
    const next = candidates.pop();
    if (next === undefined) break;
    const again = candidate(next.entry, staying, now);
    if (again.worth > next.worth) {
      insert(candidates, again);
      continue;
    }
    const { key, bytes } = next.entry.row;
    chosen.push({ key, bytes, ...again.cost });
    freed += bytes;
    staying.delete(next.entry.row);
  }
  return chosen;
}

/** Metric entries by state: only those of one state can be had from each other. */
class Siblings {
  private readonly byState = new Map<string, Set<MetricRow>>();

  constructor(held: readonly Held[]) {
    for (const { row } of held) {
      if (row.domain !== 'metric') continue;
      const rows = this.byState.get(row.stateKey) ?? new Set();
      this.byState.set(row.stateKey, rows.add(row));
    }
  }

  of(row: MetricRow): Iterable<MetricRow> {
    return this.byState.get(row.stateKey) ?? [];
  }

  delete(row: EntryRow): void {
    if (row.domain === 'metric') this.byState.get(row.stateKey)?.delete(row);
  }
}

interface Candidate {
  readonly entry: Held;
  readonly cost: Pick<Eviction, 'milliseconds' | 'from'>;
  readonly worth: number;
}

function candidate(entry: Held, staying: Siblings, now: number): Candidate {
  const cost = costWithout(entry.row, staying);
  const daysUnused = Math.max(0, now - entry.use.lastAccess) / DAY;
  const worth = (cost.milliseconds * (1 + entry.use.accessCount)) / (1 + daysUnused) / entry.row.bytes;
  return { entry, cost, worth };
}

/** What it costs to have an entry again while others stay. */
function costWithout(row: EntryRow, staying: Siblings): Candidate['cost'] {
  let cost: Candidate['cost'] = { milliseconds: row.computeMilliseconds, from: null };
  if (row.domain !== 'metric') return cost;
  for (const other of staying.of(row)) {
    const milliseconds = rollUpMilliseconds(other, 'file');
    if (milliseconds < cost.milliseconds && follows(row, other)) cost = { milliseconds, from: other };
  }
  return cost;
}

/** Puts a candidate where it belongs in a list whose first to go stands last. */
function insert(candidates: Candidate[], candidate: Candidate): void {
  let [from, to] = [0, candidates.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = candidates[middle];
    if (other !== undefined && byOrderOfGoing(candidate, other) < 0) from = middle + 1;
    else to = middle;
  }
  candidates.splice(from, 0, candidate);
}

/** Leaves out those that later, larger ones made unnecessary, the worthiest first. */
function spared(chosen: readonly Eviction[], excess: number): readonly Eviction[] {
  let spare = chosen.reduce((sum, { bytes }) => sum + bytes, 0) - excess;
  const going = chosen.toReversed().filter(({ bytes }) => {
    if (bytes > spare) return true;
    spare -= bytes;
    return false;
  });
  return going.toReversed();
}

function byOrderOfGoing(a: Candidate, b: Candidate): number {
  const byRank = rankOf(a.entry.row) - rankOf(b.entry.row);
  return byRank || a.worth - b.worth || compareCodePoints(a.entry.row.key, b.entry.row.key);
}

function rankOf(row: EntryRow): number {
  if (row.domain === 'qm') return RANK.qm;
  return row.hinted ? RANK.hinted : RANK.plain;
}

/**
 * Whether a roll-up of `other`, of the same state, surely gives `row`: it leaves out no row that `row` needs, and every
 * dimension of `row` and of the remaining filter is one of its own or climbs from one.
 */
function follows(row: MetricRow, other: MetricRow): boolean {
  if (row.key === other.key || row.notFurtherRollable || other.notFurtherRollable) return false;
  if (!row.anchor.every(({ access }) => other.anchor.some((from) => climbs(from.access, access)))) return false;
  if (!other.filter.every((term) => hasTerm(row, term.key))) return false;
  const remaining = row.filter.filter((term) => !hasTerm(other, term.key));
  return (
    remaining.every((term) => term.names.every((name) => hasDimension(row, name) || hasDimension(other, name))) &&
    sameSources(row, other)
  );
}

function hasTerm(row: MetricRow, key: string): boolean {
  return row.filter.some((term) => term.key === key);
}

function hasDimension(row: MetricRow, name: string): boolean {
  return row.anchor.some((dimension) => dimension.name === name);
}

function sameSources(row: MetricRow, other: MetricRow): boolean {
  return Object.entries(row.sourceHashes).every(([source, hash]) => (other.sourceHashes[source] ?? hash) === hash);
}

/** Whether one value is reached from the other by more steps, or none, along the same path. */
function climbs(from: Access, to: Access): boolean {
  return from.column === to.column && from.steps.every((step, i) => step.edge === to.steps[i]?.edge);
}

function bytesOf(held: readonly Held[]): number {
  return held.reduce((sum, { row }) => sum + row.bytes, 0);
}
