import type { Attestation } from '../collection/attestation.ts';
import { level } from '../verification/level.ts';
import type { EntrySummary } from './api.ts';
import type { OpenCollection } from './open-session.ts';
import { entrySummary } from './summaries.ts';

/** The entries of a collection as people see them; none while the engine is off. */
export async function listEntries({ host, parts }: OpenCollection): Promise<readonly EntrySummary[]> {
  if (parts === null) return [];
  await parts.entries.settled();
  const known = host.knowledge.attestations;
  return parts.entries.all().map((each) => entrySummary(each, (keys) => levelOf(keys, known)));
}

/** Evicts the entries of the keys, null: all metric ones; how many went. */
export async function evictEntries({ parts }: OpenCollection, selection: readonly string[] | null): Promise<number> {
  if (parts === null) return 0;
  await parts.entries.settled();
  await parts.entries.lookAll();
  const metric = parts.entries.all().filter(({ row }) => row.domain === 'metric');
  const keys =
    selection === null ? metric.map(({ row }) => row.key) : selection.filter((key) => parts.entries.has(key));
  await parts.entries.evict(keys);
  return keys.length;
}

/** The file of an entry. Throws a `RangeError` where there is none. */
export async function entryFile({ parts }: OpenCollection, key: string): Promise<Uint8Array> {
  await parts?.entries.settled();
  const found = parts?.entries.all().find(({ row }) => row.key === key);
  const bytes = found && (await parts?.entries.read(found.row));
  if (bytes === undefined) throw new RangeError(`engine: there is no entry ${key}`);
  return bytes;
}

/** How far what rests on conditions, by their keys, is proven; one that nobody has attested was not run. */
function levelOf(keys: readonly string[], known: ReadonlyMap<string, Attestation>): ReturnType<typeof level> {
  const conditions = keys.flatMap((key) => known.get(key)?.condition ?? []);
  return conditions.length === keys.length ? level(conditions, known) : 'A';
}
