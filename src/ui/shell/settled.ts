import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';

/** How long the first answer may keep everything else waiting, in milliseconds. */
const LATEST = 1000;

/** Becomes true, for good, when `answered` does or after a second, and the page is idle. */
export function createSettled(answered: Accessor<boolean>): Accessor<boolean> {
  const [due, setDue] = createSignal(false);
  const [settled, setSettled] = createSignal(false);
  const timer = setTimeout(() => setDue(true), LATEST);
  onCleanup(() => clearTimeout(timer));
  createEffect(() => {
    if (settled() || !(due() || answered())) return;
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => setSettled(true), { timeout: LATEST });
    else setTimeout(() => setSettled(true));
  });
  return settled;
}
