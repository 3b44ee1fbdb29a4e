import * as Comlink from 'comlink';
import type { EngineWorker, Outcome } from '../../src/runtime/engine-worker.ts';
import { answerHash } from '../answer-hash.ts';
import { ASSETS } from '../assets.ts';
import evictingWorker from './evicting.worker.ts?worker&url';
import { dashboards, explorers, type Workload } from './workloads.ts';

/** What came of a workload under a budget. */
export interface Replayed {
  /** Spent in serving states, over all questions. */
  readonly milliseconds: number;
  readonly served: { readonly exact: number; readonly rollup: number; readonly backend: number };
  /** Of all entries in the end. */
  readonly bytes: number;
  /** SHA-256 over all answers. */
  readonly hash: string;
}

export type PolicyName = 'the engine' | 'least recently used';

const WORKLOADS: Readonly<Record<string, (count: number) => Workload>> = { dashboards, explorers };

/** Asks a workload's first questions, one after the other, of an engine over retail that begins with nothing stored. */
export async function replay(policy: PolicyName, budget: number, name: string, count: number): Promise<Replayed> {
  const workload = WORKLOADS[name]?.(count);
  if (workload === undefined) throw new RangeError(`eviction: there is no workload ${name}`);
  const worker = new Worker(new URL(evictingWorker, import.meta.url), { type: 'module', name: policy });
  try {
    const engine = Comlink.wrap<EngineWorker>(worker);
    await open(engine, budget);
    let id = 0;
    const ask = async (text: string, isServed: boolean) => {
      const query = { id: ++id, text, format: 'arrow', backend: null, engine: isServed } as const;
      const answer = valueIn(await engine.query(query, null, null));
      if ('ipc' in answer) return answer;
      throw new Error(`${text}: ${'code' in answer ? `${answer.code} ${answer.message}` : 'no Arrow'}`);
    };
    // Starting the backend and reading the sources is not what is compared.
    await ask('SELECT revenue, cost FROM transactions AT (store, day, product)', false);
    const served = { exact: 0, rollup: 0, backend: 0 };
    let milliseconds = 0;
    const hashes: string[] = [];
    for (const text of workload.questions) {
      const { provenance, ipc } = await ask(text, true);
      milliseconds += provenance.milliseconds.serve;
      for (const { atoms } of provenance.series) for (const { path } of atoms) served[path] += 1;
      hashes.push(await answerHash(ipc));
      // Reading the list waits until everything is written: what there is room for does not depend on the machine.
      valueIn(await engine.entries());
    }
    const { bytes } = valueIn(await engine.statistics());
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(hashes.join()));
    const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { milliseconds, served, bytes, hash };
  } finally {
    worker.terminate();
  }
}

async function open(engine: Comlink.Remote<EngineWorker>, budget: number): Promise<void> {
  const address = new URL('fixtures/retail/installation.coframe/installation.yaml', document.baseURI);
  const text = await (await fetch(address)).text();
  const bounded = text.replace(/max_bytes_per_ac: \d+/, `max_bytes_per_ac: ${budget}`);
  if (bounded === text && !text.includes(`: ${budget}`)) throw new Error('eviction: the installation states no budget');
  const options = {
    installation: { text: bounded },
    base: address.href,
    assets: ASSETS,
    store: 'memory',
    warmUp: 'off',
  } as const;
  valueIn(
    await engine.open(
      options,
      Comlink.proxy(() => {}),
    ),
  );
}

function valueIn<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.error.kind}: ${outcome.error.message}`);
}
