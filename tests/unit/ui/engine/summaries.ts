import type { EntrySummary } from '../../../../src/runtime/api.ts';

/** An entry as the page is told of it, with what a test says of it. */
export function summaryOf(key: string, about: Partial<EntrySummary> = {}): EntrySummary {
  return {
    key,
    domain: 'metric',
    family: 'revenue',
    state: 'sum',
    anchor: [],
    schema: 'sales',
    filter: null,
    rows: 1,
    bytes: 1,
    checksum: '',
    path: '',
    createdAt: 0,
    lastAccess: 0,
    accessCount: 0,
    computeMilliseconds: 0,
    millisecondsSaved: 0,
    verificationLevel: 'AAA',
    notFurtherRollable: false,
    derivedFrom: 'duckdb',
    hinted: false,
    pinned: false,
    sourceHashes: {},
    ...about,
  };
}

/** The entries by their keys. */
export function byKeyOf(entries: readonly EntrySummary[]): ReadonlyMap<string, EntrySummary> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}
