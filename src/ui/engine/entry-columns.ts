import { compareCodePoints } from '../../canon/code-point.ts';
import type { EntrySummary } from '../../runtime/api.ts';
import { anchorText } from '../words/phrase.ts';
import { type EntryByKey, entryOrigin } from './entry-words.ts';

/** What the table tells of an entry, from left to right. */
export const ENTRY_COLUMNS = [
  { key: 'family', label: 'family', isNumber: false },
  { key: 'at', label: 'at', isNumber: false },
  { key: 'state', label: 'state', isNumber: false },
  { key: 'rows', label: 'rows', isNumber: true },
  { key: 'bytes', label: 'bytes', isNumber: true },
  { key: 'asked', label: 'asked', isNumber: true },
  { key: 'lastAsked', label: 'last asked', isNumber: true },
  { key: 'age', label: 'age', isNumber: true },
  { key: 'saved', label: 'saved', isNumber: true },
  { key: 'level', label: 'level', isNumber: true },
  { key: 'origin', label: 'came from', isNumber: false },
] as const;

export type EntryColumn = (typeof ENTRY_COLUMNS)[number]['key'];

/** How the table is ordered. */
export interface EntryOrder {
  readonly by: EntryColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Most lately asked first: an age counts from now, so the least comes first. */
export const FIRST_ORDER: EntryOrder = { by: 'lastAsked', direction: 'ascending' };

/** The order after a press of a column's head: turned round, or that column with what is most telling first. */
export function orderAfter(present: EntryOrder, column: EntryColumn): EntryOrder {
  if (present.by === column) {
    return { by: column, direction: present.direction === 'ascending' ? 'descending' : 'ascending' };
  }
  const isLargestFirst = ['rows', 'bytes', 'asked', 'saved', 'level'].includes(column);
  return { by: column, direction: isLargestFirst ? 'descending' : 'ascending' };
}

/** The entries in whose family, state, anchor or filter every word of a text occurs, whatever its case. */
export function matchingEntries(entries: readonly EntrySummary[], text: string): readonly EntrySummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(({ family, state, anchor, filter }) => {
    const all = [family ?? '', state, anchorText(anchor), filter ?? ''].join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** The entries in an order; what is equal in it goes by its last access, then by its key. */
export function sortedEntries(
  entries: readonly EntrySummary[],
  { by, direction }: EntryOrder,
  byKey: EntryByKey,
): readonly EntrySummary[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return entries
    .map((entry) => ({ entry, value: sortValue(entry, by, byKey) }))
    .sort(
      (a, b) =>
        sign * compare(a.value, b.value) ||
        b.entry.lastAccess - a.entry.lastAccess ||
        compareCodePoints(a.entry.key, b.entry.key),
    )
    .map(({ entry }) => entry);
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareCodePoints(String(a), String(b));
}

function sortValue(entry: EntrySummary, column: EntryColumn, byKey: EntryByKey): string | number {
  switch (column) {
    case 'family':
      return entry.family ?? entry.state;
    case 'at':
      return `${anchorText(entry.anchor)} ${entry.filter ?? ''}`;
    case 'state':
      return entry.state;
    case 'rows':
      return entry.rows;
    case 'bytes':
      return entry.bytes;
    case 'asked':
      return entry.accessCount;
    case 'lastAsked':
      return -entry.lastAccess;
    case 'age':
      return -entry.createdAt;
    case 'saved':
      return entry.millisecondsSaved;
    case 'level':
      return entry.verificationLevel?.length ?? 0;
    case 'origin':
      return entryOrigin(entry, byKey);
  }
}
