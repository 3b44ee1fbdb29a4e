import { encodeBatch } from '../../columns/arrow.ts';
import type { Column, Field } from '../../columns/column.ts';
import { DAY, INT64, type LogicalType, TEXT } from '../../columns/logical-type.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import type { OperatorName } from '../../operators/catalog.ts';
import type { AggregateRequest, LoadRequest } from '../../protocol/request.ts';
import { EXPRESSION_COLUMNS } from './expression-vectors.ts';
import type { Expected, VectorSet } from './vectors.ts';

/** No source has such a name: what begins so is ours. */
export const TABLE = '#parity';

/** A set as it stands in the one table of all: its columns under names of their own. */
export interface Probe {
  readonly set: VectorSet;
  /** Bound operators that accept the set's type. */
  readonly operators: readonly OperatorName[];
  readonly name: (column: 'g' | 'x' | 'y' | 'o') => string;
}

/** The number of an expression's row. */
export const EXPRESSION_ROW = 'row';

/** Where a column of the expressions' rows stands. */
export function expressionColumn(name: string): string {
  return `e${name}`;
}

/** A column of the table as an input of its own name. */
export function input(column: string, type: LogicalType): AggregateRequest['inputs'][number] {
  return { name: column, type, access: { column, columnType: type, steps: [] } };
}

/** All sets and the expressions' rows side by side in one table; where one has no more rows, its columns are NULL. */
export function loadRequest(probes: readonly Probe[]): LoadRequest {
  const columns = [
    ...probes.flatMap(({ set: { type, groups }, name }) => [
      { name: name('g'), type: TEXT, values: groups.flatMap((group) => group.x.map(() => group.name)) },
      { name: name('x'), type, values: groups.flatMap(({ x }) => x) },
      { name: name('y'), type, values: groups.flatMap(({ x, y }) => y ?? x.map(() => null)) },
      { name: name('o'), type: DAY, values: groups.flatMap(({ x, days }) => days ?? x.map(() => null)) },
    ]),
    { name: EXPRESSION_ROW, type: INT64, values: EXPRESSION_COLUMNS.i.values.map((_, row) => row) },
    ...Object.entries(EXPRESSION_COLUMNS).map(([name, { type, values }]) => ({
      name: expressionColumn(name),
      type,
      values,
    })),
  ];
  const rowCount = Math.max(...columns.map(({ values }) => values.length));
  const fields = columns.map(({ name, type, values }): Field => {
    const filled = [...values, ...Array<null>(rowCount - values.length).fill(null)];
    return { name, column: columnFrom(type, filled) };
  });
  return {
    table: TABLE,
    columns: columns.map(({ name, type }) => ({ name, type })),
    ipc: encodeBatch({ rowCount, fields }),
    rowCount,
  };
}

function columnFrom(type: LogicalType, values: readonly Expected[]): Column {
  if (type.kind === 'text') {
    const texts = new TextColumnBuilder();
    for (const value of values) texts.push(value === null ? null : String(value));
    return texts.column();
  }
  const valid = Uint8Array.from(values, (value) => (value === null ? 0 : 1));
  return values.some((value) => typeof value === 'bigint')
    ? { form: 'bigint', type, values: values.map((value) => BigInt(value ?? 0)), valid }
    : { form: 'number', type, values: Float64Array.from(values, (value) => Number(value ?? 0)), valid };
}
