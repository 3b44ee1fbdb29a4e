import { describe, expect, test } from 'vitest';
import type { EngineFault } from '../../../src/engine/entry.ts';
import {
  type Asked,
  type FlightChannel,
  type FlightMessage,
  type FlightTimers,
  SingleFlight,
} from '../../../src/engine/single-flight.ts';
import type { Locks } from '../../../src/engine/store/web-lock.ts';
import { Air, OriginLocks } from '../../support/origin.ts';

/** Timers that stand until the test lets time pass. */
class StandingTimers implements FlightTimers {
  private readonly timers = new Set<{ readonly every: number; elapsed: number; readonly callback: () => void }>();

  readonly every = (milliseconds: number, callback: () => void) => {
    const timer = { every: milliseconds, elapsed: 0, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  };

  get running(): number {
    return this.timers.size;
  }

  async pass(milliseconds: number): Promise<void> {
    for (let i = 0; i < milliseconds; i += 100) {
      for (const timer of [...this.timers]) {
        timer.elapsed += 100;
        if (timer.elapsed % timer.every === 0) timer.callback();
      }
      await settled();
    }
  }
}

/** Lets everything that waits for nothing else happen. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** A computation that the test ends. */
function computation() {
  const calls: { readonly signal: AbortSignal; finish(value: string): void; fail(error: Error): void }[] = [];
  const compute = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => calls.push({ signal, finish: resolve, fail: reject }));
  return { calls, compute };
}

function origin() {
  const locks = new OriginLocks();
  const air = new Air<FlightMessage>();
  const faults: EngineFault[] = [];
  const timers = new StandingTimers();
  const tab = (overrides: { readonly locks?: Locks | null; readonly channel?: FlightChannel | null } = {}) =>
    new SingleFlight<string>({
      locks,
      channel: air.tab(),
      timers,
      report: (fault) => faults.push(fault),
      ...overrides,
    });
  return { locks, air, faults, timers, tab };
}

const never = (): Promise<string> => Promise.reject(new Error('nobody should have asked'));
const nothing: Asked<string>['recheck'] = async () => undefined;

describe('within a tab', () => {
  test.each(['with locks', 'without locks'])('askers of one key share one computation, %s', async (name) => {
    const { tab } = origin();
    const flights = tab(name === 'without locks' ? { locks: null } : {});
    const { calls, compute } = computation();
    const askers = [1, 2, 3].map(() => flights.run('k', { compute, recheck: never }));
    await settled();
    expect(calls.length).toBe(1);
    calls[0]?.finish('answer');
    expect(await Promise.all(askers)).toEqual(['answer', 'answer', 'answer']);
  });

  test('different keys are computed apart', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const askers = ['a', 'b'].map((key) => flights.run(key, { compute, recheck: never }));
    await settled();
    calls[1]?.finish('second');
    expect(await askers[1]).toBe('second');
    calls[0]?.finish('first');
    expect(await askers[0]).toBe('first');
  });

  test.each(['finish', 'fail'] as const)('what has ended is not kept: %s', async (end) => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const first = flights.run('k', { compute, recheck: nothing });
    const outcome = first.catch((error: Error) => error.message);
    await settled();
    if (end === 'finish') calls[0]?.finish('one');
    else calls[0]?.fail(new Error('out of memory'));
    expect(await outcome).toBe(end === 'finish' ? 'one' : 'out of memory');
    const second = flights.run('k', { compute, recheck: nothing });
    await settled();
    calls[1]?.finish('two');
    expect(await second).toBe('two');
  });

  test('all askers hear of a failure', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const askers = [1, 2].map(() =>
      flights.run('k', { compute, recheck: never }).catch((error: Error) => error.message),
    );
    await settled();
    calls[0]?.fail(new Error('out of memory'));
    expect(await Promise.all(askers)).toEqual(['out of memory', 'out of memory']);
  });

  test('a computation that throws before it returns a promise is a failure like any other', async () => {
    for (const locks of [undefined, null]) {
      const flights = origin().tab(locks === null ? { locks } : {});
      const compute = () => {
        throw new RangeError('not today');
      };
      await expect(flights.run('k', { compute, recheck: never })).rejects.toThrow('not today');
    }
  });

  test('an asker leaves at once; the computation goes on for the others', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const controller = new AbortController();
    const leaver = flights.run('k', { compute, recheck: never, signal: controller.signal });
    const stayer = flights.run('k', { compute, recheck: never });
    await settled();
    controller.abort();
    await expect(leaver).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls[0]?.signal.aborted).toBe(false);
    calls[0]?.finish('answer');
    expect(await stayer).toBe('answer');
  });

  test.each(['with locks', 'without locks'])('the last asker that leaves ends the computation, %s', async (name) => {
    const { tab } = origin();
    const flights = tab(name === 'without locks' ? { locks: null } : {});
    const { calls, compute } = computation();
    const controllers = [new AbortController(), new AbortController()];
    const askers = controllers.map(({ signal }) => flights.run('k', { compute, recheck: never, signal }));
    const outcomes = Promise.allSettled(askers);
    await settled();
    controllers[0]?.abort();
    expect(calls[0]?.signal.aborted).toBe(false);
    controllers[1]?.abort();
    expect(calls[0]?.signal.aborted).toBe(true);
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('who asks after that starts anew, though the old computation has not come back', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const controller = new AbortController();
    const leaver = flights.run('k', { compute, recheck: nothing, signal: controller.signal });
    await settled();
    controller.abort();
    const next = flights.run('k', { compute, recheck: nothing });
    await expect(leaver).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    expect(calls.length).toBe(2);
    calls[0]?.finish('too late');
    calls[1]?.finish('answer');
    expect(await next).toBe('answer');
  });

  test('an asker whose signal is aborted already starts nothing', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const asked = flights.run('k', { compute, recheck: never, signal: AbortSignal.abort() });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    expect(calls.length).toBe(0);
  });

  test('a signal that is aborted after the answer changes nothing', async () => {
    const flights = origin().tab();
    const { calls, compute } = computation();
    const controller = new AbortController();
    const asked = flights.run('k', { compute, recheck: never, signal: controller.signal });
    await settled();
    calls[0]?.finish('answer');
    expect(await asked).toBe('answer');
    await settled();
    controller.abort();
    expect(calls[0]?.signal.aborted).toBe(false);
  });
});

describe('across tabs', () => {
  test('whoever is first asks for one lock, once, and says nothing', async () => {
    const { tab, locks, air, timers } = origin();
    const { calls, compute } = computation();
    const asked = tab().run('k', { compute, recheck: never });
    await settled();
    calls[0]?.finish('answer');
    await asked;
    expect(locks.requests).toEqual(['coframe/flight/k if available']);
    expect(air.said).toEqual([]);
    expect(timers.running).toBe(0);
  });

  test('without locks no other tab is asked', async () => {
    const { tab, air } = origin();
    const one = computation();
    const other = computation();
    const asked = [
      tab({ locks: null }).run('k', { compute: one.compute, recheck: never }),
      tab({ locks: null }).run('k', { compute: other.compute, recheck: never }),
    ];
    await settled();
    one.calls[0]?.finish('one');
    other.calls[0]?.finish('other');
    expect(await Promise.all(asked)).toEqual(['one', 'other']);
    expect(air.said).toEqual([]);
  });

  test('the second waits for as long as the first answers, then takes what it has stored', async () => {
    const { tab, timers, faults, air } = origin();
    const [one, other] = [computation(), computation()];
    const first = tab().run('k', { compute: one.compute, recheck: never });
    await settled();
    const second = tab().run('k', { compute: other.compute, recheck: async () => 'stored' });
    await settled();
    await timers.pass(60_000);
    expect(air.said.filter(({ kind }) => kind === 'ping').length).toBe(121);
    one.calls[0]?.finish('computed');
    expect(await Promise.all([first, second])).toEqual(['computed', 'stored']);
    expect(other.calls.length).toBe(0);
    expect(timers.running).toBe(0);
    expect(faults).toEqual([]);
  });

  test('the lock is held until the result is stored; the answer does not wait for that', async () => {
    const { tab, timers, faults } = origin();
    const other = computation();
    let store = () => {};
    const kept = () => new Promise<void>((resolve) => (store = resolve));
    expect(await tab().run('k', { compute: async () => 'computed', recheck: never, kept })).toBe('computed');
    let stored: string | undefined;
    const second = tab().run('k', { compute: other.compute, recheck: async () => stored });
    await timers.pass(10_000);
    expect(other.calls.length).toBe(0);
    stored = 'stored';
    store();
    expect(await second).toBe('stored');
    expect(faults).toEqual([]);
  });

  test('the second computes under the lock when the first has stored nothing', async () => {
    const { tab, timers, faults } = origin();
    const [one, other] = [computation(), computation()];
    const first = tab()
      .run('k', { compute: one.compute, recheck: never })
      .catch(() => 'failed');
    await settled();
    const second = tab().run('k', { compute: other.compute, recheck: nothing });
    await timers.pass(1000);
    one.calls[0]?.fail(new Error('out of memory'));
    await settled();
    // Now it holds the lock, and answers a third.
    const third = tab().run('k', { compute: never, recheck: async () => 'stored' });
    await timers.pass(10_000);
    other.calls[0]?.finish('computed');
    expect(await Promise.all([first, second, third])).toEqual(['failed', 'computed', 'stored']);
    expect(faults).toEqual([]);
  });

  test.each([
    { holder: 'a frozen tab', channel: undefined },
    { holder: 'a tab that cannot be asked', channel: null },
  ])('$holder is waited for 2 s, then the second computes alone', async ({ channel }) => {
    const { tab, timers, faults } = origin();
    const frozen = computation();
    const holder = tab();
    const first = holder.run('k', { compute: frozen.compute, recheck: never });
    await settled();
    holder.close();
    const { calls, compute } = computation();
    const second = tab(channel === null ? { channel } : {}).run('k', { compute, recheck: nothing });
    await settled();
    await timers.pass(1900);
    expect([calls.length, faults.length]).toEqual([0, 0]);
    await timers.pass(100);
    expect(calls.length).toBe(1);
    calls[0]?.finish('alone');
    expect(await second).toBe('alone');
    expect(faults).toEqual([{ kind: 'lock_timed_out', key: 'k', detail: expect.stringContaining('2 s') }]);
    frozen.calls[0]?.finish('late');
    expect(await first).toBe('late');
    expect(timers.running).toBe(0);
  });

  test('a tab that freezes in the middle is waited for 2 s from its last answer', async () => {
    const { tab, timers } = origin();
    const holder = tab();
    const frozen = computation();
    void holder.run('k', { compute: frozen.compute, recheck: never });
    await settled();
    const { calls, compute } = computation();
    void tab().run('k', { compute, recheck: nothing });
    await settled();
    await timers.pass(10_000);
    holder.close();
    await timers.pass(1900);
    expect(calls.length).toBe(0);
    await timers.pass(200);
    expect(calls.length).toBe(1);
  });

  test('before it computes alone it takes what was stored meanwhile', async () => {
    const { tab, timers } = origin();
    const holder = tab();
    void holder.run('k', { compute: computation().compute, recheck: never });
    await settled();
    holder.close();
    const second = tab().run('k', { compute: never, recheck: async () => 'stored' });
    await settled();
    await timers.pass(2000);
    expect(await second).toBe('stored');
  });

  test('an asker leaves at once while it waits, and takes no lock later', async () => {
    const { tab, timers, locks } = origin();
    const { calls, compute } = computation();
    const first = tab().run('k', { compute, recheck: never });
    await settled();
    const controller = new AbortController();
    const second = tab().run('k', { compute: never, recheck: never, signal: controller.signal });
    await timers.pass(500);
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    expect(timers.running).toBe(0);
    calls[0]?.finish('answer');
    await first;
    const third = tab().run('k', { compute: async () => 'free', recheck: nothing });
    expect(await third).toBe('free');
    expect(locks.requests.filter((request) => request.endsWith('waiting')).length).toBe(1);
  });

  test('a computation that is withdrawn gives its lock back at once', async () => {
    const { tab } = origin();
    const stuck = computation();
    const controller = new AbortController();
    const first = tab().run('k', { compute: stuck.compute, recheck: never, signal: controller.signal });
    await settled();
    const second = tab().run('k', { compute: async () => 'taken over', recheck: nothing });
    await settled();
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(await second).toBe('taken over');
  });

  test('where locks are refused it computes, and says so', async () => {
    const { tab, faults } = origin();
    const refused: Locks = { request: () => Promise.reject(new DOMException('Not here.', 'SecurityError')) };
    expect(await tab({ locks: refused }).run('k', { compute: async () => 'alone', recheck: never })).toBe('alone');
    expect(faults).toEqual([
      { kind: 'storage_unavailable', key: 'k', detail: expect.stringContaining('SecurityError') },
    ]);
  });

  test('what others say on the channel is not taken for a message', async () => {
    const { tab, timers } = origin();
    const air = new Air<FlightMessage>();
    const [holder, stranger] = [air.tab(), air.tab()];
    const said: unknown[] = [];
    stranger.addEventListener('message', ({ data }) => said.push(data));
    const { compute } = computation();
    void tab({ channel: holder }).run('k', { compute, recheck: never });
    await settled();
    stranger.postMessage({ kind: 'ping', key: 'other' });
    for (const data of [null, 'ping', { kind: 'ping' }, { kind: 'shout', key: 'k' }, { kind: 'ping', key: 1 }]) {
      // Anything can be posted on a channel of the origin.
      stranger.postMessage(JSON.parse(JSON.stringify(data)));
    }
    expect(said).toEqual([]);
    stranger.postMessage({ kind: 'ping', key: 'k' });
    expect(said).toEqual([{ kind: 'pong', key: 'k' }]);
    expect(timers.running).toBe(0);
  });
});
