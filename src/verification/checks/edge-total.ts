import type { ConditionOf } from '../../collection/conditions.ts';
import { type Batch, columnOf, valueAt } from '../../columns/column.ts';
import type { Scalar } from '../../columns/scalar.ts';
import type { EdgeMap } from '../../compose/frame.ts';
import { columnsRead, sourcesRead } from '../../planning/required-columns.ts';
import { edgeStep, edgeTable, requireLookup } from '../../resolution/edge-step.ts';
import { reach } from '../../resolution/reach.ts';
import type { Check, Judgement } from '../check.ts';
import { countOf, ROWS } from '../counting.ts';
import { firstRows, NO_EXAMPLES, printedRow } from '../examples.ts';
import { requestOf, stableRows } from '../stable-rows.ts';
import { unreached } from '../unreached.ts';
import type { Scene } from '../verification-context.ts';

const CHILD = 'k0';

/** I5: every non-null child that occurs in the schema's rows is listed by the edge's lookup. */
export function edgeTotal(condition: ConditionOf<'I5'>, scene: Scene): Check {
  const { manifest, facts } = scene;
  const edge = requireLookup(manifest, condition.edge);
  const lookup = edgeTable(manifest, edge).source;
  const rows = stableRows(scene, condition.schema);
  const child = reach(manifest, facts, rows.schema, edge.child);
  if (child.kind !== 'reached') return unreached([rows.schema.source, lookup], facts);
  const inputs = [{ name: CHILD, type: child.type, access: child.access }];
  const request = requestOf(rows, { inputs, keys: [CHILD], states: [ROWS] });
  return {
    sources: [...new Set([...sourcesRead([request]), lookup])],
    columns: columnsRead([request]),
    judge: async ({ aggregate, edgeMaps }) => {
      const batch = await aggregate(request);
      const map = (await edgeMaps([edgeStep(manifest, edge)])).get(edge.id);
      if (map === undefined) throw new RangeError(`verification: no map of edge ${edge.id}`);
      return judgeTotality(batch, map, edge.child);
    },
  };
}

/**
 * Judges rows grouped by child. `missing_parents`: rows whose child is not listed; `null_children`: rows without a
 * child, which climb to NULL as they should. A child that is listed with NULL as its parent has a parent.
 */
export function judgeTotality(batch: Batch, { pairs }: EdgeMap, childName: string): Judgement {
  const children = columnOf(batch, CHILD);
  const listed = new Set<Scalar | null>();
  const mapped = columnOf(pairs, 'child');
  for (let row = 0; row < pairs.rowCount; row++) listed.add(valueAt(mapped, row));
  const unlisted: number[] = [];
  let [rows, missing, withoutChild] = [0, 0, 0];
  for (let group = 0; group < batch.rowCount; group++) {
    const size = countOf(batch, ROWS, group);
    const child = valueAt(children, group);
    rows += size;
    if (child === null) withoutChild += size;
    else if (!listed.has(child)) {
      missing += size;
      unlisted.push(group);
    }
  }
  const counts = { rows, missing_parents: missing, null_children: withoutChild };
  if (unlisted.length === 0) return { holds: true, counts, examples: NO_EXAMPLES };
  const examples = firstRows(batch, unlisted, [CHILD]).map((group) => [
    ...printedRow(batch, group, [CHILD]),
    countOf(batch, ROWS, group),
  ]);
  return { holds: false, counts, examples: { columns: [childName, 'rows'], rows: examples } };
}
