import type { Column } from '../columns/column.ts';
import type { ColumnStatistics, SourceColumn } from './snapshot.ts';
import { sourceError } from './source-error.ts';

/**
 * A file as its own format has it, before any declared type: whole columns in their natural types. Natural types are
 * text (CSV always), int64, decimal(n) (any n), double (NaN and ±Infinity still in it), bool and date; a column of any
 * other type has its format's name for it and cannot be read.
 */
export interface RawTable {
  readonly rowCount: number;
  readonly columns: readonly SourceColumn[];
  /** Whole columns, in the order asked for; the names are those of `columns`. */
  read(names: readonly string[]): Promise<readonly Column[]>;
  /** Line of a data row (from 0) in a text file, from 1; null where there are no lines. */
  lineOf(row: number): number | null;
  /** Statistics that the file itself keeps; null: they are computed from the columns. */
  readonly ownStatistics: readonly ColumnStatistics[] | null;
}

/** Refuses a file that names two columns alike: throws `SourceError` DUPLICATE_COLUMN. */
export function requireDistinctNames(source: string, location: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const column of names) {
    if (seen.has(column)) throw sourceError('DUPLICATE_COLUMN', { source, location, column });
    seen.add(column);
  }
}
