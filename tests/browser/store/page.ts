import { wrap } from 'comlink';
import { StoreTab } from './store-tab.ts';

/** Starts the tab's worker; the one before is killed, whatever it is doing. */
function start(): void {
  Reflect.get(globalThis, 'worker')?.terminate();
  const worker = new Worker('./worker.js', { type: 'module' });
  Object.assign(globalThis, { worker, tab: wrap(worker) });
}

// Where there are no workers of this origin (a sandboxed frame) the page itself is the tab.
if (globalThis.origin === 'null') Object.assign(globalThis, { tab: new StoreTab() });
else {
  Object.assign(globalThis, { restart: start });
  start();
}
