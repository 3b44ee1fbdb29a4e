import type { EntryRow, EntryUse, MetricRow } from './entry.ts';

/** An entry that this tab knows of; one whose file is still being written has no path yet. */
export interface HeldEntry {
  readonly row: EntryRow;
  use: EntryUse;
}

/** The entries that one tab knows of, by key and by state. */
export class HeldEntries {
  /** Hears which keys are gone. */
  onGone: (keys: readonly string[]) => void = () => {};
  private readonly held = new Map<string, HeldEntry>();
  private readonly byState = new Map<string, Map<string, MetricRow>>();

  /** Bytes of their files. */
  get bytes(): number {
    let sum = 0;
    for (const { row } of this.held.values()) sum += row.bytes;
    return sum;
  }

  all(): readonly HeldEntry[] {
    return [...this.held.values()];
  }

  get(key: string): HeldEntry | undefined {
    return this.held.get(key);
  }

  /** Metric entries of one state. */
  withState(stateKey: string): Iterable<MetricRow> {
    return this.byState.get(stateKey)?.values() ?? [];
  }

  /** Uses counted here and elsewhere are not added up; whether the entry is pinned is what `use` says. */
  add(row: EntryRow, use: EntryUse): void {
    const before = this.held.get(row.key)?.use;
    this.held.set(row.key, { row, use: before === undefined ? use : later(before, use) });
    if (row.domain !== 'metric') return;
    const entries = this.byState.get(row.stateKey) ?? new Map<string, MetricRow>();
    this.byState.set(row.stateKey, entries.set(row.key, row));
  }

  drop(key: string): void {
    const row = this.held.get(key)?.row;
    if (row === undefined) return;
    this.held.delete(key);
    if (row.domain === 'metric') this.byState.get(row.stateKey)?.delete(key);
    this.onGone([key]);
  }
}

/** The use of an entry that has not been used. */
export function unused(row: { readonly key: string; readonly createdAt: number }): EntryUse {
  return { key: row.key, lastAccess: row.createdAt, accessCount: 0, millisecondsSaved: 0, pinned: false };
}

function later(a: EntryUse, b: EntryUse): EntryUse {
  return {
    key: b.key,
    lastAccess: Math.max(a.lastAccess, b.lastAccess),
    accessCount: Math.max(a.accessCount, b.accessCount),
    millisecondsSaved: Math.max(a.millisecondsSaved, b.millisecondsSaved),
    ...besideCount(a, b),
    pinned: b.pinned,
  };
}

function besideCount(a: EntryUse, b: EntryUse): Pick<EntryUse, 'besideCount'> {
  const count = Math.max(a.besideCount ?? 0, b.besideCount ?? 0);
  return count === 0 ? {} : { besideCount: count };
}
