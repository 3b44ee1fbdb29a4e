import { INTERVALS } from '../../src/engine/single-flight.ts';
import type { StoreEnvironment } from '../../src/engine/store/environment.ts';

/** What Node gives a store: a clock and hashes, no storage and no other tabs. */
export function nodeStoreEnvironment(overrides: Partial<StoreEnvironment> = {}): StoreEnvironment {
  let names = 0;
  return {
    getDirectory: null,
    estimate: null,
    indexedDB: null,
    subtle: globalThis.crypto.subtle,
    locks: null,
    channel: null,
    news: null,
    timers: INTERVALS,
    secure: true,
    random: () => {
      names += 1;
      return `name-${names}`;
    },
    admit: () => {},
    ...overrides,
  };
}
