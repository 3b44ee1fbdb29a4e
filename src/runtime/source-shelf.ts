import { encodeBatch } from '../columns/arrow.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { UnreadableSource } from '../resolution/facts.ts';
import { contentHash, requireHash } from '../sources/content-hash.ts';
import type { ColumnCounts } from '../sources/conversion.ts';
import type { SourceEvidence } from '../sources/evidence.ts';
import { fetchSource, type SourceInput } from '../sources/fetch-source.ts';
import { probeSource } from '../sources/probe.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import { type OpenTools, openSource, type Source } from '../sources/source.ts';
import { SourceError } from '../sources/source-error.ts';
import type { Progress } from './api.ts';
import { changedBytes, sourceWords } from './source-words.ts';

/** A source as the installation places it. */
export interface PlacedSource {
  readonly name: string;
  /** Address or file name, for people and for telling its kind. */
  readonly location: string;
  readonly input: SourceInput;
  /** Hash that the installation states; null: none. */
  readonly statedHash: string | null;
  /** What a snapshots.json says of it; trusted for its columns and counts only while the hash is the stated one. */
  readonly published: SourceSnapshot | null;
}

/** What an earlier visit recorded of a source without a stated hash. */
export interface RecordedSource {
  readonly snapshot: SourceSnapshot;
  readonly evidence: SourceEvidence;
}

export interface ShelfEnvironment {
  readonly fetch: typeof fetch;
  readonly subtle: SubtleCrypto | undefined;
  readonly schedule: (callback: () => void, milliseconds: number) => () => void;
  readonly clock: () => number;
  readonly readers: OpenTools;
  readonly onProgress: (event: Progress) => void;
  /** What is recorded of an address; undefined where nothing is. */
  readonly recorded: (location: string) => Promise<RecordedSource | undefined>;
  readonly record: (location: string, recorded: RecordedSource) => Promise<void>;
  /** A source turned out to have other bytes than it was known to have, or none that can be read. */
  readonly onChanged: (name: string) => void;
}

/** The sources of one installation: their snapshots, their bytes once fetched, and columns read from them. */
export class SourceShelf {
  readonly snapshots = new Map<string, SourceSnapshot>();
  readonly unreadable = new Map<string, UnreadableSource>();
  /** Served on weak evidence while the bytes are being compared. */
  readonly assumed = new Set<string>();
  /** Bytes were hashed in this session, and agree. */
  readonly verified = new Set<string>();
  /** Grows whenever a snapshot changes, so that plans made before can be told from those made after. */
  version = 0;
  /** source → column → what reading it met. */
  readonly reports = new Map<string, Map<string, ColumnCounts>>();
  private readonly placed: ReadonlyMap<string, PlacedSource>;
  private readonly environment: ShelfEnvironment;
  private readonly opened = new Map<string, Promise<Source>>();
  private readonly comparing = new Set<Promise<void>>();

  constructor(sources: readonly PlacedSource[], environment: ShelfEnvironment) {
    this.placed = new Map(sources.map((source) => [source.name, source]));
    this.environment = environment;
  }

  /** Learns every source's snapshot, reading bytes only where nothing proves or suggests what they are. Never rejects. */
  async open(): Promise<void> {
    await Promise.all([...this.placed.values()].map((source) => this.learn(source)));
  }

  location(name: string): string {
    return this.place(name).location;
  }

  /** Fetches and checks a source's bytes; resolves when columns can be read. Rejects with `SourceError`. */
  async ready(name: string): Promise<void> {
    await this.reader(name);
  }

  /** The source itself, its bytes hashed: whatever is read from it is of the same bytes. Rejects with `SourceError`. */
  source(name: string): Promise<Source> {
    return this.reader(name);
  }

  /** Columns as an Arrow IPC stream, in the types asked for, and the hash of the bytes they are from. Rejects with `SourceError`. */
  async read(
    name: string,
    columns: readonly { readonly name: string; readonly type: LogicalType }[],
  ): Promise<{ readonly ipc: Uint8Array; readonly rowCount: number; readonly contentHash: string }> {
    const opened = await this.reader(name);
    const { batch, counts } = await opened.read(columns);
    const known = this.reports.get(name) ?? new Map<string, ColumnCounts>();
    for (const count of counts) known.set(count.column, count);
    this.reports.set(name, known);
    return { ipc: encodeBatch(batch), rowCount: batch.rowCount, contentHash: opened.contentHash };
  }

  /** Tries again to read a source that could not be read; tells whether it can be now. */
  async retry(name: string): Promise<boolean> {
    await this.readSnapshot(name);
    return !this.unreadable.has(name);
  }

  /** Asks again whether the sources are what they were; changed ones are read anew. */
  async refresh(): Promise<void> {
    this.opened.clear();
    this.assumed.clear();
    await this.open();
  }

  /** Resolves when every comparison under way has ended. */
  async compared(): Promise<void> {
    while (this.comparing.size > 0) await Promise.all(this.comparing);
  }

  private know(name: string, snapshot: SourceSnapshot): void {
    const before = this.snapshots.get(name);
    this.snapshots.set(name, snapshot);
    this.unreadable.delete(name);
    this.version += 1;
    if (before !== undefined && before.contentHash !== snapshot.contentHash) this.environment.onChanged(name);
  }

  private forget(name: string): void {
    this.version += 1;
    if (this.snapshots.delete(name)) this.environment.onChanged(name);
  }

  private place(name: string): PlacedSource {
    const placed = this.placed.get(name);
    if (placed === undefined) throw new RangeError(`installation: there is no source ${name}`);
    return placed;
  }

  private async learn(source: PlacedSource): Promise<void> {
    const { name, published, statedHash, input, location } = source;
    if (statedHash !== null && published?.contentHash === statedHash) {
      this.know(name, { ...published, name });
      return;
    }
    const recorded = typeof input === 'string' ? await this.environment.recorded(location) : undefined;
    if (recorded !== undefined && typeof input === 'string') {
      if (statedHash !== null && recorded.snapshot.contentHash === statedHash) {
        this.know(name, { ...recorded.snapshot, name });
        return;
      }
      if (statedHash === null && (await this.assumeRecorded(name, input, recorded))) return;
    }
    await this.readSnapshot(name);
  }

  /** Takes a recorded snapshot for true as far as the server's evidence goes; false where the source has changed. */
  private async assumeRecorded(name: string, url: string, recorded: RecordedSource): Promise<boolean> {
    const { fetch, schedule } = this.environment;
    const result = await probeSource(url, recorded.evidence, { fetch, schedule });
    if (result === 'changed') return false;
    this.know(name, { ...recorded.snapshot, name });
    if (result === 'assumed') {
      this.assumed.add(name);
      const comparison = this.compare(name).finally(() => this.comparing.delete(comparison));
      this.comparing.add(comparison);
    }
    return true;
  }

  /** Fetches the bytes of an assumed source; if they differ, whoever was answered from them must hear of it. */
  private async compare(name: string): Promise<void> {
    try {
      await this.reader(name);
    } catch (error) {
      // Offline: the assumption stays, and stays disclosed.
      if (error instanceof SourceError) return;
      throw error;
    }
    this.assumed.delete(name);
  }

  private async readSnapshot(name: string): Promise<void> {
    try {
      await this.reader(name);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.forget(name);
      const { location } = this.place(name);
      this.unreadable.set(name, { location, ...sourceWords(error.message, name), changed: changedBytes(error) });
    }
  }

  private reader(name: string): Promise<Source> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    // Where the sources were asked for again meanwhile, these bytes are no longer what is known of this one.
    const isCurrent = () => this.opened.get(name) === opening;
    const opening: Promise<Source> = this.fetchAndOpen(this.place(name), isCurrent).catch((error: unknown) => {
      // The next request tries again.
      if (isCurrent()) this.opened.delete(name);
      throw error;
    });
    this.opened.set(name, opening);
    return opening;
  }

  private async fetchAndOpen(source: PlacedSource, isCurrent: () => boolean): Promise<Source> {
    const { name, location, input, statedHash } = source;
    const { fetch, subtle, clock, onProgress, readers } = this.environment;
    const started = clock();
    const expected = this.snapshots.get(name);
    const total = expected?.bytes ?? null;
    const tell = (state: Progress['state'], done: number | null, of: number | null, detail: string | null) =>
      onProgress({
        id: `source ${name}`,
        phase: 'source',
        label: name,
        state,
        done,
        total: of,
        unit: 'bytes',
        milliseconds: state === 'running' ? null : clock() - started,
        detail,
      });
    tell('running', 0, total, null);
    try {
      const fetched = await fetchSource(name, location, input, {
        fetch,
        onBytes: (done, of) => tell('running', done, of ?? total, null),
      });
      const hash = await contentHash(fetched.bytes, subtle);
      if (statedHash !== null) requireHash(name, location, statedHash, hash);
      const opened = await openSource({ name, location, bytes: fetched.bytes, contentHash: hash }, readers);
      const isAsKnown = expected?.contentHash === hash && isOf(opened, expected);
      const snapshot = isAsKnown ? expected : await opened.snapshot();
      if (!isCurrent()) return opened;
      this.know(name, snapshot);
      this.verified.add(name);
      // What is published under the stated hash is learnt from there: nothing needs to be recorded.
      const isPublished = statedHash !== null && source.published?.contentHash === statedHash;
      if (fetched.evidence !== null && !isPublished) {
        await this.environment.record(location, { snapshot, evidence: fetched.evidence });
      }
      tell(
        'done',
        fetched.bytes.byteLength,
        fetched.bytes.byteLength,
        `${snapshot.rowCount.toLocaleString('en')} rows`,
      );
      return opened;
    } catch (error) {
      tell('failed', null, null, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}

/** Whether a snapshot says of a source what its bytes say: what was published may have been made of others. */
function isOf(source: Source, { kind, bytes, rowCount, columns }: SourceSnapshot): boolean {
  const types = new Map(source.columns.map(({ name, type }) => [name, type]));
  return (
    kind === source.kind &&
    bytes === source.bytes &&
    rowCount === source.rowCount &&
    columns.length === types.size &&
    columns.every(({ name, type }) => types.get(name) === type)
  );
}
