import { fingerprint } from '../canon/fingerprint.ts';
import { RELATIVE_TOLERANCE, SUM_TOLERANCE } from '../columns/tolerance.ts';
import { compose } from '../compose/compose.ts';
import type { EdgeMap, FrameData } from '../compose/frame.ts';
import { frameDifferences } from '../compose/frame-comparison.ts';
import { frameRows } from '../compose/result.ts';
import { AtomOverflow } from '../engine/compute.ts';
import type { ServedAtom } from '../engine/metric-engine.ts';
import { determinedSteps } from '../planning/level-parts.ts';
import type { Plan } from '../planning/plan.ts';
import type { BackendName } from '../protocol/backend.ts';
import { BackendError, faultMessage } from '../protocol/backend-error.ts';
import type { Step } from '../resolution/access.ts';
import type { CrossCheck, CrossCheckedBackend, Progress } from './api.ts';
import type { BackendHost } from './backend-host.ts';
import type { BackendRunner } from './backend-runner.ts';
import { computeGroup, withoutEngine } from './compute-group.ts';

/** What checking an answer across backends needs. */
export interface CrossCheckContext {
  readonly hosts: readonly BackendHost[];
  /** Maps of the edges among the steps, made anew by a backend. */
  readonly edgeMaps: (host: BackendHost, steps: readonly Step[]) => Promise<ReadonlyMap<string, EdgeMap>>;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly onProgress: (event: Progress) => void;
}

/** What one backend made of a plan. `whole`: before HAVING, ORDER BY and LIMIT. */
type Recomputed =
  | { readonly kind: 'frame'; readonly whole: FrameData; readonly frame: FrameData }
  /** The answer is the refusal that a series has no value in 64 bits. */
  | { readonly kind: 'overflow'; readonly series: string }
  | { readonly kind: 'failed'; readonly message: string };

interface Recomputation {
  readonly told: CrossCheckedBackend;
  readonly made: Recomputed;
}

/** Differences and ties told; their number is told in full. */
const TOLD = 50;

/**
 * Recomputes a plan from the sources on every backend, never from entries, and compares what they made of it. A row that
 * HAVING or LIMIT let in on one backend and not on another, though all values agree, is a tie within tolerance. Backends
 * that were not running are ended afterwards: their memory is given back.
 */
export async function crossCheck(context: CrossCheckContext, plan: Plan, signal?: AbortSignal): Promise<CrossCheck> {
  const idle = context.hosts.filter(({ runner }) => !isUp(runner));
  try {
    const all = Promise.all(context.hosts.map((host) => recompute(context, host, plan, signal)));
    return comparison(plan, await unlessAborted(all, signal));
  } finally {
    // What could not be started keeps its reason.
    await Promise.all(idle.map(({ runner }) => (isUp(runner) ? runner.release() : null)));
  }
}

function isUp({ state }: BackendRunner): boolean {
  return state === 'ready' || state === 'starting';
}

/** A backend that loads a table does not hear of an abort: whoever asked is released all the same. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

async function recompute(
  context: CrossCheckContext,
  host: BackendHost,
  plan: Plan,
  signal: AbortSignal | undefined,
): Promise<Recomputation> {
  const { clock } = context;
  const { name } = host;
  const started = clock();
  const tell = (state: Progress['state'], detail: string) =>
    context.onProgress(step(name, state, detail, clock() - started));
  let ready = started;
  let served: readonly ServedAtom[] = [];
  const told = (made: Recomputed): Recomputation => {
    const statement = [...new Set(served.flatMap(({ statement }) => statement ?? []))].join('\n\n');
    const row_count = made.kind === 'frame' ? made.frame.batch.rowCount : null;
    const times = { milliseconds: clock() - ready, startMilliseconds: ready - started };
    const error = made.kind === 'failed' ? made.message : null;
    const hash = made.kind === 'frame' ? frameHash(made.frame) : null;
    return { told: { name, row_count, ...times, hash, statement, bytesHeld: host.bytesHeld, error }, made };
  };
  try {
    tell('running', 'starts, and reads the sources');
    await host.prepare(plan.requiredColumns, signal);
    ready = clock();
    tell('running', 'computes');
    served = await withoutEngine(plan, computeGroup(host), signal);
    const steps = determinedSteps(plan.level);
    const made = composed(plan, served, await context.edgeMaps(host, steps));
    tell('done', made.kind === 'frame' ? `${made.frame.batch.rowCount} rows` : 'refuses: a sum is outside 64 bits');
    return told(made);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AtomOverflow) {
      tell('done', 'refuses: a sum is outside 64 bits');
      return told({ kind: 'overflow', series: error.atom.key });
    }
    // What is wrong with a source is so for all of them, and is told as any question tells it.
    if (!(error instanceof BackendError)) throw error;
    tell('failed', faultMessage(error.fault));
    return told({ kind: 'failed', message: faultMessage(error.fault) });
  }
}

function composed(plan: Plan, served: readonly ServedAtom[], maps: ReadonlyMap<string, EdgeMap>): Recomputed {
  const states = new Map(
    plan.atoms.flatMap(({ key }, i) => {
      const batch = served[i]?.batch;
      return batch === undefined ? [] : [[key, { key, batch }]];
    }),
  );
  const whole = compose({ ...plan, having: null, order: [], limit: null }, states, maps);
  if (!whole.ok) return { kind: 'overflow', series: whole.column };
  const frame = compose(plan, states, maps);
  if (!frame.ok) return { kind: 'overflow', series: frame.column };
  return { kind: 'frame', whole: whole.frame, frame: frame.frame };
}

function comparison(plan: Plan, results: readonly Recomputation[]): CrossCheck {
  const answered = results.filter(({ made }) => made.kind !== 'failed');
  const named = (which: 'whole' | 'frame') =>
    answered.flatMap(({ told, made }) => (made.kind === 'frame' ? [{ name: told.name, frame: made[which] }] : []));
  const whole = named('whole');
  const differences = frameDifferences(whole);
  // All values agree: where the rows shown differ all the same, values so close decided that no engine can.
  const ties = differences.length === 0 ? frameDifferences(named('frame')).filter(({ series }) => series === null) : [];
  const sameKind = whole.length === answered.length || whole.length === 0;
  return {
    canonical: plan.canonical,
    agree: answered.length > 1 && sameKind && differences.length === 0,
    tolerance: { relative: RELATIVE_TOLERANCE, sum: SUM_TOLERANCE },
    backends: results.map(({ told }) => told),
    differences: differences.slice(0, TOLD),
    differenceCount: differences.length,
    ties: ties.slice(0, TOLD),
    tieCount: ties.length,
  };
}

/** SHA-256 over the rows, in any order, of all columns but doubles: those agree within a tolerance only. */
function frameHash(frame: FrameData): string {
  const fields = frame.batch.fields.filter((_, i) => frame.types[i]?.kind !== 'double');
  const types = frame.types.filter(({ kind }) => kind !== 'double');
  const { columns, rows } = frameRows({ ...frame, batch: { ...frame.batch, fields }, types });
  return fingerprint('frame', { columns, rows: rows.map((row) => JSON.stringify(row)).sort() });
}

function step(name: BackendName, state: Progress['state'], detail: string, milliseconds: number): Progress {
  return {
    id: `cross-check ${name}`,
    phase: 'query',
    label: name,
    state,
    done: null,
    total: null,
    unit: null,
    milliseconds: state === 'running' ? null : milliseconds,
    detail,
  };
}
