import type { EntrySummary } from '../../runtime/api.ts';
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
