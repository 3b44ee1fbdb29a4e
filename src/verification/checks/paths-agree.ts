import type { ConditionOf } from '../../collection/conditions.ts';
import type { FdEdge } from '../../collection/manifest.ts';
import { type Batch, type Field, valueAt } from '../../columns/column.ts';
import { climbSteps } from '../../compose/climb.ts';
import type { EdgeMap } from '../../compose/frame.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import { keyColumn } from '../../protocol/table-column.ts';
import type { Step } from '../../resolution/access.ts';
import { edgeStep, requireEdge } from '../../resolution/edge-step.ts';
import { ownColumn } from '../../resolution/reach.ts';
import type { Check, Judgement } from '../check.ts';
import { firstRows, NO_EXAMPLES, printedRow } from '../examples.ts';
import { columnInput, requestOf, stableRows } from '../stable-rows.ts';
import type { Scene } from '../verification-context.ts';

/** One way to climb: the key column that it begins with, and its steps. */
export interface Way {
  readonly key: string;
  readonly steps: readonly Step[];
  /** `airport → state → country` */
  readonly label: string;
}

/** I6: climbed from the values that occur in the schema, all paths to the dimension end in the same value. */
export function pathsAgree(condition: ConditionOf<'I6'>, scene: Scene): Check {
  const { manifest } = scene;
  const rows = stableRows(scene, condition.schema);
  const paths = condition.paths.map((path) => path.map((id) => requireEdge(manifest, id)));
  const bases = [...new Set(paths.map(([first]) => first?.child ?? condition.dimension))];
  const inputs = bases.map((name, position) => {
    const column = ownColumn(rows.schema, name);
    if (column === undefined) throw new RangeError(`manifest: schema ${rows.schema.name} has no column for ${name}`);
    return columnInput(`k${position}`, column);
  });
  const ways = paths.map((path): Way => {
    const position = bases.indexOf(path[0]?.child ?? condition.dimension);
    const steps = path.map((edge) => edgeStep(manifest, edge));
    return { key: `k${position}`, steps, label: printPath(path) };
  });
  const request = requestOf(rows, { inputs, keys: inputs.map(({ name }) => name), states: [] });
  const steps = ways.flatMap((way) => way.steps);
  const lookups = steps.flatMap((step) => (step.kind === 'lookup' ? [step.source] : []));
  return {
    sources: [...new Set([rows.schema.source, ...lookups])],
    columns: columnsRead([request]),
    judge: async ({ aggregate, edgeMaps }) =>
      judgePaths(await aggregate(request), ways, await edgeMaps(steps), bases, condition.dimension),
  };
}

/** Judges the distinct base values. Counts `keys` and those that are `differing`; NULL is a value. */
export function judgePaths(
  batch: Batch,
  ways: readonly Way[],
  maps: ReadonlyMap<string, EdgeMap>,
  bases: readonly string[],
  dimension: string,
): Judgement {
  const keys = bases.map((_, position) => `k${position}`);
  const ends = ways.map((way, position): Field => {
    return { name: `p${position}`, column: climbSteps(keyColumn(batch, way.key), way.steps, maps) };
  });
  const differing: number[] = [];
  for (let row = 0; row < batch.rowCount; row++) {
    const values = ends.map(({ column }) => valueAt(column, row));
    if (values.some((value) => value !== values[0])) differing.push(row);
  }
  const counts = { keys: batch.rowCount, differing: differing.length };
  if (differing.length === 0) return { holds: true, counts, examples: NO_EXAMPLES };
  const climbed = { rowCount: batch.rowCount, fields: [...batch.fields, ...ends] };
  const shown = [...keys, ...ends.map(({ name }) => name)];
  return {
    holds: false,
    counts,
    examples: {
      columns: [...bases, ...ways.map((way) => `${dimension} by ${way.label}`)],
      rows: firstRows(climbed, differing, keys).map((row) => printedRow(climbed, row, shown)),
    },
  };
}

function printPath(path: readonly FdEdge[]): string {
  return [path[0]?.child ?? '', ...path.map((edge) => edge.parent)].join(' → ');
}
