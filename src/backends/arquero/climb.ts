import { table as tableOf } from 'arquero';
import type { DictionaryColumn } from '../../columns/column.ts';
import { type LogicalType, period } from '../../columns/logical-type.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { Access, Step } from '../../resolution/access.ts';
import { functionTable, type MapExpression } from '../function-table.ts';
import { columnData, TextData } from './column-data.ts';
import type { ArqueroTables } from './held-tables.ts';

/**
 * The values that rows reach by climbs, in dictionary form: each distinct value of the own column climbs once, and the
 * rows follow by their codes. NULL and unmatched children climb to NULL.
 */
export function climbedColumn(held: ArqueroTables, table: string, access: Access): DictionaryColumn {
  const own = held.column(table, access.column).keys();
  let values: readonly (Scalar | null)[] = own.values;
  let { type } = own;
  for (const step of access.steps) {
    values = climbedValues(held, values, type, step);
    type = step.kind === 'calendar' ? period(step.to) : step.type;
  }
  return gathered(own.codes, values, type);
}

/** What a function's table makes of a column: each distinct value is looked up once. */
export function mappedColumn(map: MapExpression, { codes, values }: DictionaryColumn): DictionaryColumn {
  const { of, ofNull } = functionTable(map);
  const mapped = gathered(
    codes,
    values.map((value) => of.get(value) ?? null),
    map.type,
  );
  if (ofNull === null) return mapped;
  const place = mapped.values.indexOf(ofNull);
  const code = place < 0 ? mapped.values.length : place;
  return {
    ...mapped,
    // Where the row itself is NULL: what is not listed stays NULL.
    codes: mapped.codes.map((each, row) => ((codes[row] ?? -1) < 0 ? code : each)),
    values: place < 0 ? [...mapped.values, ofNull] : mapped.values,
  };
}

/** The parents of values, one for one. */
function climbedValues(
  held: ArqueroTables,
  values: readonly (Scalar | null)[],
  type: LogicalType,
  step: Step,
): readonly (Scalar | null)[] {
  const codes = Int32Array.from(values, (_, row) => row);
  const children = tableOf({ value: columnData(gathered(codes, values, type)) });
  const climbed =
    step.kind === 'calendar'
      ? children.derive({ parent: `d => op.period_start(d["value"], ${JSON.stringify(step.to)})` })
      : children.lookup(pairsOf(held, step), ['value', 'child'], { parent: 'd => d["parent"]' });
  const parentType = step.kind === 'calendar' ? period(step.to) : step.type;
  return Array.from(climbed.column('parent') ?? [], (parent: unknown) => scalarOf(parent, parentType));
}

/** One row a child; where the edge does not hold, the least of its parents. */
function pairsOf(held: ArqueroTables, step: Extract<Step, { kind: 'lookup' }>) {
  const child = held.column(step.source, step.childColumn);
  const parent = held.column(step.source, step.parentColumn);
  const least = parent.data instanceof TextData ? 'text_min' : 'min';
  return held
    .get(step.source)
    .verbs.groupby({ child: `d => d[${JSON.stringify(child.stored)}]` })
    .rollup({ parent: `d => op.${least}(d[${JSON.stringify(parent.stored)}])` });
}

/** A value of Arquero's as a scalar of the type: undefined and NaN are NULL, truth values come as 1 and 0. */
export function scalarOf(value: unknown, type: LogicalType): Scalar | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (typeof value !== 'number') throw new TypeError(`arquero: ${typeof value} where a ${type.kind} stands`);
  if (!Number.isFinite(value)) return null;
  // Adding 0 turns −0 into 0.
  return type.kind === 'bool' ? value !== 0 : value + 0;
}

/** Rows that have the value at their code, as a dictionary of distinct values. */
function gathered(codes: Int32Array, values: readonly (Scalar | null)[], type: LogicalType): DictionaryColumn {
  const distinct = new Map<Scalar, number>();
  const codeOf = Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const code = distinct.get(value) ?? distinct.size;
    distinct.set(value, code);
    return code;
  });
  const rows = new Int32Array(codes.length);
  for (let row = 0; row < rows.length; row++) {
    const code = codes[row] ?? -1;
    rows[row] = code < 0 ? -1 : (codeOf[code] ?? -1);
  }
  return { form: 'dictionary', type, codes: rows, values: [...distinct.keys()] };
}
