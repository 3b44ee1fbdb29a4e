import { type Column, columnOf, type DictionaryColumn, valueAt } from '../columns/column.ts';
import type { Atom } from '../planning/atom.ts';
import type { FrameColumn, Plan } from '../planning/plan.ts';
import type { AtomStates, ComposeResult, EdgeMap, FrameData } from './frame.ts';
import { havingRows } from './having.ts';
import { type JoinPart, joinStates } from './join.ts';
import { limitRows } from './limit.ts';
import { coordinateRows, everyRow, orderRows } from './order.ts';
import { printScalar } from './printed-value.ts';
import { finishColumns } from './series.ts';
import { takeRows } from './take.ts';

/**
 * Assembles the states of a plan's atoms (by entry key) into its finished Frame: join, finish, expressions, HAVING,
 * ORDER BY, LIMIT. Pure. Columns of a single atom that stands in the Frame's order already are passed on uncopied.
 * Refuses with OVERFLOW where an exact value is outside int64, at the first such coordinate of the first such column.
 * Throws `RangeError` where states or an edge map that the plan needs are missing.
 */
export function compose(
  plan: Plan,
  states: ReadonlyMap<string, AtomStates>,
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): ComposeResult {
  const dimensions = plan.anchor.map(({ name }) => name);
  const joined = joinStates(plan.atoms.map((atom) => joinPart(atom, states, dimensions)));
  const coordinate = new Map(dimensions.map((name, d) => [name, coordinateAt(joined.coordinate, d)]));
  const finished = finishColumns(plan, joined, coordinate, edgeMaps);
  if (!finished.ok) {
    const keys = joined.coordinate.map((column) => ({ column, descending: false }));
    const [row] = orderRows(keys, finished.rows);
    const printed = joined.coordinate.map((column) => printScalar(valueAt(column, row ?? 0), column.type));
    return { ok: false, code: 'OVERFLOW', column: finished.column, coordinate: printed };
  }
  return { ok: true, frame: arrange(plan, finished.columns, joined.coordinate, joined.rowCount) };
}

/** HAVING, ORDER BY and LIMIT over the finished columns. */
function arrange(
  plan: Plan,
  finished: ReadonlyMap<FrameColumn, Column>,
  coordinate: readonly DictionaryColumn[],
  rowCount: number,
): FrameData {
  const shown = [...finished.keys()];
  const fields = [...finished].map(([{ name }, column]) => ({ name, column }));
  const outputs = { rowCount, fields };
  const output = (name: string) => columnOf(outputs, name);

  // null stands for all rows as they are, so that an answer that needs no arranging costs none.
  let rows = coordinateRows(coordinate, rowCount);
  if (plan.having !== null) rows = havingRows(plan.having, output, rowCount, rows);
  if (plan.order.length > 0) {
    const keys = plan.order.map(({ column, descending }) => ({ column: output(column), descending }));
    rows = orderRows(keys, rows ?? everyRow(rowCount));
  }
  if (plan.limit !== null) {
    const per = plan.limit.per.map((name) => dictionary(output(name), name));
    rows = limitRows(rows ?? everyRow(rowCount), plan.limit.count, per);
  }
  const types = shown.map(({ type }) => type);
  const anchor = shown.flatMap((column) => (column.kind === 'anchor' ? [column.name] : []));
  if (rows === null) return { batch: outputs, types, anchor };
  const taken = fields.map(({ name, column }) => ({ name, column: takeRows(column, rows) }));
  return { batch: { rowCount: rows.length, fields: taken }, types, anchor };
}

/** An atom's columns by place: its anchor first, then its state's (a dimension may bear a state column's name). */
function joinPart(atom: Atom, states: ReadonlyMap<string, AtomStates>, dimensions: readonly string[]): JoinPart {
  const batch = states.get(atom.key)?.batch;
  if (batch === undefined) throw new RangeError(`compose: no states for atom ${atom.key} (${atom.state})`);
  const anchor = batch.fields.slice(0, atom.anchor.length);
  return {
    key: atom.key,
    state: atom.state,
    rowCount: batch.rowCount,
    coordinate: dimensions.map((name) =>
      dictionary(columnOf({ rowCount: batch.rowCount, fields: anchor }, name), name),
    ),
    columns: batch.fields.slice(atom.anchor.length).map(({ column }) => column),
  };
}

function dictionary(column: Column, name: string): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  throw new RangeError(`compose: dimension ${name} is in ${column.form} form; expected dictionary form`);
}

function coordinateAt(columns: readonly DictionaryColumn[], dimension: number): DictionaryColumn {
  const column = columns[dimension];
  if (column === undefined) throw new RangeError(`compose: no column for dimension number ${dimension}`);
  return column;
}
