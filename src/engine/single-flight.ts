import { failureWords } from './store/storage-failure.ts';
import type { ReportFault } from './store/store.ts';
import { acquireLock, type Locks, type Release } from './store/web-lock.ts';

/** Name of the BroadcastChannel on which tabs ask each other whether they are still computing. */
export const FLIGHT_CHANNEL = 'coframe flight';

/** Milliseconds between two questions to whoever holds a lock. */
export const PING_INTERVAL = 500;

/** Milliseconds without an answer after which a holder counts as frozen. */
export const PATIENCE = 2000;

/** What is used of `BroadcastChannel`. */
export interface FlightChannel {
  postMessage(message: FlightMessage): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  close(): void;
}

/** What tabs say to each other: "is the key still being computed?", "it is". */
export interface FlightMessage {
  readonly kind: 'ping' | 'pong';
  readonly key: string;
}

export interface FlightTimers {
  /** Calls back every so many milliseconds, until the function that it returns is called. */
  readonly every: (milliseconds: number, callback: () => void) => () => void;
}

/** The timers of this page or worker. */
export const INTERVALS: FlightTimers = {
  every: (milliseconds, callback) => {
    const timer = setInterval(callback, milliseconds);
    return () => clearInterval(timer);
  },
};

export interface FlightEnvironment {
  /** null: other tabs are not waited for. */
  readonly locks: Locks | null;
  /** null: a holder cannot be asked, so it is waited for as long as for one that does not answer. */
  readonly channel: FlightChannel | null;
  readonly timers: FlightTimers;
  readonly report: ReportFault;
}

/** What an asker brings along. */
export interface Asked<T> {
  readonly compute: (signal: AbortSignal) => Promise<T>;
  /** What another tab has stored under the key meanwhile, if it has. */
  readonly recheck: () => Promise<T | undefined>;
  /** Resolves when what was computed is stored, or could not be: other tabs wait so long. Absent: at once. */
  readonly kept?: () => Promise<void>;
  /** The asker's own: when it is aborted the asker leaves. */
  readonly signal?: AbortSignal;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  askers: number;
}

/** What came of asking for a lock: `none` where its holder is silent or locks are refused. */
type Acquired =
  | { readonly kind: 'held'; readonly hasWaited: boolean; readonly release: Release }
  | { readonly kind: 'none'; readonly hasWaited: boolean };

/** A wait for another tab; `silence`: milliseconds since it was last heard of. */
interface Wait {
  readonly key: string;
  silence: number;
}

/**
 * One computation for all who ask for a key at the same time.
 *
 * Within the tab they share one promise: it stops when its last asker has left, and only lasts until it has settled,
 * whatever the outcome. Across tabs the one that computes holds a Web Lock until the result is stored. The others wait for it as long as it
 * answers their pings, then ask `recheck`; when it has been silent for 2 s (a tab may be frozen) they compute alone,
 * which is harmless: what is stored under a key is the same whoever computed it.
 */
export class SingleFlight<T> {
  private readonly environment: FlightEnvironment;
  private readonly flights = new Map<string, Flight<T>>();
  private readonly holding = new Set<string>();
  private readonly waits = new Set<Wait>();
  /** null once this is closed: a channel that is closed refuses to be spoken on. */
  private channel: FlightChannel | null;
  /** Locks were refused here: reported once, and not asked for again. */
  private areLocksRefused = false;

  constructor(environment: FlightEnvironment) {
    this.environment = environment;
    this.channel = environment.channel;
    this.channel?.addEventListener('message', this.hear);
  }

  /**
   * The result of the computation under way, or of the asker's own. Rejects as that does; with an `AbortError` at once
   * when the asker's signal is aborted.
   */
  run(key: string, asked: Asked<T>): Promise<T> {
    const { signal } = asked;
    if (signal?.aborted) return Promise.reject(abortError());
    const flight = this.flights.get(key) ?? this.start(key, asked);
    flight.askers += 1;
    return signal === undefined ? flight.result : untilAborted(flight.result, signal, () => this.leave(key, flight));
  }

  /** Neither asks nor answers other tabs any more. Computations under way go on; the channel is its owner's to close. */
  close(): void {
    this.channel?.removeEventListener('message', this.hear);
    this.channel = null;
  }

  private start(key: string, asked: Asked<T>): Flight<T> {
    const controller = new AbortController();
    const result = this.compute(key, asked, controller.signal);
    const flight: Flight<T> = { result, controller, askers: 0 };
    this.flights.set(key, flight);
    const land = (): void => this.forget(key, flight);
    result.then(land, land);
    return flight;
  }

  private leave(key: string, flight: Flight<T>): void {
    flight.askers -= 1;
    if (flight.askers > 0) return;
    // Forgotten first: who asks from now on starts anew.
    this.forget(key, flight);
    flight.controller.abort(abortError());
  }

  private forget(key: string, flight: Flight<T>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }

  private async compute(key: string, asked: Asked<T>, signal: AbortSignal): Promise<T> {
    const { locks } = this.environment;
    const alone = (): Promise<T> => untilAborted(asked.compute(signal), signal);
    if (locks === null || this.areLocksRefused) return alone();

    const lock = await this.acquire(locks, key, signal);
    const release = (): void => {
      if (lock.kind === 'none') return;
      this.holding.delete(key);
      lock.release();
    };
    try {
      signal.throwIfAborted();
      if (lock.kind === 'held') this.holding.add(key);
      // Whoever was waited for may have stored it.
      const stored = lock.hasWaited ? await untilAborted(asked.recheck(), signal) : undefined;
      const result = stored ?? (await alone());
      // The answer does not wait for what others wait for.
      if (asked.kept === undefined) release();
      else void asked.kept().finally(release);
      return result;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The lock of a key; or that its holder is silent, or that locks are refused here, which is reported. */
  private async acquire(locks: Locks, key: string, signal: AbortSignal): Promise<Acquired> {
    const name = `coframe/flight/${key}`;
    try {
      const free = await acquireLock(locks, name, { ifAvailable: true });
      if (free !== undefined) return { kind: 'held', release: free, hasWaited: false };
      const release = await this.wait(locks, name, key, signal);
      if (release !== undefined) return { kind: 'held', release, hasWaited: true };
    } catch (error) {
      signal.throwIfAborted();
      if (!this.areLocksRefused) {
        const detail = `Other tabs cannot be asked what they compute (${failureWords(error)}). Answers are right; two tabs may compute the same one.`;
        this.environment.report({ kind: 'storage_unavailable', key, detail });
      }
      this.areLocksRefused = true;
      return { kind: 'none', hasWaited: false };
    }
    const detail = `Another tab was computing this and has not answered for ${PATIENCE / 1000} s. It is computed here as well; closing the other tab ends the waiting.`;
    this.environment.report({ kind: 'lock_timed_out', key, detail });
    return { kind: 'none', hasWaited: true };
  }

  /** Waits for a lock as long as its holder answers; undefined when it does not. Rejects when the signal is aborted. */
  private async wait(locks: Locks, name: string, key: string, signal: AbortSignal): Promise<Release | undefined> {
    signal.throwIfAborted();
    const patience = new AbortController();
    const wait: Wait = { key, silence: 0 };
    const giveUp = (): void => patience.abort();
    const tick = (): void => {
      wait.silence += PING_INTERVAL;
      if (wait.silence >= PATIENCE) giveUp();
      else this.channel?.postMessage({ kind: 'ping', key });
    };
    this.waits.add(wait);
    signal.addEventListener('abort', giveUp, { once: true });
    const stop = this.environment.timers.every(PING_INTERVAL, tick);
    this.channel?.postMessage({ kind: 'ping', key });
    try {
      return await acquireLock(locks, name, { signal: patience.signal });
    } catch (error) {
      if (patience.signal.aborted && !signal.aborted) return undefined;
      throw error;
    } finally {
      stop();
      signal.removeEventListener('abort', giveUp);
      this.waits.delete(wait);
    }
  }

  private readonly hear = ({ data }: MessageEvent<unknown>): void => {
    if (!isFlightMessage(data)) return;
    if (data.kind === 'pong') {
      for (const wait of this.waits) if (wait.key === data.key) wait.silence = 0;
    } else if (this.holding.has(data.key)) {
      this.channel?.postMessage({ kind: 'pong', key: data.key });
    }
  };
}

function abortError(): DOMException {
  return new DOMException('The question was withdrawn before it was answered.', 'AbortError');
}

/** The outcome of `work`, or an `AbortError` as soon as the signal is aborted, `onAbort` being called first. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal, onAbort: () => void = () => {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      onAbort();
      reject(abortError());
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Whether a message is one of these. */
export function isFlightMessage(data: unknown): data is FlightMessage {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('key' in data)) return false;
  return (data.kind === 'ping' || data.kind === 'pong') && typeof data.key === 'string';
}
