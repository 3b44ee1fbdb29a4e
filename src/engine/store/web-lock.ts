/** What is used of `LockManager`. */
export interface Locks {
  request(
    name: string,
    options: LockOptions,
    granted: (lock: Lock | null) => Promise<void> | undefined,
  ): Promise<unknown>;
}

/** Gives a lock back. */
export type Release = () => void;

/**
 * Takes a Web Lock and hands over how to give it back. Resolves to undefined only with `ifAvailable`, where another
 * holds it. Rejects as `LockManager.request` does: the signal's reason, or `SecurityError` where locks are not granted.
 */
export function acquireLock(locks: Locks, name: string, options: LockOptions): Promise<Release | undefined> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, options, (lock) => {
        if (lock === null) {
          resolve(undefined);
          return undefined;
        }
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
