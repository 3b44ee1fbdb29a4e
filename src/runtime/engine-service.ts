import { DUCKDB_OPERATORS } from '../backends/duckdb/operators.ts';
import type { CollectionModel } from '../collection/collection.ts';
import { compileCollection } from '../collection/compile-collection.ts';
import type { DayNumber } from '../columns/calendar.ts';
import type { BackendName } from '../protocol/backend.ts';
import type { OpenTools } from '../sources/source.ts';
import { level } from '../verification/level.ts';
import type {
  Answer,
  ArrowAnswer,
  CollectionSummary,
  Diagnosis,
  Disclosure,
  EngineStatistics,
  EntrySummary,
  Progress,
  Refusal,
} from './api.ts';
import { BackendHost, type StartedBackend } from './backend-host.ts';
import { BackendHosts } from './backend-hosts.ts';
import { CollectionHost } from './collection-host.ts';
import { manifestSources } from './compiled-sources.ts';
import type { EngineOpener, EngineParts } from './engine-parts.ts';
import type { EngineWorker, Outcome, WireQuery, WorkerOpenOptions } from './engine-worker.ts';
import { FaultLog } from './fault-log.ts';
import { CollectionFault, type LoadedInstallationFiles, loadInstallationFiles } from './installation-host.ts';
import { outcomeOf } from './outcome.ts';
import { type RecordedSource, SourceShelf } from './source-shelf.ts';
import { collectionSummary, entrySummary } from './summaries.ts';

/** What the worker gives the service: everything that touches the world. */
export interface ServiceEnvironment {
  readonly fetch: typeof fetch;
  readonly subtle: SubtleCrypto | undefined;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The local civil date as a day number. */
  readonly today: () => number;
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
  readonly readers: (options: WorkerOpenOptions) => OpenTools;
  readonly startBackend: (
    name: BackendName,
    options: WorkerOpenOptions,
    onProgress: (event: Progress) => void,
  ) => Promise<StartedBackend>;
  readonly engines: EngineOpener;
  /** Requests to other origins that this worker has made. */
  readonly foreignRequests: () => number;
}

/** An open session: one installation, one of its collections at a time. */
interface OpenSession {
  readonly options: WorkerOpenOptions;
  readonly files: LoadedInstallationFiles;
  readonly shelf: SourceShelf;
  readonly backends: BackendHosts;
  /** From which hold-offs count: fixed when the session opens. */
  readonly asOf: DayNumber;
  readonly onProgress: (event: Progress) => void;
  current: OpenCollection;
}

interface OpenCollection {
  readonly host: CollectionHost;
  readonly parts: EngineParts | null;
  readonly standing: Disclosure[];
}

/** The engine worker's side of the contract. One instance serves one session. */
export class EngineService implements EngineWorker {
  private readonly environment: ServiceEnvironment;
  private readonly faults = new FaultLog();
  private readonly running = new Map<number, AbortController>();
  /** Collections whose engines stay live while the session is open: name → collection. */
  private readonly collections = new Map<string, OpenCollection>();
  private session: OpenSession | undefined;
  private compiles = 0;
  /** The last compile for other columns: what it is to replace, the state of the shelf, and what stands in its way. */
  private compiling:
    | { readonly before: OpenCollection; readonly version: number; readonly done: Promise<CollectionFault | null> }
    | undefined;

  constructor(environment: ServiceEnvironment) {
    this.environment = environment;
  }

  open(options: WorkerOpenOptions, onProgress: (event: Progress) => void): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      const { clock } = this.environment;
      const started = clock();
      const files = await loadInstallationFiles(options, this.environment.fetch);
      const first = files.collections[0];
      // Nothing of the manifest rests on what is stored: it is compiled while the store opens.
      const parts = this.openParts(options, files, first, onProgress);
      parts.catch(() => {});
      const shelf = this.shelfOf(options, files, parts, onProgress);
      await shelf.open();
      const backends = new BackendHosts(
        (name, types) =>
          new BackendHost(name, shelf, types, (tell) => this.environment.startBackend(name, options, tell), onProgress),
      );
      const asOf = files.model.stabilityFilter.asOf ?? this.environment.today();
      const session = { options, files, shelf, backends, asOf, onProgress };
      const current = await this.openWithEngine(session, first, parts);
      this.session = { ...session, current };
      onProgress({
        id: 'collection',
        phase: 'collection',
        label: `collection ${first.name} compiled`,
        state: 'done',
        done: null,
        total: null,
        unit: null,
        milliseconds: clock() - started,
        detail: `${files.sources.length} sources`,
      });
      this.tellSources(shelf, onProgress);
      if ((options.warmUp ?? 'await') !== 'off') void current.host.warmUp();
      return this.summarise();
    });
  }

  query(
    query: WireQuery,
    onProgress: ((event: Progress) => void) | null,
    onReplaced: ((answer: Answer | ArrowAnswer | Refusal) => void) | null,
  ): Promise<Outcome<Answer | ArrowAnswer | Refusal>> {
    const controller = new AbortController();
    this.running.set(query.id, controller);
    return outcomeOf(async () => {
      try {
        const ask = async () => {
          const { current } = await this.compiled();
          return current.host.query(query.text, {
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

  cancel(id: number): void {
    this.running.get(id)?.abort(new DOMException('The question was cancelled.', 'AbortError'));
  }

  check(text: string): Promise<Outcome<Diagnosis>> {
    return outcomeOf(async () => (await this.compiled()).current.host.check(text));
  }

  summary(): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      await this.compiled();
      return this.summarise();
    });
  }

  entries(): Promise<Outcome<readonly EntrySummary[]>> {
    return outcomeOf(async () => {
      const { host, parts } = this.opened().current;
      if (parts === null) return [];
      await parts.entries.settled();
      const known = host.knowledge.attestations;
      const levelOf = (keys: readonly string[]) => {
        const conditions = keys.map((key) => known.get(key)?.condition);
        // A condition that nobody has attested is one that was not run.
        return conditions.every((each) => each !== undefined)
          ? level(
              conditions.filter((each) => each !== undefined),
              known,
            )
          : 'A';
      };
      return parts.entries.all().map((each) => entrySummary(each, levelOf));
    });
  }

  statistics(): Promise<Outcome<EngineStatistics>> {
    return outcomeOf(async () => {
      const { current, backends, files } = this.opened();
      const { host, parts } = current;
      const engine = host.environment.engine?.statistics() ?? { exact: 0, rollup: 0, misses: 0 };
      const backend = host.environment.host(host.environment.defaultBackend);
      return {
        compiles: this.compiles,
        backendStatements: backends.all().reduce((sum, each) => sum + each.statements, 0),
        hits: { exact: engine.exact, rollup: engine.rollup },
        misses: engine.misses,
        bytes: parts?.entries.bytes ?? 0,
        budget: parts?.entries.budget ?? files.model.metricEngine.maxBytesPerCollection ?? 0,
        millisecondsSaved: parts?.entries.all().reduce((sum, { use }) => sum + use.millisecondsSaved, 0) ?? 0,
        store: {
          kind: parts?.store.kind ?? 'memory',
          words: parts?.store.words ?? 'The engine is off: nothing is stored.',
        },
        faults: this.faults.summary(),
        warmUp: { ...host.warmUpState },
        backend: { name: backend.name, state: backend.state, bytesHeld: backend.bytesHeld },
        foreignRequests: this.environment.foreignRequests(),
      };
    });
  }

  evict(selection: readonly string[] | null): Promise<Outcome<number>> {
    return outcomeOf(async () => {
      const { parts, host } = this.opened().current;
      if (parts === null) return 0;
      await parts.entries.settled();
      const metric = parts.entries
        .all()
        .filter(({ row }) => row.domain === 'metric')
        .map(({ row }) => row.key);
      const keys = selection === null ? metric : selection.filter((key) => parts.entries.has(key));
      await parts.entries.evict(keys);
      host.environment.engine?.forget(keys);
      return keys.length;
    });
  }

  pin(key: string, on: boolean): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await this.opened().current.parts?.entries.pin(key, on);
      return null;
    });
  }

  file(key: string): Promise<Outcome<Uint8Array>> {
    return outcomeOf(async () => {
      const { parts } = this.opened().current;
      await parts?.entries.settled();
      const found = parts?.entries.all().find(({ row }) => row.key === key);
      const bytes = found && (await parts?.entries.read(found.row));
      if (bytes === undefined) throw new RangeError(`engine: there is no entry ${key}`);
      return bytes;
    });
  }

  refresh(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      const { shelf, current: before } = this.opened();
      await shelf.refresh();
      before.host.knowledge.dropStale();
      const { current, fault } = await this.compiled();
      if (fault !== null) throw fault;
      const { parts, host } = current;
      if (parts === null) return null;
      // A source that cannot be read now may come back as it was: what is stored of it stays.
      const isOther = ([source, hash]: readonly [string, string]) =>
        (shelf.snapshots.get(source)?.contentHash ?? hash) !== hash;
      const stale = parts.entries
        .all()
        .flatMap(({ row }) => (Object.entries(row.sourceHashes).some(isOther) ? [row.key] : []));
      await parts.entries.evict(stale);
      host.environment.engine?.forget(stale);
      await parts.store.sweep();
      return null;
    });
  }

  warmUp(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await (await this.compiled()).current.host.warmUp();
      return null;
    });
  }

  warm(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await this.opened().current.host.warm();
      return null;
    });
  }

  restartBackend(): Promise<Outcome<null>> {
    return outcomeOf(async () => {
      await Promise.all(
        this.opened()
          .backends.all()
          .map((each) => each.restart()),
      );
      return null;
    });
  }

  use(collection: string): Promise<Outcome<CollectionSummary>> {
    return outcomeOf(async () => {
      const session = this.opened();
      const model = session.files.collections.find((each) => each.name === collection);
      if (model === undefined) {
        const names = session.files.collections.map((each) => each.name).join(', ');
        throw new RangeError(`installation: there is no collection ${collection}; it has ${names}`);
      }
      const known = this.collections.get(collection);
      if (known === undefined) {
        const parts = this.openParts(session.options, session.files, model, session.onProgress);
        parts.catch(() => {});
        session.current = await this.openWithEngine(session, model, parts);
        if ((session.options.warmUp ?? 'await') !== 'off') void session.current.host.warmUp();
      } else {
        session.current = known;
      }
      return this.summarise();
    });
  }

  async close(): Promise<void> {
    for (const controller of this.running.values())
      controller.abort(new DOMException('The session was closed.', 'AbortError'));
    await Promise.all([...this.collections.values()].map(({ host }) => host.close()));
    await Promise.all([...this.collections.values()].map(({ parts }) => parts?.close()));
    this.environment.engines.close();
    await Promise.all(this.session?.backends.all().map((each) => each.restart()) ?? []);
  }

  private opened(): OpenSession {
    if (this.session === undefined) throw new RangeError('session: it is not open yet; await open() first');
    return this.session;
  }

  /**
   * The session, its collection compiled for the columns that its sources have now. `fault`: with those it does not
   * compile; then it stays as it was, and refuses what needs them.
   */
  private async compiled(): Promise<OpenSession & { readonly fault: CollectionFault | null }> {
    const session = this.opened();
    const { current, shelf } = session;
    if (current.host.sources.changed().length === 0) return { ...session, fault: null };
    const { compiling } = this;
    const isUnderWay = compiling?.before === current && compiling.version === shelf.version;
    const done = isUnderWay ? compiling.done : this.compileAgain(session, current);
    this.compiling = { before: current, version: shelf.version, done };
    const fault = await done;
    return { ...session, current: session.current, fault };
  }

  private async compileAgain(session: OpenSession, before: OpenCollection): Promise<CollectionFault | null> {
    const { name } = before.host.environment.manifest.collection;
    const model = session.files.collections.find((each) => each.name === name);
    if (model === undefined) throw new RangeError(`installation: there is no collection ${name}`);
    try {
      session.current = await this.openCollection(session, model, Promise.resolve(before.parts));
    } catch (error) {
      if (error instanceof CollectionFault) return error;
      throw error;
    }
    void before.host.close();
    if ((session.options.warmUp ?? 'await') !== 'off') void session.current.host.warmUp();
    return null;
  }

  /** Whether a question that was refused for a source may be answered now that the source has been looked at again. */
  private async isOutdated(answer: Answer | ArrowAnswer | Refusal): Promise<boolean> {
    if (!('code' in answer)) return false;
    const { shelf, current } = this.opened();
    const { source } = answer.parameters;
    if (typeof source !== 'string') return false;
    if (shelf.unreadable.has(source)) return shelf.retry(source);
    return current.host.sources.changed().includes(source) && (await this.compiled()).fault === null;
  }

  /** Opens a collection for the first time. Where it does not compile, the engine meant for it is closed again. */
  private async openWithEngine(
    session: Omit<OpenSession, 'current'>,
    model: CollectionModel,
    opening: Promise<EngineParts | null>,
  ): Promise<OpenCollection> {
    try {
      return await this.openCollection(session, model, opening);
    } catch (error) {
      if (!this.collections.has(model.name)) await (await opening.catch(() => null))?.close();
      throw error;
    }
  }

  private async openCollection(
    session: Omit<OpenSession, 'current'>,
    model: CollectionModel,
    opening: Promise<EngineParts | null>,
  ): Promise<OpenCollection> {
    const { files, shelf, backends, options, asOf, onProgress } = session;
    const names = files.sources.map(({ name }) => name);
    const sources = manifestSources(names, shelf);
    this.compiles += 1;
    const compiled = compileCollection({ collection: model, installation: files.model, sources });
    if (!compiled.ok) throw new CollectionFault(compiled.issues);
    const hosts = backends.of(compiled.manifest);
    const parts = await opening;
    const standing: Disclosure[] = [];
    parts?.onFull((full) => {
      standing.splice(0, standing.length, ...(full ? [storageFull()] : []));
    });
    const { clock, now, schedule } = this.environment;
    const host = new CollectionHost({
      manifest: compiled.manifest,
      shelf,
      host: (name) => hosts.get(name),
      defaultBackend: options.backend ?? files.model.backend.type,
      operators: new Set(DUCKDB_OPERATORS.map((each) => each.operator)),
      entries: parts?.entries ?? null,
      engine: parts?.engine ?? null,
      engineOff: engineOff(options, files),
      asOf,
      clock,
      now,
      later: (work) => void schedule(work, 0),
      standing,
      onProgress,
    });
    const opened = { host, parts, standing };
    // Before anything is read: what turns out to have changed meanwhile is told to it.
    this.collections.set(model.name, opened);
    await host.knowledge.load();
    return opened;
  }

  private async openParts(
    options: WorkerOpenOptions,
    files: LoadedInstallationFiles,
    model: CollectionModel,
    onProgress: (event: Progress) => void,
  ): Promise<EngineParts | null> {
    if (engineOff(options, files) !== null) return null;
    const { clock, now } = this.environment;
    const started = clock();
    const parts = await this.environment.engines.open({
      installation: files.model.name,
      collection: model.name,
      preferred: options.store ?? 'opfs',
      maxBytes: files.model.metricEngine.maxBytesPerCollection ?? Number.POSITIVE_INFINITY,
      report: this.faults.report,
      clock,
      now,
    });
    const entries = parts.entries.all().filter(({ row }) => row.domain === 'metric').length;
    onProgress({
      id: 'store',
      phase: 'collection',
      label: 'entry store opened',
      state: 'done',
      done: null,
      total: null,
      unit: null,
      milliseconds: clock() - started,
      detail: `${entries} ${entries === 1 ? 'entry' : 'entries'} · ${parts.store.words}`,
    });
    return parts;
  }

  private shelfOf(
    options: WorkerOpenOptions,
    files: LoadedInstallationFiles,
    parts: Promise<EngineParts | null>,
    onProgress: (event: Progress) => void,
  ): SourceShelf {
    const { fetch: fetchFile, subtle, schedule, clock, readers } = this.environment;
    return new SourceShelf(files.sources, {
      fetch: fetchFile,
      subtle,
      schedule,
      clock,
      readers: readers(options),
      onProgress,
      recorded: async (location) => (await parts)?.recordedSource(location),
      record: async (location, recorded: RecordedSource) => (await parts)?.recordSource(location, recorded),
      onChanged: () => {
        for (const { host } of this.collections.values()) host.knowledge.dropStale();
      },
    });
  }

  /** The tables, by name and rows, as lines of the boot log. */
  private tellSources(shelf: SourceShelf, onProgress: (event: Progress) => void): void {
    for (const snapshot of shelf.snapshots.values()) {
      if (shelf.verified.has(snapshot.name)) continue;
      onProgress({
        id: `source ${snapshot.name}`,
        phase: 'source',
        label: snapshot.name,
        state: 'waiting',
        done: null,
        total: snapshot.bytes,
        unit: 'bytes',
        milliseconds: null,
        detail: `${snapshot.rowCount.toLocaleString('en')} rows, as published`,
      });
    }
  }

  /** Asks again once a source that was assumed unchanged has been compared and differs. */
  private replaceLater(
    answer: Answer | ArrowAnswer,
    ask: () => Promise<Answer | ArrowAnswer | Refusal>,
    onReplaced: (answer: Answer | ArrowAnswer | Refusal) => void,
  ): void {
    const assumed = answer.provenance.sources.filter((each) => each.assumed);
    if (assumed.length === 0) return;
    const { shelf } = this.opened();
    void shelf.compared().then(async () => {
      const changed = assumed.some(({ name, contentHash }) => shelf.snapshots.get(name)?.contentHash !== contentHash);
      if (changed) onReplaced(await ask());
    });
  }

  private summarise(): CollectionSummary {
    const { files, shelf, options, current } = this.opened();
    return collectionSummary({
      installation: files.model.name,
      collections: files.collections.map((each) => each.name),
      manifest: current.host.environment.manifest,
      attestations: current.host.knowledge.attestations,
      shelf,
      engineOff: engineOff(options, files),
    });
  }
}

/** Which axis of the opt-in is off; null: the engine is on. */
function engineOff(options: WorkerOpenOptions, files: LoadedInstallationFiles): 'installation' | 'session' | null {
  if (!files.model.metricEngine.enabled) return 'installation';
  return options.engine === false ? 'session' : null;
}

function storageFull(): Disclosure {
  return {
    code: 'storage_full',
    critical: false,
    message:
      'The room for entries is full: what is computed now is answered and not kept. Evict entries on the Engine page, free disk space, or raise `max_bytes_per_ac`.',
    parameters: {},
  };
}
