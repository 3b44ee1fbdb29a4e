import { type Column, columnOf, type DictionaryColumn, valueAt } from '../columns/column.ts';
import { columnsOf } from '../operators/expression.ts';
import { allMetrics } from '../planning/level-parts.ts';
import type { FrameColumn, Plan } from '../planning/plan.ts';
import type { AtomStates, ComposeResult, EdgeMap, FrameData } from './frame.ts';
import { havingRows } from './having.ts';
import { LevelFrame, Overflow } from './level.ts';
import { limitRows } from './limit.ts';
import { coordinateRows, everyRow, orderRows } from './order.ts';
import { printScalar } from './printed-value.ts';
import { takeRows } from './take.ts';

/**
 * Assembles the states of a plan's atoms (by entry key) into its finished Frame: join, finish, inner anchors, expressions,
 * windows, HAVING, ORDER BY, LIMIT. Pure. Columns of a single atom that stands in the Frame's order already are passed on
 * uncopied. Refuses with OVERFLOW where an exact value is outside int64, at the first such coordinate of the first such
 * column. Throws `RangeError` where states or an edge map that the plan needs are missing.
 */
export function compose(
  plan: Plan,
  states: ReadonlyMap<string, AtomStates>,
  edgeMaps: ReadonlyMap<string, EdgeMap>,
): ComposeResult {
  const atoms = new Map(plan.atoms.map((atom) => [atom.key, atom]));
  const dimensions = plan.anchor.map(({ name }) => name);
  let at = '';
  try {
    const level = new LevelFrame(plan.level, dimensions, plan.windows, { atoms, states, edgeMaps });
    const finished = new Map<FrameColumn, Column>();
    for (const column of plan.columns) {
      at = column.name;
      finished.set(column, columnFor(column, level));
    }
    return { ok: true, frame: arrange(plan, finished, level.coordinate, level.rowCount) };
  } catch (error) {
    if (!(error instanceof Overflow)) throw error;
    const keys = error.coordinate.map((column) => ({ column, descending: false }));
    const [row] = orderRows(keys, error.rows);
    const coordinate = error.coordinate.map((column) => printScalar(valueAt(column, row ?? 0), column.type));
    return { ok: false, code: 'OVERFLOW', column: at === '' ? seriesOf(plan, error.of) : at, coordinate };
  }
}

function columnFor(column: FrameColumn, level: LevelFrame): Column {
  switch (column.kind) {
    case 'anchor':
      return level.column(column.dimension);
    case 'determined':
      return level.column(column.target);
    case 'series':
      return level.checked(column.name, level.evaluate(column.expression));
  }
}

/** The first series that a metric under an operator may be of: inner levels are computed before any column is. */
function seriesOf({ columns, level }: Plan, name: string): string {
  const reductions = new Set(
    level.reductions
      .filter((each) => each.name === name || allMetrics(each.inner).some((metric) => metric.name === name))
      .map((each) => each.name),
  );
  const made = columns.find(
    (column) => column.kind === 'series' && columnsOf(column.expression).some((each) => reductions.has(each)),
  );
  return made?.name ?? columns.find((column) => column.kind === 'series')?.name ?? name;
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

function dictionary(column: Column, name: string): DictionaryColumn {
  if (column.form === 'dictionary') return column;
  throw new RangeError(`compose: dimension ${name} is in ${column.form} form; expected dictionary form`);
}
