import { describe, expect, it } from 'vitest';
import type { BackendName, DataAPIBackend } from '../../../src/protocol/backend.ts';
import type { AggregateRequest, AggregateResult } from '../../../src/protocol/request.ts';
import { BackendRunner, PATIENCE_MILLISECONDS } from '../../../src/runtime/backend-runner.ts';
import { startedInNode } from '../../support/backends.ts';
import { falsified, overridden } from '../../support/overridden-backend.ts';

const ROWS: AggregateRequest = { table: 't', inputs: [], keys: [], values: [], filter: null, states: [] };

/** A runner over a real engine, with timers that the test lets ring. */
function runnerOf({ name = 'arquero', wrap = (backend) => backend }: Partial<Given> = {}) {
  const timers: Timer[] = [];
  const state = { starts: 0, forgotten: 0 };
  const forget = (timer: Timer) => {
    const place = timers.indexOf(timer);
    if (place >= 0) timers.splice(place, 1);
  };
  const runner = new BackendRunner({
    name,
    start: () => {
      state.starts += 1;
      return startedInNode(name, wrap);
    },
    schedule: (ring, milliseconds) => {
      const timer = { ring, milliseconds };
      timers.push(timer);
      return () => forget(timer);
    },
    onProgress: () => {},
    onForgotten: () => {
      state.forgotten += 1;
    },
  });
  const ring = (milliseconds: number) => {
    for (const timer of timers.filter((each) => each.milliseconds === milliseconds)) {
      forget(timer);
      timer.ring();
    }
  };
  return { runner, state, timers, ring };
}

interface Given {
  readonly name: BackendName;
  readonly wrap: (backend: DataAPIBackend) => DataAPIBackend;
}

interface Timer {
  readonly ring: () => void;
  readonly milliseconds: number;
}

/** An engine that computes for ever, but for the questions of the parity gate. */
const busy = (backend: DataAPIBackend) =>
  overridden(backend, {
    aggregate: (id, request) =>
      request.table === 't' ? new Promise<AggregateResult>(() => {}) : backend.aggregate(id, request),
  });

describe('a backend that hangs', () => {
  it('is ended after the time that is stated, the request rejects with LOST, and the next starts another', async () => {
    const { runner, state, ring } = runnerOf({ wrap: busy });
    const asked = runner.ask(await runner.running(), 'r1', ROWS);
    ring(PATIENCE_MILLISECONDS);
    await expect(asked).rejects.toMatchObject({
      fault: { code: 'LOST', backend: 'arquero', reason: 'it gave no answer for 120 s' },
    });
    expect([runner.state, state.forgotten]).toEqual(['idle', 1]);
    await runner.running();
    expect([runner.state, state.starts]).toEqual(['ready', 2]);
    await runner.restart();
  });

  it('is not taken to hang while it answers others: requests wait for each other', async () => {
    const answers: (() => void)[] = [];
    const inTurn = (backend: DataAPIBackend) =>
      overridden(backend, {
        aggregate: (id, request) =>
          request.table === 't'
            ? new Promise<AggregateResult>((_, reject) => answers.push(() => reject(new Error(id))))
            : backend.aggregate(id, request),
      });
    const { runner, timers, ring } = runnerOf({ wrap: inTurn });
    const backend = await runner.running();
    const [first, second] = [runner.ask(backend, 'r1', ROWS), runner.ask(backend, 'r2', ROWS)];
    answers[0]?.();
    await expect(first).rejects.toThrow('r1');
    ring(PATIENCE_MILLISECONDS);
    await expect.poll(() => timers.length).toBe(1);
    expect(runner.state).toBe('ready');
    ring(PATIENCE_MILLISECONDS);
    await expect(second).rejects.toMatchObject({ fault: { code: 'LOST' } });
  });

  it('that answers in time leaves no timer behind', async () => {
    const { runner, timers } = runnerOf();
    const backend = await runner.running();
    await expect(runner.ask(backend, 'r1', ROWS)).rejects.toMatchObject({ fault: { code: 'NOT_LOADED' } });
    expect(timers).toEqual([]);
    await runner.restart();
  });
});

describe('a request that is cancelled', () => {
  it('releases the asker at once; an engine that does not come back is ended after 250 ms', async () => {
    const { runner, state, ring } = runnerOf({ wrap: busy });
    const controller = new AbortController();
    const asked = runner.cancellable(await runner.running(), ROWS, controller.signal);
    controller.abort(new DOMException('enough', 'AbortError'));
    await expect(asked).rejects.toThrow('enough');
    expect([runner.state, runner.cuts]).toEqual(['ready', 0]);
    ring(250);
    await expect.poll(() => runner.state).toBe('idle');
    expect([runner.cuts, state.forgotten]).toEqual([1, 1]);
  });

  it('does not end an engine that has come back', async () => {
    let finish = () => {};
    const slow = (backend: DataAPIBackend) =>
      overridden(backend, {
        aggregate: (id, request) =>
          request.table === 't'
            ? new Promise<AggregateResult>((_, reject) => {
                finish = () => reject(new Error('done'));
              })
            : backend.aggregate(id, request),
      });
    const { runner, ring } = runnerOf({ wrap: slow });
    const controller = new AbortController();
    const asked = runner.cancellable(await runner.running(), ROWS, controller.signal);
    controller.abort(new DOMException('enough', 'AbortError'));
    await expect(asked).rejects.toThrow('enough');
    finish();
    await Promise.resolve();
    ring(250);
    expect([runner.state, runner.cuts]).toEqual(['ready', 0]);
    await runner.restart();
  });

  it('never ends DuckDB, which hears it while it works', async () => {
    const { runner, timers } = runnerOf({ name: 'duckdb', wrap: busy });
    const controller = new AbortController();
    const asked = runner.cancellable(await runner.running(), ROWS, controller.signal);
    controller.abort(new DOMException('enough', 'AbortError'));
    await expect(asked).rejects.toThrow('enough');
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([PATIENCE_MILLISECONDS]);
    await runner.restart();
  });
});

describe('a backend that fails the parity gate', () => {
  it('is not used, and says what it got wrong', async () => {
    const empty = (backend: DataAPIBackend) => falsified(backend, '#parity', () => ({ rowCount: 0, fields: [] }));
    const { runner } = runnerOf({ name: 'sqlite', wrap: empty });
    await expect(runner.running()).rejects.toThrow();
    expect(runner.state).toBe('failed');
    expect(runner.reason).not.toBeNull();
  });
});

describe('a backend whose worker ends', () => {
  it('is idle again, holds nothing, and starts anew', async () => {
    const ends: (() => void)[] = [];
    const { runner, state } = runnerOf();
    const started = await startedInNode('arquero');
    const lost = new BackendRunner({
      name: 'arquero',
      start: async () => {
        state.starts += 1;
        ends.push(started.end);
        return state.starts === 1 ? started : startedInNode('arquero');
      },
      schedule: () => () => {},
      onProgress: () => {},
      onForgotten: () => {
        state.forgotten += 1;
      },
    });
    await lost.running();
    expect(lost.state).toBe('ready');
    ends[0]?.();
    await expect.poll(() => lost.state).toBe('idle');
    expect(state.forgotten).toBe(1);
    await lost.running();
    expect([lost.state, state.starts]).toEqual(['ready', 2]);
    await lost.restart();
    await runner.restart();
  });
});
