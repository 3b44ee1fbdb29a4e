import type { LogicalType } from '../../columns/logical-type.ts';
import type { Dialect } from './dialect.ts';
import type { SqlNames } from './sql-names.ts';

/** A column of a table under its logical name. */
export interface SelectedColumn {
  readonly name: string;
  readonly type: LogicalType;
}

/** Whole columns in load order; the first `limit` rows where one is given. */
export function extractStatement(
  table: string,
  columns: readonly SelectedColumn[],
  limit: number | null,
  dialect: Dialect,
  names: SqlNames,
): string {
  const selected = columns.map(
    (column) => `${columnSql(table, column, dialect, names)} AS ${dialect.identifier(column.name)}`,
  );
  const statement = `SELECT ${selected.join(', ')} FROM ${dialect.identifier(names.table(table))}`;
  return limit === null ? statement : `${statement} LIMIT ${countSql(limit)}`;
}

/** A column's distinct values ascending, NULL last, at most `limit`. */
export function distinctStatement(
  table: string,
  column: SelectedColumn,
  limit: number,
  dialect: Dialect,
  names: SqlNames,
): string {
  const stored = dialect.identifier(names.column(table, column.name));
  const name = dialect.identifier(column.name);
  const values = `SELECT ${stored} AS "value" FROM ${dialect.identifier(names.table(table))} GROUP BY ${stored}`;
  const ordered = `ORDER BY ${column.type.kind === 'text' ? dialect.text('"value"') : '"value"'} ASC NULLS LAST`;
  return `SELECT ${dialect.key('"value"', column.type, false)} AS ${name} FROM (${values}) AS "v" ${ordered} LIMIT ${countSql(limit)}`;
}

function columnSql(table: string, { name, type }: SelectedColumn, dialect: Dialect, names: SqlNames): string {
  return dialect.key(dialect.identifier(names.column(table, name)), type, false);
}

/** A limit as a plain integer; anything else is a defect of the caller. */
function countSql(limit: number): string {
  if (!Number.isSafeInteger(limit) || limit < 0) throw new RangeError(`limit: expected a whole number, found ${limit}`);
  return String(limit);
}
