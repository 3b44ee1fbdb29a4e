import type { Column } from '../columns/column.ts';
import { columnProfile, type ProfiledColumn, printValue } from './column-profile.ts';
import { findDependencies, type SearchedColumn, searchSteps } from './dependencies.ts';
import { kindHint } from './kind-hint.ts';
import type { Pace } from './pace.ts';
import type { ColumnProfile, TableProfile } from './profile.ts';

/** A column that was read; `caveat`: why it is not as declared. Or one that cannot be read. */
export type ReadColumn =
  | { readonly ok: true; readonly column: Column; readonly caveat: string | null }
  | { readonly ok: false; readonly type: string; readonly reason: string };

/** Where a table's columns come from: any reader of whole columns of the same bytes. */
export interface ProfiledTable {
  readonly table: string;
  readonly contentHash: string;
  readonly rowCount: number;
  readonly columns: readonly { readonly name: string; readonly read: () => Promise<ReadColumn> }[];
}

export interface ProfileTools {
  readonly pace: Pace;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Hears the steps done, of how many, and what comes next. */
  readonly onStep?: (done: number, total: number, next: string) => void;
  /** Distinct numbers of a column that are counted one by one, where that is not the default. */
  readonly bound?: number;
}

/**
 * Profiles a table: its columns one after another, each read when its turn has come, then what they say of each other.
 * Rejects with the pace's signal's reason, and as reading does.
 */
export async function tableProfile(table: ProfiledTable, tools: ProfileTools): Promise<TableProfile> {
  const { pace, clock, onStep = () => {}, bound } = tools;
  const { rowCount, columns } = table;
  const started = clock();
  const total = columns.length + searchSteps(columns.length);
  const profiled: { readonly column: ProfiledColumn; readonly caveat: string | null }[] = [];
  const unread: TableProfile['unread'][number][] = [];
  for (const [done, { name, read }] of columns.entries()) {
    onStep(done, total, name);
    await pace.beat();
    const found = await read();
    await pace.beat();
    if (found.ok) {
      profiled.push({ column: await columnProfile(name, found.column, pace, bound), caveat: found.caveat });
    } else unread.push({ name, type: found.type, reason: found.reason });
  }
  let done = columns.length;
  const dependencies = await findDependencies(
    profiled.map(({ column }) => searched(column)),
    rowCount,
    pace,
    (left) => onStep(done++, total, left.join(', ')),
  );
  const { candidates } = dependencies;
  return {
    table: table.table,
    contentHash: table.contentHash,
    rows: rowCount,
    columns: profiled.map(({ column, caveat }): ColumnProfile => {
      return { ...column.profile, kind: kindHint({ ...column, rows: rowCount, candidates }), caveat };
    }),
    unread,
    dependencies,
    milliseconds: clock() - started,
  };
}

function searched({ profile, coded, type }: ProfiledColumn): SearchedColumn {
  const { codes, values, counts, nulls, estimate } = coded;
  return {
    name: profile.name,
    codes,
    size: values.length,
    counts,
    nulls,
    isCoded: estimate === null,
    print: (code) => printValue(values[code] ?? '', type),
  };
}
