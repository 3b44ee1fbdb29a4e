import { describe, expect, test } from 'vitest';
import { Patience, SilentStorageError, STORAGE_PATIENCE } from '../../../../src/engine/store/patience.ts';

/** Timers that go when they are told to. */
function handTimers() {
  const waiting = new Set<{ readonly milliseconds: number; readonly callback: () => void }>();
  return {
    waiting,
    timers: {
      every: (milliseconds: number, callback: () => void) => {
        const timer = { milliseconds, callback };
        waiting.add(timer);
        return () => void waiting.delete(timer);
      },
    },
    /** Lets so many milliseconds pass, in the steps of each timer. */
    pass: (total: number) => {
      for (const timer of [...waiting]) {
        for (let passed = 0; passed < total && waiting.has(timer); passed += timer.milliseconds) timer.callback();
      }
    },
  };
}

/** A promise with its ends in hand. */
function open<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

describe('patience', () => {
  test('what is answered in time comes as it is, and nothing is left behind', async () => {
    const { timers, waiting, pass } = handTimers();
    const patience = new Patience(timers);
    const answer = open<number>();
    const waited = patience.wait(() => answer.promise);
    pass(STORAGE_PATIENCE - 250);
    answer.resolve(7);
    expect(await waited).toBe(7);
    await expect(patience.wait(() => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
    expect(waiting.size).toBe(0);
  });

  test('what is not answered for 5 s rejects, and is told that nobody waits', async () => {
    const { timers, waiting, pass } = handTimers();
    const patience = new Patience(timers);
    let isAbandoned = false;
    const waited = patience.wait((abandoned) => {
      abandoned.addEventListener('abort', () => {
        isAbandoned = true;
      });
      return new Promise<never>(() => {});
    });
    pass(STORAGE_PATIENCE);
    await expect(waited).rejects.toThrow(new SilentStorageError('it has not answered for 5 s'));
    expect(isAbandoned).toBe(true);
    expect(waiting.size).toBe(0);
  });

  test.each(['resolves', 'rejects'])(
    'while that is unanswered nothing more is asked; once it %s it is',
    async (how) => {
      const { timers, pass } = handTimers();
      const patience = new Patience(timers);
      const late = open<number>();
      const waited = patience.wait(() => late.promise);
      pass(STORAGE_PATIENCE);
      await expect(waited).rejects.toThrow(SilentStorageError);
      let asked = 0;
      const ask = async () => {
        asked += 1;
        return asked;
      };
      await expect(patience.wait(ask)).rejects.toThrow(SilentStorageError);
      expect(asked).toBe(0);
      if (how === 'resolves') late.resolve(1);
      else late.reject(new Error('late'));
      await late.promise.catch(() => {});
      expect(await patience.wait(ask)).toBe(1);
    },
  );
});
