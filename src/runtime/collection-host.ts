import type { Attestation, Condition } from '../collection/attestation.ts';
import { i4 } from '../collection/conditions.ts';
import type { SemanticManifest } from '../collection/manifest.ts';
import type { DayNumber } from '../columns/calendar.ts';
import type { EdgeMap } from '../compose/frame.ts';
import type { EntryList } from '../engine/entry-list.ts';
import type { MetricEngine } from '../engine/metric-engine.ts';
import type { BackendName, DataAPIBackend } from '../protocol/backend.ts';
import { decodeAggregate } from '../protocol/decode-aggregate.ts';
import type { Step } from '../resolution/access.ts';
import type { Facts } from '../resolution/facts.ts';
import { conditionBoundary } from '../verification/condition-boundary.ts';
import { conditionColumns } from '../verification/condition-columns.ts';
import { edgeMapOf } from '../verification/edge-map.ts';
import type { VerificationContext } from '../verification/verification-context.ts';
import { verify } from '../verification/verify.ts';
import { lookAgain } from './answer-sources.ts';
import type {
  Answer,
  ArrowAnswer,
  CrossCheck,
  Diagnosis,
  Disclosure,
  Explanation,
  OutlinedText,
  Progress,
  Refusal,
} from './api.ts';
import type { BackendHost } from './backend-host.ts';
import { BACKEND_NAMES, BOUND } from './bindings.ts';
import { CompiledSources } from './compiled-sources.ts';
import { crossCheck } from './cross-check.ts';
import { CrossCheckMemory } from './cross-check-memory.ts';
import {
  attestedPlan,
  diagnose,
  type ExecutionContext,
  execute,
  explainText,
  orRefusal,
  type Planned,
  planText,
} from './execute.ts';
import { FrameMemory } from './frame-memory.ts';
import { Knowledge } from './knowledge.ts';
import { overPresentSources, requireBytes } from './moved-source.ts';
import { outlineText } from './outline-text.ts';
import { PlanMemory } from './plan-memory.ts';
import type { SourceShelf } from './source-shelf.ts';
import { TableProfiler } from './table-profiler.ts';
import { WarmUp } from './warm-up.ts';

/** Finished Frames held for questions that are asked again, in bytes. */
const FRAME_BYTES = 64 * 1024 * 1024;

export interface CollectionEnvironment {
  readonly manifest: SemanticManifest;
  readonly shelf: SourceShelf;
  readonly host: (name: BackendName) => BackendHost;
  /** The backend that computes where a question names none. */
  readonly defaultBackend: () => BackendName;
  readonly entries: EntryList | null;
  readonly engine: MetricEngine | null;
  readonly engineOff: 'installation' | 'session' | null;
  readonly asOf: DayNumber;
  readonly clock: () => number;
  readonly now: () => number;
  /** Does work when the task at hand is done. */
  readonly later: (work: () => void) => void;
  readonly standing: readonly Disclosure[];
  /** Lets other messages of the thread be heard. */
  readonly pause: () => Promise<void>;
  readonly onProgress: (event: Progress) => void;
}

export interface Asked {
  readonly format: 'json' | 'arrow';
  readonly backend: BackendName | null;
  readonly engine: boolean | null;
  readonly signal?: AbortSignal;
  readonly onProgress: (event: Progress) => void;
}

/** A question of nobody. */
const NOBODY: Asked = { format: 'arrow', backend: null, engine: null, onProgress: () => {} };

/** One collection, open: its manifest, what is known of its data, its engine, and the questions asked of it. */
export class CollectionHost {
  readonly environment: CollectionEnvironment;
  readonly knowledge: Knowledge;
  readonly sources: CompiledSources;
  readonly profiler: TableProfiler;
  readonly warmUp: WarmUp;
  private readonly plans = new PlanMemory();
  private readonly frames: FrameMemory;
  private readonly crossChecks: CrossCheckMemory;

  constructor(environment: CollectionEnvironment) {
    this.environment = environment;
    this.frames = new FrameMemory(FRAME_BYTES, environment.later);
    const { manifest, shelf, entries } = environment;
    this.sources = new CompiledSources(manifest, shelf);
    this.profiler = new TableProfiler({ manifest, shelf, entries, clock: environment.clock, pause: environment.pause });
    this.crossChecks = new CrossCheckMemory((source) => shelf.snapshots.get(source)?.contentHash);
    this.knowledge = new Knowledge(manifest, (source) => shelf.snapshots.get(source)?.contentHash, entries, {
      verify: (condition) =>
        this.checked(
          condition,
          (context) => verify(condition, context),
          (attestation) => attestation,
        ),
      boundary: (condition) => conditionBoundary(condition, manifest, this.facts()),
      edge: (edge) =>
        this.checked(
          i4(edge.id),
          (context) => edgeMapOf(edge, context),
          ({ attestation }) => attestation,
        ),
    });
    entries?.whenNews((rows) => {
      if (rows.some((row) => row.domain === 'qm' && row.kind === 'attestation')) void this.knowledge.load();
    });
    this.warmUp = new WarmUp({
      manifest,
      facts: () => this.facts(),
      knowledge: this.knowledge,
      engine: environment.engine,
      context: () => this.context(),
      clock: environment.clock,
      onProgress: environment.onProgress,
    });
  }

  /** What is known where a backend computes; without a name, the session's. */
  facts(backend: BackendName = this.environment.defaultBackend()): Facts {
    return {
      ...this.sources.facts(),
      attestations: this.knowledge.attestations,
      asOf: this.environment.asOf,
      backend: {
        name: backend,
        operators: BOUND.get(backend) ?? new Set(),
        others: new Map([...BOUND].filter(([name]) => name !== backend)),
      },
    };
  }

  check(text: string): Diagnosis {
    const backend = this.environment.defaultBackend();
    return diagnose({ facts: () => this.facts(backend), plan: (each) => this.plan(each, backend) }, text);
  }

  outline(text: string): OutlinedText | Refusal {
    const backend = this.environment.defaultBackend();
    const { manifest } = this.environment;
    return outlineText({ manifest, facts: this.facts(backend), plan: (each) => this.plan(each, backend) }, text);
  }

  explain(text: string): Explanation | Refusal {
    return explainText(this.context(), text);
  }

  query(text: string, asked: Asked): Promise<Answer | ArrowAnswer | Refusal | Explanation> {
    return execute(this.context(asked), text, asked.format, asked.signal);
  }

  /** Recomputes an answer on every backend, from the sources, and compares. */
  crossCheck(text: string, onProgress: (event: Progress) => void, signal: AbortSignal): Promise<CrossCheck | Refusal> {
    const context = this.context({ format: 'arrow', backend: null, engine: false, signal, onProgress });
    const { clock, host } = this.environment;
    const checked = async () => {
      await lookAgain(context, text);
      const planned = await attestedPlan(context, text, signal);
      if (!planned.ok) return planned.refusal;
      const { plan } = planned;
      const hosts = BACKEND_NAMES.map((name) => host(name));
      const edgeMaps = (each: BackendHost, steps: readonly Step[]) => this.freshEdgeMaps(each, steps);
      const check = await crossCheck({ hosts, edgeMaps, clock, onProgress }, plan, signal);
      this.crossChecks.keep(plan, check);
      return check;
    };
    return orRefusal(context, text, () => overPresentSources(checked));
  }

  async close(): Promise<void> {
    await this.warmUp.close();
    await this.environment.entries?.settled();
  }

  private host(name?: BackendName | null): BackendHost {
    return this.environment.host(name ?? this.environment.defaultBackend());
  }

  private plan(text: string, backend: BackendName): Planned {
    const { manifest, shelf } = this.environment;
    const version = `${this.knowledge.version} ${shelf.version}`;
    // What a backend does not bind is refused when the text is planned.
    const make = () => planText({ manifest, facts: () => this.facts(backend) }, text);
    return this.plans.get(`${backend} ${text}`, version, make);
  }

  /** What a question is executed with; by default one of nobody. */
  context(asked: Asked = NOBODY): ExecutionContext {
    const { manifest, shelf, engine, engineOff, clock, now, standing } = this.environment;
    const off = engineOff ?? (asked.engine === false ? 'query' : null);
    const host = this.host(asked.backend);
    return {
      manifest,
      facts: () => this.facts(host.name),
      plan: (text) => this.plan(text, host.name),
      knowledge: this.knowledge,
      frames: this.frames,
      host,
      engine: off === null ? engine : null,
      engineOff: off,
      proof: (source) => shelf.proof(source),
      look: (sources) => shelf.look(sources),
      locationOf: (source) => shelf.location(source),
      standing,
      clock,
      now,
      crossChecked: (plan) => this.crossChecks.find(plan),
      warming: (keys) => this.warmUp.beingFilled(keys),
      onProgress: asked.onProgress,
    };
  }

  /**
   * Runs a check with the columns that it reads loaded and one view of the facts throughout; again where a source turned
   * out to have other bytes meanwhile, so that what is found is of the bytes that it names.
   */
  private checked<Found>(
    condition: Condition,
    run: (context: VerificationContext) => Promise<Found>,
    attestationOf: (found: Found) => Attestation,
  ): Promise<Found> {
    const { manifest } = this.environment;
    const hashOf = (source: string) => this.facts().snapshots.get(source)?.contentHash;
    return overPresentSources(async () => {
      const facts = { ...this.facts(), attestations: new Map(this.knowledge.attestations) };
      const required = conditionColumns(condition, manifest, facts);
      const before = Object.fromEntries(Object.keys(required).map((source) => [source, hashOf(source)]));
      const { result } = await this.host().over(required, async (ready) => {
        // The snapshots that were looked at, and the bytes that have been loaded since, are the same.
        requireBytes(before, hashOf);
        return run(this.verificationContext(this.host(), ready, facts));
      });
      requireBytes(attestationOf(result).sourceHashes, hashOf);
      return result;
    });
  }

  /** Maps of the lookup edges among the steps, made by a backend from its lookups and not kept. */
  private async freshEdgeMaps(host: BackendHost, steps: readonly Step[]): Promise<ReadonlyMap<string, EdgeMap>> {
    const { fdDag } = this.environment.manifest;
    const wanted = new Set(steps.flatMap((step) => (step.kind === 'lookup' ? [step.edge] : [])));
    const edges = fdDag.flatMap((edge) => (edge.kind === 'lookup' && wanted.has(edge.id) ? [edge] : []));
    const maps = new Map<string, EdgeMap>();
    for (const edge of edges) {
      const facts = this.facts(host.name);
      const required = conditionColumns(i4(edge.id), this.environment.manifest, facts);
      const { result } = await host.over(required, (ready) =>
        edgeMapOf(edge, this.verificationContext(host, ready, facts)),
      );
      maps.set(edge.id, result.map);
    }
    return maps;
  }

  private verificationContext(host: BackendHost, ready: DataAPIBackend, facts: Facts): VerificationContext {
    const { manifest, shelf } = this.environment;
    const backend: VerificationContext['backend'] = {
      aggregate: (id, request) => host.runner.ask(ready, id, request),
    };
    return {
      manifest,
      facts,
      backend,
      aggregate: async (request) =>
        decodeAggregate(request, await backend.aggregate(host.runner.nextRequest(), request)),
      edgeMaps: async (steps) => (await this.knowledge.edgeMaps(steps, true)) ?? new Map(),
      columnReports: (source) => shelf.reports.get(source),
    };
  }
}
