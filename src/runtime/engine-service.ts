import type { Completions, Definition, Description, Formatted, Known, Signature } from '../assist/assistance.ts';
import { completeAt } from '../assist/completion.ts';
import { definitionAt } from '../assist/definition.ts';
import { describeAt } from '../assist/description.ts';
import { formatText } from '../assist/format.ts';
import { signatureAt } from '../assist/signature.ts';
import { writeOutline } from '../builder/statement-of.ts';
import type { EngineCounts } from '../engine/metric-engine.ts';
import type { BackendName } from '../protocol/backend.ts';
import type {
  Answer,
  ArrowAnswer,
  CollectionSummary,
  CrossCheck,
  Diagnosis,
  EngineStatistics,
  EntrySummary,
  EvictionSummary,
  Explanation,
  OutlinedText,
  Progress,
  QuestionOutline,
  Recommendation,
  RecommendationThresholds,
  RefreshReport,
  Refusal,
  ServedProfile,
  WrittenOutline,
} from './api.ts';
import { BACKEND_NAMES } from './bindings.ts';
import type { EngineWorker, Outcome, WireQuery, WorkerOpenOptions } from './engine-worker.ts';
import { FaultLog } from './fault-log.ts';
import { OpenSession } from './open-session.ts';
import { outcomeOf } from './outcome.ts';
import { recommendAnchors } from './recommended.ts';
import { refresh } from './refresh.ts';
import type { ServiceEnvironment } from './service-environment.ts';
import { entryFile, evictEntries, listEntries } from './stored-entries.ts';
import { backendStatistics, evictionSummary } from './summaries.ts';

/** What an engine that is off has served. */
const NOTHING_SERVED: EngineCounts = { exact: 0, rollup: 0, misses: 0, served: { span: 60_000, buckets: [] } };

/** The engine worker's side of the contract, but for the life of the worker itself. One instance serves one session. */
export class EngineService implements Omit<EngineWorker, 'holdLife'> {
  private readonly environment: ServiceEnvironment;
  private readonly faults = new FaultLog();
  private readonly running = new Map<number, AbortController>();
  private session: OpenSession | undefined;

  constructor(environment: ServiceEnvironment) {
    this.environment = environment;
  }

  open(options: WorkerOpenOptions, onProgress: (event: Progress) => void): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      const { environment, faults } = this;
      this.session = await OpenSession.open({ environment, options, report: faults.report, onProgress });
      return this.session.summary();
    });
  }

  query(
    query: WireQuery,
    onProgress: ((event: Progress) => void) | null,
    onReplaced: ((answer: Answer | ArrowAnswer | Refusal) => void) | null,
  ): Promise<Outcome<Answer | ArrowAnswer | Refusal | Explanation>> {
    const controller = new AbortController();
    this.running.set(query.id, controller);
    return outcomeOf(async () => {
      try {
        const ask = async () => {
          const { host } = await this.opened().compiled();
          return host.query(query.text, {
            format: query.format,
            backend: query.backend,
            engine: query.engine,
            signal: controller.signal,
            onProgress: onProgress ?? (() => {}),
          });
        };
        const first = await ask();
        const answer = (await this.isOutdated(first)) ? await ask() : first;
        if (onReplaced !== null && 'provenance' in answer) this.replaceLater(answer, ask, onReplaced);
        return answer;
      } finally {
        this.running.delete(query.id);
      }
    });
  }

  explain(text: string): Promise<Outcome<Explanation | Refusal>> {
    return outcomeOf(async () => (await this.opened().compiled()).host.explain(text));
  }

  crossCheck(
    id: number,
    text: string,
    onProgress: ((event: Progress) => void) | null,
  ): Promise<Outcome<CrossCheck | Refusal>> {
    const controller = new AbortController();
    this.running.set(id, controller);
    return outcomeOf(async () => {
      try {
        const { host } = await this.opened().compiled();
        return await host.crossCheck(text, onProgress ?? (() => {}), controller.signal);
      } finally {
        this.running.delete(id);
      }
    });
  }

  profile(id: number, table: string, onProgress: ((event: Progress) => void) | null): Promise<Outcome<ServedProfile>> {
    const controller = new AbortController();
    this.running.set(id, controller);
    return outcomeOf(async () => {
      try {
        const { host } = await this.opened().compiled();
        return await host.profiler.profile(table, controller.signal, onProgress ?? (() => {}));
      } finally {
        this.running.delete(id);
      }
    });
  }

  cancel(id: number): void {
    this.running.get(id)?.abort(new DOMException('The question was cancelled.', 'AbortError'));
  }

  check(text: string): Promise<Outcome<Diagnosis>> {
    return outcomeOf(async () => (await this.opened().compiled()).host.check(text));
  }

  outline(text: string): Promise<Outcome<OutlinedText | Refusal>> {
    return outcomeOf(async () => (await this.opened().compiled()).host.outline(text));
  }

  write(outline: QuestionOutline): Promise<Outcome<WrittenOutline>> {
    return outcomeOf(async () => writeOutline(outline));
  }

  complete(text: string, offset: number): Promise<Outcome<Completions | null>> {
    return outcomeOf(async () => completeAt(await this.known(), text, offset));
  }

  describe(text: string, offset: number): Promise<Outcome<Description | null>> {
    return outcomeOf(async () => describeAt(await this.known(), text, offset));
  }

  signature(text: string, offset: number): Promise<Outcome<Signature | null>> {
    return outcomeOf(async () => signatureAt(text, offset));
  }

  format(text: string, offset: number): Promise<Outcome<Formatted>> {
    return outcomeOf(async () => formatText(text, offset));
  }

  definition(text: string, offset: number): Promise<Outcome<Definition | null>> {
    return outcomeOf(async () => {
      const known = await this.known();
      const { name } = known.manifest.collection;
      const model = this.opened().files.collections.find((each) => each.name === name);
      return model === undefined ? null : definitionAt(known, model, text, offset);
    });
  }

  summary(): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      const session = this.opened();
      await session.compiled();
      return session.summary();
    });
  }

  entries(): Promise<Outcome<readonly EntrySummary[]>> {
    return outcomeOf(async () => listEntries(this.opened().current));
  }

  statistics(): Promise<Outcome<EngineStatistics>> {
    return outcomeOf(async () => {
      const { current, backend, backends, files, compiles } = this.opened();
      const { host, parts } = current;
      const engine = host.environment.engine?.statistics() ?? NOTHING_SERVED;
      return {
        compiles,
        backendStatements: backends.all().reduce((sum, each) => sum + each.runner.statements, 0),
        hits: { exact: engine.exact, rollup: engine.rollup },
        misses: engine.misses,
        served: engine.served,
        bytes: parts?.entries.bytes ?? 0,
        budget: parts?.entries.budget ?? files.model.metricEngine.maxBytesPerCollection ?? 0,
        millisecondsSaved: parts?.entries.all().reduce((sum, { use }) => sum + use.millisecondsSaved, 0) ?? 0,
        store: {
          kind: parts?.store.kind ?? 'memory',
          words: parts?.store.words ?? 'The engine is off: nothing is stored.',
        },
        faults: this.faults.summary(),
        warmUp: { ...host.warmUp.state },
        backend: backendStatistics(host.environment.host(backend)),
        backends: BACKEND_NAMES.map((name) => backendStatistics(host.environment.host(name))),
        foreignRequests: this.environment.foreignRequests(),
      };
    });
  }

  evictions(): Promise<Outcome<readonly EvictionSummary[]>> {
    return outcomeOf(async () => (this.opened().current.parts?.entries.evicted ?? []).map(evictionSummary));
  }

  evict(selection: readonly string[] | null): Promise<Outcome<number>> {
    return outcomeOf(async () => evictEntries(this.opened().current, selection));
  }

  pin(key: string, on: boolean): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await this.opened().current.parts?.entries.pin(key, on);
      return null;
    });
  }

  file(key: string): Promise<Outcome<Uint8Array>> {
    return outcomeOf(async () => entryFile(this.opened().current, key));
  }

  recommendations(thresholds: Partial<RecommendationThresholds>): Promise<Outcome<readonly Recommendation[]>> {
    return outcomeOf(async () => {
      const { current } = this.opened();
      await current.parts?.entries.settled();
      // What other tabs have counted counts.
      await current.parts?.entries.lookAll();
      return recommendAnchors(current, thresholds);
    });
  }

  refresh(id = 0, onProgress: ((event: Progress) => void) | null = null): Promise<Outcome<RefreshReport>> {
    const controller = new AbortController();
    this.running.set(id, controller);
    return outcomeOf(async () => {
      try {
        const { clock } = this.environment;
        return await refresh(this.opened(), { clock, signal: controller.signal, onProgress: onProgress ?? (() => {}) });
      } finally {
        this.running.delete(id);
      }
    });
  }

  warmUp(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await (await this.opened().compiled()).host.warmUp.run();
      return null;
    });
  }

  warm(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await this.opened().current.host.warmUp.ended();
      return null;
    });
  }

  restartBackend(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      const backends = this.opened().backends.all();
      await Promise.all(backends.map((each) => each.runner.restart()));
      return null;
    });
  }

  useBackend(name: BackendName): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      this.opened().backend = name;
      return null;
    });
  }

  use(collection: string): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      const session = this.opened();
      await session.use(collection);
      return session.summary();
    });
  }

  async close(): Promise<void> {
    for (const controller of this.running.values())
      controller.abort(new DOMException('The session was closed.', 'AbortError'));
    await this.session?.close();
    this.environment.engines.close();
  }

  /** What helping to write a question goes by: the collection as it is asked now. */
  private async known(): Promise<Known> {
    const { host } = await this.opened().compiled();
    return { manifest: host.environment.manifest, facts: host.facts() };
  }

  private opened(): OpenSession {
    if (this.session === undefined) throw new RangeError('session: it is not open yet; await open() first');
    return this.session;
  }

  /** Whether a question that was refused for a source may be answered now that the source has been looked at again. */
  private async isOutdated(answer: Answer | ArrowAnswer | Refusal | Explanation): Promise<boolean> {
    if (!('code' in answer)) return false;
    const session = this.opened();
    const { source } = answer.parameters;
    if (typeof source !== 'string') return false;
    if (session.shelf.unreadable.has(source)) return session.shelf.retry(source);
    return session.current.host.sources.changed().includes(source) && (await session.compiled()).fault === null;
  }

  /** Asks again once a source that was assumed unchanged has been compared and differs. */
  private replaceLater(
    answer: Answer | ArrowAnswer,
    ask: () => Promise<Answer | ArrowAnswer | Refusal | Explanation>,
    onReplaced: (answer: Answer | ArrowAnswer | Refusal) => void,
  ): void {
    const follow = async () => {
      const { shelf } = this.opened();
      for (let current = answer; ; ) {
        const assumed = current.provenance.sources.filter((each) => each.assumed);
        if (assumed.length === 0) return;
        await shelf.compared(assumed.map(({ name }) => name));
        const changed = assumed.some(({ name, contentHash }) => shelf.snapshots.get(name)?.contentHash !== contentHash);
        if (!changed) return;
        const again = await ask();
        if (again.mood === 'explain') return;
        onReplaced(again);
        if ('code' in again) return;
        current = again;
      }
    };
    // What cannot be asked again stays as it was told, with its caveat.
    follow().catch(() => {});
  }
}
