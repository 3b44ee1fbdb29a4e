import { expect, test } from 'vitest';
import { type FlightChannel, type FlightMessage, PING_INTERVAL } from '../../../../src/engine/single-flight.ts';
import type { Locks } from '../../../../src/engine/store/web-lock.ts';
import { valueIn } from '../../../support/node-session.ts';
import { openLab } from './lab.ts';

const collection = (name: string, column: string) => `coframe: 1
name: ${name}
schemas:
  - {name: facts, source: facts, grain: [fact], columns: {fact: {dimension: fact}, ${column}: {type: int64}}}
metric_families:
  - {name: amount, family_root: {schema: facts, column: ${column}}, ip_reducers: [{operator: SUM, a_block: []}]}
`;
const installation = {
  collections: { 'c/': collection('c', 'amount'), 'd/': collection('d', 'amount'), 'e/': collection('e', 'missing') },
  tables: { facts: 'fact,amount\n1,10\n2,20\n' },
};

/** A channel on which nobody else is. */
class LonelyChannel implements FlightChannel {
  readonly said: FlightMessage[] = [];
  readonly listeners = new Set<unknown>();
  isClosed = false;

  postMessage(message: FlightMessage): void {
    if (this.isClosed) throw new DOMException('the channel is closed', 'InvalidStateError');
    this.said.push(message);
  }
  addEventListener(_: 'message', listener: unknown): void {
    this.listeners.add(listener);
  }
  removeEventListener(_: 'message', listener: unknown): void {
    this.listeners.delete(listener);
  }
  close(): void {
    this.isClosed = true;
  }
}

test('a session that closes leaves nobody listening to other tabs, and closes the channel', async () => {
  const channel = new LonelyChannel();
  const lab = await openLab({ ...installation, environment: { channel } });
  expect(channel.listeners.size).toBe(1);
  valueIn(await lab.service.use('d'));
  valueIn(await lab.service.use('c'));
  expect(channel.listeners.size).toBe(2);
  expect(channel.isClosed).toBe(false);
  await lab.close();
  expect(channel.listeners.size).toBe(0);
  expect(channel.isClosed).toBe(true);
});

test('a collection that does not compile leaves no engine listening behind', async () => {
  const channel = new LonelyChannel();
  const lab = await openLab({ ...installation, environment: { channel } });
  for (const _ of ['once', 'again']) expect(await lab.service.use('e')).toMatchObject({ ok: false });
  expect(channel.listeners.size).toBe(1);
  expect(await lab.rows('SELECT amount AT ()')).toEqual([[30]]);
  await lab.close();
});

test('other tabs are asked on the channel and by the timers that the engine was given', async () => {
  const channel = new LonelyChannel();
  const intervals: number[] = [];
  /** Another tab holds every lock, for ever. */
  const locks: Locks = {
    request: async (_, { ifAvailable, signal }, granted) => {
      if (ifAvailable === true) return granted(null);
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    },
  };
  /** All of the time passes as soon as it is waited for. */
  const every = (milliseconds: number, callback: () => void) => {
    intervals.push(milliseconds);
    queueMicrotask(() => {
      for (let i = 0; i < 10; i++) callback();
    });
    return () => {};
  };
  const lab = await openLab({ ...installation, environment: { channel, locks, timers: { every } } });
  expect(await lab.rows('SELECT amount AT ()')).toEqual([[30]]);
  expect(intervals).toEqual([PING_INTERVAL]);
  expect(new Set(channel.said.map(({ kind }) => kind))).toEqual(new Set(['ping']));
  await lab.close();
});
