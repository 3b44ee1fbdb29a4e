import { type Column, columnOf, valueAt } from '../columns/column.ts';
import type { LogicalType } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import { sameDouble } from '../columns/tolerance.ts';
import type { FrameData } from './frame.ts';
import { type JsonValue, jsonValue, printScalar } from './printed-value.ts';

/** One Frame among those that are compared, by who made it. */
export interface NamedFrame {
  readonly name: string;
  readonly frame: FrameData;
}

/** A value that is not the same in all Frames; a Frame without the coordinate has none. */
export interface FrameDifference {
  /** Printed values of the anchor dimensions, in their order. */
  readonly coordinate: readonly string[];
  /** null: the row itself is not in every Frame. */
  readonly series: string | null;
  /** Who made the Frame → its value; whether it has the row, where `series` is null. */
  readonly values: Readonly<Record<string, JsonValue>>;
}

/**
 * Where Frames of one plan differ, coordinate by coordinate in the order of the first that has it: bit for bit, but for
 * doubles, which agree within the tolerance of `sameDouble` over Σ|x| of the series' own values. The order of rows does
 * not count.
 */
export function frameDifferences(frames: readonly NamedFrame[]): readonly FrameDifference[] {
  const tables = frames.map(({ name, frame }) => ({ name, frame, rows: rowsByCoordinate(frame) }));
  const coordinates = new Map<string, readonly string[]>();
  for (const { rows } of tables) for (const [key, { coordinate }] of rows) coordinates.set(key, coordinate);
  const series = seriesOf(frames);
  const differences: FrameDifference[] = [];
  for (const [key, coordinate] of coordinates) {
    const found = tables.map(({ name, rows }) => ({ name, row: rows.get(key)?.row }));
    if (found.some(({ row }) => row === undefined)) {
      const values = Object.fromEntries(found.map(({ name, row }) => [name, row !== undefined]));
      differences.push({ coordinate, series: null, values });
      continue;
    }
    for (const { name, type, columns, sumOfMagnitudes } of series) {
      const values = found.map(({ row }, i) => valueIn(columns[i], row));
      if (values.every((value) => isSame(value, values[0] ?? null, type, sumOfMagnitudes))) continue;
      const printed = found.map((each, i) => [each.name, jsonValue(values[i] ?? null, type)]);
      differences.push({ coordinate, series: name, values: Object.fromEntries(printed) });
    }
  }
  return differences;
}

interface Series {
  readonly name: string;
  readonly type: LogicalType;
  /** By place of the Frame. */
  readonly columns: readonly Column[];
  readonly sumOfMagnitudes: number;
}

/** The columns that are no dimension of the anchor. */
function seriesOf(frames: readonly NamedFrame[]): readonly Series[] {
  const [first] = frames;
  if (first === undefined) return [];
  return first.frame.batch.fields.flatMap(({ name }, position): Series[] => {
    const type = first.frame.types[position];
    if (type === undefined || first.frame.anchor.includes(name)) return [];
    const columns = frames.map(({ frame }) => columnOf(frame.batch, name));
    const sumOfMagnitudes = type.kind === 'double' ? Math.max(...columns.map(magnitudeOf)) : 0;
    return [{ name, type, columns, sumOfMagnitudes }];
  });
}

function magnitudeOf(column: Column): number {
  if (column.form !== 'number') return 0;
  return column.values.reduce((sum, value) => sum + Math.abs(value), 0);
}

function rowsByCoordinate({ batch, anchor, types }: FrameData) {
  const columns = anchor.map((name) => columnOf(batch, name));
  const anchorTypes = anchor.map((name) => types[batch.fields.findIndex((field) => field.name === name)]);
  const rows = new Map<string, { readonly row: number; readonly coordinate: readonly string[] }>();
  for (let row = 0; row < batch.rowCount; row++) {
    const values = columns.map((column) => valueAt(column, row));
    const coordinate = values.map((value, i) => {
      const type = anchorTypes[i];
      return type === undefined ? String(value) : printScalar(value, type);
    });
    // NULL and the text NULL print alike, and are two coordinates.
    rows.set(JSON.stringify(values.map((value) => (value === null ? null : String(value)))), { row, coordinate });
  }
  return rows;
}

function valueIn(column: Column | undefined, row: number | undefined): Scalar | null {
  return column === undefined || row === undefined ? null : valueAt(column, row);
}

function isSame(a: Scalar | null, b: Scalar | null, { kind }: LogicalType, sumOfMagnitudes: number): boolean {
  if (kind === 'double' && typeof a === 'number' && typeof b === 'number') return sameDouble(a, b, sumOfMagnitudes);
  return a === b;
}
