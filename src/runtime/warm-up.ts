import { conditionLabel } from '../collection/conditions.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import { AtomOverflow } from '../engine/compute.ts';
import type { MetricEngine } from '../engine/metric-engine.ts';
import { BackendError } from '../protocol/backend-error.ts';
import type { Facts } from '../resolution/facts.ts';
import { SourceError } from '../sources/source-error.ts';
import { conditionsFor } from '../verification/conditions-for.ts';
import type { Progress } from './api.ts';
import { computeGroup } from './compute-group.ts';
import { contradictedEdges } from './contradicted-edges.ts';
import { attestedPlan, type ExecutionContext } from './execute.ts';
import { type Hint, hintsOf } from './hints.ts';
import type { Knowledge } from './knowledge.ts';
import { overPresentSources } from './moved-source.ts';

/** Progress of a warm-up: entries made, then conditions verified. */
export interface WarmUpState {
  done: number;
  total: number;
  running: boolean;
}

export interface WarmUpOptions {
  readonly manifest: SemanticManifest;
  readonly facts: () => Facts;
  readonly knowledge: Knowledge;
  /** null: the engine is off, and there is nothing to warm. */
  readonly engine: MetricEngine | null;
  /** What a question of nobody is executed with. */
  readonly context: () => ExecutionContext;
  readonly clock: () => number;
  readonly onProgress: (event: Progress) => void;
}

/** Fills the hinted anchors of a collection, then verifies what they rest on. One warm-up runs at a time. */
export class WarmUp {
  readonly state: WarmUpState = { done: 0, total: 0, running: false };
  private readonly options: WarmUpOptions;
  private warming: Promise<void> = Promise.resolve();
  /** Entry keys that the warm-up under way will fill → when it has, or has given up. */
  private readonly filling = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();

  constructor(options: WarmUpOptions) {
    this.options = options;
  }

  run(): Promise<void> {
    this.warming = this.warming.then(() => this.once());
    return this.warming;
  }

  /** Resolves when the warm-up under way has ended. */
  ended(): Promise<void> {
    return this.warming;
  }

  /** Stops the warm-up under way; resolves when it has. */
  async close(): Promise<void> {
    this.stop.abort(new DOMException('The session was closed.', 'AbortError'));
    await this.warming.catch(() => {});
  }

  /** Resolves when those of the entries that it is about to fill are filled; undefined where it fills none. */
  beingFilled(keys: readonly string[]): Promise<void> | undefined {
    const waits = keys.flatMap((key) => this.filling.get(key) ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits).then(() => {});
  }

  private async once(): Promise<void> {
    const { engine, manifest, facts, onProgress, clock } = this.options;
    if (engine === null) return;
    const hints = hintsOf(manifest, facts());
    const { state } = this;
    Object.assign(state, { done: 0, total: hints.length, running: true });
    const started = clock();
    const tell = (
      id: string,
      label: string,
      at: Progress['state'],
      done: number,
      total: number,
      detail: string | null,
    ) =>
      onProgress({
        id,
        phase: 'warm-up',
        label,
        state: at,
        done,
        total,
        unit: 'steps',
        milliseconds: at === 'done' ? clock() - started : null,
        detail,
      });
    const ends = this.announce(hints);
    let filled = 0;
    const trouble: string[] = [];
    try {
      for (const hint of hints) {
        tell('warm-up', 'warm-up', 'running', state.done, state.total, `${hint.family}@(${hint.anchor.join(', ')})`);
        const obstacle = await despiteData(() => this.fill(hint, engine));
        ends.get(hint)?.();
        state.done += 1;
        if (obstacle === null) filled += 1;
        else trouble.push(obstacle);
      }
      await engine.entries.settled();
      const result = trouble.length === 0 ? 'done' : 'failed';
      tell('warm-up', 'warm-up', result, filled, state.total, [`${filled} entries`, ...trouble].join('; '));
      await this.verifyHinted();
    } catch (error) {
      if (this.stop.signal.aborted) return;
      tell(
        'warm-up',
        'warm-up',
        'failed',
        state.done,
        state.total,
        error instanceof Error ? error.message : String(error),
      );
    } finally {
      for (const end of ends.values()) end();
      state.running = false;
    }
  }

  /** Tells questions which entries are coming; what it returns ends each hint's wait. */
  private announce(hints: readonly Hint[]): ReadonlyMap<Hint, () => void> {
    const context = this.options.context();
    const ends = new Map<Hint, () => void>();
    for (const hint of hints) {
      const planned = context.plan(hint.query);
      const keys = planned.ok ? planned.plan.atoms.map((atom) => atom.key) : [];
      let end = () => {};
      const filled = new Promise<void>((resolve) => {
        end = resolve;
      });
      for (const key of keys) this.filling.set(key, filled);
      ends.set(hint, () => {
        for (const key of keys) if (this.filling.get(key) === filled) this.filling.delete(key);
        end();
      });
    }
    return ends;
  }

  /** null: the entry is there; else why it is not. */
  private fill(hint: Hint, engine: MetricEngine): Promise<string | null> {
    const context = this.options.context();
    return overPresentSources(async () => {
      const planned = await attestedPlan(context, hint.query, this.stop.signal);
      if (!planned.ok) return planned.refusal.message;
      const wanted = planned.plan.atoms.filter((atom) => engine.entries.metric(atom.key) === undefined);
      await engine.serve(
        wanted,
        {},
        {
          compute: computeGroup(context.host),
          edgeMaps: (steps, sourceHashes) => this.options.knowledge.edgeMaps(steps, true, sourceHashes),
          backendName: context.host.name,
          contradicted: contradictedEdges(context.manifest, context.facts()),
          hinted: true,
          question: planned.plan.canonical,
          signal: this.stop.signal,
        },
      );
      return null;
    });
  }

  private async verifyHinted(): Promise<void> {
    const { manifest, onProgress, clock } = this.options;
    const conditions = conditionsFor(manifest, this.options.facts()).filter(
      (each) => !this.options.knowledge.attestations.has(each.key),
    );
    if (conditions.length === 0) return;
    const started = clock();
    let done = 0;
    const trouble = new Set<string>();
    const tell = (state: Progress['state'], detail: string | null) =>
      onProgress({
        id: 'verification',
        phase: 'verification',
        label: 'verification',
        state,
        done,
        total: conditions.length,
        unit: 'steps',
        milliseconds: state === 'done' ? clock() - started : null,
        detail,
      });
    for (const condition of conditions) {
      this.stop.signal.throwIfAborted();
      tell('running', conditionLabel(condition));
      const obstacle = await despiteData(async () => {
        await this.options.knowledge.attest([condition]);
        return null;
      });
      if (obstacle === null) done += 1;
      else trouble.add(obstacle);
    }
    const result = trouble.size === 0 ? 'done' : 'failed';
    tell(result, [`${done} conditions checked`, ...trouble].join('; '));
  }
}

/** What in the data stands in the way of a piece of work: a source that cannot be read, or no exact value. The rest goes on. */
async function despiteData(work: () => Promise<string | null>): Promise<string | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SourceError || error instanceof AtomOverflow) return error.message;
    if (error instanceof BackendError && error.fault.code === 'OUT_OF_RANGE') return error.fault.reason;
    throw error;
  }
}
