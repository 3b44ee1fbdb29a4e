import { acquireLock, type Locks } from './store/web-lock.ts';

/** What is used of `BroadcastChannel`. */
export interface NewsChannel {
  postMessage(message: EntryNews): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}

/** What tabs tell each other of a store that they share: of these keys something is other than it was. */
export interface EntryNews {
  readonly kind: 'changed';
  readonly keys: readonly string[];
}

/** Milliseconds that one tab waits for another that is making room; then that one counts as frozen. */
const LOCK_PATIENCE = 2000;

/** The other tabs that have one store open. */
export class OtherTabs {
  private readonly name: string;
  private readonly locks: Locks | null;
  /** null: they cannot be told anything, or no longer. */
  private channel: NewsChannel | null;

  /** `name` of the store, the same in every tab. */
  constructor(name: string, locks: Locks | null, channel: NewsChannel | null) {
    this.name = name;
    this.locks = locks;
    this.channel = channel;
  }

  /** Tells of keys that were added, removed or pinned, once that is stored: whoever hears of it looks there. */
  tell(keys: readonly string[]): void {
    if (keys.length > 0) this.channel?.postMessage({ kind: 'changed', keys });
  }

  /** The listener hears which keys another tab has changed; what became of them is for the store to say. */
  listen(listener: (keys: readonly string[]) => void): void {
    this.channel?.addEventListener('message', ({ data }) => {
      if (isEntryNews(data)) listener(data.keys);
    });
  }

  /** Does work while no other tab does such work on the store, but for one that has been at it for 2 s. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }

  close(): void {
    this.channel?.close();
    this.channel = null;
  }

  private async acquire(): Promise<() => void> {
    if (this.locks === null) return () => {};
    const patience = AbortSignal.timeout(LOCK_PATIENCE);
    // Without the lock two tabs may evict more than they had to, or exceed the budget until the next write.
    const release = await acquireLock(this.locks, `coframe/room/${this.name}`, { signal: patience }).catch(() => {});
    return release ?? (() => {});
  }
}

function isEntryNews(data: unknown): data is EntryNews {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('keys' in data)) return false;
  return data.kind === 'changed' && Array.isArray(data.keys) && data.keys.every((key) => typeof key === 'string');
}
