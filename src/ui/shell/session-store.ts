import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { CollectionSummary, EngineStatistics, EntrySummary, Progress, Session } from '../../runtime/api.ts';
import { type Defect, defectOf } from '../words/defect.ts';
import type { ProgressRecord } from './progress-record.ts';

/** Opened: the YAML is compiled. Ready: warm-up has ended too. */
export type SessionPhase = 'opening' | 'warming' | 'ready' | 'failed';

/** The session as the page shows it: what it told last. */
export interface SessionStore {
  readonly phase: Accessor<SessionPhase>;
  readonly session: Accessor<Session | null>;
  readonly summary: Accessor<CollectionSummary | null>;
  readonly statistics: Accessor<EngineStatistics | null>;
  readonly entries: Accessor<readonly EntrySummary[]>;
  readonly steps: Accessor<readonly Progress[]>;
  /** Why the session could not be opened. */
  readonly failure: Accessor<Defect | null>;
  /** Milliseconds from the start of the page to the end of warm-up; null before. */
  readonly readyAfter: Accessor<number | null>;
  /** The session once it is open; rejects where it cannot be. */
  whenOpen(): Promise<Session>;
  /** Asks again for statistics, entries and the summary, soon and at most once at a time. */
  refresh(): void;
  use(collection: string): Promise<void>;
}

/** How often facts are asked for at most, in milliseconds. */
const REFRESH_INTERVAL = 250;

/** Follows a session that is being opened. */
export function createSessionStore(opening: Promise<Session>, record: ProgressRecord): SessionStore {
  const [phase, setPhase] = createSignal<SessionPhase>('opening');
  const [session, setSession] = createSignal<Session | null>(null);
  const [summary, setSummary] = createSignal<CollectionSummary | null>(null);
  const [statistics, setStatistics] = createSignal<EngineStatistics | null>(null);
  const [entries, setEntries] = createSignal<readonly EntrySummary[]>([]);
  const [steps, setSteps] = createSignal<readonly Progress[]>([]);
  const [failure, setFailure] = createSignal<Defect | null>(null);
  const [readyAfter, setReadyAfter] = createSignal<number | null>(null);

  let timer: ReturnType<typeof setTimeout> | null = null;
  const ask = async () => {
    const open = session();
    if (open !== null) {
      const [nextStatistics, nextEntries, nextSummary] = await Promise.all([
        open.engine.statistics(),
        open.engine.entries(),
        open.summary(),
      ]);
      setStatistics(nextStatistics);
      setEntries(nextEntries);
      setSummary(nextSummary);
    }
  };
  const refresh = () => {
    timer ??= setTimeout(() => {
      // What is shown stays as it was when the worker cannot tell: the question's own path reports a lost worker.
      ask()
        .catch(() => undefined)
        .finally(() => {
          timer = null;
        });
    }, REFRESH_INTERVAL);
  };
  // What other tabs have stored meanwhile is shown when a person comes back to this one.
  const looked = () => {
    if (document.visibilityState === 'visible') refresh();
  };
  document.addEventListener('visibilitychange', looked);
  addEventListener('focus', looked);
  onCleanup(() => {
    if (timer !== null) clearTimeout(timer);
    document.removeEventListener('visibilitychange', looked);
    removeEventListener('focus', looked);
  });

  const follow = async () => {
    const open = await opening;
    // Whoever waits to ask goes first: the worker answers while the page is drawn.
    await null;
    setSession(open);
    setSummary(open.collection);
    setPhase('warming');
    refresh();
    await open.warm;
    setReadyAfter(performance.now());
    setPhase('ready');
    refresh();
  };
  follow().catch((error: unknown) => {
    setFailure(defectOf(error));
    setPhase('failed');
  });

  record.listen((next) => {
    setSteps(next);
    refresh();
  });

  return {
    phase,
    session,
    summary,
    statistics,
    entries,
    steps,
    failure,
    readyAfter,
    whenOpen: () => opening,
    refresh,
    async use(collection) {
      const open = await opening;
      await open.use(collection);
      setSummary(open.collection);
      refresh();
    },
  };
}
