import type { EntrySummary } from '../../runtime/api.ts';
import { formatBytes } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { anchorText } from '../words/phrase.ts';

/** An entry in few words: `revenue @ (day, region)`. */
export function entryTitle(entry: Pick<EntrySummary, 'family' | 'state' | 'anchor'>): string {
  return `${entry.family ?? entry.state} @ ${anchorText(entry.anchor)}`;
}

/** What an entry was made from: another entry, or a backend. */
export function entryOrigin(entry: EntrySummary, entries: readonly EntrySummary[]): string {
  const parent = entries.find((each) => each.key === entry.derivedFrom);
  if (parent !== undefined) return entryTitle(parent);
  switch (entry.derivedFrom) {
    case 'duckdb':
      return 'DuckDB';
    case 'sqlite':
      return 'SQLite';
    case 'arquero':
      return 'Arquero';
    default:
      return 'an entry since evicted';
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

/** The entries from which this one descends, nearest first. Ends where one is gone or comes from a backend. */
export function ancestry(entry: EntrySummary, entries: readonly EntrySummary[]): readonly EntrySummary[] {
  const chain: EntrySummary[] = [];
  let present = entries.find((each) => each.key === entry.derivedFrom);
  while (present !== undefined && !chain.includes(present)) {
    chain.push(present);
    const { derivedFrom } = present;
    present = entries.find((each) => each.key === derivedFrom);
  }
  return chain;
}
