import type { SemanticManifest } from '../collection/manifest.ts';
import type { EntryList } from '../engine/entry-list.ts';
import { INTERVALS, SingleFlight } from '../engine/single-flight.ts';
import { type ProfileSubject, profileTable, storedProfile } from '../engine/table-profiles.ts';
import { Pace } from '../profiling/pace.ts';
import { tableProfile } from '../profiling/table-profile.ts';
import type { Source } from '../sources/source.ts';
import type { Progress, ServedProfile } from './api.ts';
import { overPresentSources, requireBytes } from './moved-source.ts';
import { profileFault, unknownTable, unreadableTable } from './profile-fault.ts';
import { declaredNames, declaredTypes, profiledTable } from './profiled-source.ts';
import type { SourceShelf } from './source-shelf.ts';

export interface TableProfilerOptions {
  readonly manifest: SemanticManifest;
  readonly shelf: SourceShelf;
  /** null: the engine is off, and nothing is stored. */
  readonly entries: EntryList | null;
  readonly clock: () => number;
  readonly pause: () => Promise<void>;
}

type Tell = (event: Progress) => void;

/**
 * Profiles of a collection's tables, made here of the very sources that the session reads: no backend starts for them.
 * Who asks for a table while it is profiled shares the work, which stops when the last of them has left.
 */
export class TableProfiler {
  private readonly options: TableProfilerOptions;
  private readonly flights: SingleFlight<ServedProfile>;
  /** Table → who hears how far its profile has come. */
  private readonly listeners = new Map<string, Set<Tell>>();

  constructor(options: TableProfilerOptions) {
    this.options = options;
    // Two tabs may both compute one: what they store is the same.
    this.flights = new SingleFlight({ locks: null, channel: null, timers: INTERVALS, report: () => {} });
  }

  /** `name`: of a source, or of a schema that reads one. Rejects with `ProfileFault`, or as an abort does. */
  async profile(name: string, signal: AbortSignal, tell: Tell): Promise<ServedProfile> {
    const table = this.tableOf(name);
    const { shelf } = this.options;
    await shelf.look([table]);
    const stored = await this.stored(table, shelf.snapshots.get(table)?.contentHash);
    if (stored !== undefined) return stored;
    const listeners = this.listeners.get(table) ?? new Set();
    this.listeners.set(table, listeners.add(tell));
    try {
      return await overPresentSources(async () => {
        const profile = await this.flights.run(table, {
          compute: (flight) => this.compute(table, flight),
          recheck: async () => undefined,
          signal,
        });
        requireBytes({ [table]: profile.contentHash }, (source) => shelf.snapshots.get(source)?.contentHash);
        return profile;
      });
    } catch (error) {
      throw profileFault(table, error);
    } finally {
      listeners.delete(tell);
    }
  }

  private tableOf(name: string): string {
    const { sources, schemas } = this.options.manifest;
    const names = sources.map((source) => source.name);
    if (names.includes(name)) return name;
    const schema = schemas.find((each) => each.name === name);
    if (schema === undefined) throw unknownTable(name, names);
    return schema.source;
  }

  private subject(table: string, contentHash: string): ProfileSubject {
    return { table, contentHash, types: declaredNames(declaredTypes(this.options.manifest, table)) };
  }

  /** The stored profile of bytes. */
  private async stored(table: string, contentHash: string | undefined): Promise<ServedProfile | undefined> {
    if (contentHash === undefined) return undefined;
    const profile = await storedProfile(this.options.entries, this.subject(table, contentHash));
    return profile && { ...profile, origin: 'stored', assumed: this.options.shelf.proof(table).isAssumed };
  }

  private async compute(table: string, signal: AbortSignal): Promise<ServedProfile> {
    const { entries, clock, pause, manifest } = this.options;
    const started = clock();
    const tell = (state: Progress['state'], at: Pick<Progress, 'done' | 'total' | 'detail'>) => {
      // Who asks anew after the last has left does not hear of what was left.
      if (signal.aborted) return;
      const milliseconds = state === 'running' ? null : clock() - started;
      const event = { id: `profile ${table}`, phase: 'profile', label: `profile of ${table}`, unit: 'steps' } as const;
      for (const listener of this.listeners.get(table) ?? []) listener({ ...event, state, milliseconds, ...at });
    };
    try {
      tell('running', { done: null, total: null, detail: 'reading the source' });
      const source = await this.source(table);
      const { profile, origin } = await profileTable(entries, this.subject(table, source.contentHash), () =>
        tableProfile(profiledTable(source, declaredTypes(manifest, table)), {
          pace: new Pace({ clock, pause, signal }),
          clock,
          onStep: (done, total, detail) => tell('running', { done, total, detail }),
        }),
      );
      tell('done', { done: null, total: null, detail: null });
      return { ...profile, origin, assumed: this.options.shelf.proof(table).isAssumed };
    } catch (error) {
      tell('failed', { done: null, total: null, detail: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  /** The source with its bytes. One that could not be read is tried again. */
  private async source(table: string): Promise<Source> {
    const { shelf } = this.options;
    if (shelf.unreadable.has(table) && !(await shelf.retry(table))) {
      const unreadable = shelf.unreadable.get(table);
      if (unreadable !== undefined) throw unreadableTable(table, unreadable);
    }
    return shelf.source(table);
  }
}
