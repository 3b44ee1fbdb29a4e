import type { NewsChannel } from '../other-tabs.ts';
import { FLIGHT_CHANNEL, type FlightChannel, type FlightTimers, INTERVALS } from '../single-flight.ts';
import { Patience } from './patience.ts';
import type { Locks } from './web-lock.ts';

/** What a store, and what tabs tell each other, takes from where it runs. Storages, locks and channel may be missing. */
export interface StoreEnvironment {
  /** Root of the origin's files; null where there are none, or none that a worker can write and flush. */
  readonly getDirectory: (() => Promise<FileSystemDirectoryHandle>) | null;
  /** What the browser grants this origin, in bytes. */
  readonly estimate: (() => Promise<StorageEstimate>) | null;
  readonly indexedDB: IDBFactory | null;
  readonly subtle: SubtleCrypto | null;
  readonly locks: Locks | null;
  /** On which tabs ask each other whether they are still computing; null where there are no locks. */
  readonly channel: FlightChannel | null;
  /** Opens the channel on which the tabs that share a store tell each other what they change; null where there is none. */
  readonly news: ((store: string) => NewsChannel) | null;
  readonly timers: FlightTimers;
  /** Whether the origin is one to which browsers give files, locks and `crypto.subtle`: https, or this machine. */
  readonly secure: boolean;
  /** A text that no other call gives: names of files that probe a storage. */
  readonly random: () => string;
  /** Called with the length before bytes are written; refuses by throwing a `QuotaExceededError`. */
  readonly admit: (bytes: number) => void;
}

/** The environment of this page or worker; outside a browser almost everything in it is missing. */
export function browserEnvironment(): StoreEnvironment {
  const storage = offered(() => navigator.storage);
  // A sandboxed frame has the object, and every request of it is refused.
  const isOpaque = offered(() => globalThis.origin) === 'null';
  const locks = isOpaque ? null : offered(() => navigator.locks);
  const hasFiles = offered(() => 'createSyncAccessHandle' in FileSystemFileHandle.prototype) ?? false;
  return {
    getDirectory: hasFiles && storage !== null && 'getDirectory' in storage ? () => storage.getDirectory() : null,
    estimate: storage !== null && 'estimate' in storage ? () => storage.estimate() : null,
    indexedDB: offered(() => globalThis.indexedDB),
    subtle: offered(() => globalThis.crypto.subtle),
    locks,
    channel: locks === null ? null : offered(() => new BroadcastChannel(FLIGHT_CHANNEL)),
    news: isOpaque ? null : offered(() => (globalThis.BroadcastChannel === undefined ? null : newsChannel)),
    timers: INTERVALS,
    secure: offered(() => globalThis.isSecureContext) ?? false,
    // Such names need to be unlikely to meet, not hard to guess.
    random: () => `${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`,
    // A browser refuses by itself.
    admit: () => {},
  };
}

function newsChannel(store: string): NewsChannel {
  return new BroadcastChannel(`coframe entries ${store}`);
}

/** Bytes that the browser grants this origin; null where it does not say. */
export async function grantedBytes({ estimate, timers }: StoreEnvironment): Promise<number | null> {
  if (estimate === null) return null;
  // A sandboxed frame may ask, and is refused.
  const { quota = null } = await new Patience(timers).wait(estimate).catch(() => ({ quota: null }));
  return quota;
}

/** What a property gives; null where there is none, or where reading it is forbidden (sandboxed frames). */
function offered<T>(read: () => T): NonNullable<T> | null {
  try {
    return read() ?? null;
  } catch {
    return null;
  }
}
