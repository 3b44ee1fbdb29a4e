/**
 * A worker that is closed or crashes tells nobody. So each holds a lock for as long as it lives: the browser lets go of it
 * however the worker ends, and whoever waits for the lock learns of it at once.
 */

/** Holds the lock from now on; whether it does: not where Web Locks are missing or refused. */
export function holdLife(name: string): Promise<boolean> {
  const { locks } = navigator;
  if (locks === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const held = locks.request(name, () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
    held.catch(() => resolve(false));
  });
}

/** Resolves when the worker that holds the lock has ended. */
export async function lifeEnded(name: string, signal: AbortSignal): Promise<void> {
  await navigator.locks.request(name, { signal }, () => {});
}
