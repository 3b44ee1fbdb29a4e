import type { Locks } from '../../src/engine/store/web-lock.ts';

/** The lock manager of an origin: exclusive locks, first come first served. */
export class OriginLocks implements Locks {
  readonly requests: string[] = [];
  private readonly held = new Set<string>();
  private readonly queues = new Map<string, (() => void)[]>();

  async request(name: string, options: LockOptions, granted: (lock: Lock | null) => Promise<void> | undefined) {
    this.requests.push(`${name} ${options.ifAvailable === true ? 'if available' : 'waiting'}`);
    if (this.held.has(name)) {
      if (options.ifAvailable === true) return granted(null);
      await this.turn(name, options.signal);
    }
    this.held.add(name);
    await granted({ name, mode: 'exclusive' });
    this.held.delete(name);
    this.queues.get(name)?.shift()?.();
  }

  private turn(name: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(name) ?? [];
      this.queues.set(name, queue);
      queue.push(resolve);
      signal?.addEventListener('abort', () => {
        queue.splice(queue.indexOf(resolve), 1);
        reject(signal.reason);
      });
    });
  }
}

/** What is used of a `BroadcastChannel`. */
export interface AirChannel<Message> {
  postMessage(message: Message): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
  /** From now on, what the others post waits until the tab goes on, as for a frozen one; returns how it does. */
  freeze(): () => void;
}

/** The channel of an origin: what one tab posts, the others hear at once. */
export class Air<Message> {
  readonly said: Message[] = [];
  private readonly listeners = new Map<AirChannel<Message>, (message: unknown) => void>();

  tab(): AirChannel<Message> {
    const listeners = new Set<(event: MessageEvent<unknown>) => void>();
    let waiting: unknown[] | null = null;
    const hear = (message: unknown): void => {
      if (waiting !== null) waiting.push(message);
      else for (const listener of listeners) listener(new MessageEvent('message', { data: message }));
    };
    const channel: AirChannel<Message> = {
      postMessage: (message) => {
        this.said.push(message);
        for (const [other, heard] of this.listeners) if (other !== channel) heard(message);
      },
      addEventListener: (_, listener) => listeners.add(listener),
      removeEventListener: (_, listener) => listeners.delete(listener),
      close: () => this.listeners.delete(channel),
      freeze: () => {
        waiting = [];
        return () => {
          const missed = waiting ?? [];
          waiting = null;
          for (const message of missed) hear(message);
        };
      },
    };
    this.listeners.set(channel, hear);
    return channel;
  }
}
