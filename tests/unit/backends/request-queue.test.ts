import { describe, expect, it } from 'vitest';
import { RequestQueue } from '../../../src/backends/request-queue.ts';

/** Work that ends when it is told to. */
function held<Result>() {
  let resolve: (result: Result) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<Result>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

const CANCELLED = { fault: { code: 'CANCELLED', id: 'a' } };

describe('the request queue', () => {
  it('runs one after another, in order, past failures', async () => {
    const queue = new RequestQueue();
    const seen: string[] = [];
    const first = held<string>();
    const a = queue.run('a', async () => {
      seen.push('a begins');
      await first.promise;
      seen.push('a ends');
      throw new Error('a fails');
    });
    const b = queue.run('b', async () => {
      seen.push('b');
      return 2;
    });
    first.resolve('');
    await expect(a).rejects.toThrow('a fails');
    expect(await b).toBe(2);
    expect(seen).toEqual(['a begins', 'a ends', 'b']);
  });

  it('releases the asker at once, and lets the next begin when the work has stopped', async () => {
    const queue = new RequestQueue();
    const work = held<never>();
    let stopped = false;
    const a = queue.run('a', (signal) => {
      signal.addEventListener('abort', () => {
        stopped = true;
      });
      return work.promise;
    });
    await Promise.resolve();
    const b = queue.run('b', async () => stopped);
    queue.cancel('a');
    await expect(a).rejects.toMatchObject(CANCELLED);
    work.reject(new Error('stopped'));
    expect(await b).toBe(true);
  });

  it('never begins what was cancelled while it waited', async () => {
    const queue = new RequestQueue();
    const work = held<number>();
    const b = queue.run('b', () => work.promise);
    let begun = false;
    const a = queue.run('a', async () => {
      begun = true;
    });
    queue.cancel('a');
    work.resolve(1);
    await expect(a).rejects.toMatchObject(CANCELLED);
    expect(await b).toBe(1);
    await queue.run('c', async () => {});
    expect(begun).toBe(false);
  });

  it('cancels only what has the id', async () => {
    const queue = new RequestQueue();
    const b = queue.run('b', async () => 'b');
    queue.cancel('a');
    expect(await b).toBe('b');
    queue.cancel('b');
  });
});
