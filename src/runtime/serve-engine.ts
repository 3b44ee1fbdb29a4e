import * as Comlink from 'comlink';
import { holdLife } from '../backends/worker-life.ts';
import { dayNumber } from '../columns/calendar.ts';
import { browserEnvironment } from '../engine/store/environment.ts';
import { parquetModuleAt } from '../sources/parquet/wasm-module.ts';
import type { Answer, ArrowAnswer, Explanation, Refusal } from './api.ts';
import { type EngineLimits, engineOpener } from './engine-parts.ts';
import { EngineService } from './engine-service.ts';
import type { EngineWorker, Outcome } from './engine-worker.ts';
import { startBackend } from './start-backend.ts';

/**
 * The engine service in a browser's worker: everything that touches the world is bound here. `limits`: of the engine,
 * where they are not the usual ones.
 */
export function serveEngine(limits: Partial<EngineLimits> = {}): EngineWorker {
  const service = new EngineService({
    fetch: (input, init) => fetch(input, init),
    subtle: globalThis.crypto?.subtle,
    clock: () => performance.now(),
    now: () => Date.now(),
    today: localDate,
    freshness: { probe: 1_000, bytes: 60_000 },
    schedule: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    readers: (options) => ({ parquet: parquetModuleAt(options.assets.parquetWasm), pause }),
    startBackend: (name, options, onProgress) => startBackend(name, options.assets, onProgress),
    engines: engineOpener(browserEnvironment(), limits),
    foreignRequests,
  });
  return withTransfers(service);
}

/** Result columns cross as a transferred buffer, not a copy. */
function withTransfers(service: EngineService): EngineWorker {
  const transferred = (outcome: Outcome<Answer | ArrowAnswer | Refusal | Explanation>) =>
    outcome.ok && 'ipc' in outcome.value ? Comlink.transfer(outcome, [outcome.value.ipc]) : outcome;
  return {
    open: (options, onProgress) => service.open(options, onProgress),
    query: async (query, onProgress, onReplaced) => transferred(await service.query(query, onProgress, onReplaced)),
    explain: (text) => service.explain(text),
    crossCheck: (id, text, onProgress) => service.crossCheck(id, text, onProgress),
    profile: (id, table, onProgress) => service.profile(id, table, onProgress),
    cancel: (id) => service.cancel(id),
    check: (text) => service.check(text),
    complete: (text, offset) => service.complete(text, offset),
    describe: (text, offset) => service.describe(text, offset),
    signature: (text, offset) => service.signature(text, offset),
    format: (text, offset) => service.format(text, offset),
    definition: (text, offset) => service.definition(text, offset),
    outline: (text) => service.outline(text),
    write: (outline) => service.write(outline),
    summary: () => service.summary(),
    entries: () => service.entries(),
    statistics: () => service.statistics(),
    evictions: () => service.evictions(),
    evict: (selection) => service.evict(selection),
    pin: (key, on) => service.pin(key, on),
    file: (key) => service.file(key),
    recommendations: (thresholds) => service.recommendations(thresholds),
    refresh: (id, onProgress) => service.refresh(id, onProgress),
    warmUp: () => service.warmUp(),
    warm: () => service.warm(),
    restartBackend: () => service.restartBackend(),
    useBackend: (name) => service.useBackend(name),
    use: (collection) => service.use(collection),
    holdLife,
    close: () => service.close(),
  };
}

/** Lets the worker answer other messages between two pieces of a long file; timers would be slowed to 4 ms each. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** The civil date where the person is. */
function localDate(): number {
  const now = new Date();
  return dayNumber(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

function foreignRequests(): number {
  const { origin } = globalThis.location;
  // In a sandboxed frame a worker starts without an origin: its own is then that of its script.
  const own = origin === 'null' ? new URL(import.meta.url).origin : origin;
  return performance.getEntriesByType('resource').filter((entry) => {
    const url = new URL(entry.name, globalThis.location.href);
    return /^https?:$/.test(url.protocol) && url.origin !== own;
  }).length;
}
