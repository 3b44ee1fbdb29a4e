import type { CountedUse, EntryRow, EntryUse, MetricRow } from './entry.ts';
import { furtherOn, unused, withCounted } from './entry-use.ts';

/** An entry that this tab knows of; one whose file is still being written has no path yet. */
export interface HeldEntry {
  readonly row: EntryRow;
  /** As the store last said, with what was counted here since. */
  readonly use: EntryUse;
}

interface Held extends HeldEntry {
  readonly stored: EntryUse;
  /** What the store has not been told of; null: nothing. */
  readonly counted: CountedUse | null;
}

/** The entries that one tab knows of, by key and by state, with what this tab has counted of their use. */
export class HeldEntries {
  /** Hears which keys are gone. */
  onGone: (keys: readonly string[]) => void = () => {};
  private readonly held = new Map<string, Held>();
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

  /** Takes an entry in, or what the store says became of it. */
  add(row: EntryRow, stored: EntryUse): void {
    const before = this.held.get(row.key);
    // What the store was told a moment ago may not have arrived when it was asked.
    this.keep(row, before === undefined ? stored : furtherOn(before.stored, stored), before?.counted ?? null);
    if (row.domain !== 'metric') return;
    const entries = this.byState.get(row.stateKey) ?? new Map<string, MetricRow>();
    this.byState.set(row.stateKey, entries.set(row.key, row));
  }

  /** The file of an entry is written. */
  complete(row: EntryRow): void {
    this.add(row, this.held.get(row.key)?.stored ?? unused(row));
  }

  /** Counts a use of an entry that is held. */
  count(use: CountedUse): void {
    const held = this.held.get(use.key);
    if (held === undefined) return;
    this.keep(held.row, held.stored, held.counted === null ? use : withCounted(held.counted, use));
  }

  pin(key: string, pinned: boolean): void {
    const held = this.held.get(key);
    if (held !== undefined) this.keep(held.row, { ...held.stored, pinned }, held.counted);
  }

  /** What was counted of entries whose files are written, to be told to the store; it is taken for told from now on. */
  tellCounted(): readonly CountedUse[] {
    return this.all().flatMap(({ row: { key } }) => {
      const held = this.held.get(key);
      if (held === undefined || held.counted === null || held.row.path === '') return [];
      this.keep(held.row, held.use, null);
      return [held.counted];
    });
  }

  drop(key: string): void {
    const row = this.held.get(key)?.row;
    if (row === undefined) return;
    this.held.delete(key);
    if (row.domain === 'metric') this.byState.get(row.stateKey)?.delete(key);
    this.onGone([key]);
  }

  private keep(row: EntryRow, stored: EntryUse, counted: CountedUse | null): void {
    this.held.set(row.key, { row, stored, counted, use: counted === null ? stored : withCounted(stored, counted) });
  }
}
