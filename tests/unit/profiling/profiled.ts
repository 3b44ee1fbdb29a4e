import type { Column } from '../../../src/columns/column.ts';
import { Pace, type PaceTools } from '../../../src/profiling/pace.ts';
import type { ColumnProfile, TableProfile } from '../../../src/profiling/profile.ts';
import { tableProfile } from '../../../src/profiling/table-profile.ts';

/** A pace that gives way as a worker's does. */
export function paceOf(tools: Partial<PaceTools> = {}): Pace {
  return new Pace({
    clock: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    signal: new AbortController().signal,
    ...tools,
  });
}

/** The profile of columns in memory. */
export function profileOf(
  columns: Readonly<Record<string, Column>>,
  rowCount: number,
  bound?: number,
): Promise<TableProfile> {
  const table = {
    table: 'generated',
    contentHash: '0'.repeat(64),
    rowCount,
    columns: Object.entries(columns).map(([name, column]) => ({
      name,
      read: async () => ({ ok: true, column, caveat: null }) as const,
    })),
  };
  return tableProfile(table, { pace: paceOf(), clock: () => 0, ...(bound === undefined ? {} : { bound }) });
}

/** The profile of one column. */
export async function profileOfColumn(column: Column, rowCount: number, bound?: number): Promise<ColumnProfile> {
  const [profile] = (await profileOf({ c: column }, rowCount, bound)).columns;
  if (profile === undefined) throw new Error('the column was not profiled');
  return profile;
}
