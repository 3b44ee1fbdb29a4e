import type { CountedUse, EntryUse } from './entry.ts';

/** The use of an entry that has not been used. */
export function unused({ key, createdAt }: { readonly key: string; readonly createdAt: number }): EntryUse {
  return { key, lastAccess: createdAt, accessCount: 0, millisecondsSaved: 0, pinned: false };
}

/** A use with what was counted since; whether the entry is pinned stays. */
export function withCounted<Use extends CountedUse>(use: Use, counted: CountedUse): Use {
  return {
    ...use,
    lastAccess: Math.max(use.lastAccess, counted.lastAccess),
    accessCount: use.accessCount + counted.accessCount,
    millisecondsSaved: use.millisecondsSaved + counted.millisecondsSaved,
    ...besideCount((use.besideCount ?? 0) + (counted.besideCount ?? 0)),
  };
}

/**
 * Of what a tab holds and what the store says the further on: what was counted here may not have arrived there, and what
 * others counted is not known here. Whether the entry is pinned is what the store says.
 */
export function furtherOn(held: EntryUse, stored: EntryUse): EntryUse {
  return {
    key: stored.key,
    lastAccess: Math.max(held.lastAccess, stored.lastAccess),
    accessCount: Math.max(held.accessCount, stored.accessCount),
    millisecondsSaved: Math.max(held.millisecondsSaved, stored.millisecondsSaved),
    ...besideCount(Math.max(held.besideCount ?? 0, stored.besideCount ?? 0)),
    pinned: stored.pinned,
  };
}

function besideCount(count: number): Pick<CountedUse, 'besideCount'> {
  return count === 0 ? {} : { besideCount: count };
}
