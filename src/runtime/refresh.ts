import { AtomOverflow } from '../engine/compute.ts';
import type { MetricRow } from '../engine/entry.ts';
import type { ServedAtom } from '../engine/metric-engine.ts';
import type { Atom } from '../planning/atom.ts';
import { BackendError } from '../protocol/backend-error.ts';
import { SourceError } from '../sources/source-error.ts';
import type { Progress, RefreshedEntry, RefreshReport } from './api.ts';
import { computeGroup } from './compute-group.ts';
import { contradictedEdges } from './contradicted-edges.ts';
import { attestedPlan } from './execute.ts';
import { overPresentSources } from './moved-source.ts';
import type { OpenCollection, OpenSession } from './open-session.ts';
import { filterWords, finestFirst, staleEntries, successors } from './stale-entries.ts';

/** What a refresh is given. */
export interface RefreshTools {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (event: Progress) => void;
}

/** What came of making an entry anew. */
type Remade = { readonly made: readonly ServedAtom[] } | { readonly reason: string };

/**
 * Looks at the sources of a session again, drops what is stale of the collection that is asked, and makes it anew, finest
 * first. Rejects with `CollectionFault` where the collection does not compile with the columns that the sources have now,
 * and with an `AbortError` when the signal is aborted.
 */
export async function refresh(session: OpenSession, tools: RefreshTools): Promise<RefreshReport> {
  const { clock, signal } = tools;
  const { shelf, current: before } = session;
  const started = clock();
  const tell = (state: Progress['state'], done: number, total: number, detail: string | null) =>
    tools.onProgress({
      id: 'refresh',
      phase: 'refresh',
      label: 'refresh',
      state,
      done,
      total,
      unit: 'steps',
      milliseconds: state === 'done' ? clock() - started : null,
      detail,
    });
  tell('running', 0, 1, 'looking at the sources');
  const found = await withdrawn(shelf.refresh(), signal);
  before.host.knowledge.dropStale();
  const { fault, ...current } = await session.compiled();
  if (fault !== null) throw fault;
  const sources = Array.from(found, ([name, state]) => ({ name, state }));
  const { dropped, swept } = await drop(current, (source) => shelf.snapshots.get(source)?.contentHash);
  const recomputed: RefreshReport['recomputed'][number][] = [];
  const notRecomputed: RefreshReport['notRecomputed'][number][] = [];
  const known = new Set<string>();
  for (const [i, row] of dropped.entries()) {
    tell('running', i, dropped.length, words(row));
    const remade = await remake(current, row, known, signal);
    if ('reason' in remade) notRecomputed.push({ ...told(row), reason: remade.reason });
    else
      for (const { atom, path, milliseconds } of remade.made)
        recomputed.push({ ...told({ ...row, key: atom.key }), path, milliseconds });
  }
  await current.parts?.entries.settled();
  tell('done', dropped.length, dropped.length, `${recomputed.length} of ${dropped.length} entries recomputed`);
  return { sources, dropped: dropped.map(told), recomputed, notRecomputed, swept, milliseconds: clock() - started };
}

/** Drops what is stale, and sweeps files that nothing names. */
async function drop(
  { host, parts }: OpenCollection,
  hashOf: (source: string) => string | undefined,
): Promise<{ readonly dropped: readonly (MetricRow & { readonly pinned: boolean })[]; readonly swept: number }> {
  if (parts === null) return { dropped: [], swept: 0 };
  const { entries, store } = parts;
  await entries.settled();
  await entries.lookAll();
  const pinned = new Set(entries.all().flatMap(({ row, use }) => (use.pinned ? [row.key] : [])));
  const stale = staleEntries(entries, { hashOf, plan: (text) => host.context().plan(text) });
  await entries.evict(stale.map(({ key }) => key));
  const dropped = finestFirst(stale.flatMap((row) => (row.domain === 'metric' ? [row] : [])));
  return { dropped: dropped.map((row) => ({ ...row, pinned: pinned.has(row.key) })), swept: await store.sweep() };
}

/** Makes anew what an entry held; `known` are the keys that have been made anew already. */
async function remake(
  { host, parts }: OpenCollection,
  row: MetricRow & { readonly pinned: boolean },
  known: Set<string>,
  signal: AbortSignal,
): Promise<Remade> {
  const { question } = row;
  const { engine } = host.environment;
  if (question === null || engine === null || parts === null)
    return { reason: 'the question that it was made for is not recorded; it is computed when it is next asked for' };
  try {
    return await overPresentSources(async () => {
      signal.throwIfAborted();
      const context = host.context();
      const planned = await attestedPlan(context, question, signal);
      if (!planned.ok) return { reason: planned.refusal.message };
      const wanted = successors(row, planned.plan);
      if (wanted.length === 0) return { reason: 'its question is answered from other states now' };
      const fresh = wanted.filter((atom) => !known.has(atom.key));
      const made = await engine.serve(
        fresh,
        {},
        {
          compute: computeGroup(context.host),
          edgeMaps: (steps, sourceHashes) => host.knowledge.edgeMaps(steps, true, sourceHashes),
          backendName: context.host.name,
          hinted: row.hinted,
          question,
          contradicted: contradictedEdges(context.manifest, context.facts()),
          signal,
        },
      );
      for (const atom of fresh) known.add(atom.key);
      if (row.pinned) await pinAll(parts.entries, wanted);
      return { made };
    });
  } catch (error) {
    if (error instanceof SourceError || error instanceof AtomOverflow) return { reason: error.message };
    if (error instanceof BackendError && error.fault.code !== 'CANCELLED') return { reason: error.message };
    throw error;
  }
}

/** What a person pinned stays pinned in what took its place. */
async function pinAll(entries: NonNullable<OpenCollection['parts']>['entries'], atoms: readonly Atom[]): Promise<void> {
  await entries.settled();
  for (const { key } of atoms) if (entries.has(key)) await entries.pin(key, true);
}

function told({ key, family, state, anchor, filter }: MetricRow): RefreshedEntry {
  return { key, family, state, anchor: anchor.map(({ name }) => name), filter: filterWords(filter) };
}

function words({ family, state, anchor }: MetricRow): string {
  return `${family ?? state}@(${anchor.map(({ name }) => name).join(', ')})`;
}

/** What `work` comes to; rejects as soon as the signal is aborted. */
function withdrawn<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  return Promise.race([work, aborted]);
}
