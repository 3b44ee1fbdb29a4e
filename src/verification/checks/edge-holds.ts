import type { ConditionOf } from '../../collection/conditions.ts';
import type { LookupEdge } from '../../collection/manifest.ts';
import { type Batch, columnOf, valueAt } from '../../columns/column.ts';
import { columnsRead } from '../../planning/required-columns.ts';
import { attestFd, type FdFinding } from '../../protocol/attest-fd.ts';
import { ownInput } from '../../protocol/table-column.ts';
import { type EdgeTable, edgeTable, requireLookup } from '../../resolution/edge-step.ts';
import type { Check, Judgement } from '../check.ts';
import { type ExampleCell, NO_EXAMPLES, printedCell } from '../examples.ts';
import type { Scene, VerificationContext } from '../verification-context.ts';

/** I4: each child of the edge has one parent, NULL counting as one; a NULL child has none but NULL. */
export function edgeHolds(condition: ConditionOf<'I4'>, { manifest }: Scene): Check {
  const edge = requireLookup(manifest, condition.edge);
  const table = edgeTable(manifest, edge);
  const inputs = [ownInput('child', table.child), ownInput('parent', table.parent)];
  return {
    sources: [table.source],
    columns: columnsRead([{ table: table.source, inputs }]),
    judge: async (context) => judgeEdge(await findPairs(context, edge), edge, table),
  };
}

/** One pass over the edge's lookup. */
export function findPairs({ backend, manifest }: VerificationContext, edge: LookupEdge): Promise<FdFinding> {
  const { source, child, parent } = edgeTable(manifest, edge);
  return attestFd(backend, `edge ${edge.id}`, source, child, parent);
}

/** Counts `distinct_x_count` (children), `violation_count`, and `nulls` (pairs whose parent is NULL). */
export function judgeEdge(
  finding: FdFinding,
  edge: LookupEdge,
  { child, parent }: Pick<EdgeTable, 'child' | 'parent'>,
): Judgement {
  const { distinct_x_count, violation_count, pairs } = finding;
  const counts = { distinct_x_count, violation_count, nulls: nullParents(pairs) };
  if (finding.holds) return { holds: true, counts, examples: NO_EXAMPLES };
  const rows = finding.examples.map((example): readonly ExampleCell[] => [
    printedCell(example.child, child.type),
    printedCell(example.parents[0] ?? null, parent.type),
    printedCell(example.parents[1] ?? null, parent.type),
  ]);
  return { holds: false, counts, examples: { columns: [edge.child, `${edge.parent} 1`, `${edge.parent} 2`], rows } };
}

function nullParents(pairs: Batch): number {
  const parent = columnOf(pairs, 'parent');
  let nulls = 0;
  for (let row = 0; row < pairs.rowCount; row++) if (valueAt(parent, row) === null) nulls++;
  return nulls;
}
