import type { EntryRow } from './entry.ts';
import { HeldEntries, type HeldEntry } from './held-entries.ts';
import type { OtherTabs } from './other-tabs.ts';
import type { EntryStore } from './store/store.ts';
import { type ListedEntry, StoreFollower } from './store-follower.ts';

/**
 * The entries of one collection as one tab knows them, kept in step with the store and with other tabs that share it:
 * each tells the others what it changes, so that all know of all of it a moment later.
 */
export class SharedEntries {
  readonly held = new HeldEntries();
  private readonly store: EntryStore;
  /** null: the store is this tab's own. */
  private readonly tabs: OtherTabs | null;
  private readonly follower: StoreFollower;
  private onNews: (rows: readonly EntryRow[]) => void = () => {};

  private constructor(store: EntryStore, tabs: OtherTabs | null) {
    this.store = store;
    this.tabs = tabs;
    this.follower = new StoreFollower(
      store,
      () => this.held.all().map(({ row }) => row.key),
      (keys, listed) => this.takeOver(keys, listed),
    );
  }

  /** Reads the stored list. */
  static async open(store: EntryStore, tabs: OtherTabs | null): Promise<SharedEntries> {
    const shared = new SharedEntries(store, tabs);
    // Heard from before it is read: what comes meanwhile is looked at once more.
    tabs?.listen((keys) => shared.follower.hear(keys));
    for (const { row, use } of await store.list()) shared.held.add(row, use);
    return shared;
  }

  /** The listener hears of entries that other tabs have stored. */
  whenNews(listener: (rows: readonly EntryRow[]) => void): void {
    this.onNews = listener;
  }

  get isShared(): boolean {
    return this.tabs !== null;
  }

  get(key: string): HeldEntry | undefined {
    return this.held.get(key);
  }

  /** The row that the store has of a key now, taken over where it is of another file. */
  async listedNow(row: EntryRow): Promise<EntryRow | undefined> {
    const [found] = await this.store.listed([row.key]);
    if (found === undefined || found.row.path === row.path) return undefined;
    this.held.add(found.row, found.use);
    return found.row;
  }

  /** Takes in what another tab may have stored under the key. */
  async lookAgain(key: string): Promise<void> {
    if (!this.isShared || this.held.get(key) !== undefined) return;
    for (const { row, use } of await this.store.listed([key])) this.held.add(row, use);
  }

  /** Takes in whatever other tabs have stored, and lets go what they have removed. */
  async recount(): Promise<void> {
    if (this.isShared) await this.follower.recount();
  }

  /** Resolves when everything heard of so far is taken over. */
  async caughtUp(): Promise<void> {
    await this.follower.caughtUp();
  }

  /** An entry whose file is written, here and for other tabs. */
  complete(row: EntryRow): void {
    this.held.complete(row);
    this.tell([row.key]);
  }

  /** Drops entries here, then there, and tells other tabs. */
  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) this.drop(key);
    await this.store.remove(keys);
    this.tell(keys);
  }

  drop(key: string): void {
    this.held.drop(key);
    this.follower.changedHere([key]);
  }

  /** What this tab has changed in the store. */
  tell(keys: readonly string[]): void {
    this.follower.changedHere(keys);
    this.tabs?.tell(keys);
  }

  /** Does work while no other tab does such. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.tabs === null ? work() : this.tabs.alone(work);
  }

  private takeOver(keys: readonly string[], listed: readonly ListedEntry[]): void {
    const byKey = new Map(listed.map((each) => [each.row.key, each]));
    const news: EntryRow[] = [];
    for (const key of keys) {
      const found = byKey.get(key);
      const held = this.held.get(key);
      // What is being written here is not listed yet.
      if (found === undefined && held?.row.path !== '') this.held.drop(key);
      if (found === undefined) continue;
      if (held?.row.path !== found.row.path) news.push(found.row);
      this.held.add(found.row, found.use);
    }
    if (news.length > 0) this.onNews(news);
  }
}
