import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** How often running time is told anew, in milliseconds. */
const TICK = 100;

/** Milliseconds since the page began, told while `running` is true. */
export function createElapsed(running: Accessor<boolean>): Accessor<number> {
  const [elapsed, setElapsed] = createSignal(performance.now());
  createEffect(() => {
    if (!running()) return;
    const timer = setInterval(() => setElapsed(performance.now()), TICK);
    onCleanup(() => clearInterval(timer));
  });
  return elapsed;
}

/** Wall-clock milliseconds, told anew every `every` milliseconds. */
export function createClock(every: number): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), every);
  onCleanup(() => clearInterval(timer));
  return now;
}
