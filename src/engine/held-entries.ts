import type { EntryRow, EntryUse, MetricRow } from './entry.ts';
import { furtherOn } from './entry-use.ts';

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

  /** Takes an entry in, or what became of it in the store. */
  add(row: EntryRow, use: EntryUse): void {
    const before = this.held.get(row.key)?.use;
    this.held.set(row.key, { row, use: before === undefined ? use : furtherOn(before, use) });
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
