import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Counts the page's requests to other origins as they happen. Workers count their own. */
export function createForeignRequests(): Accessor<number> {
  const [count, setCount] = createSignal(0);
  if (typeof PerformanceObserver === 'undefined') return count;
  const observer = new PerformanceObserver((list) => {
    const foreign = list.getEntries().filter((entry) => isForeign(entry.name, location.origin));
    if (foreign.length > 0) setCount((before) => before + foreign.length);
  });
  observer.observe({ type: 'resource', buffered: true });
  onCleanup(() => observer.disconnect());
  return count;
}

/** Whether a URL was fetched over the network from another origin; `blob:` and `data:` are in the tab already. */
export function isForeign(url: string, origin: string): boolean {
  return /^(https?|wss?):/.test(url) && new URL(url).origin !== origin;
}
