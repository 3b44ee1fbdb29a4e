import type { ColumnTable } from 'arquero';
import { encodeBatch } from '../../columns/arrow.ts';
import type { Column, DictionaryColumn, Field } from '../../columns/column.ts';
import { toDictionary } from '../../columns/dictionary.ts';
import type { LogicalType } from '../../columns/logical-type.ts';
import { TextColumnBuilder } from '../../columns/text-column.ts';
import { takeCodes } from '../../compose/take.ts';
import { resultColumns } from '../../protocol/decode-aggregate.ts';
import type { AggregateRequest } from '../../protocol/request.ts';
import type { Access } from '../../resolution/access.ts';
import { inputNamed } from '../sql/grouping.ts';
import { climbedColumn, mappedColumn, scalarOf } from './climb.ts';
import { type ColumnData, columnData } from './column-data.ts';
import { GroupColumn } from './group-column.ts';
import type { ArqueroTables } from './held-tables.ts';
import type { Verbs } from './verbs.ts';

/** Runs the verbs of a request whose tables are held; the result as Arrow IPC. */
export function runVerbs(held: ArqueroTables, request: AggregateRequest, verbs: Verbs): Uint8Array {
  const results = resultColumns(request);
  // Without any column there is one coordinate, whatever the rows.
  if (results.length === 0) return encodeBatch({ rowCount: 1, fields: [] });
  const { verbs: root, rowCount } = held.get(request.table);
  const climbs = new Map<string, DictionaryColumn>();
  const climb = (access: Access) => {
    const path = JSON.stringify(access);
    const known = climbs.get(path) ?? climbedColumn(held, request.table, access);
    climbs.set(path, known);
    return known;
  };
  const dictionaryOf = (name: string) => {
    const { access } = inputNamed(request, name);
    return access.steps.length === 0 ? held.column(request.table, access.column).keys() : climb(access);
  };
  const added = [...verbs.columns].filter(([name, { access }]) => access.steps.length > 0 && verbs.read.has(name));
  const columns: [string, ColumnData | GroupColumn][] = [
    ...added.map(([name, { access }]): [string, ColumnData] => [name, columnData(climb(access))]),
    ...[...verbs.maps].map(([name, map]): [string, ColumnData] => [
      name,
      columnData(mappedColumn(map, dictionaryOf(map.operand.name))),
    ]),
  ];
  const keys = request.keys.map(dictionaryOf);
  if (verbs.values.size > 0) {
    const derived = withSets(assigned(root, columns), verbs);
    keys.push(...derivedKeys(derived, request, verbs, dictionaryOf));
  }
  if (keys.length > 0) columns.push([verbs.coordinate, new GroupColumn(keys, rowCount)]);
  let table = assigned(root, columns);
  if (keys.length > 0) table = table.groupby(verbs.coordinate);
  table = withSets(table, verbs);
  // Groups first: Arquero takes known groups only of a table without a filter, and keeps those that the filter leaves.
  if (verbs.filter !== null) table = table.filter(verbs.filter);
  // Of no group at all Arquero would make one.
  if (keys.length > 0 && table.groups().size === 0) return encodeBatch({ rowCount: 0, fields: noRows(results) });
  const rolled = table.rollup(Object.fromEntries(verbs.rollup));
  return encodeBatch(batchOf(rolled, request, verbs.coordinate, keys), undefined, { exact: 'fitting' });
}

/** A table of its own in any case, since parameters are set on it. */
function assigned(root: ColumnTable, columns: readonly [string, ColumnData | GroupColumn][]): ColumnTable {
  // Arquero does not assign nothing to rows.
  return columns.length === 0 ? root.create() : root.assign(Object.fromEntries(columns));
}

function withSets(table: ColumnTable, { sets }: Verbs): ColumnTable {
  if (sets.size > 0) table.params(Object.fromEntries([...sets].map(([name, values]) => [name, new Set(values)])));
  return table;
}

/** The values to group by, in dictionary form. What the filter drops is not computed: it may not even have a value. */
function derivedKeys(
  table: ColumnTable,
  { values }: AggregateRequest,
  verbs: Verbs,
  dictionaryOf: (name: string) => DictionaryColumn,
): readonly DictionaryColumn[] {
  const kept = verbs.filter === null ? table : table.filter(verbs.filter);
  const computed = values.filter(({ expression }) => expression.kind !== 'column');
  const codes = computed.flatMap(({ name }) => {
    const value = verbs.values.get(name);
    return value === undefined ? [] : [[value.column, value.code] as const];
  });
  const derived = codes.length === 0 ? kept : kept.derive(Object.fromEntries(codes));
  return values.map(({ name, expression }) => {
    if (expression.kind === 'column') return dictionaryOf(expression.name);
    const column = derived.column(verbs.values.get(name)?.column ?? name);
    if (column === undefined) throw new RangeError(`aggregate: Arquero gave no column ${name}`);
    const given = Array.from({ length: table.totalRows() }, (_, row): unknown => column.at(row));
    return toDictionary(stateColumn(given, expression.type));
  });
}

function batchOf(
  rolled: ColumnTable,
  request: AggregateRequest,
  coordinate: string,
  keys: readonly DictionaryColumn[],
) {
  const rows = Int32Array.from(keys.length === 0 ? [0] : valuesOf(rolled, coordinate), Number);
  const fields = resultColumns(request).map(({ name, type }, position): Field => {
    const key = keys[position];
    return { name, column: key === undefined ? stateColumn(valuesOf(rolled, name), type) : takeCodes(key, rows) };
  });
  return { rowCount: rows.length, fields };
}

function valuesOf(rolled: ColumnTable, name: string): readonly unknown[] {
  const column = rolled.column(name);
  if (column === undefined) throw new RangeError(`aggregate: Arquero gave no column ${name}`);
  return Array.from(column);
}

/** What aggregates gave, as a column of the type. */
function stateColumn(given: readonly unknown[], type: LogicalType): Column {
  const scalars = given.map((value) => scalarOf(value, type));
  if (type.kind === 'text') {
    const texts = new TextColumnBuilder();
    for (const text of scalars) texts.push(text === null ? null : String(text));
    return texts.column();
  }
  const valid = scalars.includes(null) ? Uint8Array.from(scalars, (value) => (value === null ? 0 : 1)) : null;
  if (scalars.some((value) => typeof value === 'bigint')) {
    return { form: 'bigint', type, values: scalars.map((value) => BigInt(value ?? 0)), valid };
  }
  return { form: 'number', type, values: Float64Array.from(scalars, (value) => Number(value ?? 0)), valid };
}

function noRows(columns: ReturnType<typeof resultColumns>): readonly Field[] {
  return columns.map(({ name, type }) => ({ name, column: stateColumn([], type) }));
}
