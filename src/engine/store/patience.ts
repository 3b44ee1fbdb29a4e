import type { FlightTimers } from '../single-flight.ts';
import { SILENT } from './storage-failure.ts';

/** Milliseconds that a storage may take for one thing that is asked of it. */
export const STORAGE_PATIENCE = 5000;

/** They are counted in steps of so many, so that only time counts in which this worker runs itself. */
const STEP = 250;

/** A storage has not answered. Another tab may hold it: one that the browser has frozen, or that shows an older version. */
export class SilentStorageError extends Error {
  override readonly name = SILENT;
}

/**
 * Waits for a storage, but not for ever. While something asked of it is unanswered for longer than it may be, nothing more
 * is asked: each question would wait as long. When that answer comes after all, it is asked again.
 */
export class Patience {
  private readonly timers: FlightTimers;
  private readonly unanswered = new Set<object>();

  constructor(timers: FlightTimers) {
    this.timers = timers;
  }

  /**
   * The outcome of `work`. Rejects with `SilentStorageError` where it takes longer than 5 s, or where something else is
   * unanswered; the signal tells `work` that nobody waits for it any more.
   */
  wait<T>(work: (abandoned: AbortSignal) => Promise<T>): Promise<T> {
    if (this.unanswered.size > 0) return Promise.reject(silence());
    const controller = new AbortController();
    const answer = work(controller.signal);
    return new Promise((resolve, reject) => {
      let waited = 0;
      const stop = this.timers.every(STEP, () => {
        waited += STEP;
        if (waited < STORAGE_PATIENCE) return;
        stop();
        const error = silence();
        this.watch(answer);
        controller.abort(error);
        reject(error);
      });
      answer.then(resolve, reject).finally(stop);
    });
  }

  /** Nothing more is asked until this has settled. */
  watch(answer: Promise<unknown>): void {
    const waiting = {};
    this.unanswered.add(waiting);
    const answered = (): void => void this.unanswered.delete(waiting);
    answer.then(answered, answered);
  }
}

function silence(): SilentStorageError {
  return new SilentStorageError(`it has not answered for ${STORAGE_PATIENCE / 1000} s`);
}
