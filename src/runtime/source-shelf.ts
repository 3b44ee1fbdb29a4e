import { encodeBatch } from '../columns/arrow.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { UnreadableSource } from '../resolution/facts.ts';
import { contentHash, requireHash } from '../sources/content-hash.ts';
import type { ColumnCounts } from '../sources/conversion.ts';
import { isStrong, type SourceEvidence } from '../sources/evidence.ts';
import { fetchSource, type SourceInput } from '../sources/fetch-source.ts';
import { type ProbeResult, probeSource } from '../sources/probe.ts';
import type { SourceSnapshot } from '../sources/snapshot.ts';
import { type OpenTools, openSource, type Source } from '../sources/source.ts';
import { SourceError } from '../sources/source-error.ts';
import type { Progress } from './api.ts';
import { Comparisons } from './comparisons.ts';
import { type Sighting, type SourceProof, UNSEEN } from './sighting.ts';
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

/** Milliseconds for which what is known of a source without a stated hash is believed. */
export interface Freshness {
  /** After a server was asked whether a source is what it was. */
  readonly probe: number;
  /** After the bytes were hashed, where the server's word is no proof and does not say that they changed. */
  readonly bytes: number;
}

/** What a refresh found a source to be; `stated`: its hash is, and it is not asked for. */
export type SourceLook = 'same' | 'assumed' | 'changed' | 'unreadable' | 'stated';

export interface ShelfEnvironment {
  readonly fetch: typeof fetch;
  readonly freshness: Freshness;
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
  /** Bytes were hashed in this session, and agree. */
  readonly verified = new Set<string>();
  /** Grows whenever a snapshot changes, so that plans made before can be told from those made after. */
  version = 0;
  /** source → column → what reading it met. */
  readonly reports = new Map<string, Map<string, ColumnCounts>>();
  private readonly placed: ReadonlyMap<string, PlacedSource>;
  private readonly environment: ShelfEnvironment;
  private readonly opened = new Map<string, Promise<Source>>();
  /** Taken for what they were: nothing has proven it since they were looked at last. */
  private readonly assumed = new Set<string>();
  private readonly comparisons = new Comparisons((name, isLast) => this.compare(name, isLast));
  private readonly sighted = new Map<string, Sighting>();
  /** Source → the look at it that is under way, and what is read because of it. */
  private readonly looking = new Map<string, Promise<void>>();

  constructor(sources: readonly PlacedSource[], environment: ShelfEnvironment) {
    this.placed = new Map(sources.map((source) => [source.name, source]));
    this.environment = environment;
  }

  /** Learns every source's snapshot, reading bytes only where nothing proves or suggests what they are. Never rejects. */
  async open(): Promise<void> {
    await Promise.all(
      Array.from(this.placed.values(), (source) => this.lookOnce(source.name, () => this.learn(source))),
    );
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

  /**
   * Looks again at those of the sources that were not looked at for a while: one that has changed is read anew, one whose
   * server proves nothing is assumed to be what it was while its bytes are compared.
   */
  async look(names: Iterable<string>): Promise<void> {
    await Promise.all(Array.from(names, (name) => this.lookAt(this.place(name))));
  }

  /** Asks again whether the sources are what they were; changed ones are read anew. Resolves to what each was found to be. */
  async refresh(): Promise<ReadonlyMap<string, SourceLook>> {
    const before = new Map([...this.snapshots.values()].map(({ name, contentHash: hash }) => [name, hash]));
    // What a question looked at a moment ago is looked at again.
    while (this.looking.size > 0) await Promise.all(this.looking.values());
    this.opened.clear();
    await this.open();
    await this.compared(this.placed.keys());
    return new Map(Array.from(this.placed.values(), (source) => [source.name, this.found(source, before)]));
  }

  /** What is known of a source's bytes: they may have been replaced since. */
  proof(name: string): SourceProof {
    const { statedHash, input } = this.place(name);
    const { provenAt } = this.sighted.get(name) ?? UNSEEN;
    const isProven = provenAt !== Number.NEGATIVE_INFINITY && statedHash === null && typeof input === 'string';
    return {
      isAssumed: this.assumed.has(name),
      isComparing: this.comparisons.has(name),
      provenAgo: isProven ? this.environment.clock() - provenAt : null,
    };
  }

  /** Resolves when the comparisons of these sources that are under way have ended. */
  async compared(names: Iterable<string>): Promise<void> {
    await Promise.all(Array.from(names, (name) => this.comparisons.ended(name)));
  }

  private found({ name, statedHash }: PlacedSource, before: ReadonlyMap<string, string>): SourceLook {
    const snapshot = this.snapshots.get(name);
    if (snapshot === undefined) return 'unreadable';
    if (before.get(name) !== snapshot.contentHash) return 'changed';
    if (this.assumed.has(name)) return 'assumed';
    return statedHash === null ? 'same' : 'stated';
  }

  private lookAt({ name, input, statedHash }: PlacedSource): Promise<void> {
    // What cannot be read is tried again by whoever is refused for it.
    if (statedHash !== null || typeof input !== 'string' || !this.snapshots.has(name)) return Promise.resolve();
    const { clock, freshness } = this.environment;
    const { askedAt } = this.sighted.get(name) ?? UNSEEN;
    // Its server may have said a moment ago that it has changed, and its bytes be on their way.
    if (clock() - askedAt < freshness.probe) return this.looking.get(name) ?? Promise.resolve();
    return this.lookOnce(name, () => this.probe(name, input));
  }

  /** Joins a look that is under way, or begins one. */
  private lookOnce(name: string, look: () => Promise<void>): Promise<void> {
    const looking = this.looking.get(name) ?? look().finally(() => this.looking.delete(name));
    this.looking.set(name, looking);
    return looking;
  }

  private async probe(name: string, url: string): Promise<void> {
    const { clock, freshness } = this.environment;
    const { evidence } = this.sighted.get(name) ?? UNSEEN;
    const result = await this.ask(name, url, evidence);
    if (result === 'changed') {
      this.opened.delete(name);
      await this.readSnapshot(name);
      return;
    }
    const { hashedAt } = this.sighted.get(name) ?? UNSEEN;
    if (result === 'same') this.assumed.delete(name);
    else if (this.comparisons.has(name) || !(clock() - hashedAt < freshness.bytes)) this.assume(name);
    else this.assumed.add(name);
  }

  /** Asks a source's server whether it still has what the evidence is of. */
  private async ask(name: string, url: string, evidence: SourceEvidence | null): Promise<ProbeResult> {
    const { fetch, schedule, clock } = this.environment;
    const askedAt = clock();
    const before = this.sighted.get(name);
    const result = await probeSource(url, evidence, { fetch, schedule });
    const seen = this.sighted.get(name);
    // Other bytes were read while it was asked, of which the evidence is not.
    if (seen !== undefined && seen !== before) return this.ask(name, url, seen.evidence);
    const { hashedAt, provenAt } = seen ?? UNSEEN;
    this.sighted.set(name, { evidence, askedAt, hashedAt, provenAt: result === 'same' ? askedAt : provenAt });
    return result;
  }

  /** Takes a source for what it was, while its bytes are fetched and compared. */
  private assume(name: string): void {
    this.assumed.add(name);
    this.comparisons.begin(name);
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
    // Another tab may have recorded other bytes than those that were hashed here.
    if (this.snapshots.get(name)?.contentHash !== recorded.snapshot.contentHash) this.sighted.delete(name);
    const result = await this.ask(name, url, recorded.evidence);
    if (result === 'changed') return false;
    this.know(name, { ...recorded.snapshot, name });
    if (result === 'assumed') this.assume(name);
    else this.assumed.delete(name);
    return true;
  }

  /** Fetches the bytes of an assumed source; if they differ, whoever was answered from them must hear of it. */
  private async compare(name: string, isLast: () => boolean): Promise<void> {
    const before = this.opened.get(name);
    this.opened.delete(name);
    try {
      await this.reader(name);
      // Where it was looked at again meanwhile, these bytes may be older than that.
      if (isLast()) this.assumed.delete(name);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      // Other bytes are there, and cannot be read.
      if (!AWAY.has(error.fault.code)) this.unread(name, error);
      // Offline: the assumption stays, and stays disclosed; what was read before can still be read from.
      else if (before !== undefined && !this.opened.has(name)) this.opened.set(name, before);
    }
  }

  private async readSnapshot(name: string): Promise<void> {
    try {
      await this.reader(name);
      if (!this.comparisons.has(name)) this.assumed.delete(name);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.unread(name, error);
    }
  }

  private unread(name: string, error: SourceError): void {
    this.forget(name);
    const { location } = this.place(name);
    this.unreadable.set(name, { location, ...sourceWords(error.message, name), changed: changedBytes(error) });
  }

  private reader(name: string): Promise<Source> {
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    const isCurrent = () => this.opened.get(name) === opening;
    const opening: Promise<Source> = this.fetchAndOpen(this.place(name), isCurrent).then(
      // Where it was asked for again meanwhile, these bytes are no longer what it has.
      (source) => (isCurrent() ? source : this.reader(name)),
      (error: unknown) => {
        if (!isCurrent()) return this.reader(name);
        // The next request tries again.
        this.opened.delete(name);
        throw error;
      },
    );
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
      const read = async (cache: 'no-cache' | 'reload') => {
        const onBytes = (done: number, of: number | null) => tell('running', done, of ?? total, null);
        // They are as of when they were asked for: what changes while they come may not be in them.
        const at = clock();
        const found = await fetchSource(name, location, input, { fetch, onBytes, cache });
        return { ...found, at, hash: await contentHash(found.bytes, subtle) };
      };
      // Without a hash or a strong tag, a server may take a cached copy for good that has other bytes than its own.
      const isProven = statedHash !== null || isStrong(this.sighted.get(name)?.evidence?.etag ?? null);
      const first = await read(isProven ? 'no-cache' : 'reload');
      const isCopyOfOther = statedHash !== null && typeof input === 'string' && first.hash !== statedHash;
      const fetched = isCopyOfOther ? await read('reload') : first;
      const { at, hash } = fetched;
      if (statedHash !== null) requireHash(name, location, statedHash, hash);
      const opened = await openSource({ name, location, bytes: fetched.bytes, contentHash: hash }, readers);
      const isAsKnown = expected?.contentHash === hash && isOf(opened, expected);
      const snapshot = isAsKnown ? expected : await opened.snapshot();
      if (!isCurrent()) return opened;
      this.know(name, snapshot);
      this.verified.add(name);
      this.sighted.set(name, { evidence: fetched.evidence, askedAt: at, hashedAt: at, provenAt: at });
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

/** Faults that say nothing of what the bytes are. */
const AWAY: ReadonlySet<string> = new Set(['NOT_FOUND', 'HTTP_STATUS', 'NETWORK', 'TRUNCATED', 'UNREADABLE']);

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
