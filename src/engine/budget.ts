import { compareCodePoints } from '../canon/code-point.ts';
import type { Access } from '../resolution/access.ts';
import type { EntryRow, EntryUse, MetricRow } from './entry.ts';

/** An entry with how it has been used. */
interface Held {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

/** Milliseconds that reading an entry's file takes, and that rolling up takes per row of it. */
const READ_MILLISECONDS = 2;
const ROLL_UP_MILLISECONDS_PER_ROW = 25e-6;

const DAY = 86_400_000;

/**
 * Entries go in this order of rank, and within a rank by worth. Maps of edges and attestations are cheap to compute and
 * small, but they are what lets a reload answer without a backend, so they rank above plain entries.
 */
const RANK = { plain: 0, qm: 1, hinted: 2 } as const;

/** Bytes that entries may take: the smaller of what the installation allows and half of what the browser grants. */
export function budgetOf(maxBytes: number, quota: number | null): number {
  return quota === null ? maxBytes : Math.min(maxBytes, Math.floor(quota / 2));
}

/**
 * The keys to evict, first to go first, so that `needed` bytes more stay within the budget: what costs least to be
 * without. Hinted entries go last; pinned ones and those in use never do. Where no eviction could make that much room
 * nothing goes for it, and only what is over the budget as it is goes.
 *
 *     worth = milliseconds to have it again × (1 + uses) ÷ (1 + days unused) ÷ bytes
 *
 * Milliseconds to have it again: those it took to compute, or those of a roll-up where an entry that stays gives it.
 * (GreedyDual-Size-Frequency, Cherkasova 1998, with age in place of its clock.)
 */
export function toEvict(
  held: readonly Held[],
  options: {
    readonly needed: number;
    readonly budget: number;
    readonly now: number;
    readonly inUse: ReadonlySet<string>;
  },
): readonly string[] {
  const { needed, budget, now, inUse } = options;
  const over = bytesOf(held) - budget;
  if (over + needed <= 0) return [];
  // An entry whose file is still being written has no bytes to give.
  const mayGo = held.filter(({ row, use }) => !use.pinned && !inUse.has(row.key) && row.bytes > 0);
  const excess = over + needed <= bytesOf(mayGo) ? over + needed : over;
  const chosen = cheapest(held, mayGo, excess, now);
  return spared(chosen, excess).map(({ row }) => row.key);
}

/** Picks the least worth again and again, since what goes may be what others could be had from. */
function cheapest(held: readonly Held[], mayGo: readonly Held[], excess: number, now: number): readonly Held[] {
  const staying = new Map(held.map((entry) => [entry.row.key, entry]));
  const worths = new Map(mayGo.map((entry) => [entry, worthOf(entry, staying, now)]));
  const chosen: Held[] = [];
  for (let freed = 0; freed < excess && worths.size > 0; ) {
    const [next] = [...worths].reduce((least, each) => (goesBefore(each, least) ? each : least));
    chosen.push(next);
    freed += next.row.bytes;
    worths.delete(next);
    staying.delete(next.row.key);
    for (const entry of worths.keys()) {
      if (shareState(entry.row, next.row)) worths.set(entry, worthOf(entry, staying, now));
    }
  }
  return chosen;
}

/** Leaves out those that later, larger ones made unnecessary, the worthiest first. */
function spared(chosen: readonly Held[], excess: number): readonly Held[] {
  let spare = bytesOf(chosen) - excess;
  const going = chosen.toReversed().filter(({ row }) => {
    if (row.bytes > spare) return true;
    spare -= row.bytes;
    return false;
  });
  return going.toReversed();
}

function goesBefore([a, worthOfA]: readonly [Held, number], [b, worthOfB]: readonly [Held, number]): boolean {
  const byRank = rankOf(a.row) - rankOf(b.row);
  const order = byRank || worthOfA - worthOfB || compareCodePoints(a.row.key, b.row.key);
  return order < 0;
}

function rankOf(row: EntryRow): number {
  if (row.domain === 'qm') return RANK.qm;
  return row.hinted ? RANK.hinted : RANK.plain;
}

function worthOf({ row, use }: Held, staying: ReadonlyMap<string, Held>, now: number): number {
  let milliseconds = row.computeMilliseconds;
  for (const { row: other } of staying.values()) {
    if (!follows(row, other)) continue;
    milliseconds = Math.min(milliseconds, READ_MILLISECONDS + other.rows * ROLL_UP_MILLISECONDS_PER_ROW);
  }
  const daysUnused = Math.max(0, now - use.lastAccess) / DAY;
  return (milliseconds * (1 + use.accessCount)) / (1 + daysUnused) / row.bytes;
}

function shareState(a: EntryRow, b: EntryRow): boolean {
  return a.domain === 'metric' && b.domain === 'metric' && a.stateKey === b.stateKey;
}

/**
 * Whether a roll-up of `other` surely gives `row`: same state, no row left out that `row` needs, and every dimension of
 * `row` and of the remaining filter is one of `other` or climbs from one.
 */
function follows(row: EntryRow, other: EntryRow): boolean {
  if (row.key === other.key || row.domain !== 'metric' || other.domain !== 'metric') return false;
  if (row.stateKey !== other.stateKey || row.notFurtherRollable || other.notFurtherRollable) return false;
  const terms = new Set(row.filter.map((term) => term.key));
  if (!other.filter.every((term) => terms.has(term.key))) return false;
  const reached = new Set([...other.anchor, ...row.anchor].map(({ name }) => name));
  const done = new Set(other.filter.map((term) => term.key));
  const remaining = row.filter.filter((term) => !done.has(term.key));
  return (
    sameSources(row, other) &&
    row.anchor.every(({ access }) => other.anchor.some((from) => climbs(from.access, access))) &&
    remaining.every((term) => term.names.every((name) => reached.has(name)))
  );
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
