import type { EntryRow, EntryUse } from './entry.ts';
import type { EntryStore } from './store/store.ts';

/** A row that is listed, with its use. */
export interface ListedEntry {
  readonly row: EntryRow;
  readonly use: EntryUse;
}

/** Takes over what the store says of the keys now: `listed` are those that it has, of the others it has nothing. */
export type TakeOver = (keys: readonly string[], listed: readonly ListedEntry[]) => void;

/**
 * Keeps what one tab knows of a store true while others write to it. Of what is heard only the keys are believed: the
 * store says what became of them. What this tab changes itself while it is looking is not taken from what it saw.
 */
export class StoreFollower {
  private readonly store: EntryStore;
  private readonly takeOver: TakeOver;
  /** The keys that this tab takes for listed. */
  private readonly known: () => readonly string[];
  private pending = new Set<string>();
  private isAllPending = false;
  /** Changed by this tab since the look under way began. */
  private readonly changed = new Set<string>();
  private looking: Promise<void> | null = null;

  constructor(store: EntryStore, known: () => readonly string[], takeOver: TakeOver) {
    this.store = store;
    this.known = known;
    this.takeOver = takeOver;
  }

  /** Another tab has changed these keys. */
  hear(keys: readonly string[]): void {
    for (const key of keys) this.pending.add(key);
    this.looking ??= this.look();
  }

  /** This tab has changed these keys. */
  changedHere(keys: readonly string[]): void {
    for (const key of keys) this.changed.add(key);
  }

  /** Resolves when everything heard so far is taken over. */
  async caughtUp(): Promise<void> {
    await this.looking;
  }

  /** Looks at all that is listed; resolves when it is taken over. */
  async recount(): Promise<void> {
    this.isAllPending = true;
    this.looking ??= this.look();
    await this.looking;
  }

  private async look(): Promise<void> {
    while (this.pending.size > 0 || this.isAllPending) {
      const heard = this.pending;
      const isAll = this.isAllPending;
      this.pending = new Set();
      this.isAllPending = false;
      this.changed.clear();
      const listed = await (isAll ? this.store.list() : this.store.listed([...heard]));
      const keys = isAll ? new Set([...heard, ...this.known(), ...listed.map(({ row }) => row.key)]) : heard;
      const unchanged = [...keys].filter((key) => !this.changed.has(key));
      const seen = listed.filter(({ row }) => !this.changed.has(row.key));
      for (const key of keys) if (this.changed.has(key)) this.pending.add(key);
      this.takeOver(unchanged, seen);
    }
    this.looking = null;
  }
}
