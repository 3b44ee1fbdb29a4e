import { fingerprint } from '../canon/fingerprint.ts';
import type { TableProfile } from '../profiling/profile.ts';
import { type EntryList, qmKey } from './entry-list.ts';
import { parseProfile } from './profile-schema.ts';

/** Grows when a profile says other things, or says them otherwise: those stored before are misses then. */
const PROFILE_VERSION = 1;

/** What a profile depends on. */
export interface ProfileSubject {
  /** Name of the source. */
  readonly table: string;
  readonly contentHash: string;
  /** Column → type that it is declared with, `date (month)` for periods; the others are read as the source has them. */
  readonly types: Readonly<Record<string, string>>;
}

/** The stored profile of a table; undefined where there is none, or none that can be read. `entries` null: nothing is stored. */
export async function storedProfile(
  entries: EntryList | null,
  subject: ProfileSubject,
): Promise<TableProfile | undefined> {
  const key = keyOf(subject);
  const row = entries?.qm('profile', subject.table).find((each) => each.key === key);
  const bytes = row && (await entries?.read(row));
  const profile = bytes && parseProfile(bytes);
  if (profile?.table !== subject.table || profile.contentHash !== subject.contentHash) return undefined;
  // Serving it takes no time to speak of.
  entries?.used(key, 0);
  return profile;
}

/** The profile of a table: the stored one, else the one that `compute` makes, which is stored in place of earlier ones. */
export async function profileTable(
  entries: EntryList | null,
  subject: ProfileSubject,
  compute: () => Promise<TableProfile>,
): Promise<{ readonly profile: TableProfile; readonly origin: 'stored' | 'computed' }> {
  const stored = await storedProfile(entries, subject);
  if (stored !== undefined) return { profile: stored, origin: 'stored' };
  const profile = await compute();
  if (entries !== null) await keep(entries, subject, profile);
  return { profile, origin: 'computed' };
}

async function keep(entries: EntryList, subject: ProfileSubject, profile: TableProfile): Promise<void> {
  const { table, contentHash } = subject;
  const key = keyOf(subject);
  const row = {
    kind: 'profile',
    subject: table,
    key,
    rows: profile.rows,
    computeMilliseconds: profile.milliseconds,
    sourceHashes: { [table]: contentHash },
  } as const;
  const earlier = entries.qm('profile', table).flatMap((each) => (each.key === key ? [] : [each.key]));
  await entries.ingestQm(row, new TextEncoder().encode(JSON.stringify(profile)), 'json');
  if (earlier.length > 0) await entries.evict(earlier);
}

function keyOf({ table, contentHash, types }: ProfileSubject): string {
  const declared = fingerprint('entry', { version: PROFILE_VERSION, types });
  return qmKey('profile', `${table} ${declared}`, { [table]: contentHash });
}
