import { describe, expect, test } from 'vitest';
import { PendingCalls } from '../../../src/protocol/pending-calls.ts';

const never = () => new Promise<never>(() => {});

describe('calls to something that may die', () => {
  test('pass on what the call comes to', async () => {
    const calls = new PendingCalls();
    await expect(calls.run(() => Promise.resolve(7))).resolves.toBe(7);
    await expect(calls.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(
      calls.run(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
  });

  test('reject when it dies, whether they wait or come later, with the first reason', async () => {
    const calls = new PendingCalls();
    const waiting = [calls.run(never), calls.run(never)];
    calls.end(new Error('lost'));
    calls.end(new Error('lost again'));
    for (const call of [...waiting, calls.run(() => Promise.resolve(7))]) await expect(call).rejects.toThrow('lost');
    await expect(calls.run(never)).rejects.not.toThrow('again');
  });
});
