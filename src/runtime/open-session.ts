import type { CollectionModel } from '../collection/collection.ts';
import { compileCollection } from '../collection/compile-collection.ts';
import type { DayNumber } from '../columns/calendar.ts';
import type { ReportFault } from '../engine/store/store.ts';
import type { BackendName } from '../protocol/backend.ts';
import type { OpenTools } from '../sources/source.ts';
import type { CollectionSummary, Disclosure, Progress } from './api.ts';
import { BackendHost } from './backend-host.ts';
import { BackendHosts } from './backend-hosts.ts';
import { collectionCompiled, sourcePublished, storeOpened } from './boot-log.ts';
import { CollectionHost } from './collection-host.ts';
import { manifestSources } from './compiled-sources.ts';
import type { EngineParts } from './engine-parts.ts';
import type { WorkerOpenOptions } from './engine-worker.ts';
import { CollectionFault, type LoadedInstallationFiles, loadInstallationFiles } from './installation-host.ts';
import type { ServiceEnvironment } from './service-environment.ts';
import { SourceShelf } from './source-shelf.ts';
import { collectionSummary } from './summaries.ts';

/** Milliseconds from the end of a warm-up to the sweep of abandoned files. */
const SWEEP_DELAY = 1000;

/** What a session is opened with. */
export interface SessionOptions {
  readonly environment: ServiceEnvironment;
  readonly options: WorkerOpenOptions;
  readonly report: ReportFault;
  readonly onProgress: (event: Progress) => void;
}

/** A collection that is compiled, with its engine; `parts` null: the engine is off. */
export interface OpenCollection {
  readonly host: CollectionHost;
  readonly parts: EngineParts | null;
}

/** One installation, open: its sources and backends, and its collections, of which one at a time is asked. */
export class OpenSession {
  readonly files: LoadedInstallationFiles;
  readonly shelf: SourceShelf;
  readonly backends: BackendHosts;
  /** The backend that computes where a question names none. */
  backend: BackendName;
  /** How often a collection has been compiled. */
  compiles = 0;
  private readonly given: SessionOptions;
  private readonly readers: OpenTools;
  /** From which hold-offs count: fixed when the session opens. */
  private readonly asOf: DayNumber;
  /** Calls off the sweep that is to come. */
  private sweeping: () => void = () => {};
  private isClosed = false;
  /** Collections whose engines stay live while the session is open: name → collection. */
  private readonly collections = new Map<string, OpenCollection>();
  private asked: OpenCollection | undefined;
  /** The last compile for other columns: what it is to replace, the state of the shelf, and what stands in its way. */
  private compiling:
    | { readonly before: OpenCollection; readonly version: number; readonly done: Promise<CollectionFault | null> }
    | undefined;

  /** Opens an installation with the first of its collections. Rejects with `CollectionFault` where it does not compile. */
  static async open(given: SessionOptions): Promise<OpenSession> {
    const { environment, options, onProgress } = given;
    const started = environment.clock();
    const files = await loadInstallationFiles(options, environment.fetch);
    const [first] = files.collections;
    // Nothing of the manifest rests on what is stored: it is compiled while the store opens.
    const parts = openParts(given, files, first);
    const session = new OpenSession(given, files, parts);
    await session.shelf.open();
    session.asked = await session.openFirstTime(first, parts);
    onProgress(collectionCompiled(first.name, files.sources.length, environment.clock() - started));
    for (const snapshot of session.shelf.snapshots.values())
      if (!session.shelf.verified.has(snapshot.name)) onProgress(sourcePublished(snapshot));
    session.warmUp();
    return session;
  }

  /** `records`: the engine beside whose entries it is recorded what sources were last seen to be. */
  private constructor(given: SessionOptions, files: LoadedInstallationFiles, records: Promise<EngineParts | null>) {
    const { environment, options, onProgress } = given;
    this.given = given;
    this.readers = environment.readers(options);
    this.files = files;
    this.backend = options.backend ?? files.model.backend.type;
    const shelf = new SourceShelf(files.sources, {
      fetch: environment.fetch,
      subtle: environment.subtle,
      schedule: environment.schedule,
      clock: environment.clock,
      readers: this.readers,
      freshness: environment.freshness,
      onProgress,
      recorded: async (location) => (await records)?.recordedSource(location),
      record: async (location, recorded) => (await records)?.recordSource(location, recorded),
      onChanged: () => {
        for (const { host } of this.collections.values()) host.knowledge.dropStale();
      },
    });
    this.shelf = shelf;
    this.backends = new BackendHosts(
      (name, types) =>
        new BackendHost({
          name,
          shelf,
          types,
          start: (tell) => environment.startBackend(name, options, tell),
          schedule: environment.schedule,
          onProgress,
        }),
    );
    this.asOf = files.model.stabilityFilter.asOf ?? environment.today();
  }

  /** The collection that is asked. */
  get current(): OpenCollection {
    if (this.asked === undefined) throw new RangeError('session: no collection is open yet');
    return this.asked;
  }

  /**
   * The collection that is asked, compiled for the columns that its sources have now. `fault`: with those it does not
   * compile; then it stays as it was, and refuses what needs them.
   */
  async compiled(): Promise<OpenCollection & { readonly fault: CollectionFault | null }> {
    const { current, shelf } = this;
    if (current.host.sources.changed().length === 0) return { ...current, fault: null };
    const { compiling } = this;
    const isUnderWay = compiling?.before === current && compiling.version === shelf.version;
    const done = isUnderWay ? compiling.done : this.compileAgain(current);
    this.compiling = { before: current, version: shelf.version, done };
    const fault = await done;
    return { ...this.current, fault };
  }

  /** Asks another collection from now on. Throws a `RangeError` where there is none of the name. */
  async use(name: string): Promise<void> {
    const model = this.model(name);
    const known = this.collections.get(name);
    if (known !== undefined) {
      this.asked = known;
      return;
    }
    this.asked = await this.openFirstTime(model, openParts(this.given, this.files, model));
    this.warmUp();
  }

  /** What a page shows of the collection that is asked. */
  summary(): CollectionSummary {
    const { environment, knowledge } = this.current.host;
    return collectionSummary({
      installation: this.files.model.name,
      collections: this.files.collections.map((each) => each.name),
      manifest: environment.manifest,
      attestations: knowledge.attestations,
      shelf: this.shelf,
      engineOff: environment.engineOff,
    });
  }

  /** Ends what is under way, writes what is to be kept, and closes stores and backends. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.sweeping();
    const open = [...this.collections.values()];
    await Promise.all(open.map(({ host }) => host.close()));
    await Promise.all(open.map(({ parts }) => parts?.close()));
    await Promise.all(this.backends.all().map((each) => each.runner.restart()));
  }

  /** Warms the collection up, unless that is off; what a killed tab has left of files goes after that. */
  private warmUp(): void {
    const { host, parts } = this.current;
    const isOff = (this.given.options.warmUp ?? 'await') === 'off';
    const warmed = isOff ? Promise.resolve() : host.warmUp.run();
    if (parts !== null) void warmed.then(() => parts.entries.settled()).then(() => this.sweepLater(parts));
  }

  /** Once nobody waits for the first answers any more. */
  private sweepLater({ store }: EngineParts): void {
    if (this.isClosed) return;
    this.sweeping();
    this.sweeping = this.given.environment.schedule(() => void store.sweep(), SWEEP_DELAY);
  }

  private model(name: string): CollectionModel {
    const model = this.files.collections.find((each) => each.name === name);
    if (model !== undefined) return model;
    const names = this.files.collections.map((each) => each.name).join(', ');
    throw new RangeError(`installation: there is no collection ${name}; it has ${names}`);
  }

  private async compileAgain(before: OpenCollection): Promise<CollectionFault | null> {
    const model = this.model(before.host.environment.manifest.collection.name);
    try {
      this.asked = await this.openCollection(model, Promise.resolve(before.parts));
    } catch (error) {
      if (error instanceof CollectionFault) return error;
      throw error;
    }
    void before.host.close();
    this.warmUp();
    return null;
  }

  /** Opens a collection for the first time. Where it does not compile, the engine meant for it is closed again. */
  private async openFirstTime(model: CollectionModel, opening: Promise<EngineParts | null>): Promise<OpenCollection> {
    try {
      return await this.openCollection(model, opening);
    } catch (error) {
      if (!this.collections.has(model.name)) await (await opening.catch(() => null))?.close();
      throw error;
    }
  }

  private async openCollection(model: CollectionModel, opening: Promise<EngineParts | null>): Promise<OpenCollection> {
    const { files, shelf } = this;
    const { environment, options, onProgress } = this.given;
    const names = files.sources.map(({ name }) => name);
    const sources = manifestSources(names, shelf);
    this.compiles += 1;
    const compiled = compileCollection({ collection: model, installation: files.model, sources });
    if (!compiled.ok) throw new CollectionFault(compiled.issues);
    const hosts = this.backends.of(compiled.manifest);
    const parts = await opening;
    const standing: Disclosure[] = [];
    parts?.onFull((full) => {
      standing.splice(0, standing.length, ...(full ? [storageFull()] : []));
    });
    const { clock, now, schedule } = environment;
    const host = new CollectionHost({
      manifest: compiled.manifest,
      shelf,
      host: (name) => hosts.get(name),
      defaultBackend: () => this.backend,
      entries: parts?.entries ?? null,
      engine: parts?.engine ?? null,
      engineOff: engineOff(options, files),
      asOf: this.asOf,
      clock,
      now,
      later: (work) => void schedule(work, 0),
      standing,
      pause: this.readers.pause ?? (() => new Promise((resolve) => void schedule(resolve, 0))),
      onProgress,
    });
    const opened = { host, parts };
    // Before anything is read: what turns out to have changed meanwhile is told to it.
    this.collections.set(model.name, opened);
    await host.knowledge.load();
    return opened;
  }
}

/** Opens the engine of a collection; null: it is off. Whoever needs it hears of a failure, and nobody else. */
function openParts(
  { environment, options, report, onProgress }: SessionOptions,
  files: LoadedInstallationFiles,
  model: CollectionModel,
): Promise<EngineParts | null> {
  if (engineOff(options, files) !== null) return Promise.resolve(null);
  const { engines, clock, now } = environment;
  const started = clock();
  const parts = engines.open({
    installation: files.model.name,
    collection: model.name,
    preferred: options.store ?? 'opfs',
    maxBytes: files.model.metricEngine.maxBytesPerCollection ?? Number.POSITIVE_INFINITY,
    report,
    clock,
    now,
  });
  parts.then(
    (opened) => onProgress(storeOpened(opened, clock() - started)),
    () => {},
  );
  return parts;
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
