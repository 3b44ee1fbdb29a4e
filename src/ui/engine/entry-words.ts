import type { EntrySummary, EvictionSummary } from '../../runtime/api.ts';
import { formatAge } from '../format/age.ts';
import { formatBytes } from '../format/bytes.ts';
import { countOf, formatCount } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { anchorText } from '../words/phrase.ts';

/** Entries by their keys. */
export type EntryByKey = ReadonlyMap<string, EntrySummary>;

/** An entry in few words: `revenue @ (day, region)`. */
export function entryTitle(entry: Pick<EntrySummary, 'family' | 'state' | 'anchor'>): string {
  return `${entry.family ?? entry.state} @ ${anchorText(entry.anchor)}`;
}

/** What an entry was made from: another entry, or a backend. */
export function entryOrigin(entry: EntrySummary, byKey: EntryByKey): string {
  const parent = byKey.get(entry.derivedFrom);
  return parent === undefined ? (backendOf(entry) ?? 'an entry since evicted') : entryTitle(parent);
}

/** The backend that computed an entry; null where it was rolled up. */
export function backendOf({ derivedFrom }: Pick<EntrySummary, 'derivedFrom'>): string | null {
  switch (derivedFrom) {
    case 'duckdb':
      return 'DuckDB';
    case 'sqlite':
      return 'SQLite';
    case 'arquero':
      return 'Arquero';
    default:
      return null;
  }
}

/** What else is kept, so that a reload needs no database: what was found out about the data itself. */
export function findingsText(findings: readonly EntrySummary[], locale: string): string {
  const counted = (state: string, one: string, many: string, rows = false) => {
    const found = findings.filter((each) => each.state === state);
    const count = rows ? found.reduce((sum, each) => sum + each.rows, 0) : found.length;
    return count === 0 ? [] : [`${formatCount(count, locale)} ${count === 1 ? one : many}`];
  };
  const parts = [
    ...counted('attestation', 'checked condition', 'checked conditions', true),
    ...counted('edge', 'map of an edge', 'maps of edges'),
    ...counted('source', 'snapshot of a source', 'snapshots of sources'),
    ...counted('profile', 'profile of a table', 'profiles of tables'),
  ];
  const bytes = findings.reduce((sum, each) => sum + each.bytes, 0);
  return `Kept beside them: ${parts.join(', ')} (${formatBytes(bytes)}), so that a reload needs no database.`;
}

/** What a finding is about: an edge without the fingerprint by which it is found again. */
export function findingSubject({ schema }: Pick<EntrySummary, 'schema'>): string {
  return schema.replace(/ [0-9a-f]{64}$/, '');
}

/** What one of the findings is. */
export function findingWord({ state }: Pick<EntrySummary, 'state'>): string {
  switch (state) {
    case 'attestation':
      return 'checked conditions';
    case 'edge':
      return 'map of an edge';
    case 'source':
      return 'snapshot of a source';
    case 'profile':
      return 'profile of a table';
    default:
      return state;
  }
}

/** Why an entry went, and what it costs to be without it. */
export function evictionWords(eviction: EvictionSummary, locale: string, now: number): string {
  const { accessCount, lastAccess, milliseconds, from, reason, bytes } = eviction;
  const place = reason === 'budget' ? 'the budget' : 'what the browser gives';
  const asked = `asked ${countOf(accessCount, 'time', 'times', locale)}, last ${formatAge(now - lastAccess)}`;
  const again = from === null ? 'computed again' : `rolled up from ${anchorText(from)}`;
  return `${formatBytes(bytes)}: no room in ${place}; ${asked}; ${again} in ${formatDuration(milliseconds)}`;
}

/** The entries from which this one descends, nearest first. Ends where one is gone or comes from a backend. */
export function ancestry(entry: EntrySummary, byKey: EntryByKey): readonly EntrySummary[] {
  const chain: EntrySummary[] = [];
  let present = byKey.get(entry.derivedFrom);
  while (present !== undefined && !chain.includes(present)) {
    chain.push(present);
    present = byKey.get(present.derivedFrom);
  }
  return chain;
}
