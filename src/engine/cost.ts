import type { EntryRow } from './entry.ts';

/** Milliseconds that reading an entry's file takes, and that rolling up takes per row of it. */
const READ_MILLISECONDS = 2;
const ROLL_UP_MILLISECONDS_PER_ROW = 25e-6;

/** Milliseconds that a roll-up of an entry takes, as far as they can be told before: by where its columns are, and its rows. */
export function rollUpMilliseconds({ rows }: Pick<EntryRow, 'rows'>, tier: 'memory' | 'file'): number {
  return (tier === 'memory' ? 0 : READ_MILLISECONDS) + rows * ROLL_UP_MILLISECONDS_PER_ROW;
}
