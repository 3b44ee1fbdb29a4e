import type { ConditionOf } from '../../collection/conditions.ts';
import type { FdEdge, Schema } from '../../collection/manifest.ts';
import { type Batch, columnOf, valueAt } from '../../columns/column.ts';
import { climbColumn } from '../../compose/climb.ts';
import type { EdgeMap } from '../../compose/frame.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import { keyColumn } from '../../protocol/table-column.ts';
import type { Step } from '../../resolution/access.ts';
import { edgeStep, requireEdge } from '../../resolution/edge-step.ts';
import { ownColumn } from '../../resolution/reach.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, ROWS } from '../counting.ts';
import { firstRows, NO_EXAMPLES, printedRow } from '../examples.ts';
import { columnInput, requestOf, stableRows } from '../stable-rows.ts';
import type { Scene } from '../verification-context.ts';

const [CHILD, PARENT, CLIMBED] = ['k0', 'k1', 'climbed'];

/** I9: where the schema carries both ends of an edge, its own parent is the one that the edge gives. */
export function ownParent(condition: ConditionOf<'I9'>, scene: Scene): Check {
  const { manifest } = scene;
  const edge = requireEdge(manifest, condition.edge);
  const step = edgeStep(manifest, edge);
  const rows = stableRows(scene, condition.schema);
  const inputs = [
    columnInput(CHILD, requireOwn(rows.schema, edge.child)),
    columnInput(PARENT, requireOwn(rows.schema, edge.parent)),
  ];
  const request = requestOf(rows, { inputs, keys: [CHILD, PARENT], states: [ROWS] });
  return {
    sources: [...new Set([rows.schema.source, ...(step.kind === 'lookup' ? [step.source] : [])])],
    columns: columnsRead([request]),
    judge: async ({ aggregate, edgeMaps }) => judgePairs(await aggregate(request), edge, step, await edgeMaps([step])),
  };
}

/** Judges rows grouped by child and parent. Counts `pairs` and those that are `differing`; NULL is a value. */
export function judgePairs(
  batch: Batch,
  edge: Pick<FdEdge, 'child' | 'parent' | 'id'>,
  step: Step,
  maps: ReadonlyMap<string, EdgeMap>,
): Judgement {
  const own = columnOf(batch, PARENT);
  const column = climbColumn(keyColumn(batch, CHILD), step, maps);
  const differing: number[] = [];
  let rows = 0;
  for (let pair = 0; pair < batch.rowCount; pair++) {
    rows += countOf(batch, ROWS, pair);
    if (valueAt(own, pair) !== valueAt(column, pair)) differing.push(pair);
  }
  const counts = { rows, pairs: batch.rowCount, differing: differing.length };
  if (differing.length === 0) return { holds: true, counts, examples: NO_EXAMPLES };
  const climbed = { rowCount: batch.rowCount, fields: [...batch.fields, { name: CLIMBED, column }] };
  const examples = firstRows(climbed, differing, [CHILD, PARENT]);
  return {
    holds: false,
    counts,
    examples: {
      columns: [edge.child, edge.parent, `${edge.parent} by ${edge.id}`],
      rows: examples.map((pair) => printedRow(climbed, pair, [CHILD, PARENT, CLIMBED])),
    },
  };
}

function requireOwn(schema: Schema, name: string) {
  const column = ownColumn(schema, name);
  if (column === undefined) throw new RangeError(`manifest: schema ${schema.name} has no column for ${name}`);
  return column;
}
