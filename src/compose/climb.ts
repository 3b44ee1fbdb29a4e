import { type CalendarLevel, periodStart } from '../columns/calendar.ts';
import { type Column, columnLength, columnOf, type DictionaryColumn, valueAt } from '../columns/column.ts';
import { type LogicalType, period } from '../columns/logical-type.ts';
import type { Scalar } from '../columns/scalar.ts';
import type { Step } from '../resolution/access.ts';
import type { EdgeMap } from './frame.ts';

/** How far a walk along the children looks for the next value. */
const WALK = 8;

/** Where the distinct values of a dictionary climb to: `codes[i]` is the parent of value i, −1 where it has none. */
export interface Climbed {
  readonly type: LogicalType;
  readonly codes: Int32Array;
  readonly values: readonly Scalar[];
}

/**
 * The column one step up, in time proportional to its distinct values and the edge's pairs. NULL and unmatched children
 * climb to NULL; children with one parent share its code. Throws `RangeError` where the step's edge map is missing.
 */
export function climbColumn(
  column: DictionaryColumn,
  step: Step,
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): DictionaryColumn {
  return climbSteps(column, [step], edgeMaps);
}

/** The column some steps up, in order. */
export function climbSteps(
  column: DictionaryColumn,
  steps: readonly Step[],
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): DictionaryColumn {
  if (steps.length === 0) return column;
  const { type, codes: parents, values } = climbValues(column, steps, edgeMaps);
  const codes = new Int32Array(column.codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = column.codes[i] ?? -1;
    codes[i] = code < 0 ? -1 : (parents[code] ?? -1);
  }
  return { form: 'dictionary', type, codes, values };
}

/** The distinct values of a dictionary some steps up; the rows are not touched. */
export function climbValues(
  start: { readonly type: LogicalType; readonly values: readonly Scalar[] },
  steps: readonly Step[],
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): Climbed {
  let climbed: Climbed = { ...start, codes: Int32Array.from(start.values, (_, code) => code) };
  for (const step of steps) {
    const next = oneStep(climbed.values, step, edgeMaps);
    climbed = { ...next, codes: climbed.codes.map((code) => next.codes[code] ?? -1) };
  }
  return climbed;
}

function oneStep(values: readonly Scalar[], step: Step, edgeMaps: ReadonlyMap<string, EdgeMap>): Climbed {
  if (step.kind === 'calendar') return { type: period(step.to), ...periods(values, step.to) };
  const edgeMap = edgeMaps.get(step.edge);
  if (edgeMap === undefined) throw new RangeError(`climb: no edge map ${step.edge}`);
  return { type: step.type, ...parents(values, edgeMap) };
}

function periods(values: readonly Scalar[], level: CalendarLevel): Omit<Climbed, 'type'> {
  const distinct = new Map<number, number>();
  const codes = new Int32Array(values.length);
  values.forEach((value, i) => {
    if (typeof value !== 'number') throw new TypeError(`climb: ${typeof value} ${String(value)} where a day stands`);
    const start = periodStart(value, level);
    const code = distinct.get(start) ?? distinct.size;
    distinct.set(start, code);
    codes[i] = code;
  });
  return { codes, values: [...distinct.keys()] };
}

function parents(values: readonly Scalar[], { pairs }: EdgeMap): Omit<Climbed, 'type'> {
  const rows = pairRows(values, columnOf(pairs, 'child'));
  const parent = columnOf(pairs, 'parent');
  return parent.form === 'dictionary' ? parentsByCode(rows, parent) : parentsByValue(rows, parent);
}

/** The row of each value among the edge's pairs; −1 where it is no child. */
function pairRows(values: readonly Scalar[], child: Column): Int32Array {
  const rows = new Int32Array(values.length).fill(-1);
  const pairCount = columnLength(child);
  // Both mostly come in one order: walked side by side, a match needs no index. What is left over is looked up.
  const left: number[] = [];
  let next = 0;
  for (let code = 0; code < values.length; code++) {
    const value = values[code] ?? null;
    const end = Math.min(next + WALK, pairCount);
    let row = next;
    while (row < end && valueAt(child, row) !== value) row++;
    if (row < end) {
      rows[code] = row;
      next = row + 1;
    } else {
      left.push(code);
    }
  }
  if (left.length > 0) lookUpRows(left, values, child, rows);
  return rows;
}

/** Fills in the rows of the values that stand at `codes`. */
function lookUpRows(codes: readonly number[], values: readonly Scalar[], child: Column, rows: Int32Array): void {
  const index = new Map(codes.map((code) => [values[code] ?? null, code]));
  for (let row = 0; row < columnLength(child); row++) {
    const code = index.get(valueAt(child, row));
    if (code !== undefined) rows[code] = row;
  }
}

function parentsByCode(rows: Int32Array, parent: DictionaryColumn): Omit<Climbed, 'type'> {
  const renumbered = new Int32Array(parent.values.length).fill(-1);
  const values: Scalar[] = [];
  const codes = rows.map((row) => {
    const code = parent.codes[row] ?? -1;
    const value = parent.values[code];
    if (value === undefined) return -1;
    const known = renumbered[code] ?? -1;
    if (known >= 0) return known;
    renumbered[code] = values.length;
    return values.push(value) - 1;
  });
  return { codes, values };
}

function parentsByValue(rows: Int32Array, parent: Column): Omit<Climbed, 'type'> {
  const distinct = new Map<Scalar, number>();
  const codes = rows.map((row) => {
    const value = row < 0 ? null : valueAt(parent, row);
    if (value === null) return -1;
    const code = distinct.get(value) ?? distinct.size;
    distinct.set(value, code);
    return code;
  });
  return { codes, values: [...distinct.keys()] };
}
