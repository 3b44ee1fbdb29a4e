import type { Column, DictionaryColumn } from '../columns/column.ts';
import { columnsOf } from '../operators/expression.ts';
import type { FrameColumn, Plan } from '../planning/plan.ts';
import { climbSteps } from './climb.ts';
import { evaluate } from './evaluate.ts';
import { finish, overflowingRows } from './finish.ts';
import type { EdgeMap } from './frame.ts';
import type { Joined } from './join.ts';

/** The Frame's columns before HAVING, those that are not shown left out; or the first that has a value outside int64. */
export type FinishedColumns =
  | { readonly ok: true; readonly columns: ReadonlyMap<FrameColumn, Column> }
  | { readonly ok: false; readonly column: string; readonly rows: Int32Array };

/**
 * Finishes the metrics, climbs the determined columns and evaluates the series, in the order of the Frame. `coordinate`
 * holds the anchor's columns by dimension. A value outside int64 stops it, be it a metric's that a series reads or the
 * series' own. Throws `RangeError` where a column refers to a name that is not there.
 */
export function finishColumns(
  plan: Plan,
  joined: Joined,
  coordinate: ReadonlyMap<string, DictionaryColumn>,
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): FinishedColumns {
  const columns = new Map<FrameColumn, Column>();
  const named = new Map<string, Column>(coordinate);
  for (const column of plan.columns) {
    if (column.kind !== 'determined') continue;
    const climbed = climbSteps(lookUp(coordinate, column.from), column.steps, edgeMaps);
    named.set(column.target, climbed);
  }
  const metrics = new Map(plan.metrics.map((metric) => [metric.name, metric]));
  for (const column of plan.columns) {
    switch (column.kind) {
      case 'anchor':
        columns.set(column, lookUp(coordinate, column.dimension));
        break;
      case 'determined':
        if (!column.hidden) columns.set(column, lookUp(named, column.target));
        break;
      case 'series': {
        for (const name of columnsOf(column.expression)) {
          const metric = metrics.get(name);
          if (metric === undefined) continue;
          metrics.delete(name);
          const finished = finish(
            metric,
            metric.atoms.flatMap((key) => lookUp(joined.states, key)),
          );
          const rows = overflowingRows(finished);
          if (rows.length > 0) return { ok: false, column: column.name, rows };
          named.set(name, finished);
        }
        const value = evaluate(column.expression, (name) => lookUp(named, name), joined.rowCount);
        const rows = overflowingRows(value);
        if (rows.length > 0) return { ok: false, column: column.name, rows };
        columns.set(column, value);
      }
    }
  }
  return { ok: true, columns };
}

function lookUp<Value>(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (value === undefined) throw new RangeError(`compose: no ${name}; there is ${[...map.keys()].join(', ')}`);
  return value;
}
