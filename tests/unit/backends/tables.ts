import { encodeBatch } from '../../../src/columns/arrow.ts';
import type { Column } from '../../../src/columns/column.ts';
import type { LogicalType } from '../../../src/columns/logical-type.ts';
import type { Scalar } from '../../../src/columns/scalar.ts';
import type { DataAPIBackend } from '../../../src/protocol/backend.ts';
import type { LoadRequest } from '../../../src/protocol/request.ts';

/** A column of a test table, value by value; null is NULL. */
export interface PlainColumn {
  readonly type: LogicalType;
  readonly values: readonly (Scalar | null)[];
}

/** A test table by column name. */
export type PlainTable = Readonly<Record<string, PlainColumn>>;

/** Loads a table, or further columns of it. */
export function loadPlain(backend: DataAPIBackend, table: string, columns: PlainTable) {
  return backend.load(loadRequest(table, columns));
}

/** The request that loads a table. */
export function loadRequest(table: string, columns: PlainTable): LoadRequest {
  const entries = Object.entries(columns);
  const rowCount = entries[0]?.[1].values.length ?? 0;
  const fields = entries.map(([name, column]) => ({ name, column: columnFrom(column) }));
  return {
    table,
    columns: entries.map(([name, { type }]) => ({ name, type })),
    ipc: encodeBatch({ rowCount, fields }),
    rowCount,
  };
}

function columnFrom({ type, values }: PlainColumn): Column {
  if (type.kind === 'text') {
    const distinct = [...new Set(values.filter((value) => value !== null))];
    const codes = new Map(distinct.map((value, code) => [value, code]));
    return {
      form: 'dictionary',
      type,
      codes: Int32Array.from(values, (value) => (value === null ? -1 : (codes.get(value) ?? -1))),
      values: distinct,
    };
  }
  const valid = values.includes(null) ? Uint8Array.from(values, (value) => (value === null ? 0 : 1)) : null;
  if (values.some((value) => typeof value === 'bigint')) {
    return { form: 'bigint', type, values: values.map((value) => BigInt(value ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(values, (value) => Number(value ?? 0)), valid };
}
